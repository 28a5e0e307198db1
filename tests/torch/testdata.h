#pragma once

#include "core/base/random.h"
#include "core/data/syntheticdigits.h"
#include "core/learning/engine.h"
#include "core/torch/torchengine.h"

#include <functional>
#include <memory>
#include <vector>

namespace digitpad {

/// Two quick epochs.
inline TrainingOptions quickOptions()
{
    TrainingOptions options;
    options.epochs = 2;
    options.batchSize = 32;
    options.learningRate = 0.003;
    return options;
}

/// Synthetic digits split into training, validation and test.
inline TrainingData syntheticTrainingData(std::size_t training, std::size_t validation, std::size_t test)
{
    const DigitSet all = syntheticDigits(training + validation, 7, {});
    auto split = splitForValidation(all, validation, 7);
    return {std::make_shared<const DigitSet>(std::move(split.training)),
            std::make_shared<const DigitSet>(std::move(split.validation)),
            std::make_shared<const DigitSet>(syntheticDigits(test, 8, {})), nullptr};
}

/// Checks of random size and place: no digit looks like them.
inline void addNoDigits(DigitSet& set, std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i) {
        DigitImage image;
        const std::uint64_t size = 2 + random.below(3);
        const std::uint64_t shift = random.below(6);
        for (std::uint64_t y = 4; y < 24; ++y) {
            for (std::uint64_t x = 4; x < 24; ++x) {
                image.pixels[y * digitSide + x] = ((x + shift) / size + y / size) % 2 == 0 ? 255 : 0;
            }
        }
        set.add(image, noDigitLabel);
    }
}

/// The same with as many no-digits as a quarter of the digits, behind them.
inline TrainingData dataWithNoDigits(std::size_t training, std::size_t validation, std::size_t test)
{
    TrainingData data = syntheticTrainingData(training, validation, test);
    std::uint64_t seed = 1;
    for (std::shared_ptr<const DigitSet>* set : {&data.training, &data.validation, &data.test}) {
        DigitSet both = **set;
        addNoDigits(both, both.size() / 4, seed++);
        *set = std::make_shared<const DigitSet>(std::move(both));
    }
    return data;
}

/// Keeps what it is told; stops when `stopAfterSteps` batches are behind it.
class RecordingObserver final : public TrainingObserver
{
public:
    std::vector<BatchProgress> batches;
    std::vector<EpochMetrics> epochs;
    std::int64_t stopAfterSteps = -1;

    void onBatch(const BatchProgress& progress) override { batches.push_back(progress); }
    void onEpoch(const EpochMetrics& metrics) override { epochs.push_back(metrics); }
    bool stopRequested() override
    {
        return stopAfterSteps >= 0 && static_cast<std::int64_t>(batches.size()) >= stopAfterSteps;
    }
};

/// A run with options that are known to fit.
inline Result<TrainingResult> trained(const TrainingOptions& options, const TrainingData& data,
                                      TrainingObserver& observer)
{
    const auto validated = validate(options, data.training->size() + data.validation->size());
    if (!validated) {
        return validated.error();
    }
    return torchEngine().train(*validated, data, observer);
}

inline Prediction readingOf(const Model& model, const DigitImage& image)
{
    return model.makeClassifier().value()->classify(image).value();
}

} // namespace digitpad
