#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"

#include <memory>
#include <string>

/// Files of networks that DigitPad did not write.
namespace digitpad {

/// Of a file's content. Runs nothing of it; what cannot be read counts as a damaged DigitPad model, whose
/// reader says what is wrong.
ModelFileInfo inspectModelBytes(const std::string& bytes);

/// The first of the networks here whose tensors have just these names and shapes; hidden layers of fully
/// connected networks may have any width, and an eleventh output is "no digit". Activation and dropout are
/// the network's own, for a dict does not say.
Result<std::shared_ptr<const Model>> modelFromStateDict(const std::string& bytes,
                                                        const PixelStatistics& normalization);

} // namespace digitpad
