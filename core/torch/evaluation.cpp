#include "core/torch/evaluation.h"

#include "core/learning/reliability.h"
#include "core/torch/labels.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <utility>

namespace digitpad {

namespace {

/// Adds up one image after the other.
class Figures
{
public:
    void addDigit(const LogitReader::Reading& reading, int guess, int label, double loss)
    {
        const bool correct = guess == label;
        ++m_evaluation.images;
        ++m_evaluation.confusion[static_cast<std::size_t>(label)][static_cast<std::size_t>(guess)];
        m_evaluation.turnedAway += reading.accepted ? 0 : 1;
        m_lossSum += loss;
        m_correct += correct ? 1 : 0;
        m_bins.add(static_cast<double>(reading.confidence), correct);
        m_digitScores.push_back(scoreOf(reading));
    }

    void addNoDigit(const LogitReader::Reading& reading)
    {
        ++m_evaluation.noDigits;
        m_evaluation.noDigitsAccepted += reading.accepted ? 1 : 0;
        m_noDigitScores.push_back(scoreOf(reading));
    }

    Evaluation result() &&
    {
        const auto count = static_cast<double>(std::max<std::size_t>(1, m_evaluation.images));
        m_evaluation.loss = m_lossSum / count;
        m_evaluation.accuracy = m_correct / count;
        m_evaluation.calibrationError = m_bins.expectedCalibrationError();
        m_evaluation.auroc = areaUnderRoc(std::move(m_digitScores), std::move(m_noDigitScores));
        return m_evaluation;
    }

private:
    static float scoreOf(const LogitReader::Reading& reading)
    {
        return reading.digitScore < 0 ? reading.confidence : reading.digitScore;
    }

    Evaluation m_evaluation;
    Reliability m_bins;
    double m_lossSum = 0;
    double m_correct = 0;
    std::vector<float> m_digitScores;
    std::vector<float> m_noDigitScores;
};

} // namespace

Evaluation evaluationOf(const Logits& logits, const DigitSet& set, const LogitReader& reader)
{
    Figures figures;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const float* row = logits.row(i);
        const auto reading = isBlank(set, i) ? blankReading() : reader.read(row);
        const int label = set.labels[i];
        if (label == noDigitLabel) {
            figures.addNoDigit(reading);
            continue;
        }
        const auto guess = static_cast<int>(std::max_element(row, row + digitClasses) - row);
        figures.addDigit(reading, guess, label, crossEntropy(row, logits.outputs, label));
    }
    return std::move(figures).result();
}

double meanCrossEntropy(const Logits& logits, const DigitSet& set)
{
    double sum = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        sum += crossEntropy(logits.row(i), logits.outputs, set.labels[i]);
    }
    return set.size() > 0 ? sum / static_cast<double>(set.size()) : 0;
}

double areaUnderRoc(std::vector<float> positive, std::vector<float> negative)
{
    if (positive.empty() || negative.empty()) {
        return -1;
    }
    std::sort(negative.begin(), negative.end());
    double wins = 0;
    for (const float score : positive) {
        const auto [below, above] = std::equal_range(negative.begin(), negative.end(), score);
        wins += static_cast<double>(below - negative.begin()) + static_cast<double>(above - below) / 2;
    }
    return wins / static_cast<double>(positive.size()) / static_cast<double>(negative.size());
}

int evaluationThreads()
{
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
}

} // namespace digitpad
