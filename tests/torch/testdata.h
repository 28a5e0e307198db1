#pragma once

#include "core/data/syntheticdigits.h"
#include "core/learning/engine.h"

#include <functional>
#include <memory>
#include <vector>

namespace digitpad {

/// Synthetic digits split into training, validation and test.
inline TrainingData syntheticTrainingData(std::size_t training, std::size_t validation, std::size_t test)
{
    const DigitSet all = syntheticDigits(training + validation, 7, {});
    auto split = splitForValidation(all, validation, 7);
    return {std::make_shared<const DigitSet>(std::move(split.training)),
            std::make_shared<const DigitSet>(std::move(split.validation)),
            std::make_shared<const DigitSet>(syntheticDigits(test, 8, {}))};
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

} // namespace digitpad
