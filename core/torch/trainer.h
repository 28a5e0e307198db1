#pragma once

#include "core/learning/engine.h"

namespace digitpad {

/// One training run from initial weights to result, on the calling thread and the replicas' threads. Throws
/// c10::Error and std::bad_alloc; an exploding loss comes as an Error.
Result<TrainingResult> runTraining(const ValidatedOptions& options, const TrainingData& data,
                                   TrainingObserver& observer);

} // namespace digitpad
