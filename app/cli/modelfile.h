#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"

#include <QString>

#include <memory>

namespace digitpad::cli {

/// Loads the engine, and says so where it has a slow BLAS.
Result<const Engine*> loadCheckedEngine();

/// Loads the engine and a model file; an empty path means the bundled model.
Result<std::shared_ptr<const Model>> loadModelFile(const QString& path);

} // namespace digitpad::cli
