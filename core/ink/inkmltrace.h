#pragma once

#include "core/base/result.h"
#include "core/ink/ink.h"
#include "core/ink/inklimits.h"

#include <string_view>
#include <vector>

namespace digitpad {

/// One channel of an InkML traceFormat.
struct InkMlChannel
{
    enum class Role { Other, X, Y, Time, Force };

    Role role = Role::Other;
    double scale = 1; ///< value × scale + offset is what an InkPoint holds.
    double offset = 0;
    bool intermittent = false; ///< A point may leave it out.
};

/// In the order in which a point gives its values; X and Y where a file declares nothing.
using InkMlFormat = std::vector<InkMlChannel>;
InkMlFormat defaultInkMlFormat();

/// Reads the text of a <trace>: points separated by commas, values explicit (!), as first (') or second (")
/// difference, repeated (*), unknown (?), boolean (T, F) or hexadecimal (#1F), each prefix valid until the
/// next for that channel. Points without x or y are left out, so the stroke may come back without points. The
/// error's message is what follows “a trace with ”. At most `maximumPoints`.
Result<Stroke> parseInkMlTrace(std::string_view text, const InkMlFormat& format, TimeOrigin& origin);

} // namespace digitpad
