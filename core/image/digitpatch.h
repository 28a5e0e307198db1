#pragma once

#include "core/image/digitimage.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace digitpad {

inline constexpr int patchSide = 20;

/// A digit scaled to MNIST's 20 px but not yet placed in the 28×28 field: row-major, 0–255, ink bright. The
/// ink's box begins at the top left corner.
struct DigitPatch
{
    std::array<std::uint8_t, static_cast<std::size_t>(patchSide) * patchSide> pixels{};

    [[nodiscard]] std::uint8_t& at(int x, int y)
    {
        return pixels[static_cast<std::size_t>(y * patchSide + x)];
    }
    [[nodiscard]] std::uint8_t at(int x, int y) const
    {
        return pixels[static_cast<std::size_t>(y * patchSide + x)];
    }
};

/// Puts the patch into the field by the whole-pixel shift that brings its centre of mass nearest to (14, 14)
/// in pixel-index coordinates, so into [13.5, 14.5], without pushing ink out of the field. Of two equally
/// near places the left or upper one is taken: so stand the three images of MNIST where it matters. A blank
/// patch gives a blank image.
DigitImage centred(const DigitPatch& patch);

} // namespace digitpad
