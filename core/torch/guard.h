#pragma once

#include "core/base/result.h"

#include <exception>
#include <new>
#include <string>
#include <utility>

namespace digitpad {

/// Runs `work` and turns every exception, c10::Error too, into an Error whose details keep the full text: no
/// exception crosses the module's edge. `sentence` is the message for the person.
template <class Work>
auto guarded(const std::string& sentence, Work&& work) -> decltype(work())
{
    try {
        return std::forward<Work>(work)();
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::Internal,
                     "There is not enough memory. Close other programs or choose a smaller "
                     "batch or network, then try again."};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal, sentence, exception.what()};
    }
}

} // namespace digitpad
