#pragma once

#include "core/ink/ink.h"
#include "core/ink/strokegeometry.h"

#include <cstddef>

namespace digitpad {

/// A place on a stroke with the pen's radius there.
struct PenPlace
{
    Point point;
    double radius = 0;
};

/// A quadratic Bézier curve; the radius changes along it in the same way.
struct CurvePiece
{
    PenPlace from;
    PenPlace control;
    PenPlace to;
};

/// A stroke's smooth shape: its samples are the control points of a quadratic spline through the middles
/// between them, so that a new sample changes nothing but the last piece. The first and the last piece are
/// straight; a lone sample is one piece of no length. There are as many pieces as samples.
CurvePiece curvePiece(const Stroke& stroke, std::size_t index);

/// How many pieces no further sample can change: all but the last.
inline std::size_t settledPieces(const Stroke& stroke)
{
    return stroke.points.empty() ? 0 : stroke.points.size() - 1;
}

/// The piece at t in 0..1.
PenPlace placeOn(const CurvePiece& piece, double t);

} // namespace digitpad
