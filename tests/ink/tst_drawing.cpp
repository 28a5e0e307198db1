#include "core/ink/drawing.h"
#include "core/ink/strokeeraser.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace digitpad;

namespace {

void drawLine(Drawing& drawing, QPointF from, QPointF to, float width = 20)
{
    drawing.beginStroke({float(from.x()), float(from.y())}, width);
    for (int i = 1; i <= 10; ++i) {
        const QPointF point = from + (to - from) * i / 10;
        drawing.extendStroke({float(point.x()), float(point.y())});
    }
    drawing.endGesture();
}

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

Stroke line(float x0, float y0, float x1, float y1, float width)
{
    return {{{x0, y0, 0, 1}, {x1, y1, 100, 1}}, width};
}

/// The pieces' ends as x0, y0, x1, y1 each; empty where nothing was touched.
QList<QList<float>> endsAfter(const Stroke& stroke, const EraserStep& step)
{
    QList<QList<float>> ends;
    const auto erased = eraseFromStroke(stroke, step);
    if (erased) {
        for (const Stroke& piece : erased->pieces) {
            ends.append({piece.points.front().x, piece.points.front().y, piece.points.back().x,
                         piece.points.back().y});
        }
    }
    return ends;
}

struct Segment
{
    Segment(const Stroke& stroke, std::size_t index)
        : a(stroke.points[index])
        , b(stroke.points[index + 1])
    {
    }

    [[nodiscard]] double x(double t) const { return double{a.x} + t * double{b.x - a.x}; }
    [[nodiscard]] double y(double t) const { return double{a.y} + t * double{b.y - a.y}; }
    [[nodiscard]] double length() const { return std::hypot(b.x - a.x, b.y - a.y); }

