#include "ui/training/lossseries.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

LossBucket merged(const LossBucket& first, const LossBucket& second)
{
    LossBucket both = second;
    if (first.min <= second.min) {
        both.min = first.min;
        both.minStep = first.minStep;
    }
    if (first.max >= second.max) {
        both.max = first.max;
        both.maxStep = first.maxStep;
    }
    both.sum += first.sum;
    both.values += first.values;
    return both;
}

} // namespace

LossSeries::LossSeries(std::size_t maxBuckets, double smoothing)
    : m_maxBuckets(std::max<std::size_t>(1, (maxBuckets + 1) / 2) * 2)
    , m_smoothing(smoothing)
{
    m_buckets.reserve(m_maxBuckets);
}

double LossSeries::smoothingFor(std::int64_t batchesPerEpoch)
{
    const double reach = std::clamp(static_cast<double>(batchesPerEpoch) / 16, 4.0, 100.0);
    return 1 - 1 / reach;
}

void LossSeries::clear(double smoothing)
{
    m_buckets.clear();
    m_bucketSteps = 1;
    m_bucketFirst = 1;
    m_steps = 0;
    m_smoothing = smoothing;
    m_mean = 0;
    m_weight = 0;
}

void LossSeries::append(double loss)
{
    ++m_steps;
    if (!std::isfinite(loss)) {
        return;
    }
    smooth(loss);
    LossBucket one{loss, loss, m_steps, m_steps, loss, 1, m_steps, m_mean / m_weight};
    if (!m_buckets.empty() && m_steps < m_bucketFirst + m_bucketSteps) {
        m_buckets.back() = merged(m_buckets.back(), one);
        return;
    }
    if (m_buckets.size() == m_maxBuckets) {
        mergePairs();
    }
    m_buckets.push_back(one);
    m_bucketFirst = m_steps;
}

void LossSeries::append(std::span<const double> losses)
{
    for (const double loss : losses) {
        append(loss);
    }
}

void LossSeries::smooth(double loss)
{
    m_mean = m_smoothing * m_mean + (1 - m_smoothing) * loss;
    m_weight = m_smoothing * m_weight + (1 - m_smoothing);
}

void LossSeries::mergePairs()
{
    const std::size_t pairs = m_buckets.size() / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
        m_buckets[i] = merged(m_buckets[2 * i], m_buckets[2 * i + 1]);
    }
    m_buckets.resize(pairs);
    m_bucketSteps *= 2;
}

const LossBucket* LossSeries::nearest(double step) const
{
    if (m_buckets.empty()) {
        return nullptr;
    }
    const auto after = std::lower_bound(m_buckets.begin(), m_buckets.end(), step,
                                        [](const LossBucket& bucket, double wanted) {
                                            return static_cast<double>(bucket.lastStep) < wanted;
                                        });
    return after == m_buckets.end() ? &m_buckets.back() : &*after;
}

double LossSeries::percentile(double fraction) const
{
    if (m_buckets.empty()) {
        return 0;
    }
    std::vector<double> largest(m_buckets.size());
    std::transform(m_buckets.begin(), m_buckets.end(), largest.begin(),
                   [](const LossBucket& bucket) { return bucket.max; });
    const double position = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(largest.size() - 1);
    const auto rank = largest.begin() + std::lround(position);
    std::nth_element(largest.begin(), rank, largest.end());
    return *rank;
}

} // namespace digitpad
