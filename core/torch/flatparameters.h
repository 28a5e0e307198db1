#pragma once

#include "core/torch/networks.h"

#include <torch/types.h>

namespace digitpad {

/// Moves all parameters of `network` into one new tensor, which is returned: afterwards the parameters are
/// views into it, in their order, each aligned for vector instructions, zeros between. On the network's
/// device.
torch::Tensor flattenParameters(DigitNet& network);

/// Makes the parameters of `network` views into `flat`, as flattenParameters() of a network of the same kind
/// returned it. Their values are then the other's.
void shareParameters(DigitNet& network, const torch::Tensor& flat);

/// The same for the gradients; `flat` is new, zero, and returned.
torch::Tensor flattenGradients(DigitNet& network);

/// Of a flat tensor laid out like the above, a new one that is 1 where weight decay has its place and 0
/// elsewhere: biases and what batch normalisation multiplies by, the parameters of one dimension, are spared.
torch::Tensor decayMask(DigitNet& network);

} // namespace digitpad
