#pragma once

#include "core/torch/networks.h"

#include <ATen/core/List.h>

#include <cstdint>
#include <string>

/// What the reader and the writer of model files have in common; see core/torch/modelfile.h.
namespace digitpad {

inline constexpr const char* modelFormatName = "digitpad-model";

/// The digits in order, then, of noDigitOutputs, "no digit".
c10::List<std::string> classNames(std::int64_t outputs);

/// Over all parameters and buffers in the network's order. LibTorch's reader does not look at the archive's
/// own checksums, so a damaged weight would go unseen.
std::int64_t weightsChecksum(DigitNet& network);

} // namespace digitpad
