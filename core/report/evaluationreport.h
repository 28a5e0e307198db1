#pragma once

#include "core/base/result.h"
#include "core/report/evaluationdata.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace digitpad {

/// One page of HTML that needs nothing beside it: tables, charts and misread images are in it.
QByteArray evaluationHtml(const EvaluationData& data);
/// The same on A4 pages, charts as lines.
QByteArray evaluationPdf(const EvaluationData& data);

/// Writes the kind that the name's ending says (.html, .pdf, .csv, .json), or, of a name without an ending,
/// all four beside each other. Each atomically. Gives the paths written. Another ending is
/// ErrorCode::InvalidInput. Needs a QGuiApplication, for fonts; takes some tenths of a second, so not for the
/// GUI thread.
Result<QStringList> writeEvaluationReport(const EvaluationData& data, const QString& path);
/// Whether the ending is one of those, or missing: to be asked before the work is done.
Result<void> checkReportPath(const QString& path);

} // namespace digitpad
