#include "core/base/random.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLegend>
#include <QLegendMarker>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace digitpad;

namespace {

constexpr int batchLine = 0;
constexpr int smoothedLine = 1;
constexpr int validationLine = 2;
constexpr std::int64_t epochBatches = 100;

/// Feeds a run of the usual shape: a loss falling from 2.3 to about 0.1.
class Run
{
public:
    explicit Run(MetricsChart& chart, int epochs)
        : m_chart(chart)
    {
        chart.beginRun(epochs);
    }

    void batches(int count, double loss)
    {
        m_step += count;
        BatchProgress newest;
        newest.batches = epochBatches;
        newest.step = m_step;
        m_chart.addLosses(newest, QList<double>(count, loss));
    }
    void epoch(double validationLoss, double accuracy)
    {
        EpochMetrics metrics;
        metrics.epoch = ++m_epoch;
        metrics.trainingLoss = validationLoss;
        metrics.validationLoss = validationLoss;
        metrics.trainingAccuracy = accuracy - 0.01;
        metrics.validationAccuracy = accuracy;
        m_chart.addEpoch(metrics);
    }

private:
    MetricsChart& m_chart;
    std::int64_t m_step = 0;
    int m_epoch = 0;
};

} // namespace

class TestMetricsChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void drawsBatchesAndEpochs();
    void staysAfterTheEndAndEmptiesWithTheNextRun();
    void waitsWhileHidden();
    void redrawsSeldom();
    void anOutlierAtTheStartDoesNotFlattenTheRest();
    void oneStrayValidationDoesNotFlattenTheRest();
    void axisIsSteady();
    void logarithmicAxisTakesZeroAndSpikes();
    void survivesLossesThatAreNoNumbers();
    void axisFollowsTheEpochs();
    void crosshairSaysTheValues();
    void hoverWithTheMouse();
    void legendNamesEachLineOnce();
    void followsThePalette();
    void describesItselfToScreenReaders();
    void redrawIsFastWithManyBatches();

private:
    std::unique_ptr<MetricsChart> m_chart;
};

void TestMetricsChart::init()
{
    m_chart = std::make_unique<MetricsChart>();
    m_chart->resize(700, 560);
    m_chart->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
}

void TestMetricsChart::cleanup()
{
    m_chart.reset();
}

void TestMetricsChart::drawsBatchesAndEpochs()
{
    Run run(*m_chart, 3);
    run.batches(100, 0.5);
    run.epoch(0.4, 0.9);
    QTRY_COMPARE(m_chart->lossPlot()->points(batchLine).size(), 100);
    QCOMPARE(m_chart->lossPlot()->points(smoothedLine).last(), QPointF(1, 0.5));
    QCOMPARE(m_chart->lossPlot()->points(validationLine), QList{QPointF(1, 0.4)});
    QCOMPARE(m_chart->accuracyPlot()->points(0), QList{QPointF(1, 89)});
    QCOMPARE(m_chart->accuracyPlot()->points(1), QList{QPointF(1, 90)});
    QVERIFY(m_chart->accuracyPlot()->valueAxisLow() <= 89);
    QCOMPARE(m_chart->accuracyPlot()->valueAxisHigh(), 100);
}

void TestMetricsChart::staysAfterTheEndAndEmptiesWithTheNextRun()
{
    Run run(*m_chart, 1);
    run.batches(10, 1);
    m_chart->flush();
    QCOMPARE(m_chart->lossPlot()->points(batchLine).size(), 10);
    m_chart->beginRun(5);
    QVERIFY(m_chart->lossPlot()->points(batchLine).isEmpty());
    QVERIFY(m_chart->lossTextAt(0.05).isEmpty());
}

void TestMetricsChart::waitsWhileHidden()
{
    m_chart->hide();
    Run run(*m_chart, 1);
    run.batches(10, 1);
    m_chart->flush();
    QVERIFY(m_chart->lossPlot()->points(batchLine).isEmpty());
    m_chart->show();
    QCOMPARE(m_chart->lossPlot()->points(batchLine).size(), 10);
}

void TestMetricsChart::redrawsSeldom()
{
    Run run(*m_chart, 1);
    run.batches(1, 1);
    run.batches(1, 1);
    QVERIFY(m_chart->lossPlot()->points(batchLine).isEmpty()); // Not in the call that brought them.
    QTRY_COMPARE(m_chart->lossPlot()->points(batchLine).size(), 2);
}

void TestMetricsChart::anOutlierAtTheStartDoesNotFlattenTheRest()
{
    Run run(*m_chart, 1);
    run.batches(1, 500);
    run.batches(99, 0.5);
    m_chart->flush();
    QVERIFY(m_chart->lossPlot()->valueAxisHigh() >= 0.5);
    QVERIFY(m_chart->lossPlot()->valueAxisHigh() < 1);
}

void TestMetricsChart::oneStrayValidationDoesNotFlattenTheRest()
{
    Run run(*m_chart, 5);
    run.batches(200, 0.5);
    run.epoch(0.4, 0.9);
    run.epoch(400, 0.2);
    m_chart->flush();
    QVERIFY(m_chart->lossPlot()->valueAxisHigh() <= 2);
}

void TestMetricsChart::axisIsSteady()
{
    Run run(*m_chart, 10);
    QList<double> ends;
    for (int i = 0; i < 60; ++i) {
        run.batches(10, 0.2 + 2.0 * std::exp(-i / 10.0));
        m_chart->flush();
        const double end = m_chart->lossPlot()->valueAxisHigh();
        if (ends.isEmpty() || ends.last() != end) {
            ends.append(end);
        }
    }
    QVERIFY2(ends.size() <= 5, qPrintable(QString::number(ends.size())));
}

