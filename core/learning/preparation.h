#pragma once

#include "core/data/datasource.h"
#include "core/learning/engine.h"
#include "core/learning/trainingoptions.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace digitpad {

/// All that a run needs, ready for Engine::train().
struct PreparedTraining
{
    ValidatedOptions options;
    TrainingData data;
    QStringList warnings; ///< Those of LoadedData.
};

/// Reads the data, splits it into training and validation as the options' split or fold and seed and the
/// source's groups want it, repeats drawings in the training part, checks the options against what came of
/// it, and makes the renderer where training samples shall vary. Reads from disk and may take seconds: not
/// for the GUI thread. `keepGoing` is asked now and then; false ends with ErrorCode::Cancelled.
Result<PreparedTraining> prepareTraining(const DataSource& source, const TrainingOptions& options,
                                         const std::function<bool()>& keepGoing);

/// The same with data that was read already, for one fold after the other.
Result<PreparedTraining> prepareTraining(const LoadedData& loaded, const DataSource& source,
                                         const TrainingOptions& options);

} // namespace digitpad
