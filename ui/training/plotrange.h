#pragma once

#include "ui/training/plotscene.h"

#include <optional>

namespace digitpad {

struct Range
{
    double low = 0;
    double high = 1;

    [[nodiscard]] double span() const { return high - low; }
    bool operator==(const Range&) const = default;
};

/// The values that are worth seeing of the runs in a scene between two places on its x axis: without the
/// first few batches of a run that lie far above all others, a validation that went astray, or a run whose
/// values are ten times those of most. None where there is nothing.
std::optional<Range> shownValues(const PlotScene& scene, Range x);

/// Where the runs of a scene end, in epochs or steps; 0 where they have not begun.
double lastX(const PlotScene& scene);

/// Sets the scene's x axis: its view, and ticks for about `intervals` steps.
void scaleX(PlotScene& scene, Range x, int intervals);
/// Sets the y axis so that it fits the whole runs and seldom moves while they grow: `steady` belongs to this
/// plot.
void scaleYSteadily(PlotScene& scene, SteadyEnd& steady);
/// Sets the y axis to just what the part of the runs in sight needs.
void scaleYTightly(PlotScene& scene);
/// Sets the y axis as it is asked for, as plotted.
void scaleYTo(PlotScene& scene, Range plotted);

} // namespace digitpad
