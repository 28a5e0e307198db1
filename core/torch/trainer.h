#pragma once

#include "core/learning/engine.h"
#include "core/torch/model.h"

namespace digitpad {

/// One training run, from initial weights or from a checkpoint to its result, on the calling thread and the
/// replicas' threads. Throws c10::Error and std::bad_alloc.
Result<TrainingResult> runTraining(const TrainingJob& job, TrainingObserver& observer);

/// The same from the weights of `start`, whose batch statistics, normalisation, temperature and digit scoring
/// stay. Without validation images nothing is validated: losses and accuracies of validation are -1, no epoch
/// is the best, and the result's best model is the last.
Result<TrainingResult> runFineTuning(const TorchModel& start, const ValidatedOptions& options,
                                     const TrainingData& data, TrainingObserver& observer);

} // namespace digitpad
