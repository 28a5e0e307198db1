#pragma once

#include <ATen/Context.h>

namespace digitpad {

/// While it lives, this thread and those started from it take numbers below 1e-38 for 0. What an optimizer
/// remembers of a unit that has fallen silent decays to such numbers and stays there, and each of them takes
/// a processor a hundred times as long as another.
class FlushDenormals
{
public:
    FlushDenormals() { at::globalContext().setFlushDenormal(true); }
    ~FlushDenormals() { at::globalContext().setFlushDenormal(false); }
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;
};

} // namespace digitpad
