#pragma once

#include <cstddef>
#include <functional>

namespace digitpad {

/// How far the reading of data has come.
struct ReadingProgress
{
    std::size_t images = 0; ///< So far.
    double part = -1;       ///< Of the whole, 0 to 1; -1 where nobody can tell.
};

/// Asked now and then, on the reader's thread, while data are read; false ends the reading with
/// ErrorCode::Cancelled. An empty one never does.
using ReadingMonitor = std::function<bool(const ReadingProgress&)>;

} // namespace digitpad
