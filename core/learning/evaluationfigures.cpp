#include "core/learning/evaluationfigures.h"

#include "core/learning/logitreader.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

double ratio(std::int64_t some, std::int64_t all)
{
    return all > 0 ? static_cast<double>(some) / static_cast<double>(all) : 0;
}

std::optional<double> definedRatio(std::int64_t some, std::int64_t all)
{
    return all > 0 ? std::optional(ratio(some, all)) : std::nullopt;
}

/// Whether the label's logit is one of the two highest of the digits'; of equal ones the lower digit is
/// first.
bool amongTopTwo(const float* logits, int label)
{
    int above = 0;
    for (int digit = 0; digit < digitClasses; ++digit) {
        above += logits[digit] > logits[label] || (logits[digit] == logits[label] && digit < label) ? 1 : 0;
    }
    return above < 2;
}

std::int64_t atLeast(const std::vector<float>& ascending, double threshold)
{
    const auto first = std::partition_point(ascending.begin(), ascending.end(), [threshold](float score) {
        return static_cast<double>(score) < threshold;
    });
    return ascending.end() - first;
}

/// Sums over the digits.
class Sums
{
public:
    explicit Sums(EvaluationFigures& figures)
        : m_figures(figures)
    {
    }

    void add(const Logits& logits, std::size_t index, const ImageReading& reading, const LogitReader& bare)
    {
        const float* row = logits.row(index);
        ++m_figures.images;
        m_figures.correct += reading.right() ? 1 : 0;
        ++m_figures.confusion[reading.truth][reading.guess];
        m_loss += crossEntropy(row, logits.outputs, reading.truth);
        m_topTwo += amongTopTwo(row, reading.truth) ? 1 : 0;
        m_figures.bare.add(static_cast<double>(bare.read(row).confidence), reading.right());
        const auto confidence = static_cast<double>(reading.confidence);
        m_figures.calibrated.add(confidence, reading.right());
        auto& counts = reading.right() ? m_figures.confidences.right : m_figures.confidences.wrong;
        const auto bin = static_cast<std::size_t>(confidence * static_cast<double>(counts.size()));
        ++counts[std::min(bin, counts.size() - 1)];
    }

    void finish()
    {
        m_figures.accuracy = ratio(m_figures.correct, m_figures.images);
        m_figures.accuracyInterval = wilsonInterval(m_figures.correct, m_figures.images);
        m_figures.topTwoAccuracy = ratio(m_topTwo, m_figures.images);
        m_figures.loss = m_figures.images > 0 ? m_loss / static_cast<double>(m_figures.images) : 0;
        m_figures.classes = classFigures(m_figures.confusion);
        m_figures.macro = macroAverages(m_figures.classes);
    }

private:
    EvaluationFigures& m_figures;
    double m_loss = 0;
    std::int64_t m_topTwo = 0;
};

/// The same network without its calibration.
ModelInfo uncalibrated(const ModelInfo& info)
{
    ModelInfo bare;
    bare.hasNoDigitClass = info.hasNoDigitClass;
    return bare;
}

} // namespace

ConfidenceInterval wilsonInterval(std::int64_t some, std::int64_t all)
{
    if (all <= 0) {
        return {0, 1};
    }
    constexpr double z = 1.959963984540054; // The normal distribution's quantile of 0.975.
    const auto n = static_cast<double>(all);
    const double p = ratio(some, all);
    const double scale = 1 + z * z / n;
    const double middle = (p + z * z / (2 * n)) / scale;
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
    // At the ends rounding must not leave a gap.
    return {some == 0 ? 0 : std::max(0.0, middle - half), some == all ? 1 : std::min(1.0, middle + half)};
}

std::vector<ImageReading> readingsOf(const Logits& logits, const DigitSet& set, const ModelInfo& info)
{
    const LogitReader reader(info);
    std::vector<ImageReading> readings(set.size());
    for (std::size_t i = 0; i < set.size(); ++i) {
        const float* row = logits.row(i);
        const auto said = set.digitImage(i).blank() ? blankReading() : reader.read(row);
        ImageReading& reading = readings[i];
        reading.probabilities = said.probabilities;
        reading.confidence = said.confidence;
        reading.score = said.digitScore < 0 ? said.confidence : said.digitScore;
        reading.truth = set.labels[i];
        reading.guess = static_cast<std::uint8_t>(std::max_element(row, row + digitClasses) - row);
        reading.accepted = said.accepted;
    }
    return readings;
}

