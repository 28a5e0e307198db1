#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace digitpad {

/// The `count` samples of `set` (at most all) that `model` is least sure of: those to whose label it gives
/// the lowest probability, the lowest first. What a model forgets first when it learns something new is among
/// them. Runs on as many threads as there are cores, two at most; `keepGoing` is asked from any of them, and
/// false ends with ErrorCode::Cancelled.
Result<std::vector<std::size_t>> hardestSamples(const Model& model, const DigitSet& set, std::size_t count,
                                                const std::function<bool()>& keepGoing);

} // namespace digitpad
