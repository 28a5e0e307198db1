#include "core/image/digitpatch.h"

#include <algorithm>

namespace digitpad {

namespace {

/// The sums of one axis: ink per column or per row.
using Profile = std::array<std::int64_t, patchSide>;

std::int64_t ceilDivide(std::int64_t numerator, std::int64_t denominator)
{
    const std::int64_t quotient = numerator / denominator;
    return quotient + (numerator % denominator > 0 ? 1 : 0);
}

/// The shift along one axis: the least s with centroid + s ≥ 13.5, in whole numbers so that ties are exact.
int centringShift(const Profile& profile)
{
    std::int64_t mass = 0;
    std::int64_t moment = 0;
    int first = patchSide;
    int last = 0;
    for (int i = 0; i < patchSide; ++i) {
        const std::int64_t ink = profile[static_cast<std::size_t>(i)];
        if (ink > 0) {
            mass += ink;
            moment += ink * i;
            first = std::min(first, i);
            last = i;
        }
    }
    const auto shift = static_cast<int>(ceilDivide((digitSide - 1) * mass - 2 * moment, 2 * mass));
    return std::clamp(shift, -first, digitSide - 1 - last);
}

} // namespace

DigitImage centred(const DigitPatch& patch)
{
    Profile columns{};
    Profile rows{};
    std::int64_t mass = 0;
    for (int y = 0; y < patchSide; ++y) {
        for (int x = 0; x < patchSide; ++x) {
            const std::int64_t value = patch.at(x, y);
            columns[static_cast<std::size_t>(x)] += value;
            rows[static_cast<std::size_t>(y)] += value;
            mass += value;
        }
    }
    DigitImage image;
    if (mass == 0) {
        return image;
    }
    const int dx = centringShift(columns);
    const int dy = centringShift(rows);
    for (int y = std::max(0, -dy); y < std::min(patchSide, digitSide - dy); ++y) {
        for (int x = std::max(0, -dx); x < std::min(patchSide, digitSide - dx); ++x) {
            image.pixels[static_cast<std::size_t>((y + dy) * digitSide + x + dx)] = patch.at(x, y);
        }
    }
    return image;
}

} // namespace digitpad
