#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace digitpad {

/// Some consecutive batches in one: what a plot needs to draw them without losing a spike.
struct LossBucket
{
    double min = 0;
    double max = 0;
    std::int64_t minStep = 0; ///< Where the extremes were, from 1.
    std::int64_t maxStep = 0;
    double sum = 0;
    std::int64_t values = 0; ///< Finite losses in here, at least 1 in a bucket that buckets() gives.
    std::int64_t lastStep = 0;
    double smoothed = 0; ///< The smoothed loss at lastStep.

    [[nodiscard]] double mean() const { return sum / static_cast<double>(values); }
};

/// The losses of all batches of a run in bounded memory: when the buckets are used up, neighbours are merged
/// and each covers twice as many batches. Appending costs constant time on average. Not thread-safe.
class LossSeries
{
public:
    /// `maxBuckets` is rounded up to an even number. `smoothing` is the weight of the past in the exponential
    /// mean, in [0, 1).
    explicit LossSeries(std::size_t maxBuckets = 250, double smoothing = 0.95);

    /// The smoothing that shows an epoch's trend, whatever its length: the mean reaches back a sixteenth of
    /// an epoch, within 4 to 100 batches.
    static double smoothingFor(std::int64_t batchesPerEpoch);

    void clear(double smoothing);
    /// The loss of the next batch. One that is not finite counts as a step and is drawn as nothing.
    void append(double loss);
    void append(std::span<const double> losses);

    /// Batches so far.
    [[nodiscard]] std::int64_t steps() const { return m_steps; }
    [[nodiscard]] bool empty() const { return m_buckets.empty(); }
    /// In order of steps; the last one may still be filling.
    [[nodiscard]] const std::vector<LossBucket>& buckets() const { return m_buckets; }
    /// The bucket nearest to a step; null where there is none.
    [[nodiscard]] const LossBucket* nearest(double step) const;
    /// The part `fraction` (0 to 1) of the buckets stays at or below this loss by their largest; 0 where
    /// empty.
    [[nodiscard]] double percentile(double fraction) const;

private:
    void smooth(double loss);
    void mergePairs();

    std::vector<LossBucket> m_buckets;
    std::size_t m_maxBuckets;
    std::int64_t m_bucketSteps = 1; ///< Batches that a bucket covers.
    std::int64_t m_bucketFirst = 1; ///< The first step of the bucket that is filling.
    std::int64_t m_steps = 0;
    double m_smoothing;
    double m_mean = 0;   ///< The exponential mean, still biased towards 0.
    double m_weight = 0; ///< What its weights sum up to: the correction of that bias.
};

} // namespace digitpad
