#include "core/ink/strokeeraser.h"

#include "core/ink/strokegeometry.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

/// A piece beside a cut that is shorter than this says nothing but "rounding".
constexpr double sliver = 0.5;

/// Exact at both ends, so that neighbouring segments agree on the point that they share.
double mix(double a, double b, double t)
{
    return a * (1 - t) + b * t;
}

InkPoint mix(const InkPoint& a, const InkPoint& b, double t)
{
    const auto part = [t](float from, float to) { return static_cast<float>(mix(from, to, t)); };
    return {part(a.x, b.x), part(a.y, b.y), part(a.time, b.time), part(a.pressure, b.pressure)};
}

/// The erased part of a segment; both ends in [0, 1].
struct Cut
{
    double begin = 0;
    double end = 1;
};

/// One segment of the centreline against the eraser. The gap between ink and eraser, `gap(t)`, is the
/// distance to a convex set less a width that changes linearly, so it is convex: what is erased is one
/// interval, and a search by thirds finds its lowest point.
class Segment
{
public:
    Segment(const Stroke& stroke, const EraserStep& step, std::size_t index)
        : m_a(stroke.points[index])
        , m_b(stroke.points[index + 1])
        , m_reachA(step.radius + widthAtPressure(stroke.width, m_a.pressure) / 2)
        , m_reachB(step.radius + widthAtPressure(stroke.width, m_b.pressure) / 2)
        , m_step(step)
    {
    }

    [[nodiscard]] std::optional<Cut> erased() const
    {
        if (farAway()) {
            return std::nullopt;
        }
        const bool beginTouched = gap(0) <= 0;
        const bool endTouched = gap(1) <= 0;
        if (beginTouched && endTouched) {
            return Cut{};
        }
        const double inside = beginTouched ? 0 : endTouched ? 1 : lowest();
        if (gap(inside) > 0) {
            return std::nullopt;
        }
        return Cut{beginTouched ? 0 : boundary(inside, 0), endTouched ? 1 : boundary(inside, 1)};
    }

private:
    [[nodiscard]] bool farAway() const
    {
        const float reach = std::max(m_reachA, m_reachB);
        const auto apart = [reach](float a, float b, float c, float d) {
            return std::max(a, b) + reach < std::min(c, d) || std::min(a, b) - reach > std::max(c, d);
        };
        return apart(m_a.x, m_b.x, m_step.fromX, m_step.toX) || apart(m_a.y, m_b.y, m_step.fromY, m_step.toY);
    }
    [[nodiscard]] double gap(double t) const
    {
        return distanceToStep(m_step, mix(m_a.x, m_b.x, t), mix(m_a.y, m_b.y, t)) -
               mix(m_reachA, m_reachB, t);
    }
    [[nodiscard]] double lowest() const
    {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60 && high - low > 1e-9; ++i) {
            const double third = (high - low) / 3;
            if (gap(low + third) < gap(high - third)) {
                high -= third;
            } else {
                low += third;
            }
        }
        return (low + high) / 2;
    }
    /// Between a touched and an untouched place, on the untouched side.
    [[nodiscard]] double boundary(double touched, double untouched) const
    {
        for (int i = 0; i < 40; ++i) {
            const double middle = (touched + untouched) / 2;
            (gap(middle) <= 0 ? touched : untouched) = middle;
        }
        return untouched;
    }

    InkPoint m_a;
    InkPoint m_b;
    float m_reachA;
    float m_reachB;
    const EraserStep& m_step;
};

double length(const std::vector<InkPoint>& points)
{
    double sum = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point a = toPoint(points[i - 1]);
        const Point b = toPoint(points[i]);
        sum += std::hypot(b.x - a.x, b.y - a.y);
    }
    return sum;
}

/// Collects what is left between the cuts.
class Pieces
{
public:
    explicit Pieces(float width)
        : m_width(width)
    {
    }

    void addSegment(const InkPoint& a, const InkPoint& b, const std::optional<Cut>& erased)
    {
        const bool beginKept = !erased || erased->begin > 0;
        if (beginKept && m_open.empty()) {
            m_open.push_back(a);
        }
        if (!erased) {
            m_open.push_back(b);
            return;
        }
        if (beginKept) {
            m_open.push_back(mix(a, b, erased->begin));
        }
        cut();
        if (erased->end < 1) {
            m_open = {mix(a, b, erased->end), b};
        }
    }
    void cut()
    {
        if (m_open.size() > 1 && length(m_open) >= sliver) {
            m_done.push_back({std::move(m_open), m_width});
        }
        m_open.clear();
    }
    std::vector<Stroke> take() { return std::move(m_done); }

private:
    float m_width;
    std::vector<InkPoint> m_open;
    std::vector<Stroke> m_done;
};

bool dotTouched(const Stroke& stroke, const EraserStep& step)
{
    const InkPoint& point = stroke.points.front();
    const float reach = step.radius + widthAtPressure(stroke.width, point.pressure) / 2;
    return distanceToStep(step, point.x, point.y) <= double{reach};
}

} // namespace

float widthAtPressure(float width, float pressure)
{
    constexpr float least = 0.4F;
    return width * (least + (1 - least) * std::clamp(pressure, 0.0F, 1.0F));
}

InkBox strokeBounds(const Stroke& stroke)
{
    return strokeBounds(stroke, 0, stroke.points.size());
}

InkBox strokeBounds(const Stroke& stroke, std::size_t first, std::size_t count)
{
    const std::size_t end = std::min(stroke.points.size(), first + count);
    InkBox box;
    for (std::size_t i = first; i < end; ++i) {
        const InkPoint& point = stroke.points[i];
        const float half = widthAtPressure(stroke.width, point.pressure) / 2;
        box = united(box, {point.x - half, point.y - half, point.x + half, point.y + half});
    }
    return box;
}

InkBox united(const InkBox& a, const InkBox& b)
{
    if (a.empty() || b.empty()) {
        return a.empty() ? b : a;
    }
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
            std::max(a.bottom, b.bottom)};
}

double distanceToStep(const EraserStep& step, double x, double y)
{
    const Line way({double{step.fromX}, double{step.fromY}}, {double{step.toX}, double{step.toY}});
    return way.distance({x, y});
}

std::optional<ErasedStroke> eraseFromStroke(const Stroke& stroke, const EraserStep& step)
{
    if (stroke.points.size() == 1 && dotTouched(stroke, step)) {
        return ErasedStroke{{}, strokeBounds(stroke)};
    }
    Pieces pieces(stroke.width);
    InkBox changed;
    for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
        const std::optional<Cut> erased = Segment(stroke, step, i).erased();
        if (erased) {
            changed = united(changed, strokeBounds(stroke, i == 0 ? 0 : i - 1, i == 0 ? 3 : 4));
        }
        pieces.addSegment(stroke.points[i], stroke.points[i + 1], erased);
    }
    if (changed.empty()) {
        return std::nullopt;
    }
    pieces.cut();
    return ErasedStroke{pieces.take(), changed};
}

} // namespace digitpad
