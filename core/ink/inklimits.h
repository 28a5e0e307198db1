#pragma once

#include "core/ink/ink.h"

#include <cmath>
#include <cstddef>

namespace digitpad {

/// What a drawing in a file may be at most: far above any that a person makes, and low enough that none can
/// fill the memory or overflow what is computed from it.
inline constexpr std::size_t maximumStrokes = 10'000;
inline constexpr std::size_t maximumPoints = 1'000'000;
inline constexpr double maximumCoordinate = 1e7;
inline constexpr double maximumTime = 1e15;

/// False for what no reader would take back, NaN and infinity included.
inline bool isCoordinate(double value)
{
    return std::abs(value) <= maximumCoordinate;
}

inline bool isTime(double value)
{
    return std::abs(value) <= maximumTime;
}

/// Whether a file may hold the point.
inline bool isStorable(const InkPoint& point)
{
    return isCoordinate(point.x) && isCoordinate(point.y) && isTime(point.time) &&
           std::isfinite(point.pressure);
}

/// Times of day in milliseconds are too large for a float; such times are counted from the ink's first.
class TimeOrigin
{
public:
    float relative(double time)
    {
        constexpr double exactInFloat = 1 << 24;
        if (!m_known) {
            m_known = true;
            m_origin = std::abs(time) > exactInFloat ? time : 0;
        }
        return static_cast<float>(time - m_origin);
    }

private:
    bool m_known = false;
    double m_origin = 0;
};

} // namespace digitpad
