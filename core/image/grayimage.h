#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace digitpad {

/// An 8-bit picture, row-major without padding, ink bright: 0 is paper, 255 is full ink.
struct GrayImage
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    GrayImage() = default;
    GrayImage(int columns, int rows)
        : width(columns)
        , height(rows)
        , pixels(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows))
    {
    }

    [[nodiscard]] bool empty() const { return pixels.empty(); }
    [[nodiscard]] const std::uint8_t* row(int y) const
    {
        return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
    [[nodiscard]] std::uint8_t* row(int y)
    {
        return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }

    bool operator==(const GrayImage&) const = default;
};

} // namespace digitpad
