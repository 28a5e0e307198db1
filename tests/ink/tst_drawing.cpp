#include "core/ink/drawing.h"
#include "core/ink/strokeeraser.h"
#include "tests/ink/drawinghelpers.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace digitpad;

namespace {

const Stroke& strokeAt(const Drawing& drawing, std::size_t index)
{
    // Held so that the reference outlives the copy of the content.
    static std::shared_ptr<const Stroke> held;
    held = drawing.content().ink.strokes.at(index);
    return *held;
}

std::size_t strokeCount(const Drawing& drawing)
{
    return drawing.content().ink.strokes.size();
}

} // namespace

class DrawingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStrokeIsOneUndoStep();
    void aTapIsADot();
    void aTapGrowsWithPressure();
    void contentHoldsTheStrokeInProgress();
    void cancelDropsTheStroke();
    void cancelBringsErasedInkBack();
    void aRestingPenAddsNothing();
    void pointsOutsideGoToTheEdge();
    void pointsThatAreNotFiniteAreLeftOut();
    void changesAreReportedWhereTheyAre_data();
    void changesAreReportedWhereTheyAre();
    void emptyIsReportedOnce();
    void clearIsOneUndoStep();
    void clearOfAnEmptyPadIsNoStep();
    void undoDuringAGestureDropsIt();
    void historyIsBounded();
    void untouchedStrokesStayTheSameObject();
    void pictureLiesInTheMiddle();
    void replaceFits_data();
    void replaceFits();
    void replaceDropsWhatIsNotFinite();
    void replaceIsOneUndoStep();
};

void DrawingTest::aStrokeIsOneUndoStep()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawLine(drawing, {100, 200}, {300, 200});
    QCOMPARE(drawing.undoStack()->count(), 2);
    QCOMPARE(drawing.undoStack()->undoText(), QStringLiteral("stroke"));
    drawing.undoStack()->undo();
    QCOMPARE(strokeCount(drawing), std::size_t{1});
    drawing.undoStack()->redo();
    QCOMPARE(strokeCount(drawing), std::size_t{2});
    QCOMPARE(strokeAt(drawing, 1).points.front().y, 200.0F);
    drawing.undoStack()->undo();
    drawing.undoStack()->undo();
    QVERIFY(drawing.empty());
}

void DrawingTest::aTapIsADot()
{
    Drawing drawing;
    drawing.beginStroke({500, 500}, 60);
    drawing.endGesture();
    QCOMPARE(strokeCount(drawing), std::size_t{1});
    QCOMPARE(strokeAt(drawing, 0).points.size(), std::size_t{1});
    QCOMPARE(strokeAt(drawing, 0).width, 60.0F);
}

void DrawingTest::aTapGrowsWithPressure()
{
    Drawing drawing;
    drawing.beginStroke({500, 500, 0, 0.1F}, 60);
    drawing.extendStroke({500, 500, 10, 0.7F});
    drawing.extendStroke({500, 500, 20, 0.2F});
    drawing.endGesture();
    QCOMPARE(strokeAt(drawing, 0).points.size(), std::size_t{1});
    QCOMPARE(strokeAt(drawing, 0).points.front().pressure, 0.7F);
}

void DrawingTest::contentHoldsTheStrokeInProgress()
{
    Drawing drawing;
    drawing.beginStroke({10, 10}, 60);
    drawing.extendStroke({50, 10});
    QVERIFY(!drawing.empty());
    QVERIFY(drawing.gestureInProgress());
    const PadContent snapshot = drawing.content();
    drawing.extendStroke({90, 10});
    QCOMPARE(snapshot.ink.strokes.at(0)->points.size(), std::size_t{2}); // A snapshot does not change.
    QCOMPARE(strokeAt(drawing, 0).points.size(), std::size_t{3});
    QCOMPARE(drawing.strokeInProgress()->points.size(), std::size_t{3});
    drawing.endGesture();
    QVERIFY(!drawing.strokeInProgress());
}

void DrawingTest::cancelDropsTheStroke()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawing.beginStroke({10, 10}, 60);
    drawing.extendStroke({50, 10});
    QSignalSpy changed(&drawing, &Drawing::changed);
    drawing.cancelGesture();
    QCOMPARE(strokeCount(drawing), std::size_t{1});
    QCOMPARE(drawing.undoStack()->count(), 1);
    QVERIFY(changed.last().first().toRectF().contains(QPointF(50, 10)));
    drawing.extendStroke({90, 10}); // The button is still down: nothing may come back.
    drawing.endGesture();
    QCOMPARE(strokeCount(drawing), std::size_t{1});
}

