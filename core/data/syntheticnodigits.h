#pragma once

#include "core/base/random.h"
#include "core/data/digitset.h"
#include "core/data/digitstyles.h"
#include "core/ink/ink.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace digitpad {

/// Letters and signs that nobody takes for a digit, in their mean shapes.
std::span<const DigitStyle> noDigitShapes();

/// Something that a pad may get and that is no digit, as strokes: mostly a letter or a sign from the shapes
/// above, in some person's hand, otherwise a scribble (tangles, zigzags, spirals, waves, loops, hatching,
/// dots) or two digits side by side.
Ink syntheticNoDigit(Random& random);

/// `count` such images, all labelled noDigitLabel, made and repeatable as syntheticDigits() are.
DigitSet syntheticNoDigits(std::size_t count, std::uint64_t seed, const std::function<bool()>& keepGoing);

} // namespace digitpad
