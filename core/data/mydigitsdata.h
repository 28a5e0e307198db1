#pragma once

#include "core/data/datasource.h"
#include "core/data/mydigits.h"

#include <vector>

namespace digitpad {

/// My digits as data, in their order, in `training`; each of them has an image.
LoadedData loadedFrom(const std::vector<MyDigit>& digits);

} // namespace digitpad
