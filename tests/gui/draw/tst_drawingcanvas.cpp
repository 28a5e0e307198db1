#include "tests/gui/draw/canvasfixture.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QTest>

using namespace digitpad;
using test::CanvasFixture;

namespace {

/// The whole of what was painted since.
class PaintedArea : public QObject
{
public:
    explicit PaintedArea(QWidget* widget)
        : QObject(widget)
    {
        widget->installEventFilter(this);
    }
    QRegion region;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            region += static_cast<QPaintEvent*>(event)->region();
        }
        return false;
    }
};

} // namespace

class DrawingCanvasTest : public CanvasFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeCanvas(); }
    void cleanup() { m_canvas.reset(); }

    void theMouseDraws();
    void aTapIsADot();
    void aStrokeIsSmooth();
    void theRightButtonErases();
    void theEraserToolErases();
    void otherButtonsDoNothing();
    void aPressBesideThePadDrawsNothing();
    void escapeDropsTheStroke();
    void hidingEndsTheStroke();
    void incrementalPaintingEqualsFullPainting();
    void erasingEqualsFullPainting();
    void onlyWhatChangedIsPainted();
    void aDarkPaletteShowsBrightInk();
    void theHintGoesWithTheFirstInk();
    void aPictureIsShown();
    void timesCountFromTheFirstPoint();
    void theBrushIsShownWhereItHovers();
    void resizingKeepsTheDrawing();
};

void DrawingCanvasTest::theMouseDraws()
{
    drag(at(200, 500), at(800, 500));
    const PadContent content = m_drawing->content();
    QCOMPARE(content.ink.strokes.size(), std::size_t{1});
    QCOMPARE(content.ink.strokes[0]->points.size(), std::size_t{11});
    QVERIFY(std::abs(content.ink.strokes[0]->points.back().x - 800) < 3);
    QCOMPARE(shown(500, 500), QColor(Qt::black));
    QCOMPARE(shown(500, 525), QColor(Qt::black)); // The brush is 60 wide.
    QCOMPARE(shown(500, 540), QColor(Qt::white));
    QCOMPARE(shown(150, 500), QColor(Qt::white));
}

void DrawingCanvasTest::aTapIsADot()
{
    m_canvas->setBrushWidth(100);
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(500, 500));
    const QImage held = m_canvas->grab().toImage(); // At once, with the button still down.
    QCOMPARE(held.pixelColor(at(520, 500) * held.devicePixelRatio()), QColor(Qt::black));
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, at(500, 500));
    QCOMPARE(m_drawing->content().ink.strokes.at(0)->points.size(), std::size_t{1});
    QCOMPARE(shown(500, 500), QColor(Qt::black));
    QCOMPARE(shown(540, 500), QColor(Qt::black));
    QCOMPARE(shown(560, 500), QColor(Qt::white));
}

/// Where three samples make a corner the line takes the curve between their middles.
void DrawingCanvasTest::aStrokeIsSmooth()
{
    m_canvas->setBrushWidth(20);
    m_drawing->beginStroke({200, 800}, 20);
    m_drawing->extendStroke({500, 200});
    m_drawing->extendStroke({800, 800});
    m_drawing->endGesture();
    QCOMPARE(shown(500, 350), QColor(Qt::black)); // Half way from (350, 500) and (650, 500) to the corner.
    QCOMPARE(shown(500, 300), QColor(Qt::white));
    const QImage image = still();
    int between = 0;
    for (int y = 0; y < image.height(); ++y) {
        const int gray = qGray(image.pixel(at(430, 0).x(), y));
        between += gray > 20 && gray < 235;
    }
    QVERIFY(between >= 2); // Anti-aliased edges.
}

void DrawingCanvasTest::theRightButtonErases()
{
    drag(at(200, 500), at(800, 500));
    drag(at(500, 300), at(500, 700), Qt::RightButton);
    QCOMPARE(m_drawing->content().ink.strokes.size(), std::size_t{2});
    QCOMPARE(shown(500, 500), QColor(Qt::white));
    QCOMPARE(shown(300, 500), QColor(Qt::black));
    m_drawing->undoStack()->undo();
    QCOMPARE(shown(500, 500), QColor(Qt::black));
}

