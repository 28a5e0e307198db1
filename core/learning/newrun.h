#pragma once

#include "core/learning/preparation.h"
#include "core/learning/trainingcontroller.h"

namespace digitpad {

/// What the folder of a run says before its first batch; it has no folder yet.
RunRecord newRunRecord(const TrainingStart& start, const PreparedTraining& prepared,
                       const EngineInfo& engine);

} // namespace digitpad
