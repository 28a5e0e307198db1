#include "core/ink/segmentation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace digitpad {

namespace {

/// A part and those of the `mostCrowded` behind it, as bits: bit 0 is the part itself.
using Mask = std::uint32_t;
constexpr std::size_t windowSize = mostCrowded + 1;
constexpr double unlikely = -std::numeric_limits<double>::infinity();
/// Parts whose every link is weaker than this are never put together.
constexpr double weakestLink = -6;

bool has(Mask mask, std::size_t bit)
{
    return (mask >> bit & 1U) != 0;
}

double linkOf(const InkPart& a, const InkPart& b, double height, const SegmentationWeights& weights)
{
    const double common =
        double{std::min(a.box.right, b.box.right)} - double{std::max(a.box.left, b.box.left)};
    if (a.cut >= 0 && a.cut == b.cut) {
        return common > -0.05 * height ? weights.slices : unlikely;
    }
    // A line upright as a ruler has no width, and still is crossed by a bar.
    const double narrower = std::max(std::min(a.width(), b.width()), 0.05 * height);
    const double overlap = common >= 0 ? std::clamp((common + 0.02 * height) / narrower, 0.0, 1.0) : 0;
    const double gap = std::max(0.0, -common) / height;
    const double distance = std::min(1.0, distanceBetween(a, b) / height);
    const double low = std::clamp(1 - std::min(a.height(), b.height()) / height, 0.0, 1.0);
    return weights.together + weights.overlap * overlap - weights.gap * gap - weights.distance * distance +
           weights.low * low;
}

/// The parts from `first` on that may be in one digit with it.
class Window
{
public:
    Window(const TextLine& line, std::size_t first, const SegmentationWeights& weights)
        : m_line(line)
        , m_weights(weights)
        , m_first(first)
        , m_size(std::min(windowSize, line.parts.size() - first))
    {
        for (std::size_t a = 0; a < m_size; ++a) {
            for (std::size_t b = a + 1; b < m_size; ++b) {
                m_links[a][b] = m_links[b][a] = linkOf(part(a), part(b), line.height, weights);
            }
        }
    }

    /// The likeliest groups that hold the first part, at most `most`; the first part alone is among them.
    [[nodiscard]] std::vector<Hypothesis> groups(std::size_t most) const
    {
        std::vector<Hypothesis> found;
        for (Mask mask = 1; mask < Mask{1} << m_size; mask += 2) {
            const double strength = treeStrength(mask);
            if (strength > unlikely) {
                found.push_back({members(mask), strength - penalty(mask)});
            }
        }
        // The first part alone was found first, and stays.
        std::stable_sort(found.begin() + 1, found.end(),
                         [](const Hypothesis& a, const Hypothesis& b) { return a.geometry > b.geometry; });
        found.resize(std::min(found.size(), most));
        return found;
    }

private:
    [[nodiscard]] const InkPart& part(std::size_t bit) const { return m_line.parts[m_first + bit]; }

    /// The sum of the links of the strongest tree (Prim's algorithm); `unlikely` where a part hangs on none.
    [[nodiscard]] double treeStrength(Mask mask) const
    {
        double sum = 0;
        Mask tree = 1;
        while (tree != mask) {
            double best = unlikely;
            std::size_t next = 0;
            for (std::size_t b = 1; b < m_size; ++b) {
                const double link = has(mask & ~tree, b) ? strongestLink(tree, b) : unlikely;
                if (link > best) {
                    best = link;
                    next = b;
                }
            }
            if (best < weakestLink) {
                return unlikely;
            }
            sum += best;
            tree |= Mask{1} << next;
        }
        return sum;
    }

    [[nodiscard]] double strongestLink(Mask tree, std::size_t bit) const
    {
        double best = unlikely;
        for (std::size_t a = 0; a < m_size; ++a) {
            best = has(tree, a) ? std::max(best, m_links[a][bit]) : best;
        }
        return best;
    }

    [[nodiscard]] double penalty(Mask mask) const
    {
        InkBox box = part(0).box;
        for (std::size_t b = 1; b < m_size; ++b) {
            box = has(mask, b) ? united(box, part(b).box) : box;
        }
        const double width = (double{box.right} - double{box.left}) / m_line.height;
        const double height = (double{box.bottom} - double{box.top}) / m_line.height;
        return m_weights.shortness * std::max(0.0, m_weights.usualHeight - height) +
               m_weights.wideness * width;
    }