void DrawingTest::cancelBringsErasedInkBack()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawing.beginErase(200, 50, 20);
    drawing.extendErase(200, 150);
    QCOMPARE(strokeCount(drawing), std::size_t{2});
    drawing.cancelGesture();
    QCOMPARE(strokeCount(drawing), std::size_t{1});
    QCOMPARE(drawing.undoStack()->count(), 1);
}

void DrawingTest::aRestingPenAddsNothing()
{
    Drawing drawing;
    drawing.beginStroke({500, 500}, 60);
    for (int i = 0; i < 10'000; ++i) {
        drawing.extendStroke({500 + 0.4F * float(i % 2), 500 + 0.3F * float(i % 3)});
    }
    QCOMPARE(drawing.strokeInProgress()->points.size(), std::size_t{1});
    drawing.extendStroke({501, 500});
    QCOMPARE(drawing.strokeInProgress()->points.size(), std::size_t{2});
}

void DrawingTest::pointsOutsideGoToTheEdge()
{
    Drawing drawing;
    drawing.beginStroke({-50, 500}, 60);
    drawing.extendStroke({500, 2000});
    QCOMPARE(drawing.strokeInProgress()->points.at(0).x, 0.0F);
    QCOMPARE(drawing.strokeInProgress()->points.at(1).y, Drawing::side);
}

void DrawingTest::pointsThatAreNotFiniteAreLeftOut()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinite = std::numeric_limits<float>::infinity();
    Drawing drawing;
    drawing.beginStroke({nan, 5}, 60);
    QVERIFY(!drawing.gestureInProgress());
    drawing.beginStroke({5, 5}, 60);
    drawing.extendStroke({infinite, 5});
    drawing.extendStroke({5, nan});
    QCOMPARE(drawing.strokeInProgress()->points.size(), std::size_t{1});
    drawing.endGesture();
    drawing.beginErase(nan, 5, 10);
    QVERIFY(!drawing.gestureInProgress());
}

void DrawingTest::changesAreReportedWhereTheyAre_data()
{
    QTest::addColumn<int>("points");
    QTest::addColumn<QRectF>("area");
    QTest::newRow("dot") << 1 << QRectF(70, 470, 60, 60);
    QTest::newRow("second point") << 2 << QRectF(70, 470, 160, 60);
    QTest::newRow("third point") << 3 << QRectF(70, 470, 260, 60);
    QTest::newRow("fourth point reaches back two") << 4 << QRectF(170, 470, 260, 60);
    QTest::newRow("tenth point") << 8 << QRectF(570, 470, 260, 60);
}

void DrawingTest::changesAreReportedWhereTheyAre()
{
    QFETCH(int, points);
    QFETCH(QRectF, area);
    Drawing drawing;
    QSignalSpy changed(&drawing, &Drawing::changed);
    drawing.beginStroke({100, 500}, 60);
    for (int i = 1; i < points; ++i) {
        drawing.extendStroke({100 + 100 * float(i), 500});
    }
    QCOMPARE(changed.count(), points);
    QCOMPARE(changed.last().first().toRectF(), area);
}

void DrawingTest::emptyIsReportedOnce()
{
    Drawing drawing;
    QSignalSpy spy(&drawing, &Drawing::emptyChanged);
    drawing.beginStroke({100, 100}, 60);
    drawing.extendStroke({200, 100});
    drawing.endGesture();
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy.last().first().toBool(), false);
    drawing.undoStack()->undo();
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy.last().first().toBool(), true);
    drawing.beginStroke({100, 100}, 60);
    drawing.cancelGesture();
    QCOMPARE(spy.count(), 4);
    QVERIFY(drawing.empty());
}

void DrawingTest::clearIsOneUndoStep()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawing.beginStroke({500, 500}, 60); // Ended first, so that undo brings all of it back.
    drawing.clear();
    QVERIFY(drawing.empty());
    QCOMPARE(drawing.undoStack()->count(), 3);
    QCOMPARE(drawing.undoStack()->undoText(), QStringLiteral("clear"));
    drawing.undoStack()->undo();
    QCOMPARE(strokeCount(drawing), std::size_t{2});
}

void DrawingTest::clearOfAnEmptyPadIsNoStep()
{
    Drawing drawing;
    QSignalSpy changed(&drawing, &Drawing::changed);
    drawing.clear();
    QCOMPARE(drawing.undoStack()->count(), 0);
    QCOMPARE(changed.count(), 0);
}

void DrawingTest::undoDuringAGestureDropsIt()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawing.beginStroke({500, 500}, 60);
    drawing.undoStack()->undo();
    QVERIFY(drawing.empty());
    drawing.extendStroke({600, 500});
    drawing.endGesture();
    QVERIFY(drawing.empty());
    QVERIFY(drawing.undoStack()->canRedo());
}

