#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"
#include "core/torch/networks.h"
#include "core/torch/pickledict.h"

#include <cstddef>
#include <memory>
#include <string>

namespace digitpad {

/// A model file is one dict that Python's torch.load opens (in every version, see pickledDict()):
///   format         "digitpad-model"
///   version        raised when an older program could no longer read it rightly
///   architecture   {name, options}: a NetworkDescription's name; {widths, dropout} of its hidden layers in
///                  order, channels of convolutions included, {activation, batch_normalization}, the
///                  network's own where absent, and {outputs}, the number of logits
///   normalization  {mean, std}: of pixels scaled to 0..1
///   class_names    ["0", ..., "9"], in the order of the logits, then, where there are eleven, "no digit"
///   calibration    {temperature}: what the digits' logits are divided by before their softmax, 1 where
///                  absent; {digit_score: {slope, offset, threshold}}: see DigitScoring
///   training       how it came about (strings and numbers, for people): data, the options in
///                  trainingkeys.h, {epochs_trained, validation_accuracy, test_accuracy}
///   weights_crc32  CRC-32 of the weights' bytes, in the network's order; not checked where absent
///   state_dict     {name: tensor}, as Python's load_state_dict takes it
/// Version 1 knew neither outputs, which were ten, nor digit_score. It is read as before; a program that
/// knows version 1 alone refuses version 2 by its number. In version 3 widths of fully connected networks,
/// activation, batch normalisation and dropout may deviate from the network's own; where they do not, version
/// 2 is written, which older programs read.
inline constexpr int modelFormatVersion = 3;
inline constexpr int modelFormatVersionWithoutDetails = 2;

/// Atomic: the file at `path` is there whole or as it was before. May throw c10::Error.
Result<void> writeModelFile(const ModelInfo& info, DigitNet& network, const std::string& path);

struct LoadedModel
{
    ModelInfo info;
    std::shared_ptr<DigitNet> network;
};
/// The largest network here has 2 MiB; a file beyond this is something else.
inline constexpr std::size_t modelSizeLimit = std::size_t{256} << 20U;
/// Checks every part: a file that is no model, another format version, missing, extra or misshapen tensors
/// and weights that are not finite are errors that name what is wrong. Does not throw.
Result<LoadedModel> readModelFile(const std::string& path);

/// The dict of a model file and back, for files that hold more beside it. modelFromDict() throws
/// BadFile, which says what is wrong as readModelFile() does: "its normalisation is missing".
PickleDict modelDict(const ModelInfo& info, DigitNet& network);
LoadedModel modelFromDict(const PickleDict& root);

} // namespace digitpad
