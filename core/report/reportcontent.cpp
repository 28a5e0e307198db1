#include "core/report/reportcontent.h"

#include "core/report/evaluationcharts.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace digitpad {

using namespace Qt::StringLiterals;
using Text = EvaluationReport;

namespace {

constexpr std::size_t mistakesShown = 60;

QString count(std::int64_t value)
{
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
}

QString percent(double part)
{
    return u"%1 %"_s.arg(part * 100, 0, 'f', 2);
}

QString percent(const std::optional<double>& part)
{
    return part ? percent(*part) : u"–"_s;
}

QString robustnessTitle(Distortion distortion)
{
    switch (distortion) {
    case Distortion::Shift:
        return Text::tr("When digits are shifted");
    case Distortion::Scale:
        return Text::tr("When they are larger or smaller");
    case Distortion::Rotation:
        return Text::tr("When they are turned");
    case Distortion::PenWidth:
        return Text::tr("When lines are wider or narrower");
    case Distortion::Noise:
        break;
    }
    return Text::tr("When there is noise");
}

} // namespace

std::vector<ReportRow> summary(const EvaluationData& data)
{
    const EvaluationFigures& figures = data.figures;
    std::vector<ReportRow> rows{
        {Text::tr("Model"),
         Text::tr("%1 (%2, %3 parameters)")
             .arg(data.model, QString::fromStdString(data.info.network), count(data.info.parameters))},
        {Text::tr("Data"), Text::tr("%1, %2 digits").arg(data.data, count(figures.images))},
        {Text::tr("Accuracy"),
         Text::tr("%1 (%2 misread; 95 % interval %3 to %4)")
             .arg(percent(figures.accuracy), count(figures.images - figures.correct),
                  percent(figures.accuracyInterval.low), percent(figures.accuracyInterval.high))},
        {Text::tr("Among the two best guesses"), percent(figures.topTwoAccuracy)},
        {Text::tr("Loss"), QString::number(figures.loss, 'f', 4)},
        {Text::tr("Calibration error"), Text::tr("%1; %2 before the temperature of %3")
                                            .arg(figures.calibrated.expectedCalibrationError(), 0, 'f', 4)
                                            .arg(figures.bare.expectedCalibrationError(), 0, 'f', 4)
                                            .arg(figures.temperature, 0, 'f', 3)},
        {Text::tr("Turned away"), Text::tr("%1 of the digits at the threshold of %2")
                                      .arg(count(figures.images - figures.accepted.digitsAccepted))
                                      .arg(figures.threshold, 0, 'g', 4)}};
    if (figures.noDigits > 0) {
        rows.push_back({Text::tr("No digits"),
                        Text::tr("%1, of which %2 were taken for one")
                            .arg(count(figures.noDigits), count(figures.accepted.noDigitsAccepted))});
    }
    if (figures.seconds > 0) {
        rows.push_back(
            {Text::tr("Speed"), Text::tr("%1 images/s").arg(count(std::llround(figures.imagesPerSecond())))});
    }
    return rows;
}

std::vector<QStringList> classRows(const EvaluationFigures& figures)
{
    std::vector<QStringList> rows;
    for (std::size_t digit = 0; digit < figures.classes.size(); ++digit) {
        const ClassFigures& of = figures.classes[digit];
        rows.push_back({QString::number(digit), count(of.support), percent(of.precision), percent(of.recall),
                        of.support + of.guesses > 0 ? percent(of.f1) : u"–"_s});
    }
    rows.push_back({Text::tr("mean"), QString(), percent(figures.macro.precision),
                    percent(figures.macro.recall), percent(figures.macro.f1)});
    return rows;
}

QStringList classHeads()
{
    return {Text::tr("Digit"), Text::tr("Images"), Text::tr("Precision"), Text::tr("Recall"), Text::tr("F1")};
}

std::vector<ReportChart> charts(const EvaluationData& data)
{
    const EvaluationFigures& figures = data.figures;
    constexpr QSizeF usual(340, 250);
    std::vector<ReportChart> all{
        {Text::tr("Confusion matrix"),
         {340, 340},
         [&](QPainter& painter, const QRectF& area) { paintConfusion(painter, area, figures.confusion); }},
        {Text::tr("Reliability"), usual,
         [&](QPainter& painter, const QRectF& area) { paintReliability(painter, area, figures); }},
        {Text::tr("Confidence"), usual,
         [&](QPainter& painter, const QRectF& area) {
             paintConfidences(painter, area, figures.confidences);
         }},
        {Text::tr("What a threshold accepts"), usual,
         [&](QPainter& painter, const QRectF& area) { paintAcceptance(painter, area, figures); }}};
    for (const RobustnessCurve& curve : data.robustness) {
        all.push_back(
            {robustnessTitle(curve.distortion), {340, 210}, [&curve](QPainter& painter, const QRectF& area) {
                 paintRobustness(painter, area, curve);
             }});
    }
    return all;
}

QImage digitPicture(const DigitSet& set, std::size_t index)
{
    QImage picture(digitSide, digitSide, QImage::Format_Grayscale8);
    const std::uint8_t* pixels = set.image(index);
    for (int y = 0; y < digitSide; ++y) {
        std::transform(pixels + y * digitSide, pixels + (y + 1) * digitSide, picture.scanLine(y),
                       [](std::uint8_t ink) { return static_cast<uchar>(255 - ink); });
    }
    return picture;
}

QString mistakeText(const ImageReading& reading)
{
    return Text::tr("%1 read as %2, %3")
        .arg(reading.truth)
        .arg(reading.guess)
        .arg(u"%1 %"_s.arg(std::floor(static_cast<double>(reading.confidence) * 1000) / 10, 0, 'f', 1));
}

std::vector<std::size_t> shownMistakes(const EvaluationData& data)
{
    auto mistakes = confidentMistakes(data.readings);
    mistakes.resize(std::min(mistakes.size(), mistakesShown));
    return mistakes;
}

QString titleText(const EvaluationData& data)
{
    return Text::tr("%1 on %2").arg(data.model, data.data);
}

QString footText(const EvaluationData& data)
{
    return Text::tr("%1, %2").arg(data.program, QLocale::c().toString(data.made, u"yyyy-MM-dd HH:mm"_s));
}

QString mistakesTitle(const EvaluationData& data)
{
    return Text::tr("The most confident of %1 misread images")
        .arg(count(data.figures.images - data.figures.correct));
}

} // namespace digitpad
