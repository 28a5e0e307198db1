#include "core/report/evaluationcharts.h"

#include "core/report/chartpainter.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

struct EvaluationCharts
{
    Q_DECLARE_TR_FUNCTIONS(EvaluationCharts)
};

using Text = EvaluationCharts;

QString percentText(double part)
{
    return QStringLiteral("%1 %").arg(std::lround(part * 100));
}

QString plainText(double value)
{
    return QLocale::c().toString(value, 'g', 3);
}

ChartAxis partAxis(const QString& title, double from = 0, double to = 1)
{
    return {title, from, to, evenTicks(from, to, 6), percentText};
}

QColor blend(const QColor& a, const QColor& b, double part)
{
    const auto mix = [part](int x, int y) {
        return static_cast<int>(std::lround(x * part + y * (1 - part)));
    };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

/// Errors of one in fifty look strong already: most networks make few.
QColor cellColor(std::int64_t count, std::int64_t row, bool diagonal)
{
    if (count == 0 || row == 0) {
        return ChartPainter::paper();
    }
    const double part = static_cast<double>(count) / static_cast<double>(row);
    if (diagonal) {
        return blend(ChartPainter::grid(), ChartPainter::paper(), 0.35 + 0.65 * part);
    }
    return blend(ChartPainter::orange(), ChartPainter::paper(),
                 std::min(1.0, 0.12 + 0.88 * std::sqrt(part / 0.05)));
}

QString titleOf(Distortion distortion)
{
    switch (distortion) {
    case Distortion::Shift:
        return Text::tr("shift, pixels");
    case Distortion::Scale:
        return Text::tr("size, times");
    case Distortion::Rotation:
        return Text::tr("rotation, degrees");
    case Distortion::PenWidth:
        return Text::tr("pen width, pixels more or less");
    case Distortion::Noise:
        break;
    }
    return Text::tr("noise, standard deviation in parts of white");
}

} // namespace

