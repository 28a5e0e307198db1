#include "core/torch/pixeltable.h"

#include "core/image/digitimage.h"

#include <cstddef>

namespace digitpad {

PixelTable::PixelTable(double mean, double standardDeviation)
{
    for (std::size_t byte = 0; byte < m_values.size(); ++byte) {
        m_values[byte] = static_cast<float>((static_cast<double>(byte) / 255.0 - mean) / standardDeviation);
    }
}

void PixelTable::apply(const std::uint8_t* image, float* target) const
{
    for (int i = 0; i < digitPixels; ++i) {
        target[i] = m_values[image[i]];
    }
}

} // namespace digitpad
