#pragma once

#include <ctime>

namespace digitpad::test {

/// Milliseconds of the processor that this thread used so far: what other programs do meanwhile does not
/// count.
inline double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace digitpad::test
