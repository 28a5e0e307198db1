#pragma once

#include "core/image/digitpatch.h"
#include "core/image/grayimage.h"

namespace digitpad {

/// A rectangle of whole pixels.
struct PixelBox
{
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

/// The smallest box around all pixels above 0; empty where there is none.
PixelBox inkBox(const GrayImage& picture);

/// Scales the box so that its longer side is 20 px: each target pixel is the mean of the part of the picture
/// that it covers, by whole numbers and so exactly, whether that enlarges or reduces. The grid begins at the
/// box's top left corner; what lies outside of the box counts as paper. The box lies inside of the picture
/// and is not empty.
DigitPatch resampledByArea(const GrayImage& picture, const PixelBox& box);

} // namespace digitpad
