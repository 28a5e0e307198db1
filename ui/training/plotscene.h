#pragma once

#include "core/learning/runrecord.h"
#include "ui/training/axisscale.h"
#include "ui/training/metric.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QRectF>
#include <QString>

#include <memory>
#include <vector>

namespace digitpad {

enum class XAxis { Epochs, Steps };

/// One run in a plot. Its curves never change; a run that goes on gets new ones.
struct PlotRun
{
    QString id;
    QString name;
    int style = 0;                           ///< For runColor() and runDash().
    std::shared_ptr<const RunCurves> curves; ///< Never null.
    double stepsPerEpoch = 1;                ///< Above 0.

    bool operator==(const PlotRun&) const = default;
};

/// How runs are shown, the same in every plot.
struct PlotOptions
{
    XAxis xAxis = XAxis::Epochs;
    bool logarithmic = false; ///< Where the metric can be.
    bool eachBatch = true;    ///< Training as the batches were, and their mean; or a point an epoch.
    bool training = true;
    bool validation = true;
    double smoothing = 0; ///< How far the mean of batches reaches back, in epochs; 0 for none.

    bool operator==(const PlotOptions&) const = default;
};

struct PlotColors
{
    QColor base;
    QColor grid; ///< Opaque.
    QColor text;
    QColor quietText;
    bool dark = false;

    static PlotColors of(const QPalette& palette);
    /// For paper and for documents.
    static PlotColors onWhite();
    bool operator==(const PlotColors&) const = default;
};

/// All that one plot shows. A value: it may be painted on any thread.
struct PlotScene
{
    Metric metric = Metric::Loss;
    PlotOptions options;
    PlotColors colors;
    QFont font;
    QString emptyText; ///< Stands in the plot while no run has anything to show.
    std::vector<PlotRun> runs;

    /// What is in sight, as plotted: x in epochs or steps, y the value or its decimal logarithm; top() is the
    /// lowest y.
    QRectF view{0, 0, 1, 1};
    AxisScale xScale; ///< Ticks as plotted.
    AxisScale yScale; ///< Ticks as values.

    [[nodiscard]] bool logarithmic() const { return options.logarithmic && canBeLogarithmic(metric); }
    /// The value as plotted; on a logarithmic axis the lower end stands for 0 and less.
    [[nodiscard]] double plotted(double value) const;
    [[nodiscard]] double valueOf(double plotted) const;
    [[nodiscard]] double xOfStep(const PlotRun& run, double step) const;
    [[nodiscard]] double xOfEpoch(const PlotRun& run, const EpochMetrics& epoch) const;
    [[nodiscard]] double stepAt(const PlotRun& run, double x) const;
    [[nodiscard]] double epochAt(const PlotRun& run, double x) const;
    /// Whether training is drawn batch by batch; runs without batches always show epochs.
    [[nodiscard]] bool showsBatches(const PlotRun& run) const;
    [[nodiscard]] bool showsTraining() const { return options.training || !hasValidation(metric); }
    [[nodiscard]] bool showsValidation() const { return options.validation && hasValidation(metric); }
    /// No run has a point of this metric.
    [[nodiscard]] bool empty() const;
};

/// Steps that an epoch of a run takes; 1 where its curves do not tell.
double stepsPerEpoch(const RunCurves& curves);

/// The mean of the batches up to one of them, with weights that fall by e over `reach` steps (an exponential
/// mean, free of the bias towards its start); the batch's own value where `reach` is 0. Batches that are not
/// finite do not count; NaN where there is no other.
double smoothedAt(const std::vector<BatchPoint>& batches, std::size_t index, Metric metric, double reach);

/// The same, one batch after the other.
class RunningMean
{
public:
    explicit RunningMean(double reach)
        : m_reach(reach)
    {
    }
    /// Gives the mean with this value; `value` is finite, steps rise.
    double add(double step, double value);

private:
    [[nodiscard]] double keptOver(double steps);

    double m_reach;
    double m_step = 0;
    double m_mean = 0;   ///< Still biased towards 0.
    double m_weight = 0; ///< What its weights sum up to.
    double m_gap = -1;   ///< The last distance of two steps, and what is kept over it.
    double m_kept = 0;
};

} // namespace digitpad
