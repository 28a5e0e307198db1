#pragma once

#include "core/image/digitimage.h"

#include <cstddef>
#include <vector>

namespace digitpad {

/// A network's answers to all images of a set, in the set's order.
struct Logits
{
    std::size_t outputs = digitClasses; ///< A row's length: the digits, then, of eleven, "no digit".
    std::vector<float> values;          ///< Images × outputs.

    [[nodiscard]] const float* row(std::size_t image) const { return values.data() + image * outputs; }
};

} // namespace digitpad
