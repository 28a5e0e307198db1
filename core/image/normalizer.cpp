#include "core/image/normalizer.h"

#include "core/image/arearesampling.h"
#include "core/ink/rasterizer.h"

namespace digitpad {

DigitImage normalizePicture(const GrayImage& picture)
{
    const PixelBox box = inkBox(picture);
    return box.empty() ? DigitImage{} : centred(resampledByArea(picture, box));
}

DigitImage normalizeInk(const Ink& ink, double penWidth)
{
    return centred(rasterizedPatch(ink, penWidth));
}

} // namespace digitpad
