#pragma once

#include "core/base/random.h"
#include "core/data/syntheticdigits.h"
#include "core/learning/engine.h"
#include "core/learning/handlearning.h"
#include "tests/support/samples.h"

#include <memory>
#include <vector>

/// A model that reads ordinary digits, and a hand that it misreads.
namespace digitpad::test {

class SilentTraining final : public TrainingObserver
{
public:
    void onBatch(const BatchProgress&) override {}
    void onEpoch(const EpochMetrics&) override {}
    bool stopRequested() override { return false; }
};

/// A small network after enough epochs of synthetic digits, in about two seconds; null where training failed.
inline std::shared_ptr<const Model> ordinaryModel(const Engine& engine)
{
    TrainingOptions options;
    options.network = "mlp";
    options.epochs = 15;
    const DigitSet all = syntheticDigits(3'000, 11, {});
    auto split = splitForValidation(all, 300, 1);
    TrainingData data;
    data.training = std::make_shared<const DigitSet>(std::move(split.training));
    data.validation = std::make_shared<const DigitSet>(std::move(split.validation));
    data.test = std::make_shared<const DigitSet>();
    SilentTraining observer;
    const auto validated = validate(options, all.size());
    const auto trained =
        validated ? engine.train(*validated, data, observer) : Result<TrainingResult>(validated.error());
    return trained ? trained->last : nullptr;
}

/// A seven as nobody else writes it: a plus sign with a hook.
inline Ink strangeSeven(Random& random)
{
    const auto jitter = [&] { return static_cast<float>(random.uniform(-6, 6)); };
    Ink ink;
    ink.add(strokeOf(
        {{50 + jitter(), jitter()}, {50 + jitter(), 100 + jitter()}, {75 + jitter(), 100 + jitter()}}));
    ink.add(strokeOf({{5 + jitter(), 50 + jitter()}, {95 + jitter(), 50 + jitter()}}));
    return ink;
}

/// `each` drawings of every digit, the sevens strange.
inline std::vector<LabelledInk> strangeHand(int each, std::uint64_t seed)
{
    Random random(seed);
    std::vector<LabelledInk> drawings;
    for (int digit = 0; digit < digitClasses; ++digit) {
        for (int i = 0; i < each; ++i) {
            drawings.push_back({digit == 7 ? strangeSeven(random) : syntheticDigit(digit, random), digit});
        }
    }
    return drawings;
}

/// Synthetic digits that neither the model nor the hand has.
inline OtherHands otherHands(std::size_t training = 2'000, std::size_t testImages = 1'000)
{
    return {syntheticDigits(training, 12, {}), syntheticDigits(testImages, 13, {}), {}};
}

} // namespace digitpad::test
