#pragma once

#include "core/base/random.h"

#include <cmath>
#include <numbers>

namespace digitpad {

/// One slow ripple of the plane, in a box of 100 × 100 units: how far it moves a point along one axis.
struct Wave
{
    double alongX = 0; ///< Radians per unit.
    double alongY = 0;
    double phase = 0;
    double amplitude = 0;

    /// `strength` is the standard deviation of the amplitude, in units.
    Wave(double strength, Random& random)
        : alongX(random.normal() * 0.035)
        , alongY(random.normal() * 0.035)
        , phase(random.uniform(0, 2 * std::numbers::pi))
        , amplitude(random.normal() * strength)
    {
    }
    [[nodiscard]] double at(double x, double y) const
    {
        return amplitude * std::sin(alongX * x + alongY * y + phase);
    }
};

} // namespace digitpad
