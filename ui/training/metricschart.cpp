#include "ui/training/metricschart.h"

#include "ui/training/chartbar.h"
#include "ui/training/plotroom.h"
#include "ui/training/plotview.h"
#include "ui/training/runlegend.h"
#include "ui/widgets/taborder.h"

#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace digitpad {

namespace {

constexpr int redrawInterval = 50; // Milliseconds: 20 times a second looks live and leaves the pad its time.
/// A run in progress keeps no more batches than this; then every other one goes. As in a run's files, but
/// finer.
constexpr std::size_t mostBatches = 200'000;
/// Batches that wait while nobody looks.
constexpr std::size_t mostPending = 20'000;
constexpr int describedRuns = 10;

} // namespace

MetricsChart::MetricsChart(QWidget* parent)
    : QWidget(parent)
    , m_bar(new ChartBar(this))
    , m_legend(new RunLegend(this))
    , m_room(new PlotRoom(this))
{
    m_plots.reserve(allMetrics.size());
    for (const Metric metric : allMetrics) {
        addPlot(metric);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_bar);
    layout->addWidget(m_room, 1);
    layout->addWidget(m_legend);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(redrawInterval);
    connect(&m_redraw, &QTimer::timeout, this, &MetricsChart::redraw);
    connect(m_legend, &RunLegend::visibilityWanted, this, [this](const QString& id, bool visible) {
        setRunVisible(id, visible);
        Q_EMIT runVisibilityChanged(id, visible);
    });
    connect(m_legend, &RunLegend::onlyWanted, this, &MetricsChart::showOnly);
    connect(m_legend, &RunLegend::allWanted, this, [this] { showOnly({}); });
    connectBar();
    orderTabsAsSeen(this);
    redrawNow();
}

MetricsChart::~MetricsChart()
{
    // A plot that has the focus gives up its crosshair while the window goes, after this.
    for (const Plot& plot : m_plots) {
        plot.view->disconnect(this);
    }
}

void MetricsChart::addPlot(Metric metric)
{
    auto* view = new PlotView(metric, m_room);
    view->hide();
    m_plots.push_back({view, SteadyEnd(), {}});
    const std::size_t index = m_plots.size() - 1;
    connect(view, &PlotView::xWanted, this, &MetricsChart::zoomX);
    connect(view, &PlotView::yWanted, this, [this, index](Range y) { zoomY(m_plots[index], y); });
    connect(view, &PlotView::resetWanted, this, &MetricsChart::resetView);
    connect(view, &PlotView::crosshairMoved, this, [this, view](std::optional<double> x) {
        for (const Plot& plot : m_plots) {
            plot.view->setGuide(plot.view == view ? std::nullopt : x);
        }
    });
    connect(view, &QWidget::customContextMenuRequested, this,
            [this, view](QPoint place) { openMenu(view, place); });
}

void MetricsChart::connectBar()
{
    connect(m_bar, &ChartBar::changed, this, &MetricsChart::redrawNow);
    connect(m_bar, &ChartBar::axesChanged, this, &MetricsChart::onAxesChanged);
    connect(m_bar, &ChartBar::resetRequested, this, &MetricsChart::resetView);
    connect(m_bar, &ChartBar::exportRequested, this, &MetricsChart::openExportDialog);
    connect(m_bar, &ChartBar::copyRequested, this, &MetricsChart::copyPicture);
}

PlotView* MetricsChart::plot(Metric metric) const
{
    return m_plots[static_cast<std::size_t>(metric)].view;
}

const MetricsChart::Run* MetricsChart::find(const QString& id) const
{
    const auto run = std::find_if(m_runs.begin(), m_runs.end(),
                                  [&id](const Run& candidate) { return candidate.plotRun.id == id; });
    return run == m_runs.end() ? nullptr : &*run;
}

MetricsChart::Run* MetricsChart::find(const QString& id)
{
    return const_cast<Run*>(std::as_const(*this).find(id));
}

int MetricsChart::freeStyle() const
{
    int style = 0;
    const auto taken = [&style](const Run& run) { return run.plotRun.style == style; };
    while (std::any_of(m_runs.begin(), m_runs.end(), taken)) {
        ++style;
    }
    return style;
}

MetricsChart::Run& MetricsChart::findOrAdd(const QString& id)
{
    if (Run* run = find(id)) {
        return *run;
    }
    Run run;
    run.plotRun.id = id;
    run.plotRun.style = freeStyle();
    run.plotRun.curves = std::make_shared<const RunCurves>();
    m_runs.push_back(std::move(run));
    return m_runs.back();
}

void MetricsChart::setCurves(Run& run, std::shared_ptr<const RunCurves> curves)
{
    run.plotRun.curves = curves ? std::move(curves) : std::make_shared<const RunCurves>();
    run.plotRun.stepsPerEpoch = stepsPerEpoch(*run.plotRun.curves);
}

void MetricsChart::setRun(const QString& id, const QString& name, std::shared_ptr<const RunCurves> curves)
{
    Run& run = findOrAdd(id);
    run.overlaid = true;
    run.plotRun.name = name;
    if (id != m_live) {
        setCurves(run, std::move(curves));
    }
    onRunsChanged();
}

void MetricsChart::removeRun(const QString& id)
{
    Run* run = find(id);
    if (run == nullptr) {
        return;
    }
    if (id == m_live) {
        run->overlaid = false;
        return;
    }
    m_runs.erase(m_runs.begin() + (run - m_runs.data()));
    onRunsChanged();
}

void MetricsChart::setRunVisible(const QString& id, bool visible)
{
    if (Run* run = find(id); run != nullptr && run->visible != visible) {
        run->visible = visible;
        onRunsChanged();
    }
}

