#pragma once

#include "core/image/digitpatch.h"
#include "core/image/grayimage.h"
#include "core/image/inkbox.h"

namespace digitpad {

/// Large pictures of thin lines fade to nothing when they are scaled to 20 px, and no network reads them.
/// MNIST has no such image: the brightest pixel of each of its 70,000 is at least 254.

/// True where scaling took more than three tenths of the ink's brightness, so where its lines are thinner
/// than a target pixel. `patch` is the box of the picture, scaled.
bool isThinInk(const DigitPatch& patch, const GrayImage& picture, const PixelBox& box);

/// The box at a longer side of 160 px with its lines widened by 17 px: such thin lines come out 2.0 to 2.6
/// target pixels wide, much like MNIST's.
GrayImage thickenedInk(const GrayImage& picture, const PixelBox& box);

} // namespace digitpad
