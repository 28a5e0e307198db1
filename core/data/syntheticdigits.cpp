#include "core/data/syntheticdigits.h"

#include "core/data/wave.h"
#include "core/image/normalizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

struct Point
{
    double x = 0;
    double y = 0;
};

double distance(const Point& a, const Point& b)
{
    return std::hypot(b.x - a.x, b.y - a.y);
}

Point mix(const Point& a, const Point& b, double part)
{
    return {a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)};
}

/// What one writer does to every point of a digit at one sitting.
class Hand
{
public:
    explicit Hand(Random& random)
        : m_neatness(random.uniform(0.4, 1.5))
        , m_slant(std::clamp(0.12 + 0.24 * random.normal(), -0.45, 0.75))
        , m_heights(std::exp(0.13 * random.normal()))
        , m_widths(std::exp(0.1 * random.normal()))
        , m_aspect(std::clamp(0.95 * std::exp(0.24 * random.normal()), 0.5, 1.7))
        , m_acrossWaves{Wave(3.5 * m_neatness, random), Wave(2.5 * m_neatness, random)}
        , m_downWaves{Wave(3.5 * m_neatness, random), Wave(2.5 * m_neatness, random)}
    {
        const double degrees = std::clamp(5.0 * random.normal(), -14.0, 14.0);
        m_cosine = std::cos(degrees * std::numbers::pi / 180);
        m_sine = std::sin(degrees * std::numbers::pi / 180);
    }

    /// 1 is an ordinary hand, less a tidier one.
    [[nodiscard]] double neatness() const { return m_neatness; }

    [[nodiscard]] Point write(const Point& p) const
    {
        const Point bent{p.x + m_acrossWaves[0].at(p.x, p.y) + m_acrossWaves[1].at(p.x, p.y),
                         p.y + m_downWaves[0].at(p.x, p.y) + m_downWaves[1].at(p.x, p.y)};
        const double y = redistributed(bent.y, m_heights) - 50;
        const double x = (redistributed(bent.x, m_widths) - 50) * m_aspect - m_slant * y;
        return {50 + m_cosine * x - m_sine * y, 50 + m_sine * x + m_cosine * y};
    }

private:
    /// Gives one side of the box more room than the other; keeps 0, 100 and what lies outside in order.
    static double redistributed(double value, double exponent)
    {
        return value <= 0 || value >= 100 ? value : 100 * std::pow(value / 100, exponent);
    }

    double m_neatness;
    double m_slant;
    double m_heights;
    double m_widths;
    double m_aspect;
    std::array<Wave, 2> m_acrossWaves;
    std::array<Wave, 2> m_downWaves;
    double m_cosine;
    double m_sine;
};

/// A style's stroke as it came out this time: every knot a little off, ends too long or too short, sometimes
/// a hook where the pen landed.
StyleStroke varied(const StyleStroke& stroke, double strength, Random& random)
{
    const Point shift{random.normal() * 2.5 * strength, random.normal() * 2.5 * strength};
    StyleStroke result = stroke;
    for (StyleKnot& knot : result) {
        knot.x += shift.x + random.normal() * 3.2 * strength;
        knot.y += shift.y + random.normal() * 3.2 * strength;
    }
    const auto stretch = [&](StyleKnot& end, const StyleKnot& next) {
        const double part = random.normal() * 0.1 * strength;
        end.x += part * (end.x - next.x);
        end.y += part * (end.y - next.y);
    };
    stretch(result.front(), result[1]);
    stretch(result.back(), result[result.size() - 2]);
    if (random.chance(0.06)) {
        const StyleKnot start = result.front();
        result.front().corner = true;
        result.insert(result.begin(), {start.x + random.normal() * 5, start.y + random.normal() * 5});
    }
    return result;
}

/// A smooth curve through knots: cubic Hermite pieces over the square root of the chord length (a centripetal
/// Catmull-Rom spline, which neither loops nor overshoots between uneven knots), broken at corners.
class Curve
{
public:
    explicit Curve(const StyleStroke& knots)
    {
        m_knots.reserve(knots.size());
        for (const StyleKnot& knot : knots) {
            m_knots.push_back({{knot.x, knot.y}, knot.corner});
        }
        for (std::size_t i = 0; i + 1 < m_knots.size(); ++i) {
            m_spans.push_back(std::max(1e-3, std::sqrt(distance(m_knots[i].place, m_knots[i + 1].place))));
        }
    }

