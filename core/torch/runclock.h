#pragma once

#include <chrono>

namespace digitpad {

/// Seconds of a run: those before it was interrupted included, pauses left out.
class RunClock
{
public:
    explicit RunClock(double before = 0)
        : m_before(before)
    {
    }

    [[nodiscard]] double seconds() const { return m_before + secondsSince(m_start) - m_outside; }

    /// The time until `work` returns counts for nothing.
    template <class Work>
    auto outside(Work&& work)
    {
        const auto start = Clock::now();
        auto result = work();
        m_outside += secondsSince(start);
        return result;
    }

private:
    using Clock = std::chrono::steady_clock;

    static double secondsSince(Clock::time_point start)
    {
        return std::chrono::duration<double>(Clock::now() - start).count();
    }

    double m_before;
    double m_outside = 0;
    Clock::time_point m_start = Clock::now();
};

} // namespace digitpad
