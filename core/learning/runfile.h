#pragma once

#include "core/learning/runrecord.h"

#include <QByteArray>

/// run.json and the names in a run's folder; see runfolder.h.
namespace digitpad {

QString runFilePath(const QString& runFolder);
QString metricsPath(const QString& runFolder);
QString batchesPath(const QString& runFolder);
/// The last part of the path: the run's id.
QString runId(const QString& runFolder);

QByteArray runFileText(const RunRecord& record);
/// What run.json says, and what else its folder tells without reading another file. Damaged or Newer, with
/// the reason, where it cannot be read; never Interrupted.
RunRecord parseRunFile(const QByteArray& text, const QString& runFolder);
/// The same for a folder whose run.json is missing or cannot be read.
RunRecord damagedRun(const QString& runFolder, const QString& problem);
/// Reads the file.
RunRecord readRunFile(const QString& runFolder);
/// The folders in there that are runs or were meant to be, and the order in which they are shown.
QStringList runFolders(const QString& runsFolder);
void sortRuns(std::vector<RunRecord>& runs);
/// Atomic; the file's folder must be there.
Result<void> writeRunFile(const QString& runFolder, const RunRecord& record);

} // namespace digitpad
