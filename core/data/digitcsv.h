#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"

#include <string>

namespace digitpad {

/// Reads a table of digits as it is commonly shared, plain or gzip: a line for each image, first its label, 0
/// to 9, then the 784 values of 28 × 28 pixels, 0 to 255 row by row, ink bright; between them commas,
/// semicolons or tabs. A first line of names is passed over; where it calls the last column "class" or
/// "label", labels are looked for there. Blank lines are passed over. Anything else is an error that names
/// line and column, and nothing of the file is taken. In one pass, holding no more than the images.
Result<DigitSet> readDigitCsv(const std::string& path, std::string name, const ReadingMonitor& monitor = {});

} // namespace digitpad
