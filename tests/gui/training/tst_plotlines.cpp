#include "tests/gui/training/curvefixture.h"
#include "ui/training/lineraster.h"
#include "ui/training/plotlines.h"
#include "ui/training/plotrange.h"

#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace digitpad;
using digitpad::test::makeCurves;

namespace {

PlotRun runOf(std::shared_ptr<const RunCurves> curves, int style = 0)
{
    const double steps = stepsPerEpoch(*curves);
    return {QString::number(style), QStringLiteral("Run"), style, std::move(curves), steps};
}

PlotRun runOfLosses(const std::vector<float>& losses, double stepsPerEpoch)
{
    auto curves = std::make_shared<RunCurves>();
    std::int64_t step = 0;
    for (const float loss : losses) {
        curves->batches.push_back({++step, loss, 0.5F, 1e-3F, 1});
    }
    return {QStringLiteral("run"), QStringLiteral("Run"), 0, std::move(curves), stepsPerEpoch};
}

PlotScene sceneOf(std::vector<PlotRun> runs, Range x, Range y)
{
    PlotScene scene;
    scene.colors = PlotColors::onWhite();
    scene.runs = std::move(runs);
    scene.options.validation = false;
    scaleX(scene, x, 5);
    scaleYTo(scene, y);
    return scene;
}

/// How much of the picture is covered with black on white, in pixels.
double inkOf(const QImage& image)
{
    double ink = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            ink += 1 - qGray(image.pixel(x, y)) / 255.0;
        }
    }
    return ink;
}

QImage white(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    return image;
}

} // namespace

/// The way from numbers to the lines of a plot.
class TestPlotLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smoothedFollowsTheFormula();
    void smoothedTakesThinnedOutBatches();
    void firstSmoothedIsUnbiased();
    void smoothedOnTheWayIsTheSame();
    void smoothedLeavesOutWhatIsNotFinite();
    void keepsASpikeAmongManyBatches();
    void staysShort();
    void keepsFewPointsAsTheyAre();
    void drawsNoFurtherThanTheView();
    void smoothingKnowsWhatIsBeforeTheView();
    void leavesOutWhatIsNotFinite();
    void logarithmicTakesZero();
    void rawLineStaysBehindTheMean();
    void manyRunsHaveNoRawLines();
    void epochsInsteadOfBatches();
    void marksTheBestEpoch();
    void rasterAgreesWithQPainter_data();
    void rasterAgreesWithQPainter();
    void rasterDashes();
    void rasterStaysInsideThePicture();
    void sameSceneOnPaperAndScreen();
};

void TestPlotLines::smoothedFollowsTheFormula()
{
    const PlotRun run = runOfLosses({4, 2, 1}, 1);
    const double reach = 1 / std::log(2.0); // Half of the weight is left after each step.
    // Weights 1/8, 1/4 and 1/2, divided by their sum.
    const double expected = (4.0 / 8 + 2.0 / 4 + 1.0 / 2) / (7.0 / 8);
    QVERIFY(std::abs(smoothedAt(run.curves->batches, 2, Metric::Loss, reach) - expected) < 1e-9);
    QCOMPARE(smoothedAt(run.curves->batches, 2, Metric::Loss, 0), 1.0);
}

void TestPlotLines::smoothedTakesThinnedOutBatches()
{
    // Every second batch of a constant fall says about the same as each.
    RunCurves every;
    RunCurves second;
    for (std::int64_t step = 1; step <= 401; ++step) {
        every.batches.push_back({step, float(500 - step), 0, 0, 0});
        if (step % 2 == 1) {
            second.batches.push_back(every.batches.back());
        }
    }
    const double of400 = smoothedAt(every.batches, 400, Metric::Loss, 50);
    const double of200 = smoothedAt(second.batches, 200, Metric::Loss, 50);
    QVERIFY2(std::abs(of400 - of200) < 1, qPrintable(QStringLiteral("%1 %2").arg(of400).arg(of200)));
}

void TestPlotLines::firstSmoothedIsUnbiased()
{
    RunningMean mean(1000);
    QCOMPARE(mean.add(1, 2.3), 2.3);
    QVERIFY(std::abs(mean.add(2, 2.3) - 2.3) < 1e-12);
}

