#pragma once

#include "core/report/evaluationdata.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <functional>
#include <vector>

/// What a report of an evaluation says and shows, whatever it is written as.
namespace digitpad {

/// Its words' context for translators.
struct EvaluationReport
{
    Q_DECLARE_TR_FUNCTIONS(EvaluationReport)
};

QString titleText(const EvaluationData& data);
QString footText(const EvaluationData& data);

/// What is said of the whole: "Loss", "0.0206".
struct ReportRow
{
    QString name;
    QString value;
};
std::vector<ReportRow> summary(const EvaluationData& data);

/// A row a digit, and their means; as many cells as there are heads.
QStringList classHeads();
std::vector<QStringList> classRows(const EvaluationFigures& figures);

struct ReportChart
{
    QString title;
    QSizeF size; ///< In units of a 96th of an inch.
    std::function<void(QPainter&, const QRectF&)> paint;
};
/// They refer to `data`, which outlives them.
std::vector<ReportChart> charts(const EvaluationData& data);

/// Of the most confident mistakes, as many as a report has room for: places in the set.
std::vector<std::size_t> shownMistakes(const EvaluationData& data);
QString mistakesTitle(const EvaluationData& data);
/// "7 read as 2, 95.4 %"
QString mistakeText(const ImageReading& reading);
/// Ink dark on paper, as one reads it.
QImage digitPicture(const DigitSet& set, std::size_t index);

} // namespace digitpad
