#include "core/image/inkbox.h"

#include <algorithm>
#include <cstring>

namespace digitpad {

namespace {

bool eightArePaper(const std::uint8_t* pixels)
{
    std::uint64_t block = 0;
    std::memcpy(&block, pixels, sizeof block);
    return block == 0;
}

/// The end of the ink in [begin, end): behind its last pixel with ink, or `begin`.
const std::uint8_t* inkEnd(const std::uint8_t* begin, const std::uint8_t* end)
{
    while (end - begin >= 8 && eightArePaper(end - 8)) {
        end -= 8;
    }
    while (end != begin && end[-1] == 0) {
        --end;
    }
    return end;
}

bool isPaper(const std::uint8_t* row, int width)
{
    return firstInk(row, row + width) == row + width;
}

} // namespace

/// The first pixel with ink in [begin, end), or `end`. Most of a large picture is paper: eight pixels at a
/// time.
const std::uint8_t* firstInk(const std::uint8_t* begin, const std::uint8_t* end)
{
    while (end - begin >= 8 && eightArePaper(begin)) {
        begin += 8;
    }
    return std::find_if(begin, end, [](std::uint8_t value) { return value != 0; });
}

PixelBox inkBox(const GrayImage& picture)
{
    int top = 0;
    while (top < picture.height && isPaper(picture.row(top), picture.width)) {
        ++top;
    }
    if (top == picture.height) {
        return {};
    }
    int bottom = picture.height;
    while (isPaper(picture.row(bottom - 1), picture.width)) {
        --bottom;
    }
    int left = picture.width;
    int right = 0;
    for (int y = top; y < bottom; ++y) {
        const std::uint8_t* row = picture.row(y);
        left = static_cast<int>(firstInk(row, row + left) - row);
        right = static_cast<int>(inkEnd(row + right, row + picture.width) - row);
    }
    return {left, top, right - left, bottom - top};
}

} // namespace digitpad