    [[nodiscard]] std::vector<std::size_t> members(Mask mask) const
    {
        std::vector<std::size_t> result;
        for (std::size_t b = 0; b < m_size; ++b) {
            if (has(mask, b)) {
                result.push_back(m_first + b);
            }
        }
        return result;
    }

    const TextLine& m_line;
    const SegmentationWeights& m_weights;
    std::size_t m_first;
    std::size_t m_size;
    std::array<std::array<double, windowSize>, windowSize> m_links{};
};

/// Finds the best way to cover all parts. A state is the first part that is not covered yet, and which of
/// those behind it are: bit i stands for the i-th behind it.
class PathFinder
{
public:
    PathFinder(std::size_t parts, const std::vector<Hypothesis>& hypotheses)
        : m_hypotheses(hypotheses)
        , m_parts(parts)
        , m_states(parts + 1)
    {
        m_states[0][0] = {0, 0, 0, 0};
    }

    /// Hypotheses come by their first part.
    void extend(std::size_t hypothesis, double score)
    {
        const std::size_t first = m_hypotheses[hypothesis].parts.front();
        Mask group = 0;
        for (const std::size_t part : m_hypotheses[hypothesis].parts) {
            group |= Mask{1} << (part - first);
        }
        for (Mask covered = 0; covered < stateCount; ++covered) {
            const State& from = m_states[first][covered];
            if (from.score > unlikely && (covered << 1 & group) == 0) {
                arrive(first, (covered << 1) | group, {from.score + score, first, covered, hypothesis});
            }
        }
    }

    [[nodiscard]] std::vector<std::size_t> path() const
    {
        std::vector<std::size_t> hypotheses;
        Mask covered = 0;
        for (std::size_t at = m_parts; at > 0;) {
            const State& state = m_states[at][covered];
            hypotheses.push_back(state.hypothesis);
            at = state.previous;
            covered = state.previousCovered;
        }
        return hypotheses;
    }

private:
    static constexpr Mask stateCount = 1U << mostCrowded;
    struct State
    {
        double score = unlikely;
        std::size_t previous = 0;
        Mask previousCovered = 0;
        std::size_t hypothesis = 0;
    };

    /// `covered` counts from `first` on; moves on to the first part that is free.
    void arrive(std::size_t first, Mask covered, const State& state)
    {
        while ((covered & 1U) != 0) {
            covered >>= 1;
            ++first;
        }
        // Bit 0 is the free part itself.
        State& there = m_states[first][covered >> 1];
        if (state.score > there.score) {
            there = state;
        }
    }

    const std::vector<Hypothesis>& m_hypotheses;
    std::size_t m_parts;
    std::vector<std::array<State, stateCount>> m_states;
};

} // namespace

LineSegmentation::LineSegmentation(const TextLine& line, const SegmentationWeights& weights)
    : m_weights(weights)
    , m_partCount(line.parts.size())
{
    for (std::size_t first = 0; first < m_partCount; ++first) {
        for (Hypothesis& group : Window(line, first, weights).groups(mostForEach)) {
            m_hypotheses.push_back(std::move(group));
        }
    }
}

double LineSegmentation::score(const Hypothesis& hypothesis, const Reading& reading) const
{
    const auto logarithm = [this](double p) { return std::log(std::max(p, m_weights.leastProbability)); };
    double recognition = m_weights.confidence * logarithm(reading.confidence);
    if (reading.digitScore >= 0) {
        recognition += m_weights.digitScore * logarithm(reading.digitScore);
        const double sign = m_weights.sign + m_weights.digitScore * logarithm(1 - reading.digitScore);
        recognition = std::max(recognition, sign);
    }
    return static_cast<double>(hypothesis.parts.size()) * recognition + hypothesis.geometry;
}

std::vector<std::size_t> LineSegmentation::bestPath(std::span<const Reading> readings) const
{
    PathFinder finder(m_partCount, m_hypotheses);
    for (std::size_t i = 0; i < m_hypotheses.size(); ++i) {
        finder.extend(i, score(m_hypotheses[i], readings[i]));
    }
    std::vector<std::size_t> path = finder.path();
    std::reverse(path.begin(), path.end());
    return path;
}

} // namespace digitpad
