#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/torch/networks.h"
#include "core/torch/pixeltable.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace digitpad {

/// A network's answers to all images of a set, in the set's order.
struct Logits
{
    std::size_t outputs = digitClasses; ///< DigitNet::outputs().
    std::vector<float> values;          ///< Images × outputs.

    [[nodiscard]] const float* row(std::size_t image) const { return values.data() + image * outputs; }
};

/// Forwards of `network`, in evaluation mode, over `set`. Several threads share the network, each with one
/// intra-op thread; the answers do not depend on their number. The network's mode is restored. `keepGoing`,
/// where there is one, is asked between batches, on the calling thread; false ends with
/// ErrorCode::Cancelled.
Result<Logits> computeLogits(DigitNet& network, const PixelTable& pixels, const DigitSet& set, int threads,
                             const std::function<bool()>& keepGoing);

} // namespace digitpad
