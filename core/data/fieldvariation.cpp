#include "core/data/variation.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

double pixelAt(const DigitImage& image, int x, int y)
{
    const bool inside = x >= 0 && x < digitSide && y >= 0 && y < digitSide;
    return inside ? static_cast<double>(image.at(x, y)) : 0;
}

/// Bilinear; what lies outside is paper.
double sampleAt(const DigitImage& image, double x, double y)
{
    const int left = static_cast<int>(std::floor(x));
    const int top = static_cast<int>(std::floor(y));
    const double right = x - left;
    const double down = y - top;
    const double above = pixelAt(image, left, top) * (1 - right) + pixelAt(image, left + 1, top) * right;
    const double below =
        pixelAt(image, left, top + 1) * (1 - right) + pixelAt(image, left + 1, top + 1) * right;
    return above * (1 - down) + below * down;
}

/// `size` times as large around the centre of mass, where the normaliser puts it.
DigitImage resized(const DigitImage& image, double size)
{
    constexpr double middle = digitSide / 2.0;
    DigitImage result;
    auto pixel = result.pixels.begin();
    for (int y = 0; y < digitSide; ++y) {
        for (int x = 0; x < digitSide; ++x) {
            const double value = sampleAt(image, (x - middle) / size + middle, (y - middle) / size + middle);
            *pixel++ = static_cast<std::uint8_t>(std::lround(value));
        }
    }
    return result;
}

/// Mean 0, standard deviation 1: the sum of four numbers of 16 bits, near enough to normal for noise and
/// cheap enough for every pixel of every image.
double roughNormal(Random& random)
{
    std::uint64_t bits = random.next();
    double sum = 0;
    for (int i = 0; i < 4; ++i) {
        sum += static_cast<double>(bits & 0xFFFFU);
        bits >>= 16U;
    }
    constexpr double mean = 2 * 65'535.0;
    constexpr double deviation = 37'837.227; // sqrt(4 × (2^32 - 1) / 12)
    return (sum - mean) / deviation;
}

void addNoise(DigitImage& image, double deviation, Random& random)
{
    for (std::uint8_t& pixel : image.pixels) {
        const double value = pixel + deviation * roughNormal(random);
        pixel = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
    }
}

} // namespace

void varyField(DigitImage& image, const AugmentationOptions& options, Random& random)
{
    // Drawn whether wanted or not, so that zooming does not change what the noise is.
    const double size = std::exp(std::clamp(0.08 * options.zoom * random.normal(), -0.25, 0.25));
    if (options.zoom > 0) {
        image = resized(image, size);
    }
    if (options.noise > 0) {
        addNoise(image, 25.5 * options.noise, random);
    }
}

} // namespace digitpad
