#pragma once

#include "core/image/grayimage.h"

namespace digitpad {

/// Clears connected patches of ink (pixels above 0 that touch, corners included) that have less than a
/// hundredth of the largest patch's pixels: dust and noise, not a dot that was drawn.
void removeSpecks(GrayImage& ink);

} // namespace digitpad
