#pragma once

#include "core/data/digitset.h"
#include "core/learning/engine.h"
#include "core/learning/logits.h"
#include "core/learning/reliability.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// All that an evaluation tells, from the logits of a set. Plain arithmetic: no torch, any thread.
namespace digitpad {

struct ConfidenceInterval
{
    double low = 0;
    double high = 0;
};
/// The 95 % interval of a proportion (Wilson, "Probable inference, the law of succession, and statistical
/// inference", 1927), which unlike the usual ±1.96 σ holds near 0 and 1; 0 to 1 where `all` is 0.
ConfidenceInterval wilsonInterval(std::int64_t some, std::int64_t all);

/// What a model said of one image.
struct ImageReading
{
    std::array<float, digitClasses> probabilities{}; ///< Calibrated, given that it is a digit.
    float confidence = 0;                            ///< Of the guess.
    float score = 0; ///< The digit score, or the confidence of a model without one.
    std::uint8_t truth = 0;
    std::uint8_t guess = 0; ///< The highest of the digits' logits, of an image without ink too.
    bool accepted = false;

    [[nodiscard]] bool isDigit() const { return truth != noDigitLabel; }
    [[nodiscard]] bool right() const { return guess == truth; }
};
/// One for each image of `set`, which `logits` answer.
std::vector<ImageReading> readingsOf(const Logits& logits, const DigitSet& set, const ModelInfo& info);

/// How well one digit is read.
struct ClassFigures
{
    std::int64_t support = 0;        ///< Its images.
    std::int64_t guesses = 0;        ///< Guesses "this digit".
    std::optional<double> precision; ///< Part of the guesses that are right; none without a guess.
    std::optional<double> recall;    ///< Part of its images that are read; none without images.
    double f1 = 0;                   ///< 2 × right / (support + guesses); 0 without either.
};
using ConfusionMatrix = std::array<std::array<std::int64_t, digitClasses>, digitClasses>;
/// From confusion[truth][guess].
std::array<ClassFigures, digitClasses> classFigures(const ConfusionMatrix& confusion);

/// Means over the digits that the set has or that are guessed; what is undefined counts as 0.
struct MacroAverages
{
    double precision = 0;
    double recall = 0;
    double f1 = 0;
};
MacroAverages macroAverages(const std::array<ClassFigures, digitClasses>& classes);

/// Confidences of the digits in bins of 1/20, 1 in the last one.
struct ConfidenceHistogram
{
    static constexpr std::size_t binCount = 20;
    std::array<std::int64_t, binCount> right{};
    std::array<std::int64_t, binCount> wrong{};
};

/// What a threshold of the score would do.
struct AcceptancePoint
{
    double threshold = 0; ///< From here on is accepted.
    std::int64_t digitsAccepted = 0;
    std::int64_t wrongAccepted = 0; ///< Of the accepted digits, those misread.
    std::int64_t noDigitsAccepted = 0;
};
/// What every threshold would do: the scores, sorted.
class AcceptanceCurve
{
public:
    AcceptanceCurve() = default;
    explicit AcceptanceCurve(std::span<const ImageReading> readings);

    [[nodiscard]] std::int64_t digits() const { return static_cast<std::int64_t>(m_digits.size()); }
    [[nodiscard]] std::int64_t noDigits() const { return static_cast<std::int64_t>(m_noDigits.size()); }
    [[nodiscard]] AcceptancePoint at(double threshold) const;
    /// Area under the ROC curve, digits against the rest: the probability that a digit's score is above one
    /// of what is none, ties counted half; -1 where the set lacks one of the two.
    [[nodiscard]] double areaUnderRoc() const;
    /// For a chart: every step where there are at most `most` scores, otherwise that many by rank; thresholds
    /// ascending, from 0.
    [[nodiscard]] std::vector<AcceptancePoint> points(std::size_t most) const;

private:
    std::vector<float> m_digits; ///< Ascending.
    std::vector<float> m_wrong;
    std::vector<float> m_noDigits;
};

/// Over the digits of a set, unless it says otherwise. All 0 where there are none.
struct EvaluationFigures
{
    std::int64_t images = 0; ///< Digits.
    std::int64_t correct = 0;
    double accuracy = 0;
    ConfidenceInterval accuracyInterval; ///< 95 %.
    double topTwoAccuracy = 0;           ///< The truth is among the two best guesses.
    double loss = 0;             ///< Mean cross-entropy of the bare logits, "no digit" among the classes.
    ConfusionMatrix confusion{}; ///< [truth][guess].
    std::array<ClassFigures, digitClasses> classes;
    MacroAverages macro;

    double temperature = 1;
    Reliability bare;       ///< Of the softmax as the network gives it,
    Reliability calibrated; ///< and divided by the temperature.
    ConfidenceHistogram confidences;

    AcceptanceCurve acceptance;
    double threshold = 0;      ///< The model's own, of the score.
    bool hasScore = false;     ///< Otherwise it is the confidence that is judged.
    AcceptancePoint accepted;  ///< At that threshold.
    std::int64_t noDigits = 0; ///< Images labelled noDigitLabel.

    double seconds = 0; ///< Of the forwards; 0 where nobody measured.
    [[nodiscard]] double imagesPerSecond() const;
};
EvaluationFigures evaluationFigures(const Logits& logits, const DigitSet& set, const ModelInfo& info,
                                    std::span<const ImageReading> readings, double seconds);

/// Indices of the misread digits, the most confident first.
std::vector<std::size_t> confidentMistakes(std::span<const ImageReading> readings);
/// Indices of the images of `truth` read as `guess`, in the set's order.
std::vector<std::size_t> imagesOfCell(std::span<const ImageReading> readings, int truth, int guess);

} // namespace digitpad
