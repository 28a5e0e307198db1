#pragma once

#include "core/image/grayimage.h"

#include <QImage>

namespace digitpad {

/// The picture's brightness, 0 black to 255 white; grey pictures keep their values. Where the colours say
/// more than the brightness (yellow on white), the one of red, green and blue that tells the most is taken.
/// Transparent parts become paper: where the opaque part is a drawing, black under light ink and white under
/// dark ink; where it is itself a sheet, the sheet's colour. The picture is not null.
GrayImage luminanceOf(const QImage& picture);

} // namespace digitpad
