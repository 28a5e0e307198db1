#include "core/torch/calibration.h"

#include "core/learning/logitreader.h"
#include "core/torch/labels.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitpad {

namespace {

constexpr double lowestTemperature = 0.2;
constexpr double highestTemperature = 10;
/// Of the logarithm of the temperature.
constexpr double priorDeviation = 0.5;
constexpr double turnedAwayPart = 0.005;
/// Log-odds that a score does not exceed: 1 / (1 + exp(-12)) is a hundred steps of a float below 1.
constexpr double surestLogOdds = 12;

bool isCalibrationDigit(const DigitSet& set, std::size_t index)
{
    return set.labels[index] != noDigitLabel && !isBlank(set, index);
}

/// The minimum of a function with one valley between `low` and `high`.
template <class Function>
double goldenSection(double low, double high, Function function)
{
    const double ratio = (std::sqrt(5.0) - 1) / 2;
    double left = high - ratio * (high - low);
    double right = low + ratio * (high - low);
    double atLeft = function(left);
    double atRight = function(right);
    while (high - low > 1e-4) {
        if (atLeft < atRight) {
            high = std::exchange(right, left);
            atRight = std::exchange(atLeft, 0);
            left = high - ratio * (high - low);
            atLeft = function(left);
        } else {
            low = std::exchange(left, right);
            atLeft = std::exchange(atRight, 0);
            right = low + ratio * (high - low);
            atRight = function(right);
        }
    }
    return (low + high) / 2;
}

/// Logistic regression of one variable by Newton's method, in which both classes weigh one half.
class PlattScaling
{
public:
    PlattScaling(const std::vector<double>& digits, const std::vector<double>& noDigits)
        : m_digits(digits)
        , m_noDigits(noDigits)
    {
    }

    struct Line
    {
        double slope = 0;
        double offset = 0;
    };

    [[nodiscard]] Line fit() const
    {
        Line line;
        double loss = derivativesAt(line).loss;
        for (int i = 0; i < 100; ++i) {
            const auto [next, nextLoss] = step(line, loss);
            const bool done = loss - nextLoss < 1e-10;
            line = next;
            loss = nextLoss;
            if (done) {
                break;
            }
        }
        return line;
    }

private:
    struct Derivatives
    {
        double loss = 0;
        double bySlope = 0;
        double byOffset = 0;
        // The Hessian's three entries, held away from singular.
        double slopeSlope = 1e-9;
        double slopeOffset = 0;
        double offsetOffset = 1e-9;
    };

    /// Newton's step, halved until it leads downhill.
    [[nodiscard]] std::pair<Line, double> step(const Line& line, double loss) const
    {
        const Derivatives at = derivativesAt(line);
        const double determinant = at.slopeSlope * at.offsetOffset - at.slopeOffset * at.slopeOffset;
        const double slopeStep = (at.offsetOffset * at.bySlope - at.slopeOffset * at.byOffset) / determinant;
        const double offsetStep = (at.slopeSlope * at.byOffset - at.slopeOffset * at.bySlope) / determinant;
        for (double part = 1; part > 1e-6; part /= 2) {
            const Line next{line.slope - part * slopeStep, line.offset - part * offsetStep};
            const double nextLoss = derivativesAt(next).loss;
            if (nextLoss < loss) {
                return {next, nextLoss};
            }
        }
        return {line, loss};
    }

    [[nodiscard]] Derivatives derivativesAt(const Line& line) const
    {
        const auto digits = static_cast<double>(m_digits.size());
        const auto noDigits = static_cast<double>(m_noDigits.size());
        Derivatives sum;
        add(line, m_digits, (digits + 1) / (digits + 2), sum);
        add(line, m_noDigits, 1 / (noDigits + 2), sum);
        return sum;
    }

