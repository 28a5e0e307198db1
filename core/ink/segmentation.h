#pragma once

#include "core/ink/textlines.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace digitpad {

/// How much each consideration counts when a line is told apart into digits. Natural logarithms of odds;
/// lengths are in line heights. A path's score is the sum over its digits of
///   parts × (confidence · log p + digitScore · log s) + Σ links − shortness · lack − wideness · width
/// where p is the recogniser's confidence and s its digit score (1 where it has none), each no less than
/// `leastProbability`. That the recogniser's word counts once for each part makes paths of few and of many
/// digits comparable. The links are those of the strongest tree that holds a digit's parts together, each
///   link = together + overlap · o − gap · g − distance · d + low · l
/// o being the overlap from left to right, as a part of the narrower one's width (0 to 1), g the gap, d the
/// least distance between the two inks, and l how much the lower of the two lacks in height (0 to 1).
struct SegmentationWeights
{
    double confidence = 2.1;
    double digitScore = 1;
    double leastProbability = 1e-4;
    /// A group may also be some sign that is no digit, a letter or a scribble: then `sign` stands for
    /// confidence · log p, and the chance that it is none for s. It keeps an A from being three ones.
    double sign = -1;

    double together = -1.7;
    double overlap = 1.65;
    double gap = 1;
    double distance = 3;
    double low = 0.95;
    double slices = 0.8; ///< Of two slices of one stroke that touch, in the place of all that.
    /// Off the score of a digit that is lower than `usualHeight`, for each line height that lacks.
    double shortness = 13;
    double usualHeight = 0.66;
    /// Off the score of a digit for each line height that it is wide: what stands apart is wide together.
    double wideness = 5.3;
};

/// Parts that may be one digit.
struct Hypothesis
{
    std::vector<std::size_t> parts; ///< Indices into the line's, ascending.
    double geometry = 0;            ///< What the shapes alone say for it.
};

/// All ways to put a line's parts into digits, and the best of them. A part may go with any of the
/// mostCrowded that follow it, not only with its neighbour: the bar of a 5 may be drawn last and reach over
/// the next digit.
class LineSegmentation
{
public:
    /// Parts sorted by their centres.
    explicit LineSegmentation(const TextLine& line, const SegmentationWeights& weights = {});

    /// At least each part alone; at most mostForEach for each part.
    [[nodiscard]] const std::vector<Hypothesis>& hypotheses() const { return m_hypotheses; }
    static constexpr std::size_t mostForEach = 16;

    /// What the recogniser says of a hypothesis: its confidence, 0 to 1, and its digit score, or a negative
    /// number where the model has none.
    struct Reading
    {
        double confidence = 0;
        double digitScore = -1;
    };
    /// Indices of the hypotheses that together hold each part once and score best, from left to right.
    /// `readings` are the hypotheses', in order.
    [[nodiscard]] std::vector<std::size_t> bestPath(std::span<const Reading> readings) const;

private:
    [[nodiscard]] double score(const Hypothesis& hypothesis, const Reading& reading) const;
    SegmentationWeights m_weights;
    std::size_t m_partCount = 0;
    std::vector<Hypothesis> m_hypotheses; ///< By their first part.
};

} // namespace digitpad
