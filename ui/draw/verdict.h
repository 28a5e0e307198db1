#pragma once

#include "core/learning/prediction.h"

#include <QString>

namespace digitpad {

/// What the window makes of a prediction.
enum class Verdict {
    Nothing,  ///< No ink.
    Digit,    ///< The guess, said plainly.
    Doubtful, ///< A digit, but torn between two or more.
    NoDigit,  ///< Letter, symbol, scribble: the guess is not said aloud.
};
Verdict verdictOf(const Prediction& prediction);

/// The second most probable digit; -1 for a blank.
int runnerUp(const Prediction& prediction);

/// "Not sure: 4 or 9?" and its like for a doubtful guess.
QString doubtText(const Prediction& prediction);
/// "How digit-like: 12 %"; empty where the model has no such score, and for a blank.
QString digitScoreText(const Prediction& prediction);

} // namespace digitpad
