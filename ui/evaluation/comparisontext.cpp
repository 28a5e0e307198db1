#include "ui/evaluation/comparisontext.h"

#include "ui/training/trainingtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

namespace digitpad {

namespace {

struct ComparisonText
{
    Q_DECLARE_TR_FUNCTIONS(ComparisonText)
};

using Text = ComparisonText;
using Better = ComparedFigure::Better;

constexpr double significance = 0.05;
constexpr std::size_t comparedImages = 1000;

using Value = std::function<std::optional<double>(const EvaluationData&)>;
using Words = std::function<QString(double value, const EvaluationData&)>;

ComparedFigure figure(const Evaluations& evaluations, const QString& name, const QString& tip, Better better,
                      const Value& value, const Words& words)
{
    ComparedFigure row{name, tip, better, {}, {}};
    for (const auto& evaluation : evaluations) {
        row.values.append(value(*evaluation));
        row.texts.append(row.values.back() ? words(*row.values.back(), *evaluation) : QStringLiteral("–"));
    }
    return row;
}

QString percentWords(double part, const EvaluationData& /*evaluation*/)
{
    return percentText(part, 2);
}

QString countWords(double count, const EvaluationData& /*evaluation*/)
{
    return countText(static_cast<qint64>(count));
}

/// A figure of the digits; undefined where there are none.
Value ofDigits(double EvaluationFigures::*member)
{
    return [member](const EvaluationData& evaluation) {
        const EvaluationFigures& figures = evaluation.figures;
        return figures.images > 0 ? std::optional(figures.*member) : std::nullopt;
    };
}

QString intervalText(double /*accuracy*/, const EvaluationData& evaluation)
{
    const ConfidenceInterval& interval = evaluation.figures.accuracyInterval;
    return Text::tr("%1–%2", "interval")
        .arg(numberLocale().toString(interval.low * 100, 'f', 1), percentText(interval.high, 1));
}

void addRejection(QList<ComparedFigure>& rows, const Evaluations& evaluations)
{
    rows.append(figure(
        evaluations, Text::tr("Turned away"), Text::tr("Digits below the model’s own threshold"),
        Better::Lower,
        [](const EvaluationData& evaluation) {
            const EvaluationFigures& figures = evaluation.figures;
            return std::optional(static_cast<double>(figures.images - figures.accepted.digitsAccepted));
        },
        countWords));
    rows.append(figure(
        evaluations, Text::tr("Misread, accepted"),
        Text::tr("Misread digits above the model’s own threshold"), Better::Lower,
        [](const EvaluationData& evaluation) {
            return std::optional(static_cast<double>(evaluation.figures.accepted.wrongAccepted));
        },
        countWords));
    if (std::any_of(evaluations.begin(), evaluations.end(),
                    [](const auto& evaluation) { return evaluation->figures.noDigits > 0; })) {
        rows.append(figure(
            evaluations, Text::tr("AUROC"),
            Text::tr("How well the score tells digits from everything else: 1 is perfect, 0.5 is chance"),
            Better::Higher,
            [](const EvaluationData& evaluation) {
                const double area = evaluation.figures.acceptance.areaUnderRoc();
                return area < 0 ? std::nullopt : std::optional(area);
            },
            [](double area, const EvaluationData&) { return numberLocale().toString(area, 'f', 4); }));
    }
}

void addCosts(QList<ComparedFigure>& rows, const Evaluations& evaluations)
{
    rows.append(figure(
        evaluations, Text::tr("Images a second"), Text::tr("On this computer, all at once"), Better::Higher,
        [](const EvaluationData& evaluation) {
            const double speed = evaluation.figures.imagesPerSecond();
            return speed > 0 ? std::optional(speed) : std::nullopt;
        },
        [](double speed, const EvaluationData&) { return countText(std::llround(speed)); }));
    rows.append(figure(
        evaluations, Text::tr("Parameters"), Text::tr("Numbers that training has set"), Better::Neither,
        [](const EvaluationData& evaluation) {
            return evaluation.info.parameters > 0
                       ? std::optional(static_cast<double>(evaluation.info.parameters))
                       : std::nullopt;
        },
        countWords));
}

QString pValueText(const McNemarTest& test)
{
    const QString value = test.pValue < 0.001
                              ? Text::tr("p < 0.001")
                              : Text::tr("p = %1").arg(numberLocale().toString(test.pValue, 'g', 2));
    return test.exact ? Text::tr("McNemar’s exact test, %1").arg(value)
                      : Text::tr("McNemar’s test, χ² = %1, %2")
                            .arg(numberLocale().toString(test.chiSquare, 'f', 1), value);
}

} // namespace

bool ComparedFigure::isBest(qsizetype evaluation) const
{
    const std::optional<double>& value = values[evaluation];
    if (better == Better::Neither || !value) {
        return false;
    }
    bool beaten = false;
    bool beats = false;
    for (const std::optional<double>& other : values) {
        if (other && *other != *value) {
            const bool less = *other < *value;
            beaten = beaten || less == (better == Better::Lower);
            beats = true;
        }
    }
    return beats && !beaten;
}

QList<ComparedFigure> comparedFigures(const Evaluations& evaluations)
{
    QList<ComparedFigure> rows;
    rows.append(figure(evaluations, Text::tr("Accuracy"), Text::tr("Part of the digits that is read rightly"),
                       Better::Higher, ofDigits(&EvaluationFigures::accuracy), percentWords));
    rows.append(figure(evaluations, Text::tr("95\u00a0% interval"),
                       Text::tr("Where the accuracy on many more such images would lie (Wilson)"),
                       Better::Neither, ofDigits(&EvaluationFigures::accuracy), intervalText));
    rows.append(figure(
        evaluations, Text::tr("Misread"), Text::tr("Digits that are read as another one"), Better::Lower,
        [](const EvaluationData& evaluation) {
            return std::optional(static_cast<double>(evaluation.figures.images - evaluation.figures.correct));
        },
        countWords));
    rows.append(figure(evaluations, Text::tr("Top two"), Text::tr("The truth is among the two best guesses"),
                       Better::Higher, ofDigits(&EvaluationFigures::topTwoAccuracy), percentWords));
    rows.append(figure(evaluations, Text::tr("Loss"), Text::tr("Mean cross-entropy of the bare logits"),
                       Better::Lower, ofDigits(&EvaluationFigures::loss),
                       [](double loss, const EvaluationData&) { return lossText(loss); }));
    rows.append(figure(
        evaluations, Text::tr("Mean F1"), Text::tr("Of the ten digits, each counted alike"), Better::Higher,
        [](const EvaluationData& evaluation) {
            return evaluation.figures.images > 0 ? std::optional(evaluation.figures.macro.f1) : std::nullopt;
        },
        percentWords));
    rows.append(figure(
        evaluations, Text::tr("Calibration error"),
        Text::tr("How far confidence is from what it says, after the temperature"), Better::Lower,
        [](const EvaluationData& evaluation) {
            return evaluation.figures.images > 0
                       ? std::optional(evaluation.figures.calibrated.expectedCalibrationError())
                       : std::nullopt;
        },
        [](double error, const EvaluationData&) { return numberLocale().toString(error, 'f', 4); }));
    addRejection(rows, evaluations);
    addCosts(rows, evaluations);
    return rows;
}

QStringList distinctNames(const Evaluations& evaluations)
{
    QStringList names;
    for (const auto& evaluation : evaluations) {
        QString name = evaluation->model;
        for (int number = 2; names.contains(name); ++number) {
            name = Text::tr("%1 (%2)", "name (number)").arg(evaluation->model).arg(number);
        }
        names += name;
    }
    return names;
}

bool sameImages(const DigitSet& a, const DigitSet& b)
{
    if (&a == &b) {
        return true;
    }
    if (a.labels != b.labels) {
        return false;
    }
    const std::size_t some = std::min(comparedImages, a.size());
    for (std::size_t i = 0; i < some; ++i) {
        const std::size_t image = i * a.size() / some;
        if (std::memcmp(a.image(image), b.image(image), digitPixels) != 0) {
            return false;
        }
    }
    return true;
}

QString pairText(const QString& first, const QString& second, const ModelComparison& comparison)
{
    const McNemarTest& test = comparison.test;
    const QString counts =
        Text::tr(
            "%1 digits are read rightly by both and %2 by neither; A alone reads %3 rightly, B alone %4.")
            .arg(countText(comparison.bothRight), countText(comparison.bothWrong), countText(test.onlyFirst),
                 countText(test.onlySecond));
    QString verdict;
    if (test.onlyFirst + test.onlySecond == 0) {
        verdict = Text::tr("Neither is better on these images.");
    } else if (test.pValue < significance) {
        verdict = Text::tr("That is more than chance explains (%1): “%2” reads such images better.")
                      .arg(pValueText(test), test.onlyFirst > test.onlySecond ? first : second);
    } else {
        verdict =
            Text::tr("Chance may well explain that (%1): these images do not show which model is better.")
                .arg(pValueText(test));
    }
    return counts + u' ' + verdict;
}

} // namespace digitpad
