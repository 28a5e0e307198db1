#pragma once

#include "core/learning/networks.h"

#include <cstdint>
#include <string>
#include <vector>

namespace digitpad {

/// A line of a network's table.
struct LayerSummary
{
    std::string layer;           ///< "Convolution 5×5"
    std::string output;          ///< Its values for one image: "24 × 28 × 28", or "64".
    std::int64_t parameters = 0; ///< Learned ones; the running statistics of batch normalisation are none.

    bool operator==(const LayerSummary&) const = default;
};

/// From the image to the logits, in order. `outputs` is 10, or 11 with "no digit". Throws
/// std::invalid_argument for an unknown name and for details that checkDetails() refuses.
std::vector<LayerSummary> summarizeNetwork(const std::string& name, const NetworkDetails& details,
                                           int outputs = 10);
/// Likewise.
std::int64_t parameterCount(const std::string& name, const NetworkDetails& details, int outputs = 10);

/// For people: "ReLU" for "relu"; the name itself where it is unknown.
std::string activationTitle(const std::string& activation);

} // namespace digitpad
