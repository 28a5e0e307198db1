#include "core/data/digitstyles.h"

#include "core/data/digitstyletables.h"

#include <array>
#include <cstddef>

namespace digitpad {

std::span<const DigitStyle> digitStyles(int digit)
{
    using namespace styletables;
    static const std::array<Styles, 10> table = {zeros(), ones(),  twos(),   threes(), fours(),
                                                 fives(), sixes(), sevens(), eights(), nines()};
    return table[static_cast<std::size_t>(digit)];
}

} // namespace digitpad
