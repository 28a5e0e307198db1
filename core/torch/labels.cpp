#include "core/torch/labels.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace digitpad {

bool hasNoDigits(const DigitSet& set)
{
    return std::find(set.labels.begin(), set.labels.end(), noDigitLabel) != set.labels.end();
}

bool isBlank(const DigitSet& set, std::size_t index)
{
    const std::uint8_t* pixels = set.image(index);
    // Each pixel is compared with the next one: one call, many times faster than a loop.
    return pixels[0] == 0 && std::memcmp(pixels, pixels + 1, digitPixels - 1) == 0;
}

Result<void> checkLabels(const DigitSet& set, std::int64_t outputs)
{
    const auto highest = std::max_element(set.labels.begin(), set.labels.end());
    if (highest == set.labels.end() || *highest < outputs) {
        return {};
    }
    if (*highest == noDigitLabel) {
        return Error{ErrorCode::InvalidInput,
                     "“" + set.name +
                         "” holds images that are no digits, and this model knows digits only. "
                         "Leave them out, or train a model with them."};
    }
    return Error{ErrorCode::InvalidInput, "“" + set.name + "” holds the label " + std::to_string(*highest) +
                                              ", which is no digit. Choose other data."};
}

} // namespace digitpad
