#include "ui/draw/verdict.h"

#include "ui/draw/probabilitybars.h"

#include <QCoreApplication>

namespace digitpad {

namespace {

/// A second guess at least this much as probable as the best is named beside it.
constexpr float closeSecond = 0.4F;

QString text(const char* source)
{
    return QCoreApplication::translate("digitpad::Verdict", source);
}

} // namespace

Verdict verdictOf(const Prediction& prediction)
{
    if (prediction.digit < 0) {
        return Verdict::Nothing;
    }
    if (prediction.digitScore >= 0 && !prediction.accepted) {
        return Verdict::NoDigit;
    }
    const bool sure = prediction.accepted && prediction.confidence >= acceptanceThreshold;
    return sure ? Verdict::Digit : Verdict::Doubtful;
}

int runnerUp(const Prediction& prediction)
{
    int second = -1;
    float probability = -1;
    for (int digit = 0; digit < digitClasses && prediction.digit >= 0; ++digit) {
        const float p = prediction.probabilities[static_cast<std::size_t>(digit)];
        if (digit != prediction.digit && p > probability) {
            second = digit;
            probability = p;
        }
    }
    return second;
}

QString doubtText(const Prediction& prediction)
{
    const int second = runnerUp(prediction);
    const float close = prediction.confidence * closeSecond;
    if (second >= 0 && prediction.probabilities[static_cast<std::size_t>(second)] >= close) {
        return text("Not sure: %1 or %2?").arg(prediction.digit).arg(second);
    }
    return text("Not sure: perhaps %1?").arg(prediction.digit);
}

QString digitScoreText(const Prediction& prediction)
{
    if (prediction.digit < 0 || prediction.digitScore < 0) {
        return {};
    }
    return text("How digit-like: %1").arg(percentageText(prediction.digitScore));
}

} // namespace digitpad
