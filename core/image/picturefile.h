#pragma once

#include "core/base/result.h"
#include "core/image/grayimage.h"

#include <QImage>
#include <QString>

namespace digitpad {

/// Any picture of a digit becomes ink bright on exactly 0, ready for normalizePicture(): transparency goes on
/// white, colour to luminance, dark ink on a light ground is inverted (the border tells), an even ground goes
/// to 0 and the ink's brightest to 255, noise of photographs and lossy formats below the ink is taken away. A
/// clean picture, such as a magnified MNIST image, keeps its values. A picture of one even colour has no ink.
GrayImage inkFromPicture(const QImage& picture, bool lossy);

/// Reads a picture file in any format that Qt reads, applies its orientation, and scales very large ones down
/// while reading. The error names the file and says what is wrong with it.
Result<GrayImage> readPicture(const QString& path);

} // namespace digitpad
