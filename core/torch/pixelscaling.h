#pragma once

#include <cstdint>

namespace digitpad {

/// Pixel byte → what the network gets: (byte / 255 - mean) / standardDeviation.
class PixelScaling
{
public:
    PixelScaling(double mean, double standardDeviation);
    /// Writes 784 floats, each rounded once.
    void apply(const std::uint8_t* image, float* target) const;

private:
    double m_factor;
    double m_offset;
};

} // namespace digitpad
