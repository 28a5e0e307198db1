#include "core/data/variation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace digitpad {

namespace {

bool isFinite(const InkPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

/// The box around all points that are finite.
struct Extent
{
    double left = std::numeric_limits<double>::infinity();
    double top = std::numeric_limits<double>::infinity();
    double right = -std::numeric_limits<double>::infinity();
    double bottom = -std::numeric_limits<double>::infinity();

    explicit Extent(const Ink& ink)
    {
        for (const auto& stroke : ink.strokes) {
            for (const InkPoint& point : stroke->points) {
                if (isFinite(point)) {
                    left = std::min(left, double{point.x});
                    top = std::min(top, double{point.y});
                    right = std::max(right, double{point.x});
                    bottom = std::max(bottom, double{point.y});
                }
            }
        }
    }
    [[nodiscard]] double longerSide() const { return std::max(right - left, bottom - top); }
    [[nodiscard]] PlanePoint centre() const { return {(left + right) / 2, (top + bottom) / 2}; }
};

double distance(const InkPoint& a, const InkPoint& b)
{
    return std::hypot(double{b.x} - double{a.x}, double{b.y} - double{a.y});
}

double lengthOf(const std::vector<InkPoint>& points)
{
    double length = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        length += distance(points[i - 1], points[i]);
    }
    return length;
}

/// Takes points off the end, as long as what is cut off stays within `length`; two points stay.
void shorten(std::vector<InkPoint>& points, double length)
{
    while (points.size() > 2) {
        length -= distance(points[points.size() - 2], points.back());
        if (!(length >= 0)) {
            return;
        }
        points.pop_back();
    }
}

void trim(std::vector<InkPoint>& points, Random& random)
{
    constexpr double longestPart = 0.08;
    const double length = random.uniform(0, longestPart) * lengthOf(points);
    const bool atTheStart = random.chance(0.5);
    if (atTheStart) {
        std::reverse(points.begin(), points.end());
    }
    shorten(points, length);
    if (atTheStart) {
        std::reverse(points.begin(), points.end());
    }
}

/// Moves the points of one ink.
class InkVariation
{
public:
    InkVariation(const Extent& extent, const AugmentationOptions& options, Random& random)
        : m_options(options)
        , m_random(random)
        , m_plane(options, random)
        , m_centre(extent.centre())
        , m_scale(100 / extent.longerSide())
    {
    }

    Stroke vary(const Stroke& stroke)
    {
        constexpr double partTrimmed = 0.15;
        Stroke result{stroke.points, static_cast<float>(double{stroke.width} * m_scale)};
        const PlanePoint shift{2 * m_options.shift * m_random.normal(),
                               2 * m_options.shift * m_random.normal()};
        for (InkPoint& point : result.points) {
            place(point, shift);
        }
        if (m_random.chance(partTrimmed * m_options.trim)) {
            trim(result.points, m_random);
        }
        return result;
    }

private:
    void place(InkPoint& point, const PlanePoint& shift)
    {
        const PlanePoint before{(double{point.x} - m_centre.x) * m_scale,
                                (double{point.y} - m_centre.y) * m_scale};
        PlanePoint after = m_plane.matrix().apply(before);
        const PlanePoint ripple = m_options.bend > 0 ? m_plane.ripple(after) : PlanePoint{};
        if (m_options.jitter > 0) {
            const double deviation = 0.5 * m_options.jitter;
            after = {after.x + deviation * m_random.normal(), after.y + deviation * m_random.normal()};
        }
        point.x = static_cast<float>(after.x + ripple.x + shift.x);
        point.y = static_cast<float>(after.y + ripple.y + shift.y);
    }

    const AugmentationOptions& m_options;
    Random& m_random;
    PlaneVariation m_plane;
    PlanePoint m_centre;
    double m_scale;
};

} // namespace

Ink variedInk(const Ink& ink, const AugmentationOptions& options, Random& random)
{
    const Extent extent(ink);
    // Below that a float tells neighbouring points no longer apart.
    constexpr double leastExtent = 1e-20;
    if (!(extent.longerSide() > leastExtent)) {
        return ink;
    }
    InkVariation variation(extent, options, random);
    Ink result;
    result.strokes.reserve(ink.strokes.size());
    for (const auto& stroke : ink.strokes) {
        result.add(variation.vary(*stroke));
    }
    return result;
}

} // namespace digitpad
