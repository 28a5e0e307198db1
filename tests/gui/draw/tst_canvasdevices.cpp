#include "tests/gui/draw/canvasfixture.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPointingDevice>
#include <QTabletEvent>
#include <QTest>

using namespace digitpad;
using test::CanvasFixture;

using Capability = QInputDevice::Capability;

class CanvasDevicesTest : public CanvasFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { makeCanvas(); }
    void cleanup() { m_canvas.reset(); }

    void oneFingerDraws();
    void theSecondFingerIsIgnored();
    void aCancelledTouchLeavesNothing();
    void pressureWidensTheLine();
    void thePensOtherEndErases();
    void aPenTakesOverFromAFinger();
    void synthesisedMouseEventsAreIgnored();

private:
    void sendTablet(QEvent::Type type, QPoint position, double pressure, const QPointingDevice& device);

    QPointingDevice* m_screen = nullptr;
    std::unique_ptr<QPointingDevice> m_pen;
    std::unique_ptr<QPointingDevice> m_penEraser;
};

void CanvasDevicesTest::initTestCase()
{
    m_screen = QTest::createTouchDevice();
    const auto capabilities = Capability::Position | Capability::Pressure | Capability::Hover;
    const auto stylus = QInputDevice::DeviceType::Stylus;
    m_pen = std::make_unique<QPointingDevice>(QStringLiteral("pen"), 100, stylus,
                                              QPointingDevice::PointerType::Pen, capabilities, 1, 2);
    m_penEraser = std::make_unique<QPointingDevice>(QStringLiteral("eraser"), 101, stylus,
                                                    QPointingDevice::PointerType::Eraser, capabilities, 1, 1);
}

void CanvasDevicesTest::sendTablet(QEvent::Type type, QPoint position, double pressure,
                                   const QPointingDevice& device)
{
    const bool down = type != QEvent::TabletRelease;
    QTabletEvent event(type, &device, position, m_canvas->mapToGlobal(position), pressure, 0, 0, 0, 0, 0, {},
                       type == QEvent::TabletMove ? Qt::NoButton : Qt::LeftButton,
                       down ? Qt::LeftButton : Qt::NoButton);
    QApplication::sendEvent(m_canvas.get(), &event);
    QVERIFY(event.isAccepted());
}

void CanvasDevicesTest::oneFingerDraws()
{
    QTest::touchEvent(m_canvas.get(), m_screen).press(0, at(200, 500));
    QTest::touchEvent(m_canvas.get(), m_screen).move(0, at(500, 500));
    QTest::touchEvent(m_canvas.get(), m_screen).move(0, at(800, 500));
    QTest::touchEvent(m_canvas.get(), m_screen).release(0, at(800, 500));
    QCOMPARE(m_drawing->content().ink.strokes.size(), std::size_t{1});
    QCOMPARE(m_drawing->undoStack()->count(), 1); // Not once more by a mouse event made of it.
    QCOMPARE(shown(400, 500), QColor(Qt::black));
}

void CanvasDevicesTest::theSecondFingerIsIgnored()
{
    QTest::touchEvent(m_canvas.get(), m_screen).press(0, at(200, 500));
    QTest::touchEvent(m_canvas.get(), m_screen).stationary(0).press(1, at(200, 800));
    QTest::touchEvent(m_canvas.get(), m_screen).move(0, at(800, 500)).move(1, at(800, 800));
    QTest::touchEvent(m_canvas.get(), m_screen).stationary(0).release(1, at(800, 800));
    QVERIFY(m_drawing->strokeInProgress());
    QTest::touchEvent(m_canvas.get(), m_screen).release(0, at(800, 500));
    QCOMPARE(m_drawing->content().ink.strokes.size(), std::size_t{1});
    QCOMPARE(shown(500, 500), QColor(Qt::black));
    QCOMPARE(shown(500, 800), QColor(Qt::white));
}

