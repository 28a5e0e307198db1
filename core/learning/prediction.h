#pragma once

#include "core/image/digitimage.h"

#include <array>
#include <string>

namespace digitpad {

/// What a network says of one 28×28 image.
struct Prediction
{
    DigitImage image; ///< The bytes that the network got.
    /// Calibrated softmax over the ten digits, given that it is one; sums to 1. All zero for a blank image.
    std::array<float, digitClasses> probabilities{};
    int digit = -1;       ///< The most probable class, also where it is not accepted; -1 for a blank image.
    float confidence = 0; ///< Its probability.
    /// 0 to 1, higher is more like a digit; 0 for a blank image, -1 where the model has no such score.
    float digitScore = -1;
    /// Like enough to a digit: the score reaches the model's threshold, or, where the model has no score, the
    /// confidence reaches `acceptanceThreshold`. Never for a blank.
    bool accepted = false;
    double forwardMicroseconds = 0; ///< Time of the forward pass alone.
};

/// Below this probability a guess is shown as "not sure"; where the model has no digit score, it is not
/// accepted either.
inline constexpr float acceptanceThreshold = 0.5F;

/// Why a prediction is not accepted, as a sentence for the person; empty where it is.
std::string rejectionReason(const Prediction& prediction);

} // namespace digitpad
