#include "core/data/syntheticnodigits.h"

#include "core/data/digitstyletables.h"
#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace digitpad {

namespace {

using styletables::at;
using styletables::corner;

constexpr double fullTurn = 2 * std::numbers::pi;

int between(int least, int most, Random& random)
{
    return least + static_cast<int>(random.below(static_cast<std::uint64_t>(most - least + 1)));
}

double anywhere(Random& random)
{
    return random.uniform(0, 100);
}

DigitStyle scribble(std::vector<StyleStroke> strokes)
{
    return {"scribble", 1, std::move(strokes)};
}

/// Turned about the middle of the box.
StyleKnot turned(const StyleKnot& knot, double angle)
{
    const double x = knot.x - 50;
    const double y = knot.y - 50;
    return {50 + std::cos(angle) * x - std::sin(angle) * y, 50 + std::sin(angle) * x + std::cos(angle) * y,
            knot.corner};
}

void turn(StyleStroke& stroke, double angle)
{
    for (StyleKnot& knot : stroke) {
        knot = turned(knot, angle);
    }
}

/// So many knots that no digit has as many turns.
DigitStyle tangle(Random& random)
{
    StyleStroke stroke;
    for (int i = between(9, 20, random); i > 0; --i) {
        stroke.push_back(at(anywhere(random), anywhere(random)));
    }
    return scribble({stroke});
}

/// Up and down at least six times; fewer would be an N, a W or, on its side, a 3.
DigitStyle zigzag(Random& random)
{
    const int turns = between(6, 14, random);
    const bool sharp = random.chance(0.6);
    StyleStroke stroke;
    for (int i = 0; i <= turns; ++i) {
        const double x = 100.0 * i / turns;
        const double y = i % 2 == 0 ? random.uniform(0, 30) : random.uniform(70, 100);
        stroke.push_back({x, y, sharp});
    }
    turn(stroke, random.chance(0.7) ? random.uniform(-0.6, 0.6) : random.uniform(0, fullTurn));
    return scribble({stroke});
}

DigitStyle spiral(Random& random)
{
    constexpr double step = 0.7;
    const double turns = random.uniform(2.4, 4.5);
    const double start = random.uniform(0, fullTurn);
    const double sense = random.chance(0.5) ? 1 : -1;
    StyleStroke stroke;
    for (double angle = 0; angle < turns * fullTurn; angle += step) {
        const double radius = 4 + 46 * angle / (turns * fullTurn);
        stroke.push_back(
            at(50 + radius * std::cos(start + sense * angle), 50 + radius * std::sin(start + sense * angle)));
    }
    return scribble({stroke});
}

/// A row of loops or waves, as people try a pen.
DigitStyle loops(Random& random)
{
    constexpr double step = 0.8;
    const double turns = random.uniform(3, 6);
    const double width = random.uniform(0, 1.6); // from waves to wide loops
    const double pitch = 100 / (turns * fullTurn);
    StyleStroke stroke;
    for (double angle = 0; angle < turns * fullTurn; angle += step) {
        stroke.push_back(at(pitch * angle - 12 * width * std::sin(angle), 50 - 30 * std::cos(angle)));
    }
    turn(stroke, random.uniform(-0.4, 0.4));
    return scribble({stroke});
}

DigitStyle hatching(Random& random)
{
    const int lines = between(4, 9, random);
    const double angle = random.uniform(0, fullTurn);
    std::vector<StyleStroke> strokes;
    for (int i = 0; i < lines; ++i) {
        const double y = 100.0 * i / (lines - 1);
        strokes.push_back({at(random.uniform(0, 20), y), at(random.uniform(80, 100), y)});
        turn(strokes.back(), angle);
    }
    return scribble(std::move(strokes));
}

/// Lines every which way; three of them could be a letter, or an open 4.
DigitStyle sticks(Random& random)
{
    std::vector<StyleStroke> strokes;
    for (int i = between(5, 9, random); i > 0; --i) {
        strokes.push_back({at(anywhere(random), anywhere(random)), at(anywhere(random), anywhere(random))});
    }
    return scribble(std::move(strokes));
}

DigitStyle dots(Random& random)
{
    std::vector<StyleStroke> strokes;
    for (int i = between(4, 12, random); i > 0; --i) {
        const double x = anywhere(random);
        const double y = anywhere(random);
        strokes.push_back({at(x, y), at(x + random.uniform(-3, 3), y + random.uniform(1, 3))});
    }
    return scribble(std::move(strokes));
}

Ink scribbled(Random& random)
{
    constexpr std::array kinds = {tangle, zigzag, spiral, loops, hatching, sticks, dots};
    return syntheticDigit(kinds[random.below(kinds.size())](random), random);
}

Ink dot()
{
    Ink ink;
    ink.add(Stroke{{InkPoint{50, 50}}});
    return ink;
}

struct Span
{
    float least = std::numeric_limits<float>::infinity();
    float greatest = -std::numeric_limits<float>::infinity();

    Span(const Ink& ink, float InkPoint::*coordinate)
    {
        for (const auto& stroke : ink.strokes) {
            for (const InkPoint& point : stroke->points) {
                least = std::min(least, point.*coordinate);
                greatest = std::max(greatest, point.*coordinate);
            }
        }
    }
    [[nodiscard]] float length() const { return greatest - least; }
};

/// Puts `ink`, scaled to `height`, behind `right` on the line around y = 0.
void putBeside(Ink& target, const Ink& ink, float height, float left, float middle)
{
    const Span across(ink, &InkPoint::x);
    const Span down(ink, &InkPoint::y);
    const float scale = height / std::max(down.length(), across.length() / 2);
    for (const auto& stroke : ink.strokes) {
        Stroke moved = *stroke;
        for (InkPoint& point : moved.points) {
            point.x = left + scale * (point.x - across.least);
            point.y = middle + scale * (point.y - (down.least + down.greatest) / 2);
        }
        target.add(std::move(moved));
    }
}

/// Side by side, from a gap to a slight overlap: more than one digit is none.
Ink twoDigits(Random& random)
{
    Ink pair;
    putBeside(pair, syntheticDigit(between(0, 9, random), random), 100, 0, 0);
    const float right = Span(pair, &InkPoint::x).greatest;
    const double gap = random.uniform(-6, 30);
    const double height = random.uniform(75, 130);
    const double middle = random.uniform(-15, 15);
    putBeside(pair, syntheticDigit(between(0, 9, random), random), static_cast<float>(height),
              right + static_cast<float>(gap), static_cast<float>(middle));
    return pair;
}

} // namespace

Ink syntheticNoDigit(Random& random)
{
    const double kind = random.uniform();
    if (kind < 0.66) {
        return syntheticDigit(randomStyle(noDigitShapes(), random), random);
    }
    if (kind < 0.88) {
        return scribbled(random);
    }
    return kind < 0.99 ? twoDigits(random) : dot();
}

DigitSet syntheticNoDigits(std::size_t count, std::uint64_t seed, const std::function<bool()>& keepGoing)
{
    constexpr std::size_t imagesBetweenQuestions = 256;
    Random random(seed);
    DigitSet set;
    set.name = "synthetic no digits";
    set.images.reserve(count * digitPixels);
    set.labels.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (i % imagesBetweenQuestions == 0 && keepGoing && !keepGoing()) {
            break;
        }
        const Ink ink = syntheticNoDigit(random);
        set.add(normalizeInk(ink, randomPenWidth(random)), noDigitLabel);
    }
    return set;
}

} // namespace digitpad
