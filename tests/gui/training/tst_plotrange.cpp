#include "tests/gui/training/curvefixture.h"
#include "ui/training/plotrange.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace digitpad;
using digitpad::test::makeCurves;

namespace {

/// A run whose batches all have the same loss, but for the first.
PlotRun runOf(float first, float others, const std::vector<double>& validation = {})
{
    auto curves = std::make_shared<RunCurves>();
    for (std::int64_t step = 1; step <= 100; ++step) {
        curves->batches.push_back({step, step == 1 ? first : others, 0.9F, 1e-3F, 1});
    }
    for (const double loss : validation) {
        EpochMetrics epoch;
        epoch.epoch = static_cast<int>(curves->epochs.size()) + 1;
        epoch.step = 10 * epoch.epoch;
        epoch.trainingLoss = double(others);
        epoch.validationLoss = loss;
        epoch.trainingAccuracy = 0.95;
        epoch.validationAccuracy = 0.9;
        curves->epochs.push_back(epoch);
    }
    return {QStringLiteral("run"), QStringLiteral("Run"), 0, std::move(curves), 10};
}

PlotScene sceneOf(std::vector<PlotRun> runs, Metric metric = Metric::Loss)
{
    PlotScene scene;
    scene.metric = metric;
    scene.runs = std::move(runs);
    return scene;
}

} // namespace

/// What of the runs' values is in sight.
class TestPlotRange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOutlierAtTheStartDoesNotFlattenTheRest();
    void oneStrayValidationDoesNotFlattenTheRest();
    void oneStrayRunDoesNotFlattenTheOthers();
    void oneRunThatLearnsNothingDoesNotFlattenTheOthers();
    void tightFitsWhatIsInSight();
    void accuracyEndsAtAHundredPercent();
    void logarithmicLeavesOutZero();
    void survivesWhatIsNoNumber();
    void nothingToShow();
    void stepsHaveWholeTicks();
    void epochsHaveWholeTicksWhereThereAreSome();
    void lastPlaceOfAllRuns();
};

void TestPlotRange::anOutlierAtTheStartDoesNotFlattenTheRest()
{
    PlotScene scene = sceneOf({runOf(500, 0.5F)});
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QVERIFY(scene.yScale.high >= 0.5 && scene.yScale.high < 1);
    QCOMPARE(scene.yScale.low, 0.0);
    QVERIFY(scene.view.bottom() > scene.yScale.high); // Room for a marker at the end.
}

void TestPlotRange::oneStrayValidationDoesNotFlattenTheRest()
{
    PlotScene scene = sceneOf({runOf(0.5F, 0.5F, {0.4, 400})});
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QVERIFY(scene.yScale.high <= 2);
}

void TestPlotRange::oneStrayRunDoesNotFlattenTheOthers()
{
    PlotScene scene = sceneOf({runOf(0.5F, 0.5F), runOf(0.4F, 0.4F), runOf(1e6F, 1e6F)});
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QVERIFY(scene.yScale.high <= 10);
}

void TestPlotRange::oneRunThatLearnsNothingDoesNotFlattenTheOthers()
{
    std::vector<PlotRun> runs(3, runOf(0.1F, 0.1F, {0.1}));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto curves = std::make_shared<RunCurves>(*runs[i].curves);
        curves->batches.clear();
        curves->epochs[0].trainingAccuracy = curves->epochs[0].validationAccuracy = i == 0 ? 0.1 : 0.99;
        runs[i].curves = std::move(curves);
    }
    PlotScene scene = sceneOf(runs, Metric::Accuracy);
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QVERIFY2(scene.yScale.low >= 0.88, qPrintable(QString::number(scene.yScale.low)));
}

