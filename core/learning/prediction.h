#pragma once

#include "core/image/digitimage.h"

#include <array>
#include <string>

namespace digitpad {

/// What a network says of one 28×28 image.
struct Prediction
{
    DigitImage image;                                ///< The bytes that the network got.
    std::array<float, digitClasses> probabilities{}; ///< Softmax; sums to 1. All zero for a blank image.
    int digit = -1;                                  ///< The most probable class; -1 for a blank image.
    float confidence = 0;                            ///< Its probability.
    bool accepted = false;          ///< Confident enough to be called a digit; never for a blank.
    double forwardMicroseconds = 0; ///< Time of the forward pass alone.
};

/// Below this probability a guess is shown as "not sure", and `Prediction::accepted` is false.
inline constexpr float acceptanceThreshold = 0.5F;

} // namespace digitpad
