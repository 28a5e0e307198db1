#pragma once

#include "core/ink/ink.h"

namespace digitpad {

/// Ink from a file or another program, made ready for a pad of `side` × `side` units: points that are not
/// finite and strokes without points are left out, and strokes of unknown width get `usualWidth`. With
/// `scale`, ink that lies outside of the pad, or is so small that its unit must be another, is scaled to
/// three fifths of the pad and moved to its middle, and known widths with it, to no less than a hundredth and
/// no more than a fifth of the pad.
Ink fitToPad(const Ink& ink, float side, float usualWidth, bool scale);

} // namespace digitpad
