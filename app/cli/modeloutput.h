#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"

#include <QString>

namespace digitpad::cli {

/// Whether a model could be saved there, tried before the training and not after it. Leaves nothing behind.
Result<void> checkWritable(const QString& path);

/// Where a model went in the end.
struct SavedModel
{
    QString path;
    bool asAsked = true; ///< False where only the rescue folder took it.
};

/// Saves at `path` or, should that fail by now (a full disk), in the folder for temporary files, so that an
/// hour's training is not lost. Says what failed. The error is that of both failing.
Result<SavedModel> saveOrRescue(const Model& model, const QString& path);

} // namespace digitpad::cli
