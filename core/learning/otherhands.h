#pragma once

#include "core/base/result.h"
#include "core/learning/handlearning.h"

#include <functional>

namespace digitpad {

/// Digits of other hands for learnHand(): a random part of MNIST's training images and its test images where
/// MNIST is on this machine and whole, else the built-in synthetic digits. Reads from disk and takes up to a
/// second or two: not for the GUI thread. `keepGoing` is asked now and then; false ends with
/// ErrorCode::Cancelled.
Result<OtherHands> loadOtherHands(const std::function<bool()>& keepGoing);

} // namespace digitpad
