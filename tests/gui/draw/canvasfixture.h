#pragma once

#include "core/ink/drawing.h"
#include "ui/draw/drawingcanvas.h"

#include <QColor>
#include <QImage>
#include <QObject>
#include <QPalette>

#include <memory>

namespace digitpad::test {

/// Black ink on white.
QPalette lightPalette();

/// A canvas on the screen, with what a person's hand and eye do. Its tests are in classes that inherit it.
class CanvasFixture : public QObject
{
protected:
    /// A fresh canvas with a pad of 412 pixels in its middle.
    void makeCanvas();

    /// Pad units to widget pixels.
    [[nodiscard]] QPoint at(double x, double y) const;
    [[nodiscard]] QColor shown(double x, double y);
    /// With nothing but the drawing on it, from an incremental layer.
    [[nodiscard]] QImage still();
    /// QTest::mouseMove() goes by way of the cursor, where a platform has one.
    void hover(QPoint position);
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton);
    /// Another palette and back: the layer is drawn anew each time.
    void repaintFully();

    std::unique_ptr<Drawing> m_drawing;
    std::unique_ptr<DrawingCanvas> m_canvas;
};

} // namespace digitpad::test
