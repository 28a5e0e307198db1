#include "core/learning/learningrateschedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace digitpad {

namespace {

/// Where one-cycle begins, as a part of its highest rate.
constexpr double cycleStart = 1.0 / 25;
constexpr double cycleRise = 0.3;

/// From `from` to `to` by half a cosine; `part` in [0, 1].
double eased(double from, double to, double part)
{
    return to + (from - to) * 0.5 * (1 + std::cos(std::numbers::pi * part));
}

double partOf(std::int64_t step, std::int64_t steps)
{
    return static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, steps));
}

double warmUpPart(const TrainingOptions& options)
{
    return options.schedule == "one-cycle" && options.warmUp == 0 ? cycleRise : options.warmUp;
}

} // namespace

LearningRateSchedule::LearningRateSchedule(const TrainingOptions& options, std::int64_t batchesPerEpoch)
    : m_options(options)
    , m_batchesPerEpoch(std::max<std::int64_t>(1, batchesPerEpoch))
    , m_steps(m_batchesPerEpoch * std::max(1, options.epochs))
    , m_warmUp(static_cast<std::int64_t>(warmUpPart(options) * static_cast<double>(m_steps) + 1e-9))
    , m_plateauRate(options.learningRate)
{
}

double LearningRateSchedule::rate(std::int64_t step) const
{
    if (m_options.schedule == "one-cycle") {
        return oneCycle(step);
    }
    if (step < m_warmUp) {
        return m_options.learningRate * partOf(step + 1, m_warmUp + 1);
    }
    // Hundreds of halvings would end in 0, which is no rate.
    return std::max(scheduled(step - m_warmUp), std::numeric_limits<double>::min());
}

double LearningRateSchedule::oneCycle(std::int64_t step) const
{
    const double highest = m_options.learningRate;
    if (step < m_warmUp) {
        return eased(highest * cycleStart, highest, partOf(step, m_warmUp));
    }
    return eased(highest, m_options.finalLearningRate, partOf(step - m_warmUp, m_steps - m_warmUp));
}

double LearningRateSchedule::scheduled(std::int64_t step) const
{
    const auto epochs = static_cast<int>(step / m_batchesPerEpoch);
    const double highest = m_options.learningRate;
    if (m_options.schedule == "step") {
        return highest * std::pow(m_options.rateFactor, epochs / m_options.stepEpochs);
    }
    if (m_options.schedule == "exponential") {
        return highest * std::pow(m_options.rateFactor, epochs);
    }
    if (m_options.schedule == "cosine") {
        return eased(highest, m_options.finalLearningRate, partOf(step, m_steps - m_warmUp));
    }
    return m_options.schedule == "plateau" ? m_plateauRate : highest;
}

void LearningRateSchedule::epochEnded(double validationLoss)
{
    if (validationLoss < m_lowestLoss) {
        m_lowestLoss = validationLoss;
        m_epochsWithoutBetter = 0;
        return;
    }
    if (++m_epochsWithoutBetter >= m_options.plateauPatience) {
        m_epochsWithoutBetter = 0;
        m_plateauRate = std::max(m_plateauRate * m_options.rateFactor,
                                 std::min(m_options.finalLearningRate, m_options.learningRate));
    }
}

std::vector<double> plannedRates(const TrainingOptions& options, int points)
{
    // Any number of batches would do; with so many, the first and the last look as in a long run.
    const LearningRateSchedule schedule(options, 1'000);
    std::vector<double> rates;
    for (int i = 0; i < points; ++i) {
        rates.push_back(schedule.rate((schedule.steps() - 1) * i / std::max(1, points - 1)));
    }
    return rates;
}

} // namespace digitpad
