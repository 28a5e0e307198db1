#include "core/image/thinink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace digitpad {

namespace {

constexpr int gridSide = 160;
constexpr int discRadius = 8;
constexpr int discSide = 2 * discRadius + 1;

void raise(std::uint8_t* begin, std::uint8_t* end, std::uint8_t value)
{
    std::for_each(begin, end, [value](std::uint8_t& pixel) { pixel = std::max(pixel, value); });
}

/// Calls visit(x, y, value) for each pixel with ink; x and y count from the box's corner.
template <class Visit>
void forEachInkPixel(const GrayImage& picture, const PixelBox& box, const Visit& visit)
{
    for (int y = 0; y < box.height; ++y) {
        const std::uint8_t* begin = picture.row(box.top + y) + box.left;
        const std::uint8_t* end = begin + box.width;
        for (const std::uint8_t* pixel = firstInk(begin, end); pixel != end;
             pixel = firstInk(pixel + 1, end)) {
            visit(static_cast<int>(pixel - begin), y, *pixel);
        }
    }
}

/// The cells of the grid that a source pixel touches along one axis.
struct Cells
{
    int begin = 0;
    int end = 0;
};

Cells cellsOf(int pixel, int longerSide)
{
    const std::int64_t begin = std::int64_t{pixel} * gridSide;
    return {static_cast<int>(begin / longerSide), static_cast<int>((begin + gridSide - 1) / longerSide) + 1};
}

/// The box on the grid, each cell as bright as the brightest pixel that touches it, so that no line is lost.
GrayImage pooled(const GrayImage& picture, const PixelBox& box)
{
    const int longerSide = std::max(box.width, box.height);
    GrayImage grid(cellsOf(box.width - 1, longerSide).end, cellsOf(box.height - 1, longerSide).end);
    forEachInkPixel(picture, box, [&](int x, int y, std::uint8_t value) {
        const Cells columns = cellsOf(x, longerSide);
        const Cells rows = cellsOf(y, longerSide);
        for (int row = rows.begin; row < rows.end; ++row) {
            raise(grid.row(row) + columns.begin, grid.row(row) + columns.end, value);
        }
    });
    return grid;
}

std::array<int, discSide> discHalfWidths()
{
    std::array<int, discSide> halves{};
    for (int dy = -discRadius; dy <= discRadius; ++dy) {
        const double radius = discRadius + 0.5;
        halves[static_cast<std::size_t>(dy + discRadius)] =
            static_cast<int>(std::sqrt(radius * radius - static_cast<double>(dy * dy)));
    }
    return halves;
}

} // namespace

bool isThinInk(const DigitPatch& patch, const GrayImage& picture, const PixelBox& box)
{
    const int scaledPeak = *std::max_element(patch.pixels.begin(), patch.pixels.end());
    // No peak of the picture can be high enough above this one.
    if (10 * scaledPeak >= 7 * 255) {
        return false;
    }
    int peak = 0;
    forEachInkPixel(picture, box,
                    [&peak](int, int, std::uint8_t value) { peak = std::max<int>(peak, value); });
    return 10 * scaledPeak < 7 * peak;
}

GrayImage thickenedInk(const GrayImage& picture, const PixelBox& box)
{
    static const std::array<int, discSide> halves = discHalfWidths();
    const GrayImage grid = pooled(picture, box);
    GrayImage result(grid.width + 2 * discRadius, grid.height + 2 * discRadius);
    forEachInkPixel(grid, {0, 0, grid.width, grid.height}, [&](int x, int y, std::uint8_t value) {
        for (int row = 0; row < discSide; ++row) {
            const int half = halves[static_cast<std::size_t>(row)];
            std::uint8_t* centre = result.row(y + row) + x + discRadius;
            raise(centre - half, centre + half + 1, value);
        }
    });
    return result;
}

} // namespace digitpad
