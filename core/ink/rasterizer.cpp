#include "core/ink/rasterizer.h"

#include "core/ink/strokegeometry.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace digitpad {

namespace {

/// The 20×20 patch with each pixel cut into 16×16 samples, one bit each. A pixel's samples of one row are 16
/// neighbouring bits of a word, so that spans are filled and counted by the word.
class SampleGrid
{
public:
    static constexpr int samples = 16;

    void fill(const Capsule& capsule)
    {
        const int first = std::max(0, ceilToInt(capsule.top() * samples - 0.5));
        const int last = std::min(side - 1, floorToInt(capsule.bottom() * samples - 0.5));
        for (int row = first; row <= last; ++row) {
            const Interval interval = capsule.at((row + 0.5) / samples);
            if (!interval.empty()) {
                fillSpan(m_rows[static_cast<std::size_t>(row)],
                         std::max(0, ceilToInt(interval.left * samples - 0.5)),
                         std::min(side - 1, floorToInt(interval.right * samples - 0.5)));
            }
        }
    }

    [[nodiscard]] DigitPatch patch() const
    {
        DigitPatch patch;
        for (int y = 0; y < patchSide; ++y) {
            for (int x = 0; x < patchSide; ++x) {
                patch.at(x, y) = static_cast<std::uint8_t>((covered(x, y) * 255 + 128) / (samples * samples));
            }
        }
        return patch;
    }

private:
    static constexpr int side = patchSide * samples;
    static constexpr int wordBits = 64;
    using Row = std::array<std::uint64_t, side / wordBits>;

    /// Clamped first: lines may lead far out of the patch.
    static int ceilToInt(double value) { return static_cast<int>(std::ceil(std::clamp(value, -1e6, 1e6))); }
    static int floorToInt(double value) { return static_cast<int>(std::floor(std::clamp(value, -1e6, 1e6))); }

    static void fillSpan(Row& row, int first, int last)
    {
        for (int word = first / wordBits; first <= last; ++word) {
            const int end = std::min(last, word * wordBits + wordBits - 1);
            const int count = end - first + 1;
            const std::uint64_t ones = ~std::uint64_t{0} >> (wordBits - count);
            row[static_cast<std::size_t>(word)] |= ones << (first % wordBits);
            first = end + 1;
        }
    }

    [[nodiscard]] int covered(int x, int y) const
    {
        const int bit = x * samples;
        int count = 0;
        for (int row = y * samples; row < (y + 1) * samples; ++row) {
            const std::uint64_t word =
                m_rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(bit / wordBits)];
            count += std::popcount(static_cast<std::uint16_t>(word >> (bit % wordBits)));
        }
        return count;
    }

    std::array<Row, side> m_rows{};
};

/// What the rasteriser needs to know of the ink as a whole.
struct Extent
{
    Point least{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    Point greatest{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    double brush = 0;

    void include(const Point& point)
    {
        least = {std::min(least.x, point.x), std::min(least.y, point.y)};
        greatest = {std::max(greatest.x, point.x), std::max(greatest.y, point.y)};
    }
    [[nodiscard]] bool empty() const { return least.x > greatest.x; }
    [[nodiscard]] double longerSide() const { return std::max(greatest.x - least.x, greatest.y - least.y); }
    [[nodiscard]] bool isDot() const { return longerSide() <= 0 || longerSide() < 0.1 * brush; }
};

Extent extentOf(const Ink& ink)
{
    Extent extent;
    for (const auto& stroke : ink.strokes) {
        if (std::isfinite(stroke->width)) {
            extent.brush = std::max(extent.brush, double{stroke->width});
        }
        for (const InkPoint& point : stroke->points) {
            if (isFinite(point)) {
                extent.include(toPoint(point));
            }
        }
    }
    return extent;
}

/// An eighth of a pixel: the pen's outline moves by less than a sixteenth, one sample of the grid.
constexpr double mergeStep = 0.125;

/// A capsule on a picture, its edge softened over one pixel.
class SoftCapsule
{
public:
    SoftCapsule(const Point& a, const Point& b, double radius)
        : m_line(a, b)
        , m_outer(a, b, radius + 0.5)
        , m_inner(a, b, std::max(0.0, radius - 0.5))
        , m_radius(radius)
    {
    }

    void drawOn(GrayImage& picture) const
    {
        const int last = lastPixel(m_outer.bottom(), picture.height);
        for (int y = firstPixel(m_outer.top(), picture.height); y <= last; ++y) {
            drawRow(picture.row(y), picture.width, y + 0.5);
        }
    }

private:
    /// The pixels of one axis whose centres lie between two places, cut to the picture.
    static int firstPixel(double from, int length)
    {
        return static_cast<int>(std::clamp(std::ceil(from - 0.5), 0.0, static_cast<double>(length)));
    }
    static int lastPixel(double to, int length)
    {
        return static_cast<int>(std::clamp(std::floor(to - 0.5), -1.0, length - 1.0));
    }

    void drawRow(std::uint8_t* row, int width, double y) const
    {
        const Interval outer = m_outer.at(y);
        const Interval inner = m_inner.at(y);
        const int end = lastPixel(outer.right, width) + 1;
        const int innerBegin = std::min(end, inner.empty() ? end : firstPixel(inner.left, width));
        const int innerEnd = std::max(innerBegin, inner.empty() ? end : lastPixel(inner.right, width) + 1);
        int x = outer.empty() ? end : firstPixel(outer.left, width);
        for (; x < innerBegin; ++x) {
            row[x] = std::max(row[x], valueAt({x + 0.5, y}));
        }
        for (; x < innerEnd; ++x) {
            row[x] = 255;
        }
        for (; x < end; ++x) {
            row[x] = std::max(row[x], valueAt({x + 0.5, y}));
        }
    }

    [[nodiscard]] std::uint8_t valueAt(const Point& point) const
    {
        const double coverage = std::clamp(m_radius + 0.5 - m_line.distance(point), 0.0, 1.0);
        return static_cast<std::uint8_t>(std::lround(coverage * 255));
    }

    Line m_line;
    Capsule m_outer;
    Capsule m_inner;
    double m_radius;
};

} // namespace

DigitPatch rasterizedPatch(const Ink& ink, double penWidth)
{
    const Extent extent = extentOf(ink);
    if (extent.empty()) {
        return {};
    }
    SampleGrid grid;
    const double radius = penWidth / 2;
    if (extent.isDot()) {
        grid.fill(Capsule({radius, radius}, {radius, radius}, radius));
        return grid.patch();
    }
    const double scale = (patchSide - penWidth) / extent.longerSide();
    const auto map = [&](const Point& point) {
        return Point{(point.x - extent.least.x) * scale + radius,
                     (point.y - extent.least.y) * scale + radius};
    };
    for (const auto& stroke : ink.strokes) {
        forEachSegment(*stroke, mergeStep, map,
                       [&](const Point& a, const Point& b) { grid.fill(Capsule(a, b, radius)); });
    }
    return grid.patch();
}

void drawInk(GrayImage& picture, const Ink& ink, double scale)
{
    if (picture.empty()) {
        return;
    }
    const auto map = [scale](const Point& point) { return Point{point.x * scale, point.y * scale}; };
    for (const auto& stroke : ink.strokes) {
        const double width = std::isfinite(stroke->width) ? double{stroke->width} * scale : 0;
        const double radius = std::max(1.0, width) / 2;
        forEachSegment(*stroke, mergeStep, map,
                       [&](const Point& a, const Point& b) { SoftCapsule(a, b, radius).drawOn(picture); });
    }
}

} // namespace digitpad
