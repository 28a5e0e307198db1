#include "ui/training/axisscale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace digitpad {

namespace {

constexpr std::array<double, 4> roundFactors{1, 2, 5, 10};

/// The smallest of 1, 2, 5 × 10^n that is at least `size`.
double roundUp(double size)
{
    const double decade = std::pow(10, std::floor(std::log10(size)));
    for (const double factor : roundFactors) {
        if (factor * decade >= size * (1 - 1e-9)) {
            return factor * decade;
        }
    }
    return 10 * decade;
}

/// The largest of 1, 2, 5 × 10^n that is at most `size`.
double roundDown(double size)
{
    const double decade = std::pow(10, std::floor(std::log10(size) + 1e-9));
    for (auto factor = roundFactors.rbegin(); factor != roundFactors.rend(); ++factor) {
        if (*factor * decade <= size * (1 + 1e-9)) {
            return *factor * decade;
        }
    }
    return decade;
}

int decimalsOf(double step)
{
    return std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
}

void addDecade(AxisScale& scale, double decade, bool decadesAlone)
{
    for (const double factor : {1.0, 2.0, 5.0}) {
        const double tick = factor * decade;
        const bool inside = tick >= scale.low * (1 - 1e-9) && tick <= scale.high * (1 + 1e-9);
        if (inside && (factor == 1.0 || !decadesAlone)) {
            scale.ticks.push_back(tick);
        }
    }
}

} // namespace

AxisScale linearScale(double low, double high, int intervals)
{
    const double span = high > low ? high - low : std::max(1e-3, std::abs(high) * 0.1);
    const double step = roundUp(span / std::max(1, intervals));
    const auto first = static_cast<long long>(std::floor(low / step + 1e-9));
    const auto last = std::max(first + 1, static_cast<long long>(std::ceil(high / step - 1e-9)));

    AxisScale scale;
    scale.low = static_cast<double>(first) * step;
    scale.high = static_cast<double>(last) * step;
    scale.decimals = decimalsOf(step);
    for (long long i = first; i <= last; ++i) {
        scale.ticks.push_back(static_cast<double>(i) * step);
    }
    return scale;
}

AxisScale logScale(double low, double high)
{
    AxisScale scale;
    scale.low = roundDown(low);
    scale.high = std::max(roundUp(high), roundUp(scale.low * 1.5));
    scale.decimals = decimalsOf(scale.low);
    const int first = static_cast<int>(std::floor(std::log10(scale.low) + 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(scale.high) + 1e-9));
    for (int decade = first; decade <= last; ++decade) {
        addDecade(scale, std::pow(10, decade), last - first > 3);
    }
    return scale;
}

AxisScale linearTicks(double low, double high, int intervals)
{
    AxisScale scale;
    scale.low = low;
    scale.high = high;
    if (!(high > low)) {
        return scale;
    }
    const double step = roundUp((high - low) / std::max(1, intervals));
    scale.decimals = decimalsOf(step);
    for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) {
        scale.ticks.push_back(i * step);
    }
    return scale;
}

AxisScale logTicks(double low, double high, int intervals)
{
    AxisScale scale;
    scale.low = low;
    scale.high = high;
    const int first = static_cast<int>(std::floor(std::log10(low) + 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(high) + 1e-9));
    for (int decade = first; decade <= last; ++decade) {
        addDecade(scale, std::pow(10, decade), last - first > 3);
    }
    return scale.ticks.size() >= 3 ? scale : linearTicks(low, high, intervals);
}

double SteadyEnd::follow(double wanted)
{
    if (!m_set || wanted > m_end || wanted < m_fill * m_end) {
        m_end = wanted;
        m_set = true;
    }
    return m_end;
}

double epochAxisEnd(double done, int epochs)
{
    const double whole = std::max(1.0, std::ceil(done - 1e-9));
    const double decade = std::pow(10, std::floor(std::log10(whole)));
    double end = whole;
    for (const double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (factor * decade >= whole) {
            end = std::ceil(factor * decade);
            break;
        }
    }
    return std::min(end, std::max(static_cast<double>(epochs), whole));
}

} // namespace digitpad
