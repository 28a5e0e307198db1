#pragma once

#include "core/image/grayimage.h"

namespace digitpad {

/// The picture at a whole fraction of its size: each pixel is the mean of a block of `factor` × `factor`,
/// what lies beyond the right and lower edges counting as paper. A factor of 1 or less gives a copy. Some 3
/// ms for 16 megapixels.
GrayImage reducedPicture(const GrayImage& picture, int factor);

/// The smallest factor that brings the longer side to `most` pixels or fewer; at least 1.
int reductionFactor(const GrayImage& picture, int most);

} // namespace digitpad
