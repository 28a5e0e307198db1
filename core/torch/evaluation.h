#pragma once

#include "core/learning/engine.h"
#include "core/learning/logitreader.h"
#include "core/torch/logits.h"

namespace digitpad {

/// The figures of logits over the set that they answer; `seconds` is left to the caller. The loss is the mean
/// cross-entropy of the bare logits over the digits, "no digit" among the classes where the network knows it.
/// An image without ink is read as a classifier reads it: not accepted. Of an empty set all figures are 0,
/// and the AUROC is -1.
Evaluation evaluationOf(const Logits& logits, const DigitSet& set, const LogitReader& reader);

/// Mean cross-entropy of the bare logits over all images, those labelled noDigitLabel included; 0 of none.
/// The network must have an output for each label.
double meanCrossEntropy(const Logits& logits, const DigitSet& set);

/// Area under the ROC curve of two samples' scores: the probability that one of `positive` is above one of
/// `negative`, ties counted half (Mann and Whitney's U); -1 where either is empty.
double areaUnderRoc(std::vector<float> positive, std::vector<float> negative);

/// As many threads as the machine has cores, 8 at most.
int evaluationThreads();

} // namespace digitpad