std::array<ClassFigures, digitClasses> classFigures(const ConfusionMatrix& confusion)
{
    std::array<ClassFigures, digitClasses> classes;
    for (std::size_t digit = 0; digit < classes.size(); ++digit) {
        ClassFigures& figures = classes[digit];
        const auto& row = confusion[digit];
        figures.support = std::accumulate(row.begin(), row.end(), std::int64_t{0});
        for (const auto& truth : confusion) {
            figures.guesses += truth[digit];
        }
        figures.precision = definedRatio(row[digit], figures.guesses);
        figures.recall = definedRatio(row[digit], figures.support);
        figures.f1 = ratio(2 * row[digit], figures.support + figures.guesses);
    }
    return classes;
}

MacroAverages macroAverages(const std::array<ClassFigures, digitClasses>& classes)
{
    MacroAverages sums;
    int present = 0;
    for (const ClassFigures& figures : classes) {
        if (figures.support + figures.guesses == 0) {
            continue;
        }
        ++present;
        sums.precision += figures.precision.value_or(0);
        sums.recall += figures.recall.value_or(0);
        sums.f1 += figures.f1;
    }
    const double count = std::max(1, present);
    return {sums.precision / count, sums.recall / count, sums.f1 / count};
}

AcceptanceCurve::AcceptanceCurve(std::span<const ImageReading> readings)
{
    for (const ImageReading& reading : readings) {
        if (!reading.isDigit()) {
            m_noDigits.push_back(reading.score);
            continue;
        }
        m_digits.push_back(reading.score);
        if (!reading.right()) {
            m_wrong.push_back(reading.score);
        }
    }
    for (std::vector<float>* scores : {&m_digits, &m_wrong, &m_noDigits}) {
        std::sort(scores->begin(), scores->end());
    }
}

AcceptancePoint AcceptanceCurve::at(double threshold) const
{
    return {threshold, atLeast(m_digits, threshold), atLeast(m_wrong, threshold),
            atLeast(m_noDigits, threshold)};
}

double AcceptanceCurve::areaUnderRoc() const
{
    if (m_digits.empty() || m_noDigits.empty()) {
        return -1;
    }
    double wins = 0;
    for (const float score : m_digits) {
        const auto [below, above] = std::equal_range(m_noDigits.begin(), m_noDigits.end(), score);
        wins += static_cast<double>(below - m_noDigits.begin()) + static_cast<double>(above - below) / 2;
    }
    return wins / static_cast<double>(m_digits.size()) / static_cast<double>(m_noDigits.size());
}

std::vector<AcceptancePoint> AcceptanceCurve::points(std::size_t most) const
{
    std::vector<float> scores = m_digits;
    scores.insert(scores.end(), m_noDigits.begin(), m_noDigits.end());
    std::sort(scores.begin(), scores.end());
    scores.erase(std::unique(scores.begin(), scores.end()), scores.end());
    std::vector<AcceptancePoint> points{at(0)};
    const std::size_t count = std::min(most, scores.size());
    for (std::size_t i = 0; i < count; ++i) {
        // By rank, the last one the highest of all.
        const std::size_t rank = count > 1 ? i * (scores.size() - 1) / (count - 1) : 0;
        points.push_back(at(static_cast<double>(scores[rank])));
    }
    return points;
}

double EvaluationFigures::imagesPerSecond() const
{
    return seconds > 0 ? static_cast<double>(images + noDigits) / seconds : 0;
}

EvaluationFigures evaluationFigures(const Logits& logits, const DigitSet& set, const ModelInfo& info,
                                    std::span<const ImageReading> readings, double seconds)
{
    EvaluationFigures figures;
    figures.temperature = info.temperature;
    figures.hasScore = info.digitScoring.has_value();
    figures.threshold =
        figures.hasScore ? info.digitScoring->threshold : static_cast<double>(acceptanceThreshold);
    figures.seconds = seconds;
    const LogitReader bare(uncalibrated(info));
    Sums sums(figures);
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (readings[i].isDigit()) {
            sums.add(logits, i, readings[i], bare);
        } else {
            ++figures.noDigits;
        }
    }
    sums.finish();
    figures.acceptance = AcceptanceCurve(readings);
    figures.accepted = figures.acceptance.at(figures.threshold);
    return figures;
}

std::vector<std::size_t> confidentMistakes(std::span<const ImageReading> readings)
{
    std::vector<std::size_t> mistakes;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (readings[i].isDigit() && !readings[i].right()) {
            mistakes.push_back(i);
        }
    }
    std::stable_sort(mistakes.begin(), mistakes.end(), [&readings](std::size_t a, std::size_t b) {
        return readings[a].confidence > readings[b].confidence;
    });
    return mistakes;
}

std::vector<std::size_t> imagesOfCell(std::span<const ImageReading> readings, int truth, int guess)
{
    std::vector<std::size_t> images;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (readings[i].truth == truth && readings[i].guess == guess) {
            images.push_back(i);
        }
    }
    return images;
}

} // namespace digitpad
