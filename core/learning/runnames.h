#pragma once

#include "core/learning/runrecord.h"

#include <QString>

#include <vector>

namespace digitpad {

/// "Baseline 3": the title of the preset, or where there is none of the network, and the number after the
/// highest that runs of that title have.
QString newRunName(const RunOptions& options, const QString& preset, const std::vector<RunRecord>& runs);

/// "Baseline 3 · fold 2 of 5"
QString foldName(const QString& name, int fold, int folds);
/// The name without its fold.
QString nameWithoutFold(const QString& name, int fold, int folds);

} // namespace digitpad
