#pragma once

#include "core/learning/engine.h"

namespace digitpad {

/// The module's Engine; lives as long as the process.
const Engine& torchEngine();

} // namespace digitpad
