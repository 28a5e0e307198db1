#pragma once

#include "core/image/digitimage.h"

#include <array>
#include <cstddef>
#include <vector>

namespace digitpad {

/// What the first layer answers to one image. Of a convolution, `count` maps of width × height; of a fully
/// connected layer, `count` single values (width and height 1). After batch normalisation and ReLU.
struct LayerResponses
{
    int count = 0;
    int width = 0;
    int height = 0;
    std::vector<float> values; ///< count × height × width, at least 0.
    /// The weights that made them: count × filterHeight × filterWidth, any sign.
    int filterWidth = 0;
    int filterHeight = 0;
    std::vector<float> filters;
};

/// Why a network reads an image as it does: integrated gradients from the blank image (Sundararajan, Taly and
/// Yan, "Axiomatic Attribution for Deep Networks", 2017). Each map is 28×28 row-major, in logits: positive
/// ink spoke for, negative against, and a map's sum is the difference of the logit (or of the two logits)
/// between this image and a blank one, up to the error of the sum over the path.
struct Explanation
{
    int digit = -1;
    int rival = -1;
    std::array<float, digitPixels> forDigit{};     ///< Of the digit's logit.
    std::array<float, digitPixels> againstRival{}; ///< Of the digit's logit minus the rival's.
    LayerResponses firstLayer;
};

} // namespace digitpad
