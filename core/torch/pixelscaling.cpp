#include "core/torch/pixelscaling.h"

#include "core/image/digitimage.h"

namespace digitpad {

namespace {

/// A table of 256 floats would be read one pixel after the other, at several times the cost. Rounded to
/// float, it does not show whether the processor has multiplied and added doubles in one instruction or in
/// two.
#if defined(__x86_64__)
__attribute__((target_clones("avx512f", "avx2", "default")))
#endif
void scale(const std::uint8_t* __restrict image, float* __restrict target, double factor, double offset)
{
    for (int i = 0; i < digitPixels; ++i) {
        target[i] = static_cast<float>(image[i] * factor + offset);
    }
}

} // namespace

PixelScaling::PixelScaling(double mean, double standardDeviation)
    : m_factor(1 / (255 * standardDeviation))
    , m_offset(-mean / standardDeviation)
{
}

void PixelScaling::apply(const std::uint8_t* image, float* target) const
{
    scale(image, target, m_factor, m_offset);
}

} // namespace digitpad
