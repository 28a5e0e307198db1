#pragma once

#include <QColor>
#include <QPalette>

namespace digitpad {

/// What a message, a bar or a badge is about; its colours follow from the palette.
enum class Tone { Info, Success, Warning, Error };

struct ToneColors
{
    QColor background;
    QColor border;
    QColor text;   ///< Contrast to the background at least 4.5 : 1.
    QColor accent; ///< For icons and marks; contrast to the background at least 3 : 1.
};
ToneColors toneColors(const QPalette& palette, Tone tone);

/// Whether the palette's windows are dark.
bool isDark(const QPalette& palette);
/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);
/// `part` of `a` in `b`, 0 to 1.
QColor mixed(const QColor& a, const QColor& b, double part);
/// Text that stands back but stays readable (at least 4.5 : 1) on the palette's windows.
QColor secondaryText(const QPalette& palette);

} // namespace digitpad
