#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace digitpad {

/// One sample of the pen. x grows to the right, y downwards; the unit is the pad's or the tablet's, so that
/// only proportions mean anything to the normaliser.
struct InkPoint
{
    float x = 0;
    float y = 0;
    float time = 0;     ///< Milliseconds since the ink began; 0 throughout where unknown.
    float pressure = 1; ///< 0 to 1; 1 where the device has none.

    bool operator==(const InkPoint&) const = default;
};

/// One pen-down to pen-up, at least one point; one point alone is a dot.
struct Stroke
{
    std::vector<InkPoint> points;
    float width = 0; ///< The brush's diameter in the unit of the points; 0 where unknown.

    bool operator==(const Stroke&) const = default;
};

/// A drawing as strokes. Strokes are shared and never change once added, so a copy costs one pointer a stroke
/// and may go to another thread.
struct Ink
{
    std::vector<std::shared_ptr<const Stroke>> strokes;

    [[nodiscard]] bool empty() const { return strokes.empty(); }
    void add(Stroke stroke) { strokes.push_back(std::make_shared<const Stroke>(std::move(stroke))); }
};

} // namespace digitpad
