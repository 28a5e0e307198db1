#include "tests/gui/draw/canvasfixture.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTest>

namespace digitpad::test {

QPalette lightPalette()
{
    QPalette palette(QColor(240, 240, 240));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::PlaceholderText, QColor(120, 120, 120));
    return palette;
}

void CanvasFixture::makeCanvas()
{
    m_drawing = std::make_unique<Drawing>();
    m_canvas = std::make_unique<DrawingCanvas>(m_drawing.get());
    m_canvas->setPalette(lightPalette());
    m_canvas->resize(508, 420); // A pad of 412 pixels, in the middle.
    m_canvas->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
    QCOMPARE(m_canvas->padRect(), QRect(48, 4, 412, 412));
}

QPoint CanvasFixture::at(double x, double y) const
{
    const QRect pad = m_canvas->padRect();
    return pad.topLeft() + QPoint(qRound(x * pad.width() / 1000), qRound(y * pad.width() / 1000));
}

void CanvasFixture::hover(QPoint position)
{
    QMouseEvent move(QEvent::MouseMove, position, m_canvas->mapToGlobal(QPointF(position)), Qt::NoButton,
                     Qt::NoButton, {});
    QApplication::sendEvent(m_canvas.get(), &move);
}

QImage CanvasFixture::still()
{
    hover(QPoint(1, 1)); // Out of the pad: no brush.
    return m_canvas->grab().toImage();
}

QColor CanvasFixture::shown(double x, double y)
{
    const QImage image = still();
    return image.pixelColor(at(x, y) * image.devicePixelRatio());
}

void CanvasFixture::drag(QPoint from, QPoint to, Qt::MouseButton button)
{
    QTest::mousePress(m_canvas.get(), button, {}, from);
    for (int i = 1; i <= 10; ++i) {
        // QTest::mouseMove() has no buttons.
        const QPointF position = QPointF(from) + QPointF(to - from) * i / 10;
        QMouseEvent move(QEvent::MouseMove, position, m_canvas->mapToGlobal(position), Qt::NoButton, button,
                         {});
        QApplication::sendEvent(m_canvas.get(), &move);
    }
    QTest::mouseRelease(m_canvas.get(), button, {}, to);
}

void CanvasFixture::repaintFully()
{
    QPalette other = lightPalette();
    other.setColor(QPalette::Text, Qt::red);
    m_canvas->setPalette(other);
    m_canvas->grab();
    m_canvas->setPalette(lightPalette());
}

} // namespace digitpad::test
