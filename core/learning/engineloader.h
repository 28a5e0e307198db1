#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"

#include <QString>
#include <QStringList>

namespace digitpad {

/// Where the module is looked for: DIGITPAD_ENGINE (a file), beside the program, ../lib/digitpad seen from
/// it.
QStringList engineCandidates();

/// Loads the LibTorch module, once for the process, and checks its ABI version. Takes some hundred
/// milliseconds the first time: not for the GUI thread. Sets OMP_WAIT_POLICY, OMP_NUM_THREADS and
/// OPENBLAS_NUM_THREADS first where the person has not: parallel work is the trainer's, and libraries that
/// spin while they wait starve the window. The engine lives as long as the process. Thread-safe.
Result<const Engine*> loadEngine();

/// The bundled model: DIGITPAD_MODEL, models/digitpad.pt beside the program, ../share/digitpad/models seen
/// from it. Empty where there is none.
QString bundledModelPath();

} // namespace digitpad