void TestPlotLines::smoothedOnTheWayIsTheSame()
{
    const auto curves = makeCurves({3, 100, 0.1, 7, true});
    RunningMean mean(20);
    for (std::size_t i = 0; i < curves->batches.size(); ++i) {
        const BatchPoint& batch = curves->batches[i];
        const double onTheWay = mean.add(double(batch.step), double(batch.loss));
        const double alone = smoothedAt(curves->batches, i, Metric::Loss, 20);
        QVERIFY2(std::abs(onTheWay - alone) < 1e-4 * alone, qPrintable(QString::number(i)));
    }
}

void TestPlotLines::smoothedLeavesOutWhatIsNotFinite()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const PlotRun run = runOfLosses({1, nan, 1, nan}, 1);
    QCOMPARE(smoothedAt(run.curves->batches, 3, Metric::Loss, 5), 1.0);
    QVERIFY(std::isnan(smoothedAt(runOfLosses({nan}, 1).curves->batches, 0, Metric::Loss, 5)));
}

void TestPlotLines::keepsASpikeAmongManyBatches()
{
    std::vector<float> losses(100'000, 1.0F);
    losses[33'333] = 50;
    losses[33'334] = 0.001F;
    const PlotScene scene = sceneOf({runOfLosses(losses, 1000)}, {0, 100}, {0, 60});
    const auto lines = plotLines(scene, {500, 600});
    QCOMPARE(lines.size(), 1u);
    const auto [highest, lowest] = std::minmax_element(lines[0].points.begin(), lines[0].points.end(),
                                                       [](QPointF a, QPointF b) { return a.y() < b.y(); });
    QVERIFY(std::abs(highest->y() - 100) < 1e-3); // 10 pixels a unit, from the top.
    QVERIFY(std::abs(lowest->y() - 599.99) < 1e-3);
    QVERIFY(std::abs(highest->x() - 33.334 * 5) < 1e-6);
}

void TestPlotLines::staysShort()
{
    const PlotScene scene = sceneOf({runOf(makeCurves({100, 1000, 0.05, 3, true}))}, {0, 100}, {0, 3});
    const auto lines = plotLines(scene, {500, 300});
    QVERIFY(lines[0].points.size() <= 4 * 502);
    QVERIFY(lines[0].points.size() > 1000);
    QVERIFY(std::is_sorted(lines[0].points.begin(), lines[0].points.end(),
                           [](QPointF a, QPointF b) { return std::floor(a.x()) < std::floor(b.x()); }));
}

void TestPlotLines::keepsFewPointsAsTheyAre()
{
    const PlotScene scene = sceneOf({runOfLosses({3, 1, 2}, 1)}, {0, 4}, {0, 4});
    QCOMPARE(plotLines(scene, {400, 400})[0].points,
             QPolygonF({QPointF(100, 100), QPointF(200, 300), QPointF(300, 200)}));
}

void TestPlotLines::drawsNoFurtherThanTheView()
{
    const std::vector<float> losses(1000, 1.0F);
    const PlotScene scene = sceneOf({runOfLosses(losses, 100)}, {2, 3}, {0, 2});
    const auto points = plotLines(scene, {100, 100})[0].points;
    QVERIFY(points.first().x() <= 0 && points.first().x() > -2); // One point beyond, so that no gap is left.
    QVERIFY(points.last().x() >= 100 && points.last().x() < 102);
}

void TestPlotLines::smoothingKnowsWhatIsBeforeTheView()
{
    const auto curves = makeCurves({5, 100, 0.1, 3, true});
    PlotScene whole = sceneOf({runOf(curves)}, {0, 5}, {0, 3});
    whole.options.smoothing = 0.2;
    PlotScene part = sceneOf({runOf(curves)}, {2, 3}, {0, 3});
    part.options.smoothing = 0.2;
    const auto wholeLine = plotLines(whole, {5000, 300}).back().points;
    const auto partLine = plotLines(part, {1000, 300}).back().points;
    const auto same = std::find_if(wholeLine.begin(), wholeLine.end(),
                                   [](QPointF point) { return std::abs(point.x() - 2500) < 1e-6; });
    const auto other = std::find_if(partLine.begin(), partLine.end(),
                                    [](QPointF point) { return std::abs(point.x() - 500) < 1e-6; });
    QVERIFY(same != wholeLine.end() && other != partLine.end());
    QVERIFY(std::abs(same->y() - other->y()) < 1e-9);
}

void TestPlotLines::leavesOutWhatIsNotFinite()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    const PlotScene scene = sceneOf({runOfLosses({1, nan, infinity, 1}, 1)}, {0, 4}, {0, 2});
    QCOMPARE(plotLines(scene, {400, 400})[0].points.size(), 2);
}

void TestPlotLines::logarithmicTakesZero()
{
    PlotScene scene = sceneOf({runOfLosses({1, 0, 0.1F}, 1)}, {0, 4}, {0, 2});
    scene.options.logarithmic = true;
    scaleYTo(scene, {-2, 0});
    const auto points = plotLines(scene, {400, 200})[0].points;
    QVERIFY(std::abs(points[0].y()) < 1e-6);
    QVERIFY(std::abs(points[1].y() - 200) < 1e-6); // 0 lies at the axis's end.
    QVERIFY(std::abs(points[2].y() - 100) < 1e-3);
}

void TestPlotLines::rawLineStaysBehindTheMean()
{
    PlotScene scene = sceneOf({runOf(makeCurves({2, 100, 0.1, 3, true}))}, {0, 2}, {0, 3});
    scene.options.smoothing = 0.1;
    const auto lines = plotLines(scene, {400, 300});
    QCOMPARE(lines.size(), 2u);
    QCOMPARE(lines[0].color, runLook(scene, scene.runs[0]).raw);
    QVERIFY(lines[0].width < lines[1].width);
    scene.metric = Metric::LearningRate; // Does not scatter.
    QCOMPARE(plotLines(scene, {400, 300}).size(), 1u);
}

void TestPlotLines::manyRunsHaveNoRawLines()
{
    std::vector<PlotRun> runs;
    for (int i = 0; i < 13; ++i) {
        runs.push_back(runOf(makeCurves({2, 20, 0.1, unsigned(i), true}), i));
    }
    PlotScene scene = sceneOf(runs, {0, 2}, {0, 3});
    scene.options.smoothing = 0.1;
    QCOMPARE(plotLines(scene, {400, 300}).size(), 13u);
    scene.runs.pop_back();
    QCOMPARE(plotLines(scene, {400, 300}).size(), 24u);
}

void TestPlotLines::epochsInsteadOfBatches()
{
    const auto curves = makeCurves({5, 100, 0.1, 3, true});
    PlotScene scene = sceneOf({runOf(curves)}, {0, 5}, {0, 3});
    scene.options.eachBatch = false;
    scene.options.validation = true;
    const auto lines = plotLines(scene, {500, 300});
    QCOMPARE(lines.size(), 2u);
    for (const PlotLine& line : lines) {
        QCOMPARE(line.points.size(), 5);
        QCOMPARE(line.markers.size(), 5u);
    }
    QVERIFY(std::abs(lines[0].points[1].y() - (300 - 100 * curves->epochs[1].trainingLoss)) < 1e-9);
    QVERIFY(std::abs(lines[1].points[1].y() - (300 - 100 * curves->epochs[1].validationLoss)) < 1e-9);
}

void TestPlotLines::marksTheBestEpoch()
{
    const auto curves = makeCurves({10, 100, 0.1, 3, false});
    PlotScene scene = sceneOf({runOf(curves)}, {0, 10}, {0, 3});
    QVERIFY(bestMarks(scene, {1000, 300}).empty()); // Of a line that is not shown.
    scene.options.validation = true;
    const auto lowest =
        std::min_element(curves->epochs.begin(), curves->epochs.end(),
                         [](const auto& a, const auto& b) { return a.validationLoss < b.validationLoss; });
    const auto marks = bestMarks(scene, {1000, 300});
    QCOMPARE(marks.size(), 1u);
    QVERIFY(std::abs(marks[0].first.x() - 100.0 * lowest->epoch) < 1e-9);
}

void TestPlotLines::rasterAgreesWithQPainter_data()
{
    QTest::addColumn<QPolygonF>("points");
    QTest::addColumn<double>("width");
    QTest::newRow("level") << QPolygonF({QPointF(10, 50), QPointF(190, 50)}) << 2.0;
    QTest::newRow("upright") << QPolygonF({QPointF(60.5, 10), QPointF(60.5, 90)}) << 3.0;
    QTest::newRow("slanting") << QPolygonF({QPointF(10, 10), QPointF(190, 70)}) << 2.0;
    QTest::newRow("steep") << QPolygonF({QPointF(90, 95), QPointF(120, 5)}) << 4.0;
    QTest::newRow("thin") << QPolygonF({QPointF(10, 20), QPointF(190, 80)}) << 1.0;
    QTest::newRow("zigzag") << QPolygonF({QPointF(10, 90), QPointF(60, 10), QPointF(110, 90),
                                          QPointF(150, 30), QPointF(190, 30)})
                            << 3.0;
}

void TestPlotLines::rasterAgreesWithQPainter()
{
    QFETCH(QPolygonF, points);
    QFETCH(double, width);
    QImage ours = white({200, 100});
    LineRaster(ours).stroke(points, width, Qt::black);
    QImage theirs = white({200, 100});
    QPainter painter(&theirs);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::black, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(points);
    painter.end();
    const double ink = inkOf(theirs);
    QVERIFY2(std::abs(inkOf(ours) - ink) < 0.08 * ink,
             qPrintable(QStringLiteral("%1 %2").arg(inkOf(ours)).arg(ink)));
    int others = 0; // Where lines meet at a sharp angle, some.
    for (int y = 0; y < ours.height(); ++y) {
        for (int x = 0; x < ours.width(); ++x) {
            others += std::abs(qGray(ours.pixel(x, y)) - qGray(theirs.pixel(x, y))) > 90 ? 1 : 0;
        }
    }
    QVERIFY2(others <= 3 * (points.size() - 2), qPrintable(QString::number(others)));
}

void TestPlotLines::rasterDashes()
{
    QImage image = white({200, 20});
    // Dashes of 20, gaps of 10; round ends reach half the width further.
    LineRaster(image).stroke({{0, 10}, {95, 10}, {200, 10}}, 4, Qt::black, {5, 2.5});
    const auto dark = [&image](int x) { return qGray(image.pixel(x, 10)) < 128; };
    for (const int x : {5, 18, 35, 45, 95, 105, 125}) {
        QVERIFY2(dark(x), qPrintable(QString::number(x)));
    }
    for (const int x : {25, 55, 85, 115, 145}) {
        QVERIFY2(!dark(x), qPrintable(QString::number(x)));
    }
}

void TestPlotLines::rasterStaysInsideThePicture()
{
    QImage image = white({50, 50});
    LineRaster raster(image);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    raster.stroke({{-1e7, -1e9}, {1e7, 1e9}}, 2, Qt::black);
    raster.stroke({{25, -1e12}, {25.5, 1e12}}, 2, Qt::black);
    raster.stroke({{-100, -100}, {-50, -60}}, 2, Qt::black);
    raster.stroke({{nan, 10}, {20, nan}}, 2, Qt::black);
    raster.stroke({{10, 10}}, 4, Qt::black); // A dot.
    raster.disc({49, 49}, 8, Qt::black);
    QVERIFY(qGray(image.pixel(25, 40)) < 128);
    QVERIFY(qGray(image.pixel(10, 10)) < 128);
    QVERIFY(qGray(image.pixel(45, 45)) < 128);
    QVERIFY(qGray(image.pixel(45, 5)) > 200);
}

void TestPlotLines::sameSceneOnPaperAndScreen()
{
    PlotScene scene = sceneOf({runOf(makeCurves({5, 100, 0.1, 3, true}))}, {0, 5}, {0, 3});
    scene.options.validation = true;
    const QImage screen = renderArea(scene, {300, 200}, 2);
    QCOMPARE(screen.size(), QSize(600, 400));
    QImage paper(600, 400, QImage::Format_RGB32);
    paper.setDevicePixelRatio(2);
    QPainter painter(&paper);
    paintArea(painter, scene, {300, 200});
    painter.end();
    QVERIFY(std::abs(inkOf(screen) - inkOf(paper)) < 0.1 * inkOf(paper));
}

QTEST_MAIN(TestPlotLines)
#include "tst_plotlines.moc"
