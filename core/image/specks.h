#pragma once

#include "core/image/grayimage.h"

namespace digitpad {

/// A speck is a connected patch of ink (pixels above 0 that touch, corners included) that has less than a
/// hundredth of the largest patch's pixels: dust, noise, dithering, and not a dot that was drawn.
int speckCount(const GrayImage& ink);
void removeSpecks(GrayImage& ink);

} // namespace digitpad
