#pragma once

#include "core/ink/inkparts.h"

#include <vector>

namespace digitpad {

/// Parts that are read together, from left to right.
struct TextLine
{
    std::vector<InkPart> parts; ///< By their centres, from left to right.
    double height = 1;          ///< Of its digits, above 0: the median of what stands out.
};

/// Puts the parts into lines, top to bottom: what overlaps in height is one line, a bar or a dot goes to the
/// nearest. Dots far smaller than the digits join what they touch and are left out elsewhere. Where more than
/// a handful of parts crowd together in one digit's width, the nearest of them are joined, so that a line has
/// a bounded number of parts for its length. O(n log n).
std::vector<TextLine> textLines(std::vector<InkPart> parts);

/// No more than this many parts stand within `crowdWidth` line heights.
inline constexpr std::size_t mostCrowded = 7;
inline constexpr double crowdWidth = 0.6;

} // namespace digitpad
