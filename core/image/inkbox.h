#pragma once

#include "core/image/grayimage.h"

#include <cstdint>

namespace digitpad {

/// A rectangle of whole pixels.
struct PixelBox
{
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

/// The smallest box around all pixels above 0; empty where there is none.
PixelBox inkBox(const GrayImage& picture);

/// The first pixel above 0 in [begin, end), or `end`. Most of a picture is paper: looks at eight pixels at a
/// time.
const std::uint8_t* firstInk(const std::uint8_t* begin, const std::uint8_t* end);

} // namespace digitpad
