#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace digitpad {

inline constexpr int digitSide = 28;
inline constexpr int digitPixels = digitSide * digitSide;
inline constexpr int digitClasses = 10;

/// What a network sees: 28×28 row-major, 0–255, ink bright, laid out as MNIST is. The normaliser makes it.
struct DigitImage
{
    std::array<std::uint8_t, digitPixels> pixels{};

    [[nodiscard]] std::uint8_t at(int x, int y) const
    {
        return pixels[static_cast<std::size_t>(y * digitSide + x)];
    }
    /// True where there is no ink at all: an empty pad, a white picture.
    [[nodiscard]] bool blank() const
    {
        return std::all_of(pixels.begin(), pixels.end(), [](std::uint8_t p) { return p == 0; });
    }

    bool operator==(const DigitImage&) const = default;
};

} // namespace digitpad
