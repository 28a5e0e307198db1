#include "core/learning/learningrateschedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace digitpad {

LearningRateSchedule::LearningRateSchedule(std::string kind, double baseRate, std::int64_t steps)
    : m_kind(std::move(kind))
    , m_baseRate(baseRate)
    , m_steps(std::max<std::int64_t>(1, steps))
{
}

double LearningRateSchedule::rate(std::int64_t step) const
{
    if (m_kind == "constant") {
        return m_baseRate;
    }
    const std::int64_t warmUp = m_steps / 20;
    if (step < warmUp) {
        return m_baseRate * static_cast<double>(step + 1) / static_cast<double>(warmUp + 1);
    }
    const double part = static_cast<double>(step - warmUp) / static_cast<double>(m_steps - warmUp);
    return m_baseRate * 0.5 * (1 + std::cos(std::numbers::pi * part));
}

} // namespace digitpad