void TestPlotRange::tightFitsWhatIsInSight()
{
    const auto curves = makeCurves({10, 100, 0.1, 3, true});
    PlotScene scene = sceneOf({{QStringLiteral("run"), QStringLiteral("Run"), 0, curves, 100}});
    scaleX(scene, {8, 10}, 5);
    scaleYTightly(scene);
    QVERIFY(scene.view.bottom() < 0.5); // Far below the losses of the start.
    QVERIFY(scene.view.top() > 0);
    for (const EpochMetrics& epoch : curves->epochs) {
        if (epoch.epoch >= 8) {
            QVERIFY(epoch.validationLoss > scene.view.top() && epoch.validationLoss < scene.view.bottom());
        }
    }
}

void TestPlotRange::accuracyEndsAtAHundredPercent()
{
    PlotScene scene = sceneOf({runOf(0.5F, 0.5F, {0.4})}, Metric::Accuracy);
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QCOMPARE(scene.yScale.high, 1.0);
    QVERIFY(scene.yScale.low <= 0.9 && scene.yScale.low > 0.5);
}

void TestPlotRange::logarithmicLeavesOutZero()
{
    PlotScene scene = sceneOf({runOf(0.5F, 0.05F, {0, 0.1})});
    scene.options.logarithmic = true;
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QVERIFY(scene.yScale.low > 0 && scene.yScale.low <= 0.05);
    QVERIFY(std::abs(scene.view.top() - std::log10(scene.yScale.low)) < 1e-9);
    scene.metric = Metric::Accuracy; // Has no logarithmic axis.
    scaleYSteadily(scene, steady);
    QCOMPARE(scene.yScale.high, 1.0);
}

void TestPlotRange::survivesWhatIsNoNumber()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    for (const bool logarithmic : {false, true}) {
        for (const Metric metric : allMetrics) {
            PlotScene scene = sceneOf({runOf(nan, nan, {infinity, double(nan)}), runOf(0, 0, {0})}, metric);
            scene.options.logarithmic = logarithmic;
            SteadyEnd steady;
            scaleX(scene, {0, 1}, 5);
            scaleYSteadily(scene, steady);
            QVERIFY(std::isfinite(scene.view.bottom()) && scene.view.height() > 0);
            scaleYTightly(scene);
            QVERIFY(std::isfinite(scene.view.bottom()) && scene.view.height() > 0);
        }
    }
}

void TestPlotRange::nothingToShow()
{
    PlotScene scene = sceneOf({});
    QVERIFY(scene.empty());
    QVERIFY(!shownValues(scene, {0, 10}));
    QCOMPARE(lastX(scene), 0.0);
    SteadyEnd steady;
    scaleYSteadily(scene, steady);
    QCOMPARE(scene.yScale.high, 1.0);
}

void TestPlotRange::stepsHaveWholeTicks()
{
    PlotScene scene = sceneOf({runOf(1, 1)});
    scene.options.xAxis = XAxis::Steps;
    scaleX(scene, {3, 6}, 8);
    QCOMPARE(scene.xScale.ticks, std::vector<double>({3, 4, 5, 6}));
    QCOMPARE(scene.xScale.decimals, 0);
}

void TestPlotRange::epochsHaveWholeTicksWhereThereAreSome()
{
    PlotScene scene = sceneOf({runOf(1, 1)});
    scaleX(scene, {0, 5.1}, 12);
    QCOMPARE(scene.xScale.ticks, std::vector<double>({0, 1, 2, 3, 4, 5}));
    scaleX(scene, {2, 2.5}, 5);
    QCOMPARE(scene.xScale.ticks.size(), 6u);
    QCOMPARE(scene.xScale.decimals, 1);
}

void TestPlotRange::lastPlaceOfAllRuns()
{
    PlotScene scene = sceneOf({runOf(1, 1, {1, 1}), runOf(1, 1)});
    QCOMPARE(lastX(scene), 10.0); // 100 steps, ten an epoch.
    scene.options.xAxis = XAxis::Steps;
    QCOMPARE(lastX(scene), 100.0);
}

QTEST_APPLESS_MAIN(TestPlotRange)
#include "tst_plotrange.moc"
