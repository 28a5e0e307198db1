#pragma once

#include "core/learning/engine.h"
#include "core/torch/networks.h"
#include "core/torch/replicas.h"

#include <functional>

namespace digitpad {

/// Cross-entropy and confusion matrix of `network`, in evaluation mode, over `set`. Several threads share the
/// network, each with one intra-op thread; the figures do not depend on their number. The network's mode is
/// restored. `keepGoing` is asked between batches, from any of the threads; false ends with
/// ErrorCode::Cancelled.
Result<Evaluation> evaluate(DigitNet& network, const PixelTable& pixels, const DigitSet& set, int threads,
                            const std::function<bool()>& keepGoing);

/// As many threads as the machine has cores, 8 at most.
int evaluationThreads();

} // namespace digitpad
