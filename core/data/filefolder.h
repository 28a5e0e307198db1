#pragma once

#include "core/data/datapart.h"

namespace digitpad {

/// A folder of pictures (PNG, JPEG and what else Qt reads) and InkML files, each of one digit: in sub-folders
/// named 0 to 9, or with names that begin with the digit ("7.png", "7-anna.png", "7_12.inkml"); or two such
/// folders, "training" (or "train") and "testing" (or "test"), in it. No value where it holds no file of
/// these kinds at all. Pictures and ink go through the normaliser, in the order of their paths.
///
/// With `withNoDigits` sub-folders of other names are drawings of no digit, unless those look like a digit
/// (lookalikes.h). Files that cannot be read or have no label are left out, and the warnings say so; when
/// none is left, and where there are more than a million files, that is an error.
Result<std::optional<DataPart>> loadFileFolder(const QString& folder, const QString& name, bool withNoDigits,
                                               const ReadingMonitor& monitor);

} // namespace digitpad
