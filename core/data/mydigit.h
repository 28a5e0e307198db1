#pragma once

#include "core/image/digitimage.h"
#include "core/ink/ink.h"

#include <QDateTime>
#include <QtGlobal>

#include <memory>

namespace digitpad {

/// A drawing of the person's and the digit that they say it is. Cheap to copy, safe to hand to another
/// thread.
struct MyDigit
{
    /// Names it until the program ends; above 0, never given twice, not in the file.
    quint64 id = 0;
    /// In pad units (see Drawing::side) where it was drawn here, in the unit of its file where it was
    /// imported; with brush widths, times and pressure.
    Ink ink;
    int digit = -1;  ///< 0 to 9.
    QDateTime added; ///< In UTC; invalid where the file does not say.
    /// What a network sees of it: normalizeInk(ink). Null for the moment that it takes to make it.
    std::shared_ptr<const DigitImage> image;
};

} // namespace digitpad