void CanvasDevicesTest::aCancelledTouchLeavesNothing()
{
    QTest::touchEvent(m_canvas.get(), m_screen).press(0, at(200, 500));
    QTest::touchEvent(m_canvas.get(), m_screen).move(0, at(500, 500));
    QTouchEvent cancel(QEvent::TouchCancel, m_screen);
    QApplication::sendEvent(m_canvas.get(), &cancel);
    QVERIFY(m_drawing->empty());
    QVERIFY(!m_drawing->gestureInProgress());
    QTest::touchEvent(m_canvas.get(), m_screen).release(0, at(500, 500));
    QVERIFY(m_drawing->empty());
}

void CanvasDevicesTest::pressureWidensTheLine()
{
    m_canvas->setBrushWidth(100);
    for (const auto& [y, pressure] : {std::pair{250, 0.1}, std::pair{750, 1.0}}) {
        sendTablet(QEvent::TabletPress, at(200, y), pressure, *m_pen);
        sendTablet(QEvent::TabletMove, at(500, y), pressure, *m_pen);
        sendTablet(QEvent::TabletMove, at(800, y), pressure, *m_pen);
        sendTablet(QEvent::TabletRelease, at(800, y), 0, *m_pen);
    }
    QCOMPARE(m_drawing->content().ink.strokes.size(), std::size_t{2});
    QVERIFY(std::abs(m_drawing->content().ink.strokes[0]->points[1].pressure - 0.1F) < 0.01F);
    QCOMPARE(shown(400, 250), QColor(Qt::black));
    QCOMPARE(shown(400, 290), QColor(Qt::white));
    QCOMPARE(shown(400, 790), QColor(Qt::black));
}

void CanvasDevicesTest::thePensOtherEndErases()
{
    drag(at(200, 500), at(800, 500));
    sendTablet(QEvent::TabletPress, at(500, 400), 0.5, *m_penEraser);
    sendTablet(QEvent::TabletMove, at(500, 600), 0.5, *m_penEraser);
    sendTablet(QEvent::TabletRelease, at(500, 600), 0, *m_penEraser);
    QCOMPARE(m_drawing->undoStack()->undoText(), QStringLiteral("erase"));
    QCOMPARE(shown(500, 500), QColor(Qt::white));
}

void CanvasDevicesTest::aPenTakesOverFromAFinger()
{
    QTest::touchEvent(m_canvas.get(), m_screen).press(0, at(900, 900)); // The hand that holds the pen.
    sendTablet(QEvent::TabletPress, at(200, 500), 1, *m_pen);
    QTest::touchEvent(m_canvas.get(), m_screen).move(0, at(900, 600));
    sendTablet(QEvent::TabletMove, at(800, 500), 1, *m_pen);
    sendTablet(QEvent::TabletRelease, at(800, 500), 0, *m_pen);
    QTest::touchEvent(m_canvas.get(), m_screen).release(0, at(900, 600));
    QCOMPARE(m_drawing->content().ink.strokes.size(), std::size_t{1});
    QCOMPARE(shown(500, 500), QColor(Qt::black));
    QCOMPARE(shown(900, 750), QColor(Qt::white));
}

void CanvasDevicesTest::synthesisedMouseEventsAreIgnored()
{
    for (const auto source : {Qt::MouseEventSynthesizedBySystem, Qt::MouseEventSynthesizedByQt}) {
        const QPointF position = at(500, 500);
        const QPointF global = m_canvas->mapToGlobal(position);
        QMouseEvent press(QEvent::MouseButtonPress, position, position, global, Qt::LeftButton,
                          Qt::LeftButton, {}, source);
        QApplication::sendEvent(m_canvas.get(), &press);
    }
    QMouseEvent byPen(QEvent::MouseButtonPress, at(500, 500), m_canvas->mapToGlobal(at(500, 500)),
                      Qt::LeftButton, Qt::LeftButton, {}, m_pen.get());
    QApplication::sendEvent(m_canvas.get(), &byPen);
    QVERIFY(m_drawing->empty());
}

QTEST_MAIN(CanvasDevicesTest)
#include "tst_canvasdevices.moc"
