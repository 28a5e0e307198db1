#include "core/learning/logitreader.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace digitpad {

namespace {

/// log(sum(exp(values))) of values that may be large.
double logSumExp(std::span<const double> values)
{
    const double highest = *std::max_element(values.begin(), values.end());
    double sum = 0;
    for (const double value : values) {
        sum += std::exp(value - highest);
    }
    return highest + std::log(sum);
}

std::array<double, digitClasses> cooled(const float* logits, double temperature)
{
    std::array<double, digitClasses> values{};
    std::transform(logits, logits + digitClasses, values.begin(),
                   [temperature](float logit) { return static_cast<double>(logit) / temperature; });
    return values;
}

/// log(p / (1 - p)) of the softmax's highest p, without forming 1 - p.
double logOddsOfHighest(std::array<double, digitClasses> values)
{
    std::iter_swap(values.begin(), std::max_element(values.begin(), values.end()));
    return values.front() - logSumExp(std::span(values).subspan(1));
}

} // namespace

double crossEntropy(const float* logits, std::size_t outputs, int label)
{
    const auto digits = cooled(logits, 1);
    double total = logSumExp(digits);
    if (outputs > digits.size()) {
        total = logSumExp(std::array{total, static_cast<double>(logits[noDigitLabel])});
    }
    return total - static_cast<double>(logits[label]);
}

double digitCrossEntropy(const float* logits, int label, double temperature)
{
    const auto digits = cooled(logits, temperature);
    return logSumExp(digits) - digits[static_cast<std::size_t>(label)];
}

double digitEvidence(const float* logits, bool hasNoDigitClass, double temperature)
{
    if (!hasNoDigitClass) {
        return logOddsOfHighest(cooled(logits, temperature));
    }
    return logSumExp(cooled(logits, 1)) - static_cast<double>(logits[noDigitLabel]);
}

double digitScore(const DigitScoring& scoring, double evidence)
{
    return 1 / (1 + std::exp(-(scoring.slope * evidence + scoring.offset)));
}

LogitReader::LogitReader(const ModelInfo& info)
    : m_temperature(info.temperature)
    , m_hasNoDigitClass(info.hasNoDigitClass)
    , m_scoring(info.digitScoring)
{
}

LogitReader::Reading LogitReader::read(const float* logits) const
{
    Reading reading;
    const auto values = cooled(logits, m_temperature);
    const double total = logSumExp(values);
    std::transform(values.begin(), values.end(), reading.probabilities.begin(),
                   [total](double value) { return static_cast<float>(std::exp(value - total)); });
    // By the logits: two probabilities may both round to the same float.
    const auto best = std::max_element(values.begin(), values.end()) - values.begin();
    reading.digit = static_cast<int>(best);
    reading.confidence = reading.probabilities[static_cast<std::size_t>(best)];
    if (m_scoring) {
        const double evidence = digitEvidence(logits, m_hasNoDigitClass, m_temperature);
        reading.digitScore = static_cast<float>(digitScore(*m_scoring, evidence));
    }
    reading.accepted = accepts(reading);
    return reading;
}

bool LogitReader::accepts(const Reading& reading) const
{
    // By the float that the caller sees, so that the two never contradict each other.
    return m_scoring ? static_cast<double>(reading.digitScore) >= m_scoring->threshold
                     : reading.confidence >= acceptanceThreshold;
}

LogitReader::Reading blankReading()
{
    LogitReader::Reading reading;
    reading.digitScore = 0;
    return reading;
}

} // namespace digitpad
