#include "ui/training/plotrange.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace digitpad {

namespace {

constexpr std::ptrdiff_t mostSamples = 400; // Of a run; enough to place an axis.
constexpr double shownBatches = 0.97;       ///< The part of the batches that lies within the axis.
/// The part of an axis left free behind its end, so that a marker there is not cut in half.
constexpr double markerRoom = 0.02;
constexpr double tightRoom = 0.06;
constexpr double longestLogRange = 1e5;
constexpr int intervals = 5;
constexpr int fewTicks = 4;

double percentile(std::vector<double>& values, double part)
{
    const auto rank = values.begin() + std::lround(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), rank, values.end());
    return *rank;
}

std::vector<double> sampledBatches(const PlotScene& scene, const PlotRun& run, Range x)
{
    const auto& batches = run.curves->batches;
    const auto before = [](const BatchPoint& batch, double step) {
        return static_cast<double>(batch.step) < step;
    };
    const auto begin = std::lower_bound(batches.begin(), batches.end(), scene.stepAt(run, x.low), before);
    const auto end = std::lower_bound(begin, batches.end(), scene.stepAt(run, x.high), before);
    const std::ptrdiff_t stride = std::max<std::ptrdiff_t>(1, (end - begin) / mostSamples);
    std::vector<double> values;
    for (std::ptrdiff_t i = 0; i < end - begin; i += stride) {
        if (const double value = batchValue(begin[i], scene.metric); std::isfinite(value)) {
            values.push_back(value);
        }
    }
    return values;
}

/// Of the epochs in sight, training and validation as far as they are shown.
std::vector<double> epochValues(const PlotScene& scene, const PlotRun& run, Range x)
{
    std::vector<double> values;
    const auto add = [&values](double value) {
        if (std::isfinite(value)) {
            values.push_back(value);
        }
    };
    for (const EpochMetrics& epoch : run.curves->epochs) {
        const double at = scene.xOfEpoch(run, epoch);
        if (at < x.low || at > x.high) {
            continue;
        }
        if (scene.showsTraining()) {
            add(trainingValue(epoch, scene.metric));
        }
        if (scene.showsValidation()) {
            add(validationValue(epoch, scene.metric));
        }
    }
    return values;
}

Range rangeOf(const std::vector<double>& values)
{
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return {*low, *high};
}

/// What is worth seeing of one run. Batches widen a range of epochs upwards alone, for accuracies not at all:
/// those of the first batches say little.
std::optional<Range> valuesOfRun(const PlotScene& scene, const PlotRun& run, Range x)
{
    const std::vector<double> epochs = epochValues(scene, run, x);
    std::vector<double> batches = scene.showsTraining() && scene.showsBatches(run)
                                      ? sampledBatches(scene, run, x)
                                      : std::vector<double>();
    if (batches.empty()) {
        return epochs.empty() ? std::optional<Range>() : rangeOf(epochs);
    }
    if (scene.metric == Metric::LearningRate) {
        return rangeOf(batches);
    }
    const double high = percentile(batches, shownBatches);
    const double low = percentile(batches, 1 - shownBatches);
    if (epochs.empty()) {
        return Range{low, high};
    }
    const Range ofEpochs = rangeOf(epochs);
    if (scene.metric == Metric::Accuracy) {
        return Range{ofEpochs.low, std::max(ofEpochs.high, high)};
    }
    return Range{std::min(low, ofEpochs.low), std::max(high, std::min(ofEpochs.high, 3 * high))};
}

double median(std::vector<double> values)
{
    return percentile(values, 0.5);
}

/// The lowest value above 0, for an axis that has no 0.
double lowestPositive(const PlotScene& scene, Range x, double high)
{
    double lowest = high;
    const auto take = [&lowest](const std::vector<double>& values) {
        for (const double value : values) {
            lowest = value > 0 ? std::min(lowest, value) : lowest;
        }
    };
    for (const PlotRun& run : scene.runs) {
        take(epochValues(scene, run, x));
        std::vector<double> batches = sampledBatches(scene, run, x);
        if (scene.showsBatches(run) && !batches.empty()) {
            take({percentile(batches, isNoisy(scene.metric) ? 1 - shownBatches : 0.0)});
        }
    }
    return std::max(lowest, high / longestLogRange);
}

void setY(PlotScene& scene, double low, double high)
{
    scene.view.setTop(low);
    scene.view.setBottom(high);
}

