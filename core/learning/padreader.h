#pragma once

#include "core/image/digitimage.h"
#include "core/ink/drawing.h"

namespace digitpad {

/// What a network sees of the pad. Strokes alone are rendered anew at the network's pen width; where there is
/// a picture under them, they are drawn into it as they look. Any thread.
DigitImage digitImage(const PadContent& content);

/// The pad's picture, which there must be, with the strokes drawn into it: a square of the pad's extent at
/// the picture's resolution.
GrayImage padSquare(const PadContent& content);

} // namespace digitpad
