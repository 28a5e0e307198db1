#include "core/learning/inkvariation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace digitpad {

namespace {

struct Box
{
    double left = std::numeric_limits<double>::infinity();
    double top = left;
    double right = -left;
    double bottom = -left;

    void include(const InkPoint& point)
    {
        if (std::isfinite(point.x) && std::isfinite(point.y)) {
            left = std::min(left, static_cast<double>(point.x));
            right = std::max(right, static_cast<double>(point.x));
            top = std::min(top, static_cast<double>(point.y));
            bottom = std::max(bottom, static_cast<double>(point.y));
        }
    }
    [[nodiscard]] double longerSide() const { return std::max(right - left, bottom - top); }
};

Box boxOf(const Ink& ink)
{
    Box box;
    for (const auto& stroke : ink.strokes) {
        for (const InkPoint& point : stroke->points) {
            box.include(point);
        }
    }
    return box;
}

/// One slow ripple of the plane, in a box of side 1.
struct Ripple
{
    Ripple(double strength, Random& random)
        : alongX(random.normal() * 3)
        , alongY(random.normal() * 3)
        , phase(random.uniform(0, 2 * std::numbers::pi))
        , amplitude(random.normal() * 0.03 * strength)
    {
    }
    [[nodiscard]] double at(double x, double y) const
    {
        return amplitude * std::sin(alongX * x + alongY * y + phase);
    }

    double alongX;
    double alongY;
    double phase;
    double amplitude;
};

class Variation
{
public:
    Variation(const Box& box, Random& random, double strength)
        : m_side(box.longerSide())
        , m_centreX((box.left + box.right) / 2)
        , m_centreY((box.top + box.bottom) / 2)
        , m_turn(random.normal() * strength * 0.07)
        , m_slant(random.normal() * strength * 0.10)
        , m_stretch(std::exp(random.normal() * strength * 0.10))
        , m_across{Ripple(strength, random), Ripple(strength, random)}
        , m_down{Ripple(strength, random), Ripple(strength, random)}
    {
    }

    [[nodiscard]] InkPoint operator()(InkPoint point) const
    {
        const double x = (static_cast<double>(point.x) - m_centreX) / m_side;
        const double y = (static_cast<double>(point.y) - m_centreY) / m_side;
        const double bentX = x + m_across[0].at(x, y) + m_across[1].at(x, y);
        const double bentY = y + m_down[0].at(x, y) + m_down[1].at(x, y);
        const double slanted = (bentX - m_slant * bentY) * m_stretch;
        const double cosine = std::cos(m_turn);
        const double sine = std::sin(m_turn);
        point.x = static_cast<float>(m_centreX + m_side * (cosine * slanted - sine * bentY));
        point.y = static_cast<float>(m_centreY + m_side * (sine * slanted + cosine * bentY));
        return point;
    }

private:
    double m_side;
    double m_centreX;
    double m_centreY;
    double m_turn; ///< Radians.
    double m_slant;
    double m_stretch;
    std::array<Ripple, 2> m_across;
    std::array<Ripple, 2> m_down;
};

} // namespace

Ink variedInk(const Ink& ink, Random& random, double strength)
{
    const Box box = boxOf(ink);
    if (!(box.longerSide() > 0)) {
        return ink; // A dot, or nothing at all.
    }
    const Variation vary(box, random, strength);
    Ink varied;
    for (const auto& stroke : ink.strokes) {
        Stroke copy = *stroke;
        std::transform(copy.points.begin(), copy.points.end(), copy.points.begin(), vary);
        varied.add(std::move(copy));
    }
    return varied;
}

} // namespace digitpad
