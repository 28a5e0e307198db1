#pragma once

#include "core/base/result.h"
#include "core/image/grayimage.h"

#include <QImage>
#include <QString>

namespace digitpad {

/// Any picture of a digit becomes ink bright on exactly 0, ready for normalizePicture(). Transparency becomes
/// paper, light under dark ink and dark under light ink; colour becomes luminance, or the one primary colour
/// that shows more of the ink; dark ink on a light ground is inverted (see inkextraction.h); an even ground
/// goes to 0 and the ink to 255; noise of photographs and lossy formats below the ink is taken away, uneven
/// light evened out. A clean picture, such as a magnified MNIST image, keeps its values. A picture of one
/// even colour has no ink. Pictures longer than 1536 pixels are scaled down to that, and a frame is cut off,
/// so that the result may be smaller than the picture. `lossy` says that the picture comes from a format like
/// JPEG. Some 50 ms for a megapixel photograph; any thread.
GrayImage inkFromPicture(const QImage& picture, bool lossy);

/// Reads a picture file in any format that Qt reads, whatever its suffix; of an animation the first frame.
/// Applies its orientation, and scales very large ones down while reading. The error names the file and says
/// what is wrong with it: not there, no picture, empty, cut off, over 128 million pixels or 256 MiB. Sets
/// Qt's allocation limit for pictures (512 MB) for the whole process. Takes up to seconds for the largest:
/// not for the GUI thread.
Result<GrayImage> readPicture(const QString& path);

} // namespace digitpad
