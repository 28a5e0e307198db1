#pragma once

#include "core/learning/engine.h"
#include "core/torch/logits.h"

namespace digitpad {

/// Makes a model's confidence and digit score mean something, by images that it was not trained on.
struct Calibration
{
    double temperature = 1;
    DigitScoring scoring;
};

/// By the logits of `set`, whose images without ink are left out. Images need not be many, nor the network
/// any good: see below for what few of them allow.
Calibration calibrate(const Logits& logits, const DigitSet& set);

/// The temperature in [0.2, 10] at which the digits' labels are most likely. A weak prior holds it near 1
/// (the logarithm's standard deviation is one half), which matters below some dozens of images alone: five
/// images read rightly are no reason to be five times as sure.
double fitTemperature(const Logits& logits, const DigitSet& set);

/// The score of DigitScoring, from evidence of digits and of what is none, either of which may be empty.
/// - Slope and offset are those of a logistic regression in which both classes weigh the same (Platt,
///   "Probabilistic Outputs for Support Vector Machines", 1999, with its smoothed targets), 1 and 0 where one
///   of the two is missing. Then both are scaled down until the surest digits stay below 0.999994: beyond,
///   floats near 1 lie so far apart that scores would tie.
/// - The threshold turns away 0.5 % of the digits, by rank. Fewer than 200 digits have no such rank: then it
///   is the lowest score of them, and at most 0.5; without any, 0.5.
DigitScoring fitDigitScoring(const std::vector<double>& digits, const std::vector<double>& noDigits);

} // namespace digitpad