void scaleLogarithmically(PlotScene& scene, Range x)
{
    const auto values = shownValues(scene, x);
    const double high = values && values->high > 0 ? values->high : 1;
    scene.yScale = logScale(values ? lowestPositive(scene, x, high) : 0.1, high);
    const double low = std::log10(scene.yScale.low);
    const double span = std::log10(scene.yScale.high) - low;
    setY(scene, low, low + span * (1 + markerRoom));
}

Range viewX(const PlotScene& scene)
{
    return {scene.view.left(), scene.view.right()};
}

} // namespace

std::optional<Range> shownValues(const PlotScene& scene, Range x)
{
    // Of an accuracy it is the distance to 1 that must not be ten times the others'.
    const bool downwards = scene.metric == Metric::Accuracy;
    std::vector<double> lows;
    std::vector<double> highs;
    for (const PlotRun& run : scene.runs) {
        if (const auto values = valuesOfRun(scene, run, x)) {
            lows.push_back(values->low);
            highs.push_back(values->high);
        }
    }
    if (lows.empty()) {
        return {};
    }
    const Range all{*std::min_element(lows.begin(), lows.end()),
                    *std::max_element(highs.begin(), highs.end())};
    if (downwards) {
        return Range{std::max(all.low, 1 - 10 * std::max(0.005, 1 - median(lows))), all.high};
    }
    const double usual = median(highs);
    return Range{all.low, usual > 0 ? std::min(all.high, 10 * usual) : all.high};
}

double lastX(const PlotScene& scene)
{
    double last = 0;
    for (const PlotRun& run : scene.runs) {
        if (!run.curves->batches.empty()) {
            last = std::max(last, scene.xOfStep(run, static_cast<double>(run.curves->batches.back().step)));
        }
        if (!run.curves->epochs.empty()) {
            last = std::max(last, scene.xOfEpoch(run, run.curves->epochs.back()));
        }
    }
    return last;
}

void scaleX(PlotScene& scene, Range x, int intervals)
{
    scene.view.setLeft(x.low);
    scene.view.setRight(x.high);
    scene.xScale = linearTicks(x.low, x.high, intervals);
    // There is nothing between two steps, and between two epochs nothing to name while whole ones are there.
    const auto isWhole = [](double tick) { return std::abs(tick - std::round(tick)) < 1e-9; };
    const auto whole = std::count_if(scene.xScale.ticks.begin(), scene.xScale.ticks.end(), isWhole);
    if (scene.options.xAxis == XAxis::Steps || whole >= fewTicks) {
        std::erase_if(scene.xScale.ticks, [&](double tick) { return !isWhole(tick); });
        scene.xScale.decimals = 0;
    }
}

void scaleYSteadily(PlotScene& scene, SteadyEnd& steady)
{
    const Range x{0, std::numeric_limits<double>::infinity()};
    if (scene.logarithmic()) {
        scaleLogarithmically(scene, x);
        return;
    }
    const auto values = shownValues(scene, x);
    if (scene.metric == Metric::Accuracy) {
        const double depth = steady.follow(std::clamp(values ? 1 - values->low : 0.1, 0.005, 1.0));
        scene.yScale = linearScale(1 - depth, 1, intervals);
    } else {
        const double high = values && std::isfinite(values->high) && values->high > 0 ? values->high : 1;
        scene.yScale = linearScale(0, steady.follow(high), intervals);
    }
    setY(scene, scene.yScale.low, scene.yScale.high + markerRoom * (scene.yScale.high - scene.yScale.low));
}

void scaleYTightly(PlotScene& scene)
{
    if (scene.logarithmic()) {
        scaleLogarithmically(scene, viewX(scene));
        return;
    }
    const auto values = shownValues(scene, viewX(scene));
    const Range range = values.value_or(Range{0, 1});
    const double room = std::max(tightRoom * range.span(), 1e-3 * std::abs(range.high) + 1e-12);
    scaleYTo(scene, {range.low - room, range.high + room});
}

void scaleYTo(PlotScene& scene, Range plotted)
{
    setY(scene, plotted.low, plotted.high);
    scene.yScale = scene.logarithmic()
                       ? logTicks(scene.valueOf(plotted.low), scene.valueOf(plotted.high), intervals)
                       : linearTicks(plotted.low, plotted.high, intervals);
}

} // namespace digitpad
