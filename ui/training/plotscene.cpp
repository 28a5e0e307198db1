#include "ui/training/plotscene.h"

#include "ui/widgets/tones.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace digitpad {

namespace {

/// What is left of a mean's weight when older batches are not looked at any more.
constexpr double forgotten = 1e-6;

PlotColors colorsOf(const QColor& base, const QColor& text, bool dark)
{
    return {base, mixed(text, base, dark ? 0.16 : 0.12), text, mixed(text, base, 0.68), dark};
}

} // namespace

PlotColors PlotColors::of(const QPalette& palette)
{
    return colorsOf(palette.color(QPalette::Base), palette.color(QPalette::Text), isDark(palette));
}

PlotColors PlotColors::onWhite()
{
    return colorsOf(Qt::white, QColor(0x22, 0x22, 0x22), false);
}

double PlotScene::plotted(double value) const
{
    return logarithmic() ? std::log10(std::max(value, std::pow(10, view.top()))) : value;
}

double PlotScene::valueOf(double plotted) const
{
    return logarithmic() ? std::pow(10, plotted) : plotted;
}

double PlotScene::xOfStep(const PlotRun& run, double step) const
{
    return options.xAxis == XAxis::Steps ? step : step / run.stepsPerEpoch;
}

double PlotScene::xOfEpoch(const PlotRun& run, const EpochMetrics& epoch) const
{
    if (options.xAxis == XAxis::Epochs) {
        return epoch.epoch;
    }
    return epoch.step > 0 ? static_cast<double>(epoch.step) : epoch.epoch * run.stepsPerEpoch;
}

double PlotScene::stepAt(const PlotRun& run, double x) const
{
    return options.xAxis == XAxis::Steps ? x : x * run.stepsPerEpoch;
}

double PlotScene::epochAt(const PlotRun& run, double x) const
{
    return options.xAxis == XAxis::Epochs ? x : x / run.stepsPerEpoch;
}

bool PlotScene::showsBatches(const PlotRun& run) const
{
    return !run.curves->batches.empty() && (options.eachBatch || run.curves->epochs.empty());
}

bool PlotScene::empty() const
{
    return std::none_of(runs.begin(), runs.end(), [](const PlotRun& run) {
        return !run.curves->epochs.empty() || !run.curves->batches.empty();
    });
}

double stepsPerEpoch(const RunCurves& curves)
{
    if (!curves.epochs.empty() && curves.epochs.back().step > 0) {
        const EpochMetrics& last = curves.epochs.back();
        return static_cast<double>(last.step) / std::max(1, last.epoch);
    }
    return 1;
}

double smoothedAt(const std::vector<BatchPoint>& batches, std::size_t index, Metric metric, double reach)
{
    double sum = 0;
    double weights = 0;
    double kept = 1;
    double gap = -1;
    double keptOverGap = 0;
    for (std::size_t i = index + 1; i-- > 0 && kept > forgotten;) {
        const auto step = static_cast<double>(batches[i].step);
        const double distance = i > 0 ? step - static_cast<double>(batches[i - 1].step) : 1;
        if (distance != gap) {
            gap = distance;
            keptOverGap = reach > 0 ? std::exp(-std::max(1.0, distance) / reach) : 0;
        }
        if (const double value = batchValue(batches[i], metric); std::isfinite(value)) {
            sum += kept * (1 - keptOverGap) * value;
            weights += kept * (1 - keptOverGap);
        }
        kept *= keptOverGap;
    }
    return weights > 0 ? sum / weights : std::numeric_limits<double>::quiet_NaN();
}

double RunningMean::keptOver(double steps)
{
    if (steps != m_gap) {
        m_gap = steps;
        m_kept = std::exp(-steps / m_reach);
    }
    return m_kept;
}

double RunningMean::add(double step, double value)
{
    if (m_reach <= 0) {
        return value;
    }
    const double kept = keptOver(m_weight > 0 ? std::max(1.0, step - m_step) : 1);
    m_step = step;
    m_mean = kept * m_mean + (1 - kept) * value;
    m_weight = kept * m_weight + (1 - kept);
    return m_mean / m_weight;
}

} // namespace digitpad
