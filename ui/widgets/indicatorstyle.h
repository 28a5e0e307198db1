#pragma once

namespace digitpad {

/// Lets boxes that are not ticked and buttons that are down be seen on dark palettes. Fusion, the style where
/// a desktop brings none, draws both in a darker shade of the window, which is black on black there; the
/// application's style is replaced by one that differs from it in that alone. Other styles stay as they are.
/// To be called once, when there is a QApplication.
void useVisibleIndicators();

} // namespace digitpad
