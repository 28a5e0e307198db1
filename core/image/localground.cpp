#include "core/image/localground.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace digitpad {

namespace {

constexpr int mostCells = 24;
constexpr int leastCellSide = 8;
constexpr int voteDistance = 3;

/// Of at least one value: the one that `part`, 0 to 1, of them lie below.
std::uint8_t rankOf(std::vector<std::uint8_t>& values, double part)
{
    const auto index = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<std::size_t>(index)];
}

/// The median of the rectangle's pixels, of every pixel in small ones and of a sample in large ones.
std::uint8_t cellMedian(const GrayImage& picture, int left, int top, int right, int bottom,
                        std::vector<std::uint8_t>& scratch)
{
    const int step = std::max(1, (right - left) / 16);
    scratch.clear();
    for (int y = top; y < bottom; y += step) {
        for (int x = left; x < right; x += step) {
            scratch.push_back(picture.row(y)[x]);
        }
    }
    return rankOf(scratch, 0.5);
}

GrayImage cellMedians(const GrayImage& picture, int columns, int rows)
{
    GrayImage cells(columns, rows);
    std::vector<std::uint8_t> scratch;
    for (int row = 0; row < rows; ++row) {
        const int top = picture.height * row / rows;
        const int bottom = picture.height * (row + 1) / rows;
        for (int column = 0; column < columns; ++column) {
            const int left = picture.width * column / columns;
            const int right = picture.width * (column + 1) / columns;
            cells.row(row)[column] = cellMedian(picture, left, top, right, bottom, scratch);
        }
    }
    return cells;
}

/// Calls visit(index) for each cell of the neighbourhood of (x, y), itself included.
template <class Visit>
void forNeighbourhood(const GrayImage& cells, int x, int y, int distance, const Visit& visit)
{
    const int right = std::min(cells.width - 1, x + distance);
    const int bottom = std::min(cells.height - 1, y + distance);
    for (int row = std::max(0, y - distance); row <= bottom; ++row) {
        for (int column = std::max(0, x - distance); column <= right; ++column) {
            visit(static_cast<std::size_t>(row * cells.width + column));
        }
    }
}

/// Each cell becomes the value that `part` of its neighbourhood lies below.
GrayImage rankFiltered(const GrayImage& cells, double part)
{
    GrayImage result(cells.width, cells.height);
    std::vector<std::uint8_t> window;
    for (int y = 0; y < cells.height; ++y) {
        for (int x = 0; x < cells.width; ++x) {
            window.clear();
            forNeighbourhood(cells, x, y, voteDistance,
                             [&](std::size_t index) { window.push_back(cells.pixels[index]); });
            result.row(y)[x] = rankOf(window, part);
        }
    }
    return result;
}

/// Which cells ink covers: those that depart from a closing by ranks, towards the paper and back, by more
/// than the closing is off where the light falls off fast. (It is at the picture's corners.)
std::vector<bool> inkCells(const GrayImage& cells, bool inkIsDark)
{
    constexpr double towardsLight = 0.8;
    constexpr int leastDeparture = 24;
    const double first = inkIsDark ? towardsLight : 1 - towardsLight;
    const GrayImage paper = rankFiltered(rankFiltered(cells, first), 1 - first);
    std::vector<int> departures(cells.pixels.size());
    for (std::size_t i = 0; i < departures.size(); ++i) {
        const int difference = int{paper.pixels[i]} - int{cells.pixels[i]};
        departures[i] = inkIsDark ? difference : -difference;
    }
    const int strongest = *std::max_element(departures.begin(), departures.end());
    const int least = std::max(leastDeparture, 2 * strongest / 5);
    std::vector<bool> covered(departures.size());
    std::transform(departures.begin(), departures.end(), covered.begin(),
                   [least](int departure) { return departure > least; });
    return covered;
}

/// Medians of the neighbours that ink does not cover, farther ones where near ones are too few.
GrayImage medianOfUncovered(const GrayImage& cells, const std::vector<bool>& covered)
{
    constexpr std::size_t fewest = 6;
    const int farthest = std::max(cells.width, cells.height);
    GrayImage result(cells.width, cells.height);
    std::vector<std::uint8_t> window;
    for (int y = 0; y < cells.height; ++y) {
        for (int x = 0; x < cells.width; ++x) {
            window.clear();
            for (int distance = voteDistance; window.size() < fewest && distance <= farthest; ++distance) {
                window.clear();
                forNeighbourhood(cells, x, y, distance, [&](std::size_t index) {
                    if (!covered[index]) {
                        window.push_back(cells.pixels[index]);
                    }
                });
            }
            result.row(y)[x] = window.empty() ? cells.row(y)[x] : rankOf(window, 0.5);
        }
    }
    return result;
}

} // namespace

LocalGround LocalGround::even(int value)
{
    LocalGround ground;
    ground.m_cells = GrayImage(1, 1);
    ground.m_cells.pixels[0] = static_cast<std::uint8_t>(value);
    return ground;
}

LocalGround LocalGround::followed(const GrayImage& picture, Ink ink)
{
    LocalGround ground = ofCells(picture);
    ground.m_cells = medianOfUncovered(ground.m_cells, inkCells(ground.m_cells, ink == Ink::Dark));
    return ground;
}

LocalGround LocalGround::followed(const GrayImage& picture)
{
    LocalGround ground = ofCells(picture);
    ground.m_cells = rankFiltered(ground.m_cells, 0.5);
    return ground;
}

LocalGround LocalGround::ofCells(const GrayImage& picture)
{
    const int longerSide = std::max(picture.width, picture.height);
    const int cellSide = std::max(leastCellSide, (longerSide + mostCells - 1) / mostCells);
    const int columns = std::max(1, picture.width / cellSide);
    const int rows = std::max(1, picture.height / cellSide);
    LocalGround ground;
    ground.m_cellWidth = static_cast<double>(picture.width) / columns;
    ground.m_cellHeight = static_cast<double>(picture.height) / rows;
    ground.m_cells = cellMedians(picture, columns, rows);
    return ground;
}

double LocalGround::cell(int column, int row) const
{
    return m_cells.row(std::clamp(row, 0, m_cells.height - 1))[std::clamp(column, 0, m_cells.width - 1)];
}

void LocalGround::row(int y, std::vector<std::uint8_t>& values) const
{
    // Between the centres of the cells, evenly.
    const double down = (y + 0.5) / m_cellHeight - 0.5;
    const int upper = static_cast<int>(std::floor(down));
    const double lowerPart = down - upper;
    for (std::size_t x = 0; x < values.size(); ++x) {
        const double across = (static_cast<double>(x) + 0.5) / m_cellWidth - 0.5;
        const int left = static_cast<int>(std::floor(across));
        const double rightPart = across - left;
        const double above = cell(left, upper) * (1 - rightPart) + cell(left + 1, upper) * rightPart;
        const double below = cell(left, upper + 1) * (1 - rightPart) + cell(left + 1, upper + 1) * rightPart;
        values[x] = static_cast<std::uint8_t>(above * (1 - lowerPart) + below * lowerPart + 0.5);
    }
}

} // namespace digitpad
