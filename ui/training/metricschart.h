#pragma once

#include "core/learning/engine.h"
#include "core/learning/runrecord.h"
#include "ui/training/chartexport.h"
#include "ui/training/metric.h"
#include "ui/training/plotrange.h"
#include "ui/training/plotscene.h"
#include "ui/widgets/tones.h"

#include <QTimer>
#include <QVector>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace digitpad {

class ChartBar;
class PlotRoom;
class PlotView;
class RunLegend;

/// The plots of runs: loss, accuracy, learning rate and gradient norm, of the run in progress and of others
/// laid over it, told apart by colour and dashes. The plots share their x axis, its zoom and the crosshair.
/// Data are kept apart from painting: however fast they come, the plots are redrawn at most 20 times a second
/// and only while they can be seen. They stay after the run. GUI thread only.
class MetricsChart : public QWidget
{
    Q_OBJECT

public:
    explicit MetricsChart(QWidget* parent = nullptr);
    ~MetricsChart() override;

    /// Lays a run over the others, or replaces its curves and name; null for none. Of the run in
    /// progress the curves in the chart stay: they are newer than any on the disk.
    void setRun(const QString& id, const QString& name, std::shared_ptr<const RunCurves> curves);
    /// Does nothing where there is no such run. The run in progress, or the last one, stays.
    void removeRun(const QString& id);
    void setRunVisible(const QString& id, bool visible);

    /// A run of `epochs` epochs begins, or goes on after `soFar` (null for nothing). It takes the place of
    /// the run before, unless that was also given by setRun().
    void beginRun(const QString& id, const QString& name, int epochs,
                  std::shared_ptr<const RunCurves> soFar = nullptr);
    /// All batches since the last call; `newest` is the last of them.
    void addBatches(const BatchProgress& newest, const QVector<BatchPoint>& batches);
    void addEpoch(const EpochMetrics& metrics);
    /// Redraws at once where something waits to be drawn.
    void flush();
    /// Takes all runs away.
    void clear();

    /// For runColor() and runDash(), as the plots show it; -1 where there is no such run. A run gets the
    /// lowest number that is free and keeps it until it is removed, unless it is set.
    [[nodiscard]] int runStyle(const QString& id) const;
    void setRunStyle(const QString& id, int style);

    [[nodiscard]] PlotView* plot(Metric metric) const;
    [[nodiscard]] ChartBar* bar() const { return m_bar; }
    [[nodiscard]] bool logarithmic() const;
    void setLogarithmic(bool logarithmic);

    /// What is in sight, for files and the clipboard; on white.
    [[nodiscard]] ChartPicture picture() const;
    /// Asks for a file's name, then saves.
    void openExportDialog();
    /// By the name's end, as writeChart(). message() follows.
    void exportTo(const QString& path);
    void copyPicture();

Q_SIGNALS:
    /// The person hid or showed a run in the legend.
    void runVisibilityChanged(const QString& id, bool visible);
    void message(digitpad::Tone tone, const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Run
    {
        PlotRun plotRun;
        bool visible = true;
        bool overlaid = false; ///< Given by setRun().
    };
    struct Plot
    {
        PlotView* view = nullptr;
        SteadyEnd steady;
        std::optional<Range> y; ///< As the person zoomed it, as plotted.
    };

    void addPlot(Metric metric);
    void connectBar();
    [[nodiscard]] Run* find(const QString& id);
    [[nodiscard]] const Run* find(const QString& id) const;
    Run& findOrAdd(const QString& id);
    [[nodiscard]] int freeStyle() const;
    void setCurves(Run& run, std::shared_ptr<const RunCurves> curves);
    void removeLive();
    void takePending();

    void onRunsChanged();
    void onAxesChanged();
    void resetView();
    void zoomX(Range x);
    void zoomY(Plot& plot, Range plotted);
    void showLegend();
    void showOnly(const QString& id);
    void scheduleRedraw();
    void redrawNow();
    void redraw();
    [[nodiscard]] PlotScene sceneWithoutView() const;
    [[nodiscard]] Range wholeX(const PlotScene& scene) const;
    [[nodiscard]] Range shownX(const PlotScene& scene) const;
    void scaleY(PlotScene& scene, Plot& plot) const;
    void describe();
    void openMenu(const PlotView* view, QPoint place);

    std::vector<Run> m_runs; ///< In the order in which they came.
    QString m_live;          ///< The id of the run in progress, or of the last one; empty for none.
    int m_plannedEpochs = 1; ///< Of it.
    std::vector<BatchPoint> m_pendingBatches; ///< Of it, not yet in its curves.
    std::vector<EpochMetrics> m_pendingEpochs;
    std::int64_t m_stride = 1; ///< Every how many-th batch of it is kept.
    std::optional<Range> m_x;  ///< As the person zoomed it.
    bool m_stale = false;      ///< Data came since the last redraw.

    std::vector<Plot> m_plots; ///< In the order of allMetrics.
    ChartBar* m_bar;
    RunLegend* m_legend;
    PlotRoom* m_room;
    QTimer m_redraw;
};

} // namespace digitpad
