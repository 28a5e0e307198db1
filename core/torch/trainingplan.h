#pragma once

#include "core/learning/engine.h"
#include "core/torch/model.h"
#include "core/torch/samplesource.h"

#include <cstdint>
#include <memory>
#include <string>

namespace digitpad {

/// What a run settles before its first step.
struct TrainingPlan
{
    TrainingOptions options;
    std::int64_t outputs = 0;   ///< Of the network.
    PixelStatistics statistics; ///< What pixels are normalised with.
    int threads = 1;
    std::string dataNames;             ///< What the network has learned from, all told.
    const TorchModel* start = nullptr; ///< What is fine-tuned; null where training begins anew.

    [[nodiscard]] bool onGpu() const { return options.device == "cuda"; }
    /// A network of the kind that is trained, on the processor, its initial weights drawn by the seed.
    [[nodiscard]] std::shared_ptr<DigitNet> newNetwork(std::uint64_t seed) const;
};

/// From initial weights, an error where the device is not there: normalisation and outputs follow from the
/// data.
Result<TrainingPlan> planTraining(const TrainingOptions& options, const TrainingData& data);

/// From the weights of `start`: its network, normalisation and outputs.
Result<TrainingPlan> planFineTuning(const TorchModel& start, const TrainingOptions& options,
                                    const TrainingData& data);

} // namespace digitpad
