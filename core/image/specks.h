#pragma once

#include "core/image/grayimage.h"

namespace digitpad {

/// A speck is a connected patch of ink (pixels above 0 that touch, corners included) that has less than a
/// hundredth of the largest patch's pixels: dust, noise, dithering, and not a dot that was drawn.
int speckCount(const GrayImage& ink);
void removeSpecks(GrayImage& ink);

/// Clears patches that touch the picture's border, the table beside the sheet or a shadow, where there is
/// other ink of at least a tenth of the largest patch's pixels. (Else the digit itself touches the border.)
void removeEdgeShadows(GrayImage& ink);

} // namespace digitpad