void MetricsChart::removeLive()
{
    takePending();
    const QString before = std::exchange(m_live, {});
    if (const Run* run = find(before); run != nullptr && !run->overlaid) {
        removeRun(before);
    }
}

void MetricsChart::beginRun(const QString& id, const QString& name, int epochs,
                            std::shared_ptr<const RunCurves> soFar)
{
    if (id != m_live) {
        removeLive();
    }
    m_pendingBatches.clear();
    m_pendingEpochs.clear();
    m_live = id;
    m_plannedEpochs = std::max(1, epochs);
    Run& run = findOrAdd(id);
    run.plotRun.name = name;
    run.visible = true;
    setCurves(run, std::move(soFar));
    const auto& batches = run.plotRun.curves->batches;
    m_stride = batches.size() > 1 ? std::max<std::int64_t>(1, batches[1].step - batches[0].step) : 1;
    for (Plot& plot : m_plots) {
        plot.steady.reset();
    }
    resetView();
    onRunsChanged();
}

void MetricsChart::addBatches(const BatchProgress& newest, const QVector<BatchPoint>& batches)
{
    Run* run = find(m_live);
    if (run == nullptr) {
        return;
    }
    if (newest.batches > 0) {
        run->plotRun.stepsPerEpoch = static_cast<double>(newest.batches);
    }
    std::copy_if(batches.begin(), batches.end(), std::back_inserter(m_pendingBatches),
                 [this](const BatchPoint& batch) { return (batch.step - 1) % m_stride == 0; });
    if (m_pendingBatches.size() > mostPending) {
        takePending();
    }
    scheduleRedraw();
}

void MetricsChart::addEpoch(const EpochMetrics& metrics)
{
    if (m_live.isEmpty()) {
        return;
    }
    m_pendingEpochs.push_back(metrics);
    takePending();
    scheduleRedraw();
    describe();
}

/// Curves never change once they are made, so that they can be painted on another thread meanwhile.
void MetricsChart::takePending()
{
    Run* run = find(m_live);
    if (run == nullptr || (m_pendingBatches.empty() && m_pendingEpochs.empty())) {
        return;
    }
    const RunCurves& before = *run->plotRun.curves;
    auto curves = std::make_shared<RunCurves>();
    curves->batches.reserve(before.batches.size() + m_pendingBatches.size());
    curves->batches = before.batches;
    curves->batches.insert(curves->batches.end(), m_pendingBatches.begin(), m_pendingBatches.end());
    curves->epochs = before.epochs;
    curves->epochs.insert(curves->epochs.end(), m_pendingEpochs.begin(), m_pendingEpochs.end());
    while (curves->batches.size() > mostBatches) {
        m_stride *= 2;
        std::erase_if(curves->batches,
                      [this](const BatchPoint& batch) { return (batch.step - 1) % m_stride != 0; });
    }
    m_pendingBatches.clear();
    m_pendingEpochs.clear();
    run->plotRun.curves = std::move(curves);
}

void MetricsChart::clear()
{
    m_runs.clear();
    m_live.clear();
    m_pendingBatches.clear();
    m_pendingEpochs.clear();
    resetView();
    onRunsChanged();
}

int MetricsChart::runStyle(const QString& id) const
{
    const Run* run = find(id);
    return run != nullptr ? run->plotRun.style : -1;
}

void MetricsChart::setRunStyle(const QString& id, int style)
{
    if (Run* run = find(id); run != nullptr && run->plotRun.style != style) {
        run->plotRun.style = style;
        onRunsChanged();
    }
}

bool MetricsChart::logarithmic() const
{
    return m_bar->options().logarithmic;
}

void MetricsChart::setLogarithmic(bool logarithmic)
{
    m_bar->setLogarithmic(logarithmic);
}

void MetricsChart::showOnly(const QString& id)
{
    for (Run& run : m_runs) {
        const bool visible = id.isEmpty() || run.plotRun.id == id;
        if (std::exchange(run.visible, visible) != visible) {
            Q_EMIT runVisibilityChanged(run.plotRun.id, visible);
        }
    }
    onRunsChanged();
}

void MetricsChart::onRunsChanged()
{
    showLegend();
    describe();
    scheduleRedraw();
}

void MetricsChart::showLegend()
{
    std::vector<LegendEntry> entries;
    entries.reserve(m_runs.size());
    for (const Run& run : m_runs) {
        entries.push_back({run.plotRun.id, run.plotRun.name, run.plotRun.style, run.visible});
    }
    m_legend->setEntries(entries);
}

void MetricsChart::describe()
{
    const PlotScene scene = sceneWithoutView();
    for (const Plot& plot : m_plots) {
        QStringList lines;
        for (const PlotRun& run : scene.runs) {
            if (run.curves->epochs.empty() || lines.size() == describedRuns) {
                continue;
            }
            const EpochMetrics& last = run.curves->epochs.back();
            const Metric metric = plot.view->metric();
            const QString name = metricName(metric).toLower();
            const QString training = metricText(metric, trainingValue(last, metric));
            const QString values =
                hasValidation(metric)
                    ? tr("training %1 %2, validation %1 %3")
                          .arg(name, training, metricText(metric, validationValue(last, metric)))
                    : tr("%1 %2").arg(name, training);
            const QString text = tr("After epoch %1: %2").arg(last.epoch).arg(values);
            lines += scene.runs.size() == 1 ? text : tr("%1. %2").arg(run.name, text);
        }
        plot.view->setAccessibleDescription(lines.join(u'\n'));
    }
}

} // namespace digitpad
