#include "core/data/variation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace digitpad {

namespace {

constexpr double rippleAmplitude = 2;

PlaneMatrix randomMatrix(const AugmentationOptions& options, Random& random)
{
    const double degrees = std::clamp(5 * options.rotate * random.normal(), -14.0, 14.0);
    const double slant = std::clamp(0.12 * options.slant * random.normal(), -0.35, 0.35);
    const double stretch = std::exp(std::clamp(0.12 * options.stretch * random.normal(), -0.3, 0.3));
    const double cosine = std::cos(degrees * std::numbers::pi / 180);
    const double sine = std::sin(degrees * std::numbers::pi / 180);
    // Stretched, then slanted, then turned.
    return {cosine * stretch, -cosine * slant - sine, sine * stretch, -sine * slant + cosine};
}

} // namespace

PlaneVariation::PlaneVariation(const AugmentationOptions& options, Random& random)
    : m_matrix(randomMatrix(options, random))
    , m_across{Wave(rippleAmplitude * options.bend, random), Wave(rippleAmplitude * options.bend, random)}
    , m_down{Wave(rippleAmplitude * options.bend, random), Wave(rippleAmplitude * options.bend, random)}
{
}

double PlaneVariation::greatestRipple() const
{
    return std::max(std::abs(m_across[0].amplitude) + std::abs(m_across[1].amplitude),
                    std::abs(m_down[0].amplitude) + std::abs(m_down[1].amplitude));
}

} // namespace digitpad
