#pragma once

namespace digitpad {

/// Milliseconds to wait for what must come. A machine that is busy with other things, or has sanitizers to
/// carry, lets training wait for many seconds: its threads step back behind everything else.
inline constexpr int longTime = 120'000;

} // namespace digitpad
