#pragma once

#include "core/data/digitstyles.h"

#include <vector>

/// What digitstyles.cpp puts together; nobody else needs it.
namespace digitpad::styletables {

using Styles = std::vector<DigitStyle>;

inline StyleKnot at(double x, double y)
{
    return {x, y, false};
}

inline StyleKnot corner(double x, double y)
{
    return {x, y, true};
}

inline StyleStroke joined(StyleStroke first, const StyleStroke& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

Styles zeros();
Styles ones();
Styles twos();
Styles threes();
Styles fours();
Styles fives();
Styles sixes();
Styles sevens();
Styles eights();
Styles nines();

} // namespace digitpad::styletables