    InkPoint a;
    InkPoint b;
};

std::shared_ptr<const GrayImage> fullPicture(int width, int height)
{
    GrayImage picture(width, height);
    std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{200});
    return std::make_shared<const GrayImage>(std::move(picture));
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
    void changesAreReportedWhereTheyAre();
    void changesAreReportedWhereTheyAre_data();
    void emptyIsReportedOnce();
    void clearIsOneUndoStep();
    void clearOfAnEmptyPadIsNoStep();
    void undoDuringAGestureDropsIt();
    void historyIsBounded();
    void untouchedStrokesStayTheSameObject();
    void eraseCuts_data();
    void eraseCuts();
    void everyPointErasedIsNear();
    void erasingNothingIsNoUndoStep();
    void erasedPiecesKeepTimePressureAndWidth();
    void thinPressureErasesLater();
    void eraserWipesThePicture();
    void wipingNeverTouchesASharedPicture();
    void aPictureWipedWhollyIsGone();
    void hugePicturesShrinkWhenWiped();
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

void DrawingTest::eraseCuts_data()
{
    using Ends = QList<QList<float>>;
    QTest::addColumn<Stroke>("stroke");
    QTest::addColumn<EraserStep>("step");
    QTest::addColumn<bool>("touched");
    QTest::addColumn<Ends>("ends");

    const Stroke flat =
        line(0, 0, 100, 0, 20); // Reaches 10 to either side; a radius of 10 reaches 20 from the centre.
    QTest::newRow("through the middle")
        << flat << EraserStep{50, 50, 50, -50, 10} << true << Ends{{0, 0, 30, 0}, {70, 0, 100, 0}};
    QTest::newRow("held still") << flat << EraserStep{50, 0, 50, 0, 10} << true
                                << Ends{{0, 0, 30, 0}, {70, 0, 100, 0}};
    QTest::newRow("begins of a stroke")
        << flat << EraserStep{0, 0, 0, 0, 10} << true << Ends{{20, 0, 100, 0}};
    QTest::newRow("end of a stroke") << flat << EraserStep{100, 30, 100, -30, 10} << true
                                     << Ends{{0, 0, 80, 0}};
    QTest::newRow("along all of it") << flat << EraserStep{-5, 0, 105, 0, 10} << true << Ends{};
    QTest::newRow("parallel and near")
        << flat << EraserStep{20, 19, 80, 19, 10} << true
        << Ends{{0, 0, 20 - std::sqrt(39.0F), 0}, {80 + std::sqrt(39.0F), 0, 100, 0}};
    QTest::newRow("parallel and far") << flat << EraserStep{0, 21, 100, 21, 10} << false << Ends{};
    QTest::newRow("beside the end") << flat << EraserStep{121, 0, 150, 0, 10} << false << Ends{};
    QTest::newRow("bounding boxes meet, ink does not")
        << line(0, 0, 100, 100, 2) << EraserStep{90, 0, 90, 0, 10} << false << Ends{};
    QTest::newRow("only the ink's edge")
        << flat << EraserStep{50, 15, 50, 15, 10} << true
        << Ends{{0, 0, 50 - std::sqrt(175.0F), 0}, {50 + std::sqrt(175.0F), 0, 100, 0}};
    QTest::newRow("no slivers") << flat << EraserStep{20.2F, 0, 100, 0, 10} << true << Ends{};
    QTest::newRow("dot hit") << Stroke{{{50, 50}}, 20} << EraserStep{50, 69, 50, 90, 10} << true << Ends{};
    QTest::newRow("dot missed") << Stroke{{{50, 50}}, 20} << EraserStep{50, 71, 50, 90, 10} << false
                                << Ends{};
    QTest::newRow("two points in one place")
        << line(50, 50, 50, 50, 20) << EraserStep{50, 50, 50, 50, 1} << true << Ends{};
    const Stroke bent{{{0, 0}, {100, 0}, {100, 100}}, 20};
    QTest::newRow("the corner") << bent << EraserStep{100, 0, 100, 0, 10} << true
                                << Ends{{0, 0, 80, 0}, {100, 20, 100, 100}};
    const Stroke hairpin{{{0, 0}, {100, 0}, {0, 1}}, 2};
    QTest::newRow("both arms of a hairpin") << hairpin << EraserStep{50, -20, 50, 20, 9} << true
                                            << Ends{{0, 0, 40, 0}, {60, 0, 60, 0.4F}, {40, 0.6F, 0, 1}};
}

void DrawingTest::eraseCuts()
{
    QFETCH(Stroke, stroke);
    QFETCH(EraserStep, step);
    QFETCH(bool, touched);
    QFETCH(QList<QList<float>>, ends);
    const auto erased = eraseFromStroke(stroke, step);
    QCOMPARE(erased.has_value(), touched);
    const QList<QList<float>> found = endsAfter(stroke, step);
    QCOMPARE(found.size(), ends.size());
    for (qsizetype i = 0; i < found.size(); ++i) {
        for (qsizetype j = 0; j < 4; ++j) {
            QVERIFY2(
                std::abs(found[i][j] - ends[i][j]) < 0.02F,
                qPrintable(
                    QStringLiteral("piece %1: %2 instead of %3").arg(i).arg(found[i][j]).arg(ends[i][j])));
        }
    }
}

/// Against a brute force: a place on the centreline stays exactly when the eraser is farther than its reach.
void DrawingTest::everyPointErasedIsNear()
{
    Stroke spiral;
    spiral.width = 15;
    for (int i = 0; i < 60; ++i) {
        const float angle = float(i) * 0.4F;
        const float radius = 5 * float(i);
        spiral.points.push_back({500 + radius * std::cos(angle), 500 + radius * std::sin(angle)});
    }
    const EraserStep step{350, 620, 640, 390, 25};
    const double reach = 25 + 7.5;
    const auto erased = eraseFromStroke(spiral, step);
    QVERIFY(erased && erased->pieces.size() > 3);
    double kept = 0;
    for (const Stroke& piece : erased->pieces) {
        for (std::size_t i = 0; i + 1 < piece.points.size(); ++i) {
            const Segment segment(piece, i);
            kept += segment.length();
            for (double t : {0.0, 0.25, 0.5, 0.75, 1.0}) {
                QVERIFY(distanceToStep(step, segment.x(t), segment.y(t)) > reach - 0.01);
            }
        }
    }
    double expected = 0;
    for (std::size_t i = 0; i + 1 < spiral.points.size(); ++i) {
        const Segment segment(spiral, i);
        constexpr int parts = 2000;
        for (int k = 0; k < parts; ++k) {
            const double t = (k + 0.5) / parts;
            if (distanceToStep(step, segment.x(t), segment.y(t)) > reach) {
                expected += segment.length() / parts;
            }
        }
    }
    QVERIFY2(std::abs(kept - expected) < 3, qPrintable(QStringLiteral("%1 of %2").arg(kept).arg(expected)));
}

void DrawingTest::erasingNothingIsNoUndoStep()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawing.beginErase(800, 800, 20);
    drawing.extendErase(900, 900);
    drawing.endGesture();
    QCOMPARE(drawing.undoStack()->count(), 1);
}

