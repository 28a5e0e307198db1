// How long the charts take: bench_charts
//   Redraw on the GUI thread (the scene is made anew and painted into the window's picture), and the time
//   until the picture of the new view is complete, which another thread makes. Both plots of the usual view
//   together; 1200 × 600 at the scale of QT_SCALE_FACTOR. And the same lines by QPainter, for comparison.
#include "tests/benchmarks/statistics.h"
#include "tests/gui/training/curvefixture.h"
#include "tests/support/threadtime.h"
#include "ui/training/chartbar.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotlines.h"
#include "ui/training/plotview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cstdio>
#include <functional>
#include <vector>

using namespace digitpad;

namespace {

constexpr int rounds = 200;

/// Milliseconds.
struct Times
{
    std::vector<double> redraw;    ///< Each.
    std::vector<double> answer;    ///< The first one after a change, with the change itself.
    std::vector<double> processor; ///< What the GUI thread had of the processor for an answer.
    std::vector<double> complete;  ///< From the change until everything is sharp again.
};

bool settled(const MetricsChart& chart)
{
    const auto metrics = chart.bar()->metrics();
    return std::all_of(metrics.begin(), metrics.end(),
                       [&](Metric metric) { return chart.plot(metric)->settled(); });
}

/// What a backing store does for the window, once: the plots alone, since nothing else has changed.
double paintMilliseconds(MetricsChart& chart, QImage& window)
{
    QElapsedTimer timer;
    timer.start();
    chart.flush();
    const auto metrics = chart.bar()->metrics();
    for (const Metric metric : metrics) {
        PlotView* plot = chart.plot(metric);
        plot->render(&window, plot->mapTo(&chart, QPoint()));
    }
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

Times measure(MetricsChart& chart, QImage& window, const std::function<void(int)>& change)
{
    Times times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = test::threadMilliseconds();
        change(i);
        paintMilliseconds(chart, window);
        times.answer.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        times.processor.push_back(test::threadMilliseconds() - before);
        times.redraw.push_back(times.answer.back());
        while (!settled(chart)) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            times.redraw.push_back(paintMilliseconds(chart, window));
        }
        times.complete.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return times;
}

void print(const char* what, const Times& times)
{
    const auto say = [](const char* name, const std::vector<double>& values) {
        std::printf("  %s median %6.2f ms, p99 %6.2f ms;", name, median(values), percentile(values, 0.99));
    };
    std::printf("  %-20s", what);
    say("redraw", times.redraw);
    say("answer", times.answer);
    say("its processor time", times.processor);
    say("complete", times.complete);
    std::printf("\n");
}

void turnWheel(PlotView* plot, int delta)
{
    const QPointF place = plot->plotArea().center();
    QWheelEvent event(place, plot->mapToGlobal(place), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(plot, &event);
}

void moveMouse(PlotView* plot, double part)
{
    const QRectF area = plot->plotArea();
    const QPointF place(area.left() + part * area.width(), area.center().y());
    QMouseEvent event(QEvent::MouseMove, place, plot->mapToGlobal(place), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(plot, &event);
}

void interact(MetricsChart& chart, QImage& window)
{
    PlotView* plot = chart.plot(Metric::Loss);
    print("zoom by the wheel",
          measure(chart, window, [plot](int i) { turnWheel(plot, i % 20 < 10 ? 120 : -120); }));
    print("crosshair", measure(chart, window, [plot](int i) { moveMouse(plot, (i % 100) / 100.0); }));
    print("smoothing", measure(chart, window, [&chart](int i) { chart.bar()->setSmoothing(30 + i % 40); }));
}

void byQPainter(const MetricsChart& chart, double scale)
{
    const PlotScene& scene = chart.plot(Metric::Loss)->scene();
    const QSizeF area = chart.plot(Metric::Loss)->plotArea().size();
    QElapsedTimer timer;
    timer.start();
    const QImage own = renderArea(scene, area, scale);
    const double ownTime = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QImage image(own.size(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    timer.start();
    paintArea(painter, scene, area);
    std::printf("  %-44s %.1f ms; by QPainter %.1f ms\n", "the loss plot's picture alone", ownTime,
                static_cast<double>(timer.nsecsElapsed()) / 1e6);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("bench_charts"));
    MetricsChart chart;
    chart.resize(1200, 600);
    chart.show();
    QCoreApplication::processEvents();
    const double scale = chart.devicePixelRatioF();
    QImage window(chart.size() * scale, QImage::Format_RGB32);
    window.setDevicePixelRatio(scale);

    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::printf("200 runs of 100 epochs, 1200 × 600 at scale %g\n", scale);
    for (int i = 0; i < 200; ++i) {
        const test::CurveShape shape{100, 100, 0.02 + 0.002 * i, unsigned(i + 1), false};
        chart.setRun(QString::number(i), QStringLiteral("Run %1").arg(i), test::makeCurves(shape));
    }
    interact(chart, window);
    byQPainter(chart, scale);

    std::printf("One run of 100,000 batches (100 epochs), that goes on\n");
    chart.clear();
    chart.beginRun(QStringLiteral("live"), QStringLiteral("Live"), 100,
                   test::makeCurves({100, 1000, 0.05, 1, true}));
    interact(chart, window);
    byQPainter(chart, scale);
    BatchProgress newest;
    newest.batches = 1000;
    std::int64_t step = 100'000;
    print("20 more batches", measure(chart, window, [&](int) {
              QVector<BatchPoint> batches;
              for (int i = 0; i < 20; ++i) {
                  batches.append({++step, 0.05F, 0.98F, 1e-4F, 1.0F});
              }
              newest.step = step;
              chart.addBatches(newest, batches);
          }));

    std::printf("The same, with 200 runs of 2,000 batches behind it\n");
    for (int i = 0; i < 200; ++i) {
        chart.setRun(QString::number(i), QStringLiteral("Run %1").arg(i),
                     test::makeCurves({20, 100, 0.02 + 0.002 * i, unsigned(i + 1), true}));
    }
    interact(chart, window);
    return 0;
}
