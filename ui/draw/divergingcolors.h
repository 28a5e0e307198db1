#pragma once

#include <QColor>

namespace digitpad {

/// Blue for what speaks for something, orange for what speaks against it, dark where nothing is said: apart
/// for every kind of colour vision. The ground is dark in light and dark palettes alike, as the network's
/// picture is.

/// `value` from -1 (against) to 1 (for).
QRgb divergingColor(float value);
/// The same on ink, 0 to 255, which stays visible in grey where it says nothing.
QRgb divergingColorOnInk(float value, int ink);

} // namespace digitpad