void DrawingCanvasTest::theEraserToolErases()
{
    drag(at(200, 500), at(800, 500));
    m_canvas->setTool(DrawingCanvas::Tool::Eraser);
    drag(at(200, 500), at(800, 500));
    QVERIFY(m_drawing->empty());
    QCOMPARE(shown(300, 500), QColor(Qt::white));
}

void DrawingCanvasTest::otherButtonsDoNothing()
{
    drag(at(200, 500), at(800, 500), Qt::MiddleButton);
    QVERIFY(m_drawing->empty());
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(300, 300));
    QTest::mousePress(m_canvas.get(), Qt::RightButton, {}, at(300, 300));
    QTest::mouseRelease(m_canvas.get(), Qt::RightButton, {}, at(300, 300));
    QVERIFY(m_drawing->strokeInProgress());
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, at(300, 300));
    QVERIFY(!m_drawing->strokeInProgress());
}

void DrawingCanvasTest::aPressBesideThePadDrawsNothing()
{
    drag(QPoint(10, 200), at(500, 500));
    QVERIFY(m_drawing->empty());
}

void DrawingCanvasTest::escapeDropsTheStroke()
{
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(300, 300));
    QVERIFY(!m_drawing->empty());
    QTest::keyClick(m_canvas.get(), Qt::Key_Escape);
    QVERIFY(m_drawing->empty());
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, at(600, 600));
    QVERIFY(m_drawing->empty());
    QCOMPARE(m_drawing->undoStack()->count(), 0);
    QCOMPARE(shown(300, 300), QColor(Qt::white));
    drag(at(200, 500), at(800, 500)); // And on it goes.
    QCOMPARE(m_drawing->undoStack()->count(), 1);
}

void DrawingCanvasTest::hidingEndsTheStroke()
{
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(300, 300));
    m_canvas->hide();
    QVERIFY(!m_drawing->gestureInProgress());
    QCOMPARE(m_drawing->undoStack()->count(), 1);
}

void DrawingCanvasTest::incrementalPaintingEqualsFullPainting()
{
    m_canvas->setBrushWidth(70);
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(500, 300));
    for (int i = 0; i < 200; ++i) { // A spiral, slow enough that many pieces lie on each other.
        const double angle = i * 0.1;
        const QPointF position = at(500 + 1.8 * i * std::cos(angle), 500 + 1.8 * i * std::sin(angle));
        QMouseEvent move(QEvent::MouseMove, position, m_canvas->mapToGlobal(position), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(m_canvas.get(), &move);
        if (i % 20 == 0) {
            QCoreApplication::processEvents();
        }
    }
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, at(820, 820));
    const QImage incremental = still();
    repaintFully();
    QCOMPARE(still(), incremental);
}

void DrawingCanvasTest::erasingEqualsFullPainting()
{
    drag(at(200, 300), at(800, 700));
    drag(at(200, 700), at(800, 300));
    m_canvas->setBrushWidth(40);
    drag(at(300, 200), at(650, 800), Qt::RightButton);
    const QImage incremental = still();
    repaintFully();
    QCOMPARE(still(), incremental);
}

void DrawingCanvasTest::onlyWhatChangedIsPainted()
{
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(100, 100));
    for (int i = 0; i < 100; ++i) {
        m_drawing->extendStroke({100.0F + 8 * float(i), 100.0F + 7 * float(i)});
    }
    QTest::qWait(1); // Lets the updates be painted.
    auto* painted = new PaintedArea(m_canvas.get());
    m_drawing->extendStroke({905, 800});
    QTRY_VERIFY(!painted->region.isEmpty());
    const QRect area = painted->region.boundingRect();
    QVERIFY2(area.width() < 60 && area.height() < 60, qPrintable(QDebug::toString(area)));
    QVERIFY(area.contains(at(900, 795)));
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, at(905, 800));
}