void DrawingTest::erasedPiecesKeepTimePressureAndWidth()
{
    const Stroke stroke{{{0, 0, 0, 0.5F}, {100, 0, 100, 0.5F}}, 20};
    const auto erased = eraseFromStroke(stroke, {50, 0, 50, 0, 10}); // Reach: 10 + 20 · 0.7 / 2.
    QVERIFY(erased && erased->pieces.size() == 2);
    const InkPoint& cut = erased->pieces[0].points.back();
    QVERIFY(std::abs(cut.x - 33) < 0.01F);
    QVERIFY(std::abs(cut.time - 33) < 0.01F);
    QCOMPARE(cut.pressure, 0.5F);
    QCOMPARE(erased->pieces[1].width, 20.0F);
}

void DrawingTest::thinPressureErasesLater()
{
    const EraserStep step{0, 19, 100, 19, 10};
    QVERIFY(eraseFromStroke({{{0, 0, 0, 1}, {100, 0, 0, 1}}, 20}, step));
    QVERIFY(!eraseFromStroke({{{0, 0, 0, 0.5F}, {100, 0, 0, 0.5F}}, 20}, step));
}

void DrawingTest::eraserWipesThePicture()
{
    Drawing drawing;
    drawing.replace({{}, fullPicture(100, 100)}, QStringLiteral("open"), true);
    drawing.beginErase(500, 500, 50);
    drawing.endGesture();
    const auto picture = drawing.content().picture;
    QCOMPARE(int(picture->row(50)[50]), 0);
    QCOMPARE(int(picture->row(50)[54]), 0);
    QCOMPARE(int(picture->row(50)[56]), 200);
    QCOMPARE(drawing.undoStack()->count(), 2);
    drawing.undoStack()->undo();
    QCOMPARE(int(drawing.content().picture->row(50)[50]), 200);
}

void DrawingTest::wipingNeverTouchesASharedPicture()
{
    Drawing drawing;
    drawing.replace({{}, fullPicture(100, 100)}, QStringLiteral("open"), true);
    const PadContent reading = drawing.content();
    drawing.beginErase(500, 500, 50);
    const PadContent between = drawing.content();
    drawing.extendErase(700, 500);
    QCOMPARE(int(reading.picture->row(50)[50]), 200);
    QCOMPARE(int(between.picture->row(50)[70]), 200);
    QCOMPARE(int(drawing.content().picture->row(50)[70]), 0);
}

void DrawingTest::aPictureWipedWhollyIsGone()
{
    Drawing drawing;
    drawing.replace({{}, fullPicture(4, 4)}, QStringLiteral("open"), true);
    drawing.beginErase(500, 500, 900);
    drawing.endGesture();
    QVERIFY(drawing.empty());
    drawing.undoStack()->undo();
    QVERIFY(!drawing.empty());
}

void DrawingTest::hugePicturesShrinkWhenWiped()
{
    Drawing drawing;
    drawing.replace({{}, fullPicture(3000, 1500)}, QStringLiteral("open"), true);
    QCOMPARE(drawing.content().picture->width, 3000);
    drawing.beginErase(500, 500, 50);
    drawing.endGesture();
    const auto picture = drawing.content().picture;
    QCOMPARE(picture->width, 1000);
    QCOMPARE(picture->height, 500);
    QCOMPARE(int(picture->row(250)[500]), 0); // The picture lies from 250 to 750 down the pad.
    QCOMPARE(int(picture->row(250)[600]), 200);
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