void DrawingTest::historyIsBounded()
{
    Drawing drawing;
    for (int i = 0; i < 250; ++i) {
        drawing.beginStroke({float(i), 500}, 60);
    }
    drawing.endGesture();
    QCOMPARE(drawing.undoStack()->count(), 200);
    QCOMPARE(strokeCount(drawing), std::size_t{250});
}

void DrawingTest::untouchedStrokesStayTheSameObject()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawLine(drawing, {100, 800}, {300, 800});
    const auto kept = drawing.content().ink.strokes.at(1);
    drawing.beginErase(200, 100, 20);
    drawing.endGesture();
    QCOMPARE(strokeCount(drawing), std::size_t{3});
    QCOMPARE(drawing.content().ink.strokes.at(2), kept);
}

void DrawingTest::pictureLiesInTheMiddle()
{
    QCOMPARE(pictureArea(28, 28), QRectF(0, 0, 1000, 1000));
    QCOMPARE(pictureArea(200, 100), QRectF(0, 250, 1000, 500));
    QCOMPARE(pictureArea(100, 400), QRectF(375, 0, 250, 1000));
}

void DrawingTest::replaceFits_data()
{
    QTest::addColumn<Stroke>("stroke");
    QTest::addColumn<bool>("fit");
    QTest::addColumn<QRectF>("centreline");
    QTest::addColumn<float>("width");
    QTest::newRow("drawn here") << line(100, 100, 900, 900, 60) << true << QRectF(100, 100, 800, 800)
                                << 60.0F;
    QTest::newRow("small but drawn here")
        << line(100, 100, 150, 150, 60) << true << QRectF(100, 100, 50, 50) << 60.0F;
    QTest::newRow("a tablet's unit") << line(5000, 2000, 5000, 14000, 0) << true << QRectF(500, 200, 0, 600)
                                     << 60.0F;
    QTest::newRow("28 units wide") << line(2, 4, 26, 22, 0) << true << QRectF(200, 275, 600, 450) << 60.0F;
    QTest::newRow("negative") << line(-30, -40, 30, 40, 4) << true << QRectF(275, 200, 450, 600) << 30.0F;
    QTest::newRow("as it is") << line(2, 4, 26, 22, 0) << false << QRectF(2, 4, 24, 18) << 60.0F;
    QTest::newRow("widest floats") << line(-3e38F, -3e38F, 3e38F, 3e38F, 1) << true
                                   << QRectF(200, 200, 600, 600) << 10.0F;
}

void DrawingTest::replaceFits()
{
    QFETCH(Stroke, stroke);
    QFETCH(bool, fit);
    QFETCH(QRectF, centreline);
    QFETCH(float, width);
    Ink ink;
    ink.add(stroke);
    Drawing drawing;
    drawing.replace({ink, nullptr}, QStringLiteral("open"), fit);
    const Stroke& result = strokeAt(drawing, 0);
    const QRectF found(QPointF(result.points[0].x, result.points[0].y),
                       QPointF(result.points[1].x, result.points[1].y));
    QVERIFY(std::abs(found.left() - centreline.left()) < 0.1 &&
            std::abs(found.top() - centreline.top()) < 0.1);
    QVERIFY(std::abs(found.right() - centreline.right()) < 0.1 &&
            std::abs(found.bottom() - centreline.bottom()) < 0.1);
    QCOMPARE(result.width, width);
}

void DrawingTest::replaceDropsWhatIsNotFinite()
{
    Ink ink;
    ink.add({{{std::numeric_limits<float>::quiet_NaN(), 5}}, 60});
    ink.add({});
    ink.add({{{500, 500}, {std::numeric_limits<float>::infinity(), 5}, {500, 700}}, 60});
    Drawing drawing;
    drawing.replace({ink, nullptr}, QStringLiteral("open"), true);
    QCOMPARE(strokeCount(drawing), std::size_t{1});
    QCOMPARE(strokeAt(drawing, 0).points.size(), std::size_t{2});
}

void DrawingTest::replaceIsOneUndoStep()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    QSignalSpy changed(&drawing, &Drawing::changed);
    drawing.replace({{}, fullPicture(10, 10)}, QStringLiteral("open “a.png”"), true);
    QCOMPARE(changed.last().first().toRectF(), QRectF(0, 0, 1000, 1000));
    QVERIFY(drawing.content().ink.empty());
    QCOMPARE(drawing.undoStack()->undoText(), QStringLiteral("open “a.png”"));
    drawing.undoStack()->undo();
    QVERIFY(!drawing.content().picture);
    QCOMPARE(strokeCount(drawing), std::size_t{1});
}

QTEST_GUILESS_MAIN(DrawingTest)
#include "tst_drawing.moc"
