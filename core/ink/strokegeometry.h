#pragma once

#include "core/ink/ink.h"

#include <algorithm>
#include <cmath>
#include <limits>

/// What drawing strokes is made of; in the target's pixels, in double so that far-away ink keeps its shape.
namespace digitpad {

struct Point
{
    double x = 0;
    double y = 0;
};

inline bool isFinite(const InkPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

inline Point toPoint(const InkPoint& point)
{
    return {double{point.x}, double{point.y}};
}

/// The part of a horizontal line that a shape covers; empty where left > right.
struct Interval
{
    double left = std::numeric_limits<double>::infinity();
    double right = -std::numeric_limits<double>::infinity();

    [[nodiscard]] bool empty() const { return left > right; }
    void include(double begin, double end)
    {
        left = std::min(left, begin);
        right = std::max(right, end);
    }
};

/// A segment from a to b.
class Line
{
public:
    Line(const Point& a, const Point& b)
        : m_a(a)
        , m_direction{b.x - a.x, b.y - a.y}
        , m_squaredLength(m_direction.x * m_direction.x + m_direction.y * m_direction.y)
    {
    }

    [[nodiscard]] double distance(const Point& point) const
    {
        const Point offset{point.x - m_a.x, point.y - m_a.y};
        const double along = offset.x * m_direction.x + offset.y * m_direction.y;
        const double t = m_squaredLength > 0 ? std::clamp(along / m_squaredLength, 0.0, 1.0) : 0.0;
        return std::hypot(offset.x - t * m_direction.x, offset.y - t * m_direction.y);
    }

private:
    Point m_a;
    Point m_direction;
    double m_squaredLength;
};

/// A segment drawn with a round pen: all points within `radius` of the line from a to b.
class Capsule
{
public:
    Capsule(const Point& a, const Point& b, double radius)
        : m_a(a)
        , m_b(b)
        , m_radius(radius)
    {
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        if (length > 0) {
            m_normal = {-(b.y - a.y) / length * radius, (b.x - a.x) / length * radius};
        }
    }

    [[nodiscard]] double top() const { return std::min(m_a.y, m_b.y) - m_radius; }
    [[nodiscard]] double bottom() const { return std::max(m_a.y, m_b.y) + m_radius; }

    /// The shape is convex, so one interval says all: its ends lie on one of the two discs or of the two long
    /// edges.
    [[nodiscard]] Interval at(double y) const
    {
        Interval interval;
        includeDisc(interval, m_a, y);
        includeDisc(interval, m_b, y);
        includeEdge(interval, 1, y);
        includeEdge(interval, -1, y);
        return interval;
    }

private:
    void includeDisc(Interval& interval, const Point& centre, double y) const
    {
        const double square = m_radius * m_radius - (y - centre.y) * (y - centre.y);
        if (square >= 0) {
            const double half = std::sqrt(square);
            interval.include(centre.x - half, centre.x + half);
        }
    }

    void includeEdge(Interval& interval, double side, double y) const
    {
        const double from = m_a.y + side * m_normal.y;
        const double to = m_b.y + side * m_normal.y;
        if (from != to && y >= std::min(from, to) && y <= std::max(from, to)) {
            const double x = m_a.x + side * m_normal.x + (y - from) / (to - from) * (m_b.x - m_a.x);
            interval.include(x, x);
        }
    }

    Point m_a;
    Point m_b;
    double m_radius;
    Point m_normal; ///< Of length radius.
};

/// Walks a stroke's points in the target's scale and hands out its segments. Points nearer than `step` to the
/// last one that counted are passed over, which bounds the work for drawings of very many points; a stroke's
/// last point always counts. A lone point comes as a segment of no length.
template <class Map, class Segment>
void forEachSegment(const Stroke& stroke, double step, const Map& map, const Segment& segment)
{
    bool any = false;
    bool pending = false;
    Point last;
    Point newest;
    for (const InkPoint& inkPoint : stroke.points) {
        if (!isFinite(inkPoint)) {
            continue;
        }
        newest = map(toPoint(inkPoint));
        if (!any) {
            any = true;
            pending = true;
            last = newest;
        } else if (std::hypot(newest.x - last.x, newest.y - last.y) >= step) {
            segment(last, newest);
            pending = false;
            last = newest;
        } else {
            pending = true;
        }
    }
    if (any && pending) {
        segment(last, newest);
    }
}

} // namespace digitpad
