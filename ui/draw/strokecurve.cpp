#include "ui/draw/strokecurve.h"

#include "core/ink/strokeeraser.h"

namespace digitpad {

namespace {

PenPlace placeAt(const Stroke& stroke, std::size_t index)
{
    const InkPoint& point = stroke.points[index];
    return {toPoint(point), double{widthAtPressure(stroke.width, point.pressure)} / 2};
}

PenPlace middle(const PenPlace& a, const PenPlace& b)
{
    return {{(a.point.x + b.point.x) / 2, (a.point.y + b.point.y) / 2}, (a.radius + b.radius) / 2};
}

CurvePiece straight(const PenPlace& from, const PenPlace& to)
{
    return {from, middle(from, to), to};
}

} // namespace

CurvePiece curvePiece(const Stroke& stroke, std::size_t index)
{
    const PenPlace here = placeAt(stroke, index);
    const bool first = index == 0;
    const bool last = index + 1 == stroke.points.size();
    const PenPlace from = first ? here : middle(placeAt(stroke, index - 1), here);
    const PenPlace to = last ? here : middle(here, placeAt(stroke, index + 1));
    return first || last ? straight(from, to) : CurvePiece{from, here, to};
}

PenPlace placeOn(const CurvePiece& piece, double t)
{
    const double a = (1 - t) * (1 - t);
    const double b = 2 * t * (1 - t);
    const double c = t * t;
    const auto mix = [&](double from, double control, double to) { return a * from + b * control + c * to; };
    return {{mix(piece.from.point.x, piece.control.point.x, piece.to.point.x),
             mix(piece.from.point.y, piece.control.point.y, piece.to.point.y)},
            mix(piece.from.radius, piece.control.radius, piece.to.radius)};
}

} // namespace digitpad
