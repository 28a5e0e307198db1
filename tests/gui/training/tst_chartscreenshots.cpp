// Writes a picture of each state of the charts for people to look at, in light and dark.
#include "tests/gui/training/curvefixture.h"
#include "tests/support/screenshots.h"
#include "ui/training/chartbar.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"

#include <QApplication>
#include <QComboBox>
#include <QSettings>
#include <QTest>

#include <memory>

using namespace digitpad;
using digitpad::test::CurveShape;
using digitpad::test::makeCurves;

class TestChartScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();

private:
    void reach(const QString& state);
    void addRuns(int count, bool withBatches);
    void goLive(int epochs, int planned);
    [[nodiscard]] bool settled() const;

    std::unique_ptr<MetricsChart> m_chart;
};

void TestChartScreenshots::initTestCase()
{
    test::beginScreenshots("tst_chartscreenshots");
}

void TestChartScreenshots::everyState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state :
         {"empty", "live", "six-runs", "logarithmic", "zoomed", "crosshair", "crosshair-one", "four-plots",
          "epochs-alone", "recent", "many-runs", "small", "large", "one-plot-steps"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void TestChartScreenshots::addRuns(int count, bool withBatches)
{
    const QStringList names{QStringLiteral("Baseline"),
                            QStringLiteral("Improved"),
                            QStringLiteral("Fast CNN"),
                            QStringLiteral("Tiny"),
                            QStringLiteral("Fast CNN, no augmentation"),
                            QStringLiteral("SGD 0.1")};
    for (int i = 0; i < count; ++i) {
        CurveShape shape;
        shape.seed = unsigned(i + 1);
        shape.end = 0.03 + 0.025 * (i % 6);
        shape.epochs = 8 + i % 5;
        shape.batchesPerEpoch = 100 + 40 * (i % 3);
        shape.withBatches = withBatches;
        const QString name = i < names.size() ? names[i] : QStringLiteral("Run %1").arg(i + 1);
        m_chart->setRun(QStringLiteral("run-%1").arg(i), name, makeCurves(shape));
    }
}

void TestChartScreenshots::goLive(int epochs, int planned)
{
    CurveShape shape;
    shape.epochs = epochs;
    shape.batchesPerEpoch = 844;
    shape.seed = 42;
    const auto curves = makeCurves(shape);
    m_chart->beginRun(QStringLiteral("live"), QStringLiteral("Accurate CNN"), planned);
    BatchProgress newest;
    newest.batches = shape.batchesPerEpoch;
    m_chart->addBatches(newest, QVector<BatchPoint>(curves->batches.begin(), curves->batches.end() - 300));
    for (std::size_t i = 0; i + 1 < curves->epochs.size(); ++i) {
        m_chart->addEpoch(curves->epochs[i]);
    }
}

void TestChartScreenshots::reach(const QString& state)
{
    if (state == u"live" || state == u"crosshair-one" || state == u"four-plots" || state == u"recent") {
        goLive(5, 10);
    } else if (state == u"many-runs") {
        addRuns(60, false);
    } else if (state != u"empty") {
        addRuns(6, state != u"epochs-alone");
    }
    ChartBar* bar = m_chart->bar();
    bar->setLogarithmic(state == u"logarithmic");
    if (state == u"four-plots") {
        bar->setMetrics({Metric::Loss, Metric::Accuracy, Metric::LearningRate, Metric::GradientNorm});
    }
    if (state == u"one-plot-steps") {
        bar->setMetrics({Metric::Loss});
        bar->setXAxis(XAxis::Steps);
    }
    if (state == u"recent") {
        m_chart->findChild<QComboBox*>(QStringLiteral("shownPart"))->setCurrentIndex(2);
    }
    if (state == u"small") {
        m_chart->resize(700, 400);
    }
    if (state == u"large") {
        m_chart->resize(2400, 1300);
    }
    m_chart->flush();
    PlotView* plot = m_chart->plot(Metric::Loss);
    const QPoint middle = plot->plotArea().center().toPoint();
    if (state == u"zoomed") {
        const QPoint from = plot->placeOf(1.5, 0.5).toPoint();
        const QPoint to = plot->placeOf(5, 0.02).toPoint();
        QTest::mousePress(plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(plot, to);
        QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
        QTest::mouseMove(plot, QPoint(1, 1));
    }
    if (state.startsWith(u"crosshair")) {
        QTest::mouseMove(plot, middle - QPoint(41, 0));
        QTest::mouseMove(plot, middle - QPoint(40, 0));
    }
}

bool TestChartScreenshots::settled() const
{
    const auto metrics = m_chart->bar()->metrics();
    return std::all_of(metrics.begin(), metrics.end(),
                       [this](Metric metric) { return m_chart->plot(metric)->settled(); });
}

void TestChartScreenshots::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    QSettings().clear();
    test::useLightOrDark(dark);
    m_chart = std::make_unique<MetricsChart>();
    m_chart->resize(960, 600);
    m_chart->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
    reach(state);
    m_chart->grab();
    QTRY_VERIFY(settled());
    test::saveScreenshot(*m_chart, QStringLiteral("chart-") + state, dark);
    m_chart.reset();
}

QTEST_MAIN(TestChartScreenshots)
#include "tst_chartscreenshots.moc"
