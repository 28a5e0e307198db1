#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"
#include "core/torch/networks.h"

#include <memory>
#include <string>

namespace digitpad {

/// A model file is one dict that Python's torch.load opens:
///   format         "digitpad-model"
///   version        1; raised when an older program could no longer read it rightly
///   architecture   {name, options}: a NetworkDescription's name, and {widths, dropout} of its hidden layers
///   normalization  {mean, std}: of pixels scaled to 0..1
///   class_names    ["0", ..., "9"], in the order of the logits
///   calibration    {temperature}: what logits are divided by before the softmax; 1 where absent
///   training       how it came about (strings and numbers, for people)
///   weights_crc32  CRC-32 of the weights' bytes, in the network's order; not checked where absent
///   state_dict     {name: tensor}, as Python's load_state_dict takes it
inline constexpr int modelFormatVersion = 1;

/// Atomic: the file at `path` is there whole or as it was before. May throw c10::Error.
Result<void> writeModelFile(const ModelInfo& info, DigitNet& network, const std::string& path);

struct LoadedModel
{
    ModelInfo info;
    std::shared_ptr<DigitNet> network;
};
/// Checks every part: a file that is no model, another format version, missing, extra or misshapen tensors
/// and weights that are not finite are errors that name what is wrong. Does not throw.
Result<LoadedModel> readModelFile(const std::string& path);

} // namespace digitpad