void DrawingCanvasTest::aDarkPaletteShowsBrightInk()
{
    drag(at(200, 500), at(800, 500));
    QPalette dark(QColor(40, 40, 40));
    dark.setColor(QPalette::Base, QColor(20, 20, 20));
    dark.setColor(QPalette::Text, QColor(230, 230, 230));
    m_canvas->setPalette(dark);
    QCOMPARE(shown(500, 500), QColor(230, 230, 230));
    QCOMPARE(shown(500, 800), QColor(20, 20, 20));
}

void DrawingCanvasTest::theHintGoesWithTheFirstInk()
{
    const auto inkOfHint = [this] {
        const QImage whole = still();
        const double scale = whole.devicePixelRatio();
        const QImage image = whole.copy(QRect(at(100, 400) * scale, at(900, 600) * scale));
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (qGray(image.pixel(x, y)) < 200) {
                    return true;
                }
            }
        }
        return false;
    };
    QVERIFY(inkOfHint());
    QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, at(100, 100));
    QVERIFY(!inkOfHint());
    QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, at(100, 100));
    m_drawing->clear();
    QVERIFY(inkOfHint());
}

void DrawingCanvasTest::aPictureIsShown()
{
    GrayImage picture(4, 2);
    picture.pixels = {255, 255, 0, 0, 0, 0, 0, 0};
    m_drawing->replace({{}, std::make_shared<const GrayImage>(picture)}, QStringLiteral("open"), true);
    QCOMPARE(shown(100, 300), QColor(Qt::black)); // The picture lies from 250 to 750 down the pad.
    QCOMPARE(shown(900, 300), QColor(Qt::white));
    QCOMPARE(shown(100, 700), QColor(Qt::white));
    QCOMPARE(shown(100, 100), QColor(Qt::white));
}

void DrawingCanvasTest::timesCountFromTheFirstPoint()
{
    QMouseEvent press(QEvent::MouseButtonPress, at(300, 300), m_canvas->mapToGlobal(at(300, 300)),
                      Qt::LeftButton, Qt::LeftButton, {});
    press.setTimestamp(5000);
    QApplication::sendEvent(m_canvas.get(), &press);
    QMouseEvent move(QEvent::MouseMove, at(400, 300), m_canvas->mapToGlobal(at(400, 300)), Qt::NoButton,
                     Qt::LeftButton, {});
    move.setTimestamp(5012);
    QApplication::sendEvent(m_canvas.get(), &move);
    QCOMPARE(m_drawing->strokeInProgress()->points[0].time, 0.0F);
    QCOMPARE(m_drawing->strokeInProgress()->points[1].time, 12.0F);
    m_drawing->endGesture();
}

void DrawingCanvasTest::theBrushIsShownWhereItHovers()
{
    m_canvas->setBrushWidth(200);
    drag(at(900, 900), at(905, 905)); // No hint.
    const QImage without = still();
    hover(at(400, 400));
    const QImage with = m_canvas->grab().toImage();
    const QPoint ring = at(500, 400) * with.devicePixelRatio();
    bool ringShown = false;
    for (int dx = -2; dx <= 2; ++dx) {
        ringShown = ringShown || with.pixel(ring + QPoint(dx, 0)) != without.pixel(ring + QPoint(dx, 0));
    }
    QVERIFY(ringShown);
    QCOMPARE(still(), without); // And gone without a trace.
}

void DrawingCanvasTest::resizingKeepsTheDrawing()
{
    drag(at(200, 500), at(800, 500));
    m_canvas->resize(700, 640);
    QCOMPARE(shown(500, 500), QColor(Qt::black));
    QCOMPARE(shown(500, 550), QColor(Qt::white));
    drag(at(200, 800), at(800, 800));
    QCOMPARE(shown(500, 800), QColor(Qt::black));
}

QTEST_MAIN(DrawingCanvasTest)
#include "tst_drawingcanvas.moc"