void TestMetricsChart::logarithmicAxisTakesZeroAndSpikes()
{
    Run run(*m_chart, 2);
    run.batches(50, 0.5);
    run.batches(50, 0);
    run.epoch(0, 1);
    m_chart->setLogarithmic(true);
    m_chart->flush();
    const auto points = m_chart->lossPlot()->points(batchLine);
    QCOMPARE(points.size(), 100);
    for (const QPointF& point : points) {
        QVERIFY(std::isfinite(point.y()));
    }
    QVERIFY(std::abs(points.first().y() - std::log10(0.5)) < 1e-9);
    m_chart->setLogarithmic(false);
    QCOMPARE(m_chart->lossPlot()->points(batchLine).first().y(), 0.5);
}

void TestMetricsChart::survivesLossesThatAreNoNumbers()
{
    Run run(*m_chart, 2);
    run.batches(10, std::numeric_limits<double>::quiet_NaN());
    run.epoch(std::numeric_limits<double>::infinity(), 0.1);
    m_chart->flush();
    QVERIFY(m_chart->lossPlot()->points(batchLine).isEmpty());
    QVERIFY(m_chart->lossPlot()->points(validationLine).isEmpty());
    QVERIFY(std::isfinite(m_chart->lossPlot()->valueAxisHigh()));
    QVERIFY(!m_chart->grab().isNull());
}

void TestMetricsChart::axisFollowsTheEpochs()
{
    Run run(*m_chart, 100);
    run.batches(50, 1);
    m_chart->flush();
    QCOMPARE(m_chart->lossPlot()->epochAxisHigh(), 1);
    run.batches(600, 1);
    m_chart->flush();
    QCOMPARE(m_chart->lossPlot()->epochAxisHigh(), 8);
    QCOMPARE(m_chart->accuracyPlot()->epochAxisHigh(), 8);
}

void TestMetricsChart::crosshairSaysTheValues()
{
    Run run(*m_chart, 3);
    run.batches(100, 0.5);
    run.epoch(0.4, 0.9);
    const QString text = m_chart->lossTextAt(0.9);
    QVERIFY2(text.contains(QStringLiteral("0.500")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("epoch 1: 0.400")), qPrintable(text));
    QVERIFY(m_chart->accuracyTextAt(1.2).contains(QStringLiteral("90.00")));
    QVERIFY(m_chart->lossTextAt(2.6).isEmpty());
    QVERIFY(m_chart->accuracyTextAt(0.2).isEmpty());
}

void TestMetricsChart::hoverWithTheMouse()
{
    Run run(*m_chart, 1);
    run.batches(100, 0.5);
    run.epoch(0.4, 0.9);
    m_chart->flush();
    PlotView* plot = m_chart->lossPlot();
    const QRect area =
        plot->mapFromScene(plot->chart()->mapToScene(plot->chart()->plotArea())).boundingRect();
    QTest::mouseMove(plot->viewport(), area.center() - QPoint(5, 0));
    QTest::mouseMove(plot->viewport(), area.center());
    QTRY_VERIFY(QToolTip::text().contains(QStringLiteral("Epoch 0.5")));
    QTest::mouseMove(plot->viewport(), QPoint(2, 2));
    QTRY_VERIFY(!QToolTip::isVisible());
}

void TestMetricsChart::legendNamesEachLineOnce()
{
    QStringList names;
    const auto markers = m_chart->lossPlot()->chart()->legend()->markers();
    for (const QLegendMarker* marker : markers) {
        if (marker->isVisible()) {
            names += marker->label();
        }
    }
    QCOMPARE(names, QStringList({QStringLiteral("Each batch"), QStringLiteral("Training, smoothed"),
                                 QStringLiteral("Validation")}));
}

void TestMetricsChart::followsThePalette()
{
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    m_chart->setPalette(dark);
    const QImage picture = m_chart->lossPlot()->grab().toImage();
    QCOMPARE(picture.pixelColor(picture.width() - 2, picture.height() / 2), QColor(Qt::black));
    QCOMPARE(m_chart->lossPlot()->chart()->legend()->labelColor(), QColor(Qt::white));
}

void TestMetricsChart::describesItselfToScreenReaders()
{
    Run run(*m_chart, 1);
    run.epoch(0.4, 0.9);
    QVERIFY(m_chart->lossPlot()->accessibleDescription().contains(QStringLiteral("validation loss 0.400")));
    QVERIFY(m_chart->accuracyPlot()->accessibleDescription().contains(QStringLiteral("90.0")));
}

/// Prints the time of one full redraw; the bound is loose, since it runs on machines of any kind beside other
/// tests.
void TestMetricsChart::redrawIsFastWithManyBatches()
{
    Run run(*m_chart, 50);
    Random random(1);
    const auto noisyLoss = [&random](int i) {
        return (0.1 + std::exp(-i / 3000.0)) * std::exp(random.normal());
    };
    for (int i = 0; i < 50'000; ++i) {
        run.batches(1, noisyLoss(i));
    }
    QVERIFY(m_chart->lossPlot()->points(batchLine).isEmpty());
    m_chart->flush();
    QVERIFY(m_chart->lossPlot()->points(batchLine).size() <= 2000);
    std::vector<double> times;
    for (int i = 0; i < 50; ++i) {
        run.batches(1, noisyLoss(50'000));
        QElapsedTimer timer;
        timer.start();
        m_chart->flush();
        m_chart->lossPlot()->viewport()->repaint();
        m_chart->accuracyPlot()->viewport()->repaint();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    qInfo("One redraw of both plots after 50,000 batches: median %.2f ms, slowest of 50 %.2f ms", times[25],
          times.back());
    QVERIFY(times[25] < 100);
}

QTEST_MAIN(TestMetricsChart)
#include "tst_metricschart.moc"
