#include "ui/evaluation/confidencetext.h"

#include "ui/training/trainingtext.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace digitpad {

namespace {

struct ConfidenceText
{
    Q_DECLARE_TR_FUNCTIONS(ConfidenceText)
};

using Text = ConfidenceText;

/// "40 (0.41 %)"; the count alone where there is nothing to compare with.
QString countAndPart(std::int64_t some, std::int64_t all)
{
    if (all <= 0) {
        return countText(some);
    }
    const double part = static_cast<double>(some) / static_cast<double>(all);
    return Text::tr("%1 (%2)", "count (per cent)")
        .arg(countText(some), percentText(part, part < 0.01 ? 2 : 1));
}

QString binText(const QString& name, const Reliability::Bin& bin)
{
    return bin.images == 0 ? Text::tr("%1: no image").arg(name)
                           : Text::tr("%1: %2 of %3 right, confidence %4")
                                 .arg(name, percentText(bin.accuracy(), 1), countText(bin.images),
                                      percentText(bin.meanConfidence(), 1));
}

} // namespace

QString calibrationText(const EvaluationFigures& figures)
{
    const auto number = [](const Reliability& reliability) {
        return numberLocale().toString(reliability.expectedCalibrationError(), 'f', 4);
    };
    if (std::abs(figures.temperature - 1) <= 1e-9) {
        return Text::tr("Calibration error %1; this model has no temperature.")
            .arg(number(figures.calibrated));
    }
    return Text::tr("Calibration error %1 before the temperature of %2, %3 after it.")
        .arg(number(figures.bare), numberLocale().toString(figures.temperature, 'f', 2),
             number(figures.calibrated));
}

EvaluationChart::Stop reliabilityStop(std::size_t index, const Reliability::Bin* before,
                                      const Reliability::Bin& after)
{
    EvaluationChart::Stop stop;
    constexpr double width = 1.0 / static_cast<double>(Reliability::binCount);
    stop.x = width * (static_cast<double>(index) + 0.5);
    QStringList lines;
    if (before != nullptr) {
        lines += binText(Text::tr("Before"), *before);
        if (before->images > 0) {
            stop.points << QPointF(before->meanConfidence(), before->accuracy());
        }
    }
    lines += binText(before != nullptr ? Text::tr("After") : Text::tr("Here"), after);
    if (after.images > 0) {
        stop.points << QPointF(after.meanConfidence(), after.accuracy());
    }
    stop.text = lines.join(u'\n');
    return stop;
}

QString confidenceBinText(double low, double high, std::int64_t right, std::int64_t wrong)
{
    return Text::tr("%1 to %2\n%3 read rightly\n%4 misread")
        .arg(percentText(low, 0), percentText(high, 0), countText(right), countText(wrong));
}

QString acceptanceText(const EvaluationFigures& figures, const AcceptancePoint& point)
{
    const AcceptanceCurve& curve = figures.acceptance;
    QStringList lines{Text::tr("From %1 on").arg(percentText(point.threshold, 0))};
    if (curve.digits() > 0) {
        lines += Text::tr("%1 digits accepted").arg(countAndPart(point.digitsAccepted, curve.digits()));
        lines += Text::tr("%1 of them misread").arg(countText(point.wrongAccepted));
    }
    if (curve.noDigits() > 0) {
        lines +=
            Text::tr("%1 non-digits let through").arg(countAndPart(point.noDigitsAccepted, curve.noDigits()));
    }
    return lines.join(u'\n');
}

QString thresholdText(const EvaluationFigures& figures, const AcceptancePoint& point)
{
    const AcceptanceCurve& curve = figures.acceptance;
    QStringList sentences;
    if (curve.digits() > 0) {
        sentences += Text::tr("Of %1 digits, %2 would be turned away.")
                         .arg(countText(curve.digits()),
                              countAndPart(curve.digits() - point.digitsAccepted, curve.digits()));
        sentences += Text::tr("Of the %1 accepted, %2 would be misread.")
                         .arg(countText(point.digitsAccepted),
                              countAndPart(point.wrongAccepted, point.digitsAccepted));
    }
    if (curve.noDigits() > 0) {
        sentences +=
            Text::tr("Of %1 images that are no digit, %2 would be let through.")
                .arg(countText(curve.noDigits()), countAndPart(point.noDigitsAccepted, curve.noDigits()));
    } else {
        sentences +=
            Text::tr("All of these images are digits, so nobody knows what else it would let through.");
    }
    return sentences.join(u'\n');
}

QString ownThresholdText(const EvaluationFigures& figures)
{
    const AcceptanceCurve& curve = figures.acceptance;
    const AcceptancePoint& own = figures.accepted;
    QString text =
        Text::tr("The model’s own threshold of %1 turns away %2 digits and misreads %3 of the rest")
            .arg(percentText(figures.threshold, 1), countText(curve.digits() - own.digitsAccepted),
                 countText(own.wrongAccepted));
    text += curve.noDigits() > 0
                ? Text::tr("; it lets through %1 non-digits.").arg(countText(own.noDigitsAccepted))
                : QStringLiteral(".");
    return text;
}

} // namespace digitpad
