#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace digitpad {

/// DigitPad's own line drawings, in the colour of the application's text at the size and scale that is asked
/// for: light and dark palettes need nothing more. They are read when they are first painted, not before.
enum class Icon {
    Pen,
    Eraser,
    Undo,
    Redo,
    Clear,
    Open,
    Save,
    Model,
    Play,
    Stop,
    Pause,
    Step,
    StepFar,
    Download,
    Info,
    Success,
    Warning,
    Error,
    Close,
};

QIcon icon(Icon which);
/// One of them in a colour of its own; `side` in logical pixels.
QPixmap tintedPixmap(Icon which, int side, double devicePixelRatio, const QColor& color);

} // namespace digitpad
