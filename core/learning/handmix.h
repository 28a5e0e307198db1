#pragma once

#include "core/base/result.h"
#include "core/learning/engine.h"
#include "core/learning/handlearning.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace digitpad {

/// Which drawings are held out together: stratified, so that every fold has of every digit as many as any
/// other, to within one. The value is 0 to `folds` - 1, or -1 for a drawing that is never held out because it
/// is the only one of its digit.
std::vector<int> dealIntoFolds(const std::vector<LabelledInk>& drawings, int folds, std::uint64_t seed);

/// Digits of other hands, as one learning mixes them in.
struct MixedOthers
{
    DigitSet digits;
    DigitSet hard;     ///< Those of `digits` that the model is least sure of; may be empty.
    DigitSet noDigits; ///< Empty where the model does not know them.
};

/// What one learning sees: own drawings, each drawn anew every time, and digits of other hands as they are.
/// The network's images of one epoch; `drawings` and `others` are copied as far as they are needed, and
/// `name` is what the result says it was trained on.
TrainingData mixWithOthers(const std::vector<LabelledInk>& drawings, const MixedOthers& others,
                           const HandLearningOptions& options, const std::string& name);

/// The drawings as a network sees them.
DigitSet imagesOf(const std::vector<LabelledInk>& drawings);

} // namespace digitpad
