#include "core/image/normalizer.h"

#include "core/image/arearesampling.h"
#include "core/image/thinink.h"
#include "core/ink/rasterizer.h"

namespace digitpad {

DigitImage normalizePicture(const GrayImage& picture)
{
    const PixelBox box = inkBox(picture);
    if (box.empty()) {
        return {};
    }
    const DigitPatch patch = resampledByArea(picture, box);
    if (!isThinInk(patch, picture, box)) {
        return centred(patch);
    }
    const GrayImage thicker = thickenedInk(picture, box);
    return centred(resampledByArea(thicker, inkBox(thicker)));
}

DigitImage normalizeInk(const Ink& ink, double penWidth)
{
    return centred(rasterizedPatch(ink, penWidth));
}

} // namespace digitpad
