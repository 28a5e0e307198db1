#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace digitpad {

/// A point that a stroke passes through, in a box of 100 × 100 units, y downwards.
struct StyleKnot
{
    double x = 0;
    double y = 0;
    bool corner = false; ///< The pen turns sharply here; elsewhere it goes on smoothly.
};

using StyleStroke = std::vector<StyleKnot>;

/// One way to write a digit, in its mean shape: what a hand makes of it is syntheticdigits.h.
struct DigitStyle
{
    std::string_view name;
    double share = 1; ///< How often it is chosen, seen against the digit's other styles.
    std::vector<StyleStroke> strokes;
};

/// The styles of `digit`, 0 to 9; at least one.
std::span<const DigitStyle> digitStyles(int digit);

} // namespace digitpad