void paintConfusion(QPainter& painter, const QRectF& area, const ConfusionMatrix& confusion)
{
    painter.setFont(ChartPainter::font(11));
    const double line = QFontMetricsF(painter.font()).height();
    const double left = area.left() + 2 * line + 6;
    const double top = area.top() + 2 * line + 6;
    const double side = std::min(area.right() - 1 - left, area.bottom() - 1 - top) / digitClasses;
    painter.setPen(ChartPainter::ink());
    painter.drawText(QRectF(left, area.top(), side * digitClasses, line), Qt::AlignCenter, Text::tr("guess"));
    painter.save();
    painter.translate(area.left() + line / 2, top + side * digitClasses / 2);
    painter.rotate(-90);
    painter.drawText(QRectF(-side * 5, -line / 2, side * 10, line), Qt::AlignCenter, Text::tr("true digit"));
    painter.restore();
    for (std::size_t truth = 0; truth < confusion.size(); ++truth) {
        const auto& row = confusion[truth];
        const std::int64_t all = std::accumulate(row.begin(), row.end(), std::int64_t{0});
        const double y = top + side * static_cast<double>(truth);
        const QString name = QString::number(truth);
        painter.setPen(ChartPainter::faint());
        painter.drawText(QRectF(left - line - 4, y, line, side), Qt::AlignCenter, name);
        painter.drawText(QRectF(left + side * static_cast<double>(truth), top - line - 2, side, line),
                         Qt::AlignCenter, name);
        for (std::size_t guess = 0; guess < row.size(); ++guess) {
            const QRectF cell(left + side * static_cast<double>(guess), y, side, side);
            const QColor color = cellColor(row[guess], all, truth == guess);
            painter.fillRect(cell, color);
            painter.setPen(QPen(ChartPainter::grid(), 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell);
            if (row[guess] > 0) {
                painter.setPen(truth == guess ? ChartPainter::faint() : ChartPainter::ink());
                painter.drawText(cell, Qt::AlignCenter, QString::number(row[guess]));
            }
        }
    }
}

void paintReliability(QPainter& painter, const QRectF& area, const EvaluationFigures& figures)
{
    ChartPainter chart(painter, area, partAxis(Text::tr("confidence")), partAxis(Text::tr("accuracy")));
    chart.line({{0, 0}, {1, 1}}, ChartPainter::faint(), 1, Qt::DashLine);
    const auto draw = [&](const Reliability& reliability, const QColor& color) {
        QList<QPointF> points;
        for (const Reliability::Bin& bin : reliability.bins()) {
            if (bin.images > 0) {
                points << QPointF(bin.meanConfidence(), bin.accuracy());
            }
        }
        chart.line(points, color);
        for (const QPointF& point : points) {
            chart.dot(point.x(), point.y(), color);
        }
    };
    // First, so that it hides no point.
    const auto entry = [](const QString& text, const Reliability& reliability) {
        return text.arg(QString::number(reliability.expectedCalibrationError(), 'f', 4));
    };
    chart.legend({{entry(Text::tr("before the temperature: error %1"), figures.bare), ChartPainter::orange()},
                  {entry(Text::tr("after it: error %1"), figures.calibrated), ChartPainter::blue()}},
                 Qt::BottomRightCorner);
    draw(figures.bare, ChartPainter::orange());
    draw(figures.calibrated, ChartPainter::blue());
}

void paintConfidences(QPainter& painter, const QRectF& area, const ConfidenceHistogram& histogram)
{
    const auto most = std::max(*std::max_element(histogram.right.begin(), histogram.right.end()),
                               *std::max_element(histogram.wrong.begin(), histogram.wrong.end()));
    const double decades =
        std::max(1.0, std::ceil(std::log10(static_cast<double>(std::max<std::int64_t>(most, 1)) + 1)));
    QList<double> ticks;
    for (int decade = 0; decade <= static_cast<int>(decades); ++decade) {
        ticks << decade;
    }
    // From a little below 1, so that a single image shows.
    const double floor = -0.3;
    ChartPainter chart(painter, area, partAxis(Text::tr("confidence")),
                       {Text::tr("images"), floor, decades, ticks, [](double decade) {
                            return QLocale(QLocale::English).toString(std::llround(std::pow(10, decade)));
                        }});
    for (std::size_t i = 0; i < ConfidenceHistogram::binCount; ++i) {
        const double width = 1.0 / static_cast<double>(ConfidenceHistogram::binCount);
        const double left = width * static_cast<double>(i);
        const auto height = [](std::int64_t count) { return std::log10(static_cast<double>(count)); };
        if (histogram.right[i] > 0) {
            chart.bar(left, left + width / 2, floor, height(histogram.right[i]), ChartPainter::blue());
        }
        if (histogram.wrong[i] > 0) {
            chart.bar(left + width / 2, left + width, floor, height(histogram.wrong[i]),
                      ChartPainter::orange());
        }
    }
    chart.legend(
        {{Text::tr("read rightly"), ChartPainter::blue()}, {Text::tr("misread"), ChartPainter::orange()}},
        Qt::TopLeftCorner);
}

void paintAcceptance(QPainter& painter, const QRectF& area, const EvaluationFigures& figures)
{
    ChartPainter chart(painter, area,
                       partAxis(figures.hasScore ? Text::tr("threshold of the digit score")
                                                 : Text::tr("threshold of the confidence")),
                       partAxis(Text::tr("accepted")));
    const AcceptanceCurve& curve = figures.acceptance;
    const auto part = [](std::int64_t some, std::int64_t all) {
        return all > 0 ? static_cast<double>(some) / static_cast<double>(all) : 0;
    };
    QList<QPointF> digits;
    QList<QPointF> others;
    QList<QPointF> wrong;
    const std::int64_t mistakes = curve.at(0).wrongAccepted;
    for (const AcceptancePoint& point : curve.points(400)) {
        digits << QPointF(point.threshold, part(point.digitsAccepted, curve.digits()));
        others << QPointF(point.threshold, part(point.noDigitsAccepted, curve.noDigits()));
        wrong << QPointF(point.threshold, part(point.wrongAccepted, mistakes));
    }
    QList<ChartPainter::Entry> entries{{Text::tr("digits"), ChartPainter::blue()}};
    chart.line(digits, ChartPainter::blue());
    if (mistakes > 0) {
        chart.line(wrong, ChartPainter::orange());
        entries.append({Text::tr("misread digits"), ChartPainter::orange()});
    }
    if (curve.noDigits() > 0) {
        chart.line(others, ChartPainter::faint());
        entries.append({Text::tr("what is no digit"), ChartPainter::faint()});
    }
    chart.mark(figures.threshold, QStringLiteral("%1 %").arg(figures.threshold * 100, 0, 'f', 1));
    chart.legend(entries, Qt::BottomRightCorner);
}

void paintRobustness(QPainter& painter, const QRectF& area, const RobustnessCurve& curve)
{
    if (curve.points.size() < 2) {
        return;
    }
    QList<QPointF> middle;
    QList<QPointF> low;
    QList<QPointF> high;
    QList<double> ticks;
    for (const RobustnessPoint& point : curve.points) {
        middle << QPointF(point.amount, point.accuracy);
        low << QPointF(point.amount, point.interval.low);
        high << QPointF(point.amount, point.interval.high);
        ticks << point.amount;
    }
    ChartPainter chart(painter, area,
                       {titleOf(curve.distortion), ticks.front(), ticks.back(), ticks, plainText},
                       partAxis(Text::tr("accuracy")));
    chart.band(low, high, ChartPainter::blue());
    chart.line(middle, ChartPainter::blue());
    for (const QPointF& point : middle) {
        chart.dot(point.x(), point.y(), ChartPainter::blue());
    }
}

} // namespace digitpad
