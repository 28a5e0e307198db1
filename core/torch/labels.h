#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"

#include <cstddef>
#include <cstdint>

namespace digitpad {

/// Whether the set holds images labelled noDigitLabel.
bool hasNoDigits(const DigitSet& set);

/// Whether an image has no ink at all; such an image is never shown to a network for a reading.
bool isBlank(const DigitSet& set, std::size_t index);

/// An error where a label is `outputs` or above: a network of so many outputs does not know it.
Result<void> checkLabels(const DigitSet& set, std::int64_t outputs);

} // namespace digitpad
