#pragma once

#include "app/cli/commands.h"
#include "core/base/result.h"
#include "core/learning/engine.h"

#include <QString>

#include <memory>

namespace digitpad::cli {

/// Loads the engine, and says so where it has a slow BLAS.
Result<const Engine*> loadCheckedEngine();

/// Loads the engine and a model. A TorchScript file that is not trusted, and a foreign one whose
/// normalisation nobody gives, are errors that say what to add.
Result<std::shared_ptr<const Model>> loadModelFile(const ModelChoice& choice);

} // namespace digitpad::cli
