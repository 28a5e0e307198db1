#include "core/image/localground.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace digitpad {

namespace {

constexpr int mostCells = 24;
constexpr int leastCellSide = 8;
constexpr int voteDistance = 3;

std::uint8_t medianOf(std::vector<std::uint8_t>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
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
    return medianOf(scratch);
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

GrayImage medianFiltered(const GrayImage& cells)
{
    GrayImage result(cells.width, cells.height);
    std::vector<std::uint8_t> window;
    for (int y = 0; y < cells.height; ++y) {
        const int bottom = std::min(cells.height - 1, y + voteDistance);
        for (int x = 0; x < cells.width; ++x) {
            const int left = std::max(0, x - voteDistance);
            const int right = std::min(cells.width - 1, x + voteDistance);
            window.clear();
            for (int row = std::max(0, y - voteDistance); row <= bottom; ++row) {
                window.insert(window.end(), cells.row(row) + left, cells.row(row) + right + 1);
            }
            result.row(y)[x] = medianOf(window);
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

LocalGround LocalGround::followed(const GrayImage& picture)
{
    const int longerSide = std::max(picture.width, picture.height);
    const int cellSide = std::max(leastCellSide, (longerSide + mostCells - 1) / mostCells);
    const int columns = std::max(1, picture.width / cellSide);
    const int rows = std::max(1, picture.height / cellSide);
    LocalGround ground;
    ground.m_cellWidth = static_cast<double>(picture.width) / columns;
    ground.m_cellHeight = static_cast<double>(picture.height) / rows;
    ground.m_cells = medianFiltered(cellMedians(picture, columns, rows));
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
