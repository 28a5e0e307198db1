#include "core/learning/prediction.h"

namespace digitpad {

std::string rejectionReason(const Prediction& prediction)
{
    if (prediction.accepted) {
        return {};
    }
    if (prediction.digit < 0) {
        return "There is no ink.";
    }
    return prediction.digitScore < 0 ? "No digit is likely enough." : "This does not look like a digit.";
}

} // namespace digitpad
