#pragma once

#include <cstdint>
#include <string>

namespace digitpad {

/// Learning rate of every step of a run.
class LearningRateSchedule
{
public:
    /// `kind` is "constant" or "cosine": a linear warm-up over the first twentieth of the steps, then half a
    /// cosine down towards 0 (Loshchilov and Hutter, "SGDR", 2017, without restarts).
    LearningRateSchedule(std::string kind, double baseRate, std::int64_t steps);

    /// `step` from 0 to steps - 1. Always above 0.
    [[nodiscard]] double rate(std::int64_t step) const;

private:
    std::string m_kind;
    double m_baseRate;
    std::int64_t m_steps;
};

} // namespace digitpad
