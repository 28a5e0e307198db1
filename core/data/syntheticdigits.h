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

/// One digit as a person might write it, as strokes in a box of about 100 × 100 units: random shape, slant,
/// aspect, waviness, and the styles that networks trained on MNIST alone misread (slashed zeros, flagged and
/// footed ones, barred sevens, open fours, looped and straight twos, ...). `digit` is 0 to 9.
Ink syntheticDigit(int digit, Random& random);

/// The same in one style. Always at least one stroke, each of at least two points.
Ink syntheticDigit(const DigitStyle& style, Random& random);

/// One of the styles, at least one, by chance, each by its share.
const DigitStyle& randomStyle(std::span<const DigitStyle> styles, Random& random);
/// The same of the digit's styles.
const DigitStyle& randomStyle(int digit, Random& random);

/// In target pixels, as MNIST's pens are: 1.6 to 3.9 for the 5th to 95th percentile.
double randomPenWidth(Random& random);

/// `count` images, the classes in equal numbers (to within one) and mixed order, each rendered with a random
/// pen width and passed through the normaliser. The same count and seed give the same labels everywhere, and
/// the same images with one mathematical library; where another rounds sines and roots otherwise, a pixel may
/// differ by a step or two. `keepGoing` is asked now and then (an empty function never says no); when it says
/// false the set ends early.
DigitSet syntheticDigits(std::size_t count, std::uint64_t seed, const std::function<bool()>& keepGoing);

} // namespace digitpad
