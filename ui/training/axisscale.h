#pragma once

#include <vector>

namespace digitpad {

/// Where an axis begins and ends, and its ticks: round numbers that a person can read off.
struct AxisScale
{
    double low = 0;
    double high = 1;
    std::vector<double> ticks; ///< Rising, each within low and high.
    int decimals = 1;          ///< That the ticks' texts need, so that they all look alike.

    bool operator==(const AxisScale&) const = default;
};

/// Ends and steps of 1, 2 or 5 times a power of ten, about `intervals` steps; covers low to high, which may
/// be equal.
AxisScale linearScale(double low, double high, int intervals);

/// The same for a logarithmic axis: ticks at 1, 2 and 5 of each decade, of long ranges at the decades alone.
/// Both ends are positive.
AxisScale logScale(double low, double high);

/// The ticks within a part of an axis whose ends stay where they are, for one that is zoomed.
AxisScale linearTicks(double low, double high, int intervals);
/// The same for a logarithmic axis; both ends are positive. Of a range too narrow for three of 1, 2 and 5 the
/// ticks are evenly spaced.
AxisScale logTicks(double low, double high, int intervals);

/// The end of an axis that follows growing or falling data without jitter: it gives way at once to what does
/// not fit, and closes in only when less than `fill` of it is used.
class SteadyEnd
{
public:
    explicit SteadyEnd(double fill = 0.6)
        : m_fill(fill)
    {
    }

    void reset() { m_set = false; }
    /// `wanted` is where the data end, above 0. Gives the end to show.
    double follow(double wanted);

private:
    double m_fill;
    double m_end = 0;
    bool m_set = false;
};

/// How far an axis over a run of `epochs` reaches when `done` epochs (with a fraction) are behind us: in rare
/// large steps, so that the curves use the room and the axis seldom moves.
double epochAxisEnd(double done, int epochs);

} // namespace digitpad
