#pragma once

#include "core/learning/explanation.h"
#include "core/torch/networks.h"
#include "core/torch/pixelscaling.h"

namespace digitpad {

/// Integrated gradients along the straight path from the blank image, by the midpoint rule with 32 points: a
/// map's sum is within 0.05 + 3 % of the difference that it explains. `network` is in
/// evaluation mode and not changed; several threads may ask the same one. `digit` and `rival` are 0 to 9.
Explanation explainReading(DigitNet& network, const PixelScaling& pixels, const DigitImage& image, int digit,
                           int rival);

} // namespace digitpad