    /// Calls visit(point) along the curve, about every `step` units, ends included.
    template <class Visit>
    void walk(double step, const Visit& visit) const
    {
        visit(m_knots.front().place);
        for (std::size_t i = 0; i < m_spans.size(); ++i) {
            const Point leaving = velocity(i, i);
            const Point arriving = velocity(i + 1, i);
            const int pieces = std::max(1, static_cast<int>(std::lround(m_spans[i] * m_spans[i] / step)));
            for (int piece = 1; piece <= pieces; ++piece) {
                visit(hermite(i, leaving, arriving, static_cast<double>(piece) / pieces));
            }
        }
    }

private:
    struct Knot
    {
        Point place;
        bool corner = false;
    };

    [[nodiscard]] Point slope(std::size_t span) const
    {
        const Point& a = m_knots[span].place;
        const Point& b = m_knots[span + 1].place;
        return {(b.x - a.x) / m_spans[span], (b.y - a.y) / m_spans[span]};
    }

    /// The velocity at a knot as `span`, one of its two, sees it.
    [[nodiscard]] Point velocity(std::size_t knot, std::size_t span) const
    {
        if (knot == 0 || knot + 1 == m_knots.size() || m_knots[knot].corner) {
            return slope(span);
        }
        const double before = m_spans[knot - 1];
        const double after = m_spans[knot];
        return mix(slope(knot - 1), slope(knot), before / (before + after));
    }

    [[nodiscard]] Point hermite(std::size_t span, const Point& leaving, const Point& arriving, double t) const
    {
        const double s = 1 - t;
        const double h = m_spans[span];
        const Point& a = m_knots[span].place;
        const Point& b = m_knots[span + 1].place;
        const double fromA = s * s * (1 + 2 * t);
        const double fromB = t * t * (1 + 2 * s);
        return {fromA * a.x + fromB * b.x + h * s * t * (s * leaving.x - t * arriving.x),
                fromA * a.y + fromB * b.y + h * s * t * (s * leaving.y - t * arriving.y)};
    }

    std::vector<Knot> m_knots;
    std::vector<double> m_spans; ///< Square roots of the chords' lengths.
};

Stroke written(const StyleStroke& stroke, const Hand& hand, Random& random)
{
    constexpr double step = 5;
    Stroke result;
    Curve(varied(stroke, hand.neatness(), random)).walk(step, [&](const Point& point) {
        const Point place = hand.write(point);
        result.points.push_back({static_cast<float>(place.x), static_cast<float>(place.y)});
    });
    return result;
}

std::vector<std::uint8_t> mixedLabels(std::size_t count, Random& random)
{
    std::vector<std::uint8_t> labels(count);
    for (std::size_t i = 0; i < count; ++i) {
        labels[i] = static_cast<std::uint8_t>(i % digitClasses);
    }
    for (std::size_t i = count; i > 1; --i) {
        std::swap(labels[i - 1], labels[random.below(i)]);
    }
    return labels;
}

} // namespace

double randomPenWidth(Random& random)
{
    return std::clamp(2.45 * std::exp(0.3 * random.normal()), 1.3, 5.5);
}

const DigitStyle& randomStyle(int digit, Random& random)
{
    return randomStyle(digitStyles(digit), random);
}

const DigitStyle& randomStyle(std::span<const DigitStyle> styles, Random& random)
{
    double total = 0;
    for (const DigitStyle& style : styles) {
        total += style.share;
    }
    double rest = random.uniform(0, total);
    for (const DigitStyle& style : styles) {
        rest -= style.share;
        if (rest < 0) {
            return style;
        }
    }
    return styles.back();
}

Ink syntheticDigit(const DigitStyle& style, Random& random)
{
    const Hand hand(random);
    Ink ink;
    for (const StyleStroke& stroke : style.strokes) {
        ink.add(written(stroke, hand, random));
    }
    return ink;
}

Ink syntheticDigit(int digit, Random& random)
{
    return syntheticDigit(randomStyle(digit, random), random);
}

DigitSet syntheticDigits(std::size_t count, std::uint64_t seed, const std::function<bool()>& keepGoing)
{
    constexpr std::size_t imagesBetweenQuestions = 256;
    Random random(seed);
    const std::vector<std::uint8_t> labels = mixedLabels(count, random);
    DigitSet set;
    set.name = "synthetic digits";
    set.images.reserve(count * digitPixels);
    set.labels.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (i % imagesBetweenQuestions == 0 && keepGoing && !keepGoing()) {
            break;
        }
        const Ink ink = syntheticDigit(labels[i], random);
        set.add(normalizeInk(ink, randomPenWidth(random)), labels[i]);
    }
    return set;
}

} // namespace digitpad
