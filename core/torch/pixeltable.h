#pragma once

#include <array>
#include <cstdint>

namespace digitpad {

/// Pixel byte → what the network gets: (byte / 255 - mean) / standardDeviation.
class PixelTable
{
public:
    PixelTable(double mean, double standardDeviation);
    /// Writes 784 floats.
    void apply(const std::uint8_t* image, float* target) const;

private:
    std::array<float, 256> m_values;
};

} // namespace digitpad
