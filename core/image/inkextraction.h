#pragma once

#include "core/image/grayimage.h"

namespace digitpad {

/// Finds the ink of a picture of luminances, 0 black to 255 white, and returns it bright on exactly 0.
///
/// The ground is what the border shows, and ink lies on that side of it, dark or light, where more of the
/// picture departs from it. A frame of another colour around the picture is peeled off first, so that the
/// result may be smaller. Where the ground is one exact value (`lossy` false and little in the picture is
/// faint), differences from it stay as they are, or are stretched to 255 where the contrast is low.
/// Otherwise, so with photographs and lossy formats, the ground is followed across the picture (a coarse grid
/// of medians, with ink taken out), and what stands out from it by less than a third of the ink, or by less
/// than the noise allows, becomes paper; so do specks,
/// and what comes in from the border beside the ink. A picture of one colour, or with nothing but noise,
/// has no ink.
GrayImage extractInk(const GrayImage& luminance, bool lossy);

} // namespace digitpad
