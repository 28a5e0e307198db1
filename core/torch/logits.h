#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/learning/logits.h"
#include "core/torch/networks.h"
#include "core/torch/pixelscaling.h"

#include <cstddef>
#include <functional>

namespace digitpad {

/// Forwards of `network`, in evaluation mode, over `set`. Several threads share the network, each with one
/// intra-op thread; the answers do not depend on their number. The network's mode is restored. `keepGoing`,
/// where there is one, is asked between batches, on the calling thread; false ends with
/// ErrorCode::Cancelled.
Result<Logits> computeLogits(DigitNet& network, const PixelScaling& pixels, const DigitSet& set, int threads,
                             const std::function<bool()>& keepGoing);

/// The same of anything that answers a batch, N×1×28×28 normalised floats, with N×outputs logits. `forward`
/// is called by all threads at once. `progress`, where there is one, is asked in place of keepGoing, with the
/// number of images answered so far.
using BatchForward = std::function<torch::Tensor(const torch::Tensor&)>;
using LogitProgress = std::function<bool(std::size_t imagesDone)>;
Result<Logits> computeLogits(const BatchForward& forward, std::size_t outputs, const PixelScaling& pixels,
                             const DigitSet& set, int threads, const LogitProgress& progress);

} // namespace digitpad
