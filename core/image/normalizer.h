#pragma once

#include "core/image/digitimage.h"
#include "core/image/grayimage.h"
#include "core/ink/ink.h"
#include "core/ink/rasterizer.h"

namespace digitpad {

/// The one path from any picture or ink to what a network sees: the rule by which MNIST was made, as the
/// QMNIST reconstruction found it (Yadav and Bottou, "Cold Case: The Lost MNIST Digits", 2019).
///   1. The ink's bounding box is scaled by area so that its longer side is 20 px.
///   2. The centre of mass of those bytes, in pixel-index coordinates, goes to (14, 14) by a whole-pixel
///   shift.
/// There is no deskewing and no sub-pixel shift. An MNIST image comes back unchanged, at any offset and at
/// any integer magnification. Both functions are pure and may run on any thread.

/// `picture` is ink bright on 0; every pixel above 0 is ink, so noise must be gone (see picturefile.h). Lines
/// that would be thinner than a target pixel, in a large picture drawn with a thin pen, are widened first,
/// see thinink.h. No ink gives a blank image.
DigitImage normalizePicture(const GrayImage& picture);

/// Strokes are rendered anew at MNIST's pen width, about an eighth of the box, so that neither the brush nor
/// the size nor the place matters; pressure is for the eye only. A drawing smaller than a tenth of its brush
/// is a dot. Points that are not finite are left out. No points give a blank image. `penWidth` is in target
/// pixels, above 0 and below 20; another than MNIST's is for training data that shall vary.
DigitImage normalizeInk(const Ink& ink, double penWidth = mnistPenWidth);

} // namespace digitpad
