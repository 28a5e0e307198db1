#pragma once

#include "core/learning/modelcomparison.h"
#include "core/report/evaluationdata.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace digitpad {

/// The words and figures of the page that compares models, apart from its widgets.

using Evaluations = QList<std::shared_ptr<const EvaluationData>>;

/// A figure of several evaluations.
struct ComparedFigure
{
    enum class Better { Higher, Lower, Neither };

    QString name;
    QString tip;
    Better better = Better::Neither;
    QList<std::optional<double>> values; ///< None where it is undefined.
    QStringList texts;

    /// Whether it is the best of at least two that are not all the same; equals share it.
    [[nodiscard]] bool isBest(qsizetype evaluation) const;
};
/// In the order to show.
QList<ComparedFigure> comparedFigures(const Evaluations& evaluations);

/// What each is called; a number tells namesakes apart: "small", "small (2)".
QStringList distinctNames(const Evaluations& evaluations);

/// Whether two sets hold the same images with the same labels in the same order. Looks at all labels and at a
/// thousand images, evenly spread: quick enough for the GUI thread.
bool sameImages(const DigitSet& a, const DigitSet& b);

/// McNemar's test in plain sentences.
QString pairText(const QString& first, const QString& second, const ModelComparison& comparison);

} // namespace digitpad
