#pragma once

#include "core/image/grayimage.h"
#include "core/ink/strokeeraser.h"

#include <QRectF>

namespace digitpad {

/// Whether the eraser comes near any ink of a picture that lies at `area` in the eraser's unit.
bool touchesInk(const GrayImage& picture, const QRectF& area, const EraserStep& step);

/// Sets the pixels whose centres the eraser covers to 0.
void wipe(GrayImage& picture, const QRectF& area, const EraserStep& step);

} // namespace digitpad
