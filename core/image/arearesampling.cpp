#include "core/image/arearesampling.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>

namespace digitpad {

namespace {

/// The part of one axis that a target pixel covers. Lengths are in twentieths of a source pixel, so that both
/// grids fall on whole numbers: a source pixel is 20 long, a target pixel as long as the box's longer side
/// has pixels.
struct Cover
{
    int first = 0; ///< Source pixel that is covered in part, `firstLength` of it.
    std::uint64_t firstLength = 0;
    int fullBegin = 0; ///< Source pixels covered whole.
    int fullEnd = 0;
    std::uint64_t lastLength = 0; ///< Of the source pixel `fullEnd`.
};

using Covers = std::array<Cover, patchSide>;

Cover coverOf(std::int64_t begin, std::int64_t end)
{
    Cover cover;
    cover.first = static_cast<int>(begin / patchSide);
    const std::int64_t boundary = (begin + patchSide - 1) / patchSide * patchSide;
    cover.firstLength = static_cast<std::uint64_t>(std::min(boundary, end) - begin);
    cover.fullBegin = static_cast<int>(boundary / patchSide);
    cover.fullEnd = std::max(cover.fullBegin, static_cast<int>(end / patchSide));
    cover.lastLength = end > boundary ? static_cast<std::uint64_t>(end % patchSide) : 0;
    return cover;
}

Covers coversOf(int sourceLength, int longerSide)
{
    Covers covers;
    const std::int64_t end = std::int64_t{sourceLength} * patchSide;
    for (int i = 0; i < patchSide; ++i) {
        covers[static_cast<std::size_t>(i)] = coverOf(std::min(end, std::int64_t{longerSide} * i),
                                                      std::min(end, std::int64_t{longerSide} * (i + 1)));
    }
    return covers;
}

/// Ink of one source row under each target column.
std::array<std::uint64_t, patchSide> rowSums(const std::uint8_t* row, const Covers& columns)
{
    std::array<std::uint64_t, patchSide> sums{};
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const Cover& cover = columns[i];
        const std::uint64_t full =
            std::accumulate(row + cover.fullBegin, row + cover.fullEnd, std::uint64_t{0});
        sums[i] = patchSide * full;
        // A length of 0 may stand for a pixel behind the end of the row.
        if (cover.firstLength > 0) {
            sums[i] += cover.firstLength * row[cover.first];
        }
        if (cover.lastLength > 0) {
            sums[i] += cover.lastLength * row[cover.fullEnd];
        }
    }
    return sums;
}

} // namespace

DigitPatch resampledByArea(const GrayImage& picture, const PixelBox& box)
{
    const int longerSide = std::max(box.width, box.height);
    const Covers columns = coversOf(box.width, longerSide);
    const Covers rows = coversOf(box.height, longerSide);
    const std::uint64_t area =
        static_cast<std::uint64_t>(longerSide) * static_cast<std::uint64_t>(longerSide);

    DigitPatch patch;
    for (int y = 0; y < patchSide; ++y) {
        std::array<std::uint64_t, patchSide> sums{};
        const auto addRow = [&](int sourceRow, std::uint64_t length) {
            const auto row = rowSums(picture.row(box.top + sourceRow) + box.left, columns);
            for (std::size_t x = 0; x < sums.size(); ++x) {
                sums[x] += length * row[x];
            }
        };
        const Cover& cover = rows[static_cast<std::size_t>(y)];
        if (cover.firstLength > 0) {
            addRow(cover.first, cover.firstLength);
        }
        for (int row = cover.fullBegin; row < cover.fullEnd; ++row) {
            addRow(row, patchSide);
        }
        if (cover.lastLength > 0) {
            addRow(cover.fullEnd, cover.lastLength);
        }
        for (int x = 0; x < patchSide; ++x) {
            patch.at(x, y) = static_cast<std::uint8_t>((sums[static_cast<std::size_t>(x)] + area / 2) / area);
        }
    }
    return patch;
}

} // namespace digitpad
