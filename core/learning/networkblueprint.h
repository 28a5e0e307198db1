#pragma once

#include "core/learning/networks.h"

#include <cstdint>
#include <string>
#include <vector>

namespace digitpad {

enum class Pooling {
    None,
    Maximum, ///< Of 2×2 values, a last odd row or column left out.
    Average, ///< Likewise.
};

struct ConvolutionLayer
{
    int channels = 0;
    int kernel = 3; ///< Odd.
    Pooling pooling = Pooling::None;
    bool padded = true; ///< With zeros, so that the output is as large as the input.
};

/// A network laid out in full, layer by layer: what LibTorch's modules and the summary are both made from.
///
/// 1×28×28 → for each convolution: convolution, batch normalisation, activation, pooling → flattened, or the
/// mean of each channel → dropout → for each hidden layer: linear, batch normalisation (of networks without
/// convolutions), activation, dropout → linear, the logits.
struct NetworkBlueprint
{
    std::vector<ConvolutionLayer> convolutions; ///< None: fully connected.
    bool channelMeans = false;                  ///< Instead of flattening.
    std::vector<int> hiddenWidths;
    std::string activation; ///< One of activationNames().
    bool batchNormalization = false;
    double dropout = 0; ///< Behind the last hidden layer; behind every one of a fully connected network.

    [[nodiscard]] bool fullyConnected() const { return convolutions.empty(); }
    /// Between the convolutions and the first hidden layer: twice the dropout, because there are many more
    /// values and they are alike.
    [[nodiscard]] double flatDropout() const;
    /// Behind hidden layer `index`, from 0.
    [[nodiscard]] double hiddenDropout(std::size_t index) const;
    /// Of the image that convolution `index` makes, after pooling; `index` -1 for the input.
    [[nodiscard]] int sideAfter(int index) const;
    /// Values an image goes to the first linear layer with.
    [[nodiscard]] std::int64_t flatSize() const;
};

/// Of the network of that name, with its own values for what the details leave empty. Throws
/// std::invalid_argument for an unknown name and for details that checkDetails() refuses.
NetworkBlueprint blueprintOf(const std::string& name, const NetworkDetails& details);

} // namespace digitpad
