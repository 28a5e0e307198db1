#include "core/ink/padfit.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace digitpad {

namespace {

/// Of the centrelines; in double, so that the widest floats still have a size.
struct Extent
{
    double left = std::numeric_limits<double>::max();
    double top = std::numeric_limits<double>::max();
    double right = std::numeric_limits<double>::lowest();
    double bottom = std::numeric_limits<double>::lowest();
    double widest = 0;

    [[nodiscard]] double longer() const { return std::max(right - left, bottom - top); }
    [[nodiscard]] bool inside(double side) const
    {
        return left >= 0 && top >= 0 && right <= side && bottom <= side;
    }
};

Extent extentOf(const std::vector<Stroke>& strokes)
{
    Extent extent;
    for (const Stroke& stroke : strokes) {
        extent.widest = std::max<double>(extent.widest, stroke.width);
        for (const InkPoint& point : stroke.points) {
            extent.left = std::min<double>(extent.left, point.x);
            extent.right = std::max<double>(extent.right, point.x);
            extent.top = std::min<double>(extent.top, point.y);
            extent.bottom = std::max<double>(extent.bottom, point.y);
        }
    }
    return extent;
}

bool finite(const InkPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

InkPoint cleaned(InkPoint point)
{
    point.time = std::isfinite(point.time) ? point.time : 0;
    point.pressure = std::isfinite(point.pressure) ? std::clamp(point.pressure, 0.0F, 1.0F) : 1;
    return point;
}

std::vector<Stroke> cleaned(const Ink& ink)
{
    std::vector<Stroke> strokes;
    for (const auto& source : ink.strokes) {
        Stroke stroke;
        stroke.width = std::isfinite(source->width) ? std::max(source->width, 0.0F) : 0;
        for (const InkPoint& point : source->points) {
            if (finite(point)) {
                stroke.points.push_back(cleaned(point));
            }
        }
        if (!stroke.points.empty()) {
            strokes.push_back(std::move(stroke));
        }
    }
    return strokes;
}

/// A pad's brush is at least a hundredth of its side, so ink with such a width was drawn on one.
bool fits(const Extent& extent, double side)
{
    return extent.inside(side) && extent.widest <= side / 5 &&
           (extent.longer() >= side / 5 || extent.widest >= side / 100);
}

void scaleToMiddle(std::vector<Stroke>& strokes, const Extent& extent, double side)
{
    const double scale = extent.longer() > 0 ? 0.6 * side / extent.longer() : 1;
    const double middleX = (extent.left + extent.right) / 2;
    const double middleY = (extent.top + extent.bottom) / 2;
    for (Stroke& stroke : strokes) {
        for (InkPoint& point : stroke.points) {
            point.x = static_cast<float>((double{point.x} - middleX) * scale + side / 2);
            point.y = static_cast<float>((double{point.y} - middleY) * scale + side / 2);
        }
        if (stroke.width > 0) {
            stroke.width = static_cast<float>(std::clamp(double{stroke.width} * scale, side / 100, side / 5));
        }
    }
}

} // namespace

Ink fitToPad(const Ink& ink, float side, float usualWidth, bool scale)
{
    std::vector<Stroke> strokes = cleaned(ink);
    const Extent extent = extentOf(strokes);
    if (scale && !strokes.empty() && !fits(extent, side)) {
        scaleToMiddle(strokes, extent, side);
    }
    Ink result;
    for (Stroke& stroke : strokes) {
        stroke.width = stroke.width > 0 ? stroke.width : usualWidth;
        result.add(std::move(stroke));
    }
    return result;
}

} // namespace digitpad
