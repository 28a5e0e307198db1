#pragma once

#include "core/image/grayimage.h"
#include "core/ink/drawing.h"

#include <QPointF>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

namespace digitpad {

/// One gesture of eleven points along a straight line.
inline void drawLine(Drawing& drawing, QPointF from, QPointF to, float width = 20)
{
    drawing.beginStroke({float(from.x()), float(from.y())}, width);
    for (int i = 1; i <= 10; ++i) {
        const QPointF point = from + (to - from) * i / 10;
        drawing.extendStroke({float(point.x()), float(point.y())});
    }
    drawing.endGesture();
}

/// Two points, a tenth of a second apart.
inline Stroke line(float x0, float y0, float x1, float y1, float width)
{
    return {{{x0, y0, 0, 1}, {x1, y1, 100, 1}}, width};
}

/// Ink everywhere.
inline std::shared_ptr<const GrayImage> fullPicture(int width, int height)
{
    GrayImage picture(width, height);
    std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{200});
    return std::make_shared<const GrayImage>(std::move(picture));
}

} // namespace digitpad
