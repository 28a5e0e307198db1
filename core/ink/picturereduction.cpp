#include "core/ink/picturereduction.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace digitpad {

namespace {

/// The sums of `factor` neighbouring pixels, added to what is in `sums`.
void addRow(const std::uint8_t* row, int width, int factor, std::vector<std::uint32_t>& sums)
{
    std::size_t block = 0;
    for (int begin = 0; begin < width; begin += factor, ++block) {
        const int end = std::min(width, begin + factor);
        std::uint32_t sum = 0;
        for (int x = begin; x < end; ++x) {
            sum += row[x];
        }
        sums[block] += sum;
    }
}

} // namespace

GrayImage reducedPicture(const GrayImage& picture, int factor)
{
    if (factor <= 1 || picture.empty()) {
        return picture;
    }
    GrayImage result((picture.width + factor - 1) / factor, (picture.height + factor - 1) / factor);
    const auto area = static_cast<std::uint32_t>(factor) * static_cast<std::uint32_t>(factor);
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(result.width));
    for (int y = 0; y < result.height; ++y) {
        std::fill(sums.begin(), sums.end(), 0U);
        const int end = std::min(picture.height, (y + 1) * factor);
        for (int source = y * factor; source < end; ++source) {
            addRow(picture.row(source), picture.width, factor, sums);
        }
        std::transform(sums.begin(), sums.end(), result.row(y), [area](std::uint32_t sum) {
            return static_cast<std::uint8_t>((sum + area / 2) / area);
        });
    }
    return result;
}

int reductionFactor(const GrayImage& picture, int most)
{
    return std::max(1, (std::max(picture.width, picture.height) + most - 1) / most);
}

} // namespace digitpad
