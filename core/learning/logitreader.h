#pragma once

#include "core/learning/engine.h"

#include <array>
#include <cstddef>
#include <optional>

namespace digitpad {

/// What logits mean by a model's calibration: the same for a drawing on the pad, an evaluation and the
/// calibration itself. Computed in double throughout, because the scores of sure readings differ in the last
/// digits only.
class LogitReader
{
public:
    explicit LogitReader(const ModelInfo& info);

    struct Reading
    {
        std::array<float, digitClasses> probabilities{}; ///< Given that it is a digit.
        int digit = -1;
        float confidence = 0;
        float digitScore = -1;
        bool accepted = false;
    };
    /// Ten logits, or eleven where the model knows "no digit".
    [[nodiscard]] Reading read(const float* logits) const;

private:
    [[nodiscard]] bool accepts(const Reading& reading) const;

    double m_temperature;
    bool m_hasNoDigitClass;
    std::optional<DigitScoring> m_scoring;
};

/// What LogitReader gives an image without ink, whatever the network would say.
LogitReader::Reading blankReading();

/// -log(softmax(logits)[label]) over `outputs` logits, not divided by the temperature.
double crossEntropy(const float* logits, std::size_t outputs, int label);

/// -log of the calibrated probability of `label`, 0 to 9, among the digits.
double digitCrossEntropy(const float* logits, int label, double temperature);

/// DigitScoring's evidence, in double and never saturated.
double digitEvidence(const float* logits, bool hasNoDigitClass, double temperature);

/// DigitScoring's score, 0 to 1.
double digitScore(const DigitScoring& scoring, double evidence);

} // namespace digitpad
