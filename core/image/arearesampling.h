#pragma once

#include "core/image/digitpatch.h"
#include "core/image/grayimage.h"
#include "core/image/inkbox.h"

namespace digitpad {

/// Scales the box so that its longer side is 20 px: each target pixel is the mean of the part of the picture
/// that it covers, by whole numbers and so exactly, whether that enlarges or reduces. The grid begins at the
/// box's top left corner; what lies outside of the box counts as paper. The box lies inside of the picture
/// and is not empty.
DigitPatch resampledByArea(const GrayImage& picture, const PixelBox& box);

} // namespace digitpad
