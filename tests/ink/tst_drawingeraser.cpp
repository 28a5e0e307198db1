#include "core/ink/drawing.h"
#include "core/ink/strokeeraser.h"
#include "tests/ink/drawinghelpers.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace digitpad;

namespace {

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

} // namespace

class DrawingEraserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
};

void DrawingEraserTest::eraseCuts_data()
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

void DrawingEraserTest::eraseCuts()
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
void DrawingEraserTest::everyPointErasedIsNear()
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

void DrawingEraserTest::erasingNothingIsNoUndoStep()
{
    Drawing drawing;
    drawLine(drawing, {100, 100}, {300, 100});
    drawing.beginErase(800, 800, 20);
    drawing.extendErase(900, 900);
    drawing.endGesture();
    QCOMPARE(drawing.undoStack()->count(), 1);
}

void DrawingEraserTest::erasedPiecesKeepTimePressureAndWidth()
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

void DrawingEraserTest::thinPressureErasesLater()
{
    const EraserStep step{0, 19, 100, 19, 10};
    QVERIFY(eraseFromStroke({{{0, 0, 0, 1}, {100, 0, 0, 1}}, 20}, step));
    QVERIFY(!eraseFromStroke({{{0, 0, 0, 0.5F}, {100, 0, 0, 0.5F}}, 20}, step));
}

void DrawingEraserTest::eraserWipesThePicture()
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

void DrawingEraserTest::wipingNeverTouchesASharedPicture()
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

void DrawingEraserTest::aPictureWipedWhollyIsGone()
{
    Drawing drawing;
    drawing.replace({{}, fullPicture(4, 4)}, QStringLiteral("open"), true);
    drawing.beginErase(500, 500, 900);
    drawing.endGesture();
    QVERIFY(drawing.empty());
    drawing.undoStack()->undo();
    QVERIFY(!drawing.empty());
}

void DrawingEraserTest::hugePicturesShrinkWhenWiped()
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

QTEST_GUILESS_MAIN(DrawingEraserTest)
#include "tst_drawingeraser.moc"
