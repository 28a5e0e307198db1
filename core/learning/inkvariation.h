#pragma once

#include "core/base/random.h"
#include "core/ink/ink.h"

namespace digitpad {

/// The same drawing as the same hand might have made it a moment later: turned, slanted, stretched and bent a
/// little. Times, pressures and widths stay. `strength` 1 is what was found best for few drawings; 0 changes
/// nothing. Points that are not finite stay as they are.
Ink variedInk(const Ink& ink, Random& random, double strength = 1);

} // namespace digitpad