    static void add(const Line& line, const std::vector<double>& evidence, double target, Derivatives& sum)
    {
        const double weight = 0.5 / static_cast<double>(evidence.size());
        for (const double value : evidence) {
            const double logOdds = line.slope * value + line.offset;
            const double probability = 1 / (1 + std::exp(-logOdds));
            // log(1 + exp(x)) - target·x, without overflow.
            sum.loss += weight * (std::max(logOdds, 0.0) + std::log1p(std::exp(-std::abs(logOdds))) -
                                  target * logOdds);
            const double slope = weight * (probability - target);
            const double curvature = weight * probability * (1 - probability);
            sum.bySlope += slope * value;
            sum.byOffset += slope;
            sum.slopeSlope += curvature * value * value;
            sum.slopeOffset += curvature * value;
            sum.offsetOffset += curvature;
        }
    }

    const std::vector<double>& m_digits;
    const std::vector<double>& m_noDigits;
};

/// The value below which `part` of the others lie, by rank.
template <class Number>
Number atRank(std::vector<Number> values, double part)
{
    const auto rank = static_cast<std::ptrdiff_t>(static_cast<double>(values.size()) * part);
    const auto place = values.begin() + std::min<std::ptrdiff_t>(rank, std::ssize(values) - 1);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

double mean(const std::vector<double>& values)
{
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

void fitLine(const std::vector<double>& digits, const std::vector<double>& noDigits, DigitScoring& scoring)
{
    if (digits.empty() || noDigits.empty()) {
        return;
    }
    const PlattScaling::Line line = PlattScaling(digits, noDigits).fit();
    if (line.slope > 1e-6 && std::isfinite(line.slope) && std::isfinite(line.offset)) {
        scoring.slope = line.slope;
        scoring.offset = line.offset;
    } else {
        // The network tells nothing yet; the score then at least rises with the evidence.
        scoring.offset = -(mean(digits) + mean(noDigits)) / 2;
    }
}

void keepScoresApart(const std::vector<double>& digits, DigitScoring& scoring)
{
    const double surest = scoring.slope * atRank(digits, 0.999) + scoring.offset;
    if (surest > surestLogOdds) {
        scoring.slope *= surestLogOdds / surest;
        scoring.offset *= surestLogOdds / surest;
    }
}

double thresholdFor(const std::vector<double>& digits, const DigitScoring& scoring)
{
    std::vector<float> scores;
    scores.reserve(digits.size());
    for (const double evidence : digits) {
        scores.push_back(static_cast<float>(digitScore(scoring, evidence)));
    }
    const auto threshold = static_cast<double>(atRank(std::move(scores), turnedAwayPart));
    const bool rankExists = static_cast<double>(digits.size()) * turnedAwayPart >= 1;
    return rankExists ? threshold : std::min(threshold, 0.5);
}

} // namespace

double fitTemperature(const Logits& logits, const DigitSet& set)
{
    return std::exp(goldenSection(std::log(lowestTemperature), std::log(highestTemperature), [&](double log) {
        double loss = log * log / (2 * priorDeviation * priorDeviation);
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (isCalibrationDigit(set, i)) {
                loss += digitCrossEntropy(logits.row(i), set.labels[i], std::exp(log));
            }
        }
        return loss;
    }));
}

DigitScoring fitDigitScoring(const std::vector<double>& digits, const std::vector<double>& noDigits)
{
    DigitScoring scoring;
    fitLine(digits, noDigits, scoring);
    if (!digits.empty()) {
        keepScoresApart(digits, scoring);
        scoring.threshold = thresholdFor(digits, scoring);
    }
    return scoring;
}

Calibration calibrate(const Logits& logits, const DigitSet& set)
{
    Calibration calibration;
    if (!std::all_of(logits.values.begin(), logits.values.end(),
                     [](float value) { return std::isfinite(value); })) {
        return calibration; // A run gone astray; its weights do not even load again.
    }
    calibration.temperature = fitTemperature(logits, set);
    const bool hasNoDigitClass = logits.outputs > digitClasses;
    std::vector<double> digits;
    std::vector<double> noDigits;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (!isBlank(set, i)) {
            auto& side = set.labels[i] == noDigitLabel ? noDigits : digits;
            side.push_back(digitEvidence(logits.row(i), hasNoDigitClass, calibration.temperature));
        }
    }
    calibration.scoring = fitDigitScoring(digits, noDigits);
    return calibration;
}

} // namespace digitpad
