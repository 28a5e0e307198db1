#pragma once

#include "core/ink/ink.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace digitpad {

/// An axis-aligned box in the unit of the points; empty where right < left.
struct InkBox
{
    float left = 0;
    float top = 0;
    float right = -1;
    float bottom = -1;

    [[nodiscard]] bool empty() const { return right < left || bottom < top; }
};

/// How wide a stroke of `width` shows at a pressure of 0..1: all of it at 1 (a mouse), two fifths at 0, so
/// that the lightest touch of a pen still shows.
float widthAtPressure(float width, float pressure);

/// Everything that the stroke covers, its width included. O(points).
InkBox strokeBounds(const Stroke& stroke);
/// The same for the `count` points from `first` on, as far as there are so many.
InkBox strokeBounds(const Stroke& stroke, std::size_t first, std::size_t count);
InkBox united(const InkBox& a, const InkBox& b);

/// A round eraser on its way from one place to the next, in the unit of the points.
struct EraserStep
{
    float fromX = 0;
    float fromY = 0;
    float toX = 0;
    float toY = 0;
    float radius = 0;
};

/// The distance of a point from the eraser's way.
double distanceToStep(const EraserStep& step, double x, double y);

/// What an eraser did to a stroke.
struct ErasedStroke
{
    /// What is left, in order, each with the stroke's width; times and pressures are interpolated at the
    /// cuts.
    std::vector<Stroke> pieces;
    /// Where the stroke looks different now, its width and the smoothing of its neighbouring points included.
    InkBox changed;
};

/// Takes those parts out of a stroke's centreline at which its ink touches the eraser. No value where it
/// touches nothing. Points must be finite.
std::optional<ErasedStroke> eraseFromStroke(const Stroke& stroke, const EraserStep& step);

} // namespace digitpad
