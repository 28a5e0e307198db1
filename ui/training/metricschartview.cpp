// What is in sight of a MetricsChart, and its way to the screen, to files and to the clipboard.
#include "core/learning/errorsentence.h"
#include "ui/training/chartbar.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotroom.h"
#include "ui/training/plotview.h"
#include "ui/widgets/inbackground.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFuture>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(chartLog, "digitpad.chart")

constexpr double markerRoom = 0.02; ///< Of the x axis, behind its end, so that no marker is cut in half.
constexpr int pixelsPerTick = 90;
constexpr double leastSteps = 4; ///< In sight.

QString emptyText(Metric metric)
{
    switch (metric) {
    case Metric::Accuracy:
        return MetricsChart::tr("The accuracies appear here while a network is trained.");
    case Metric::LearningRate:
        return MetricsChart::tr("The learning rate of every batch appears here.");
    case Metric::GradientNorm:
        return MetricsChart::tr("The length of every batch's gradient appears here.");
    case Metric::Loss:
        break;
    }
    return MetricsChart::tr(
        "The losses appear here while a network is trained. Earlier runs can be laid over them.");
}

QString folderKey()
{
    return QStringLiteral("training/chart/folder");
}

} // namespace

void MetricsChart::scheduleRedraw()
{
    m_stale = true;
    if (isVisible() && !m_redraw.isActive()) {
        m_redraw.start();
    }
}

void MetricsChart::flush()
{
    m_redraw.stop();
    redraw();
}

void MetricsChart::redrawNow()
{
    m_stale = true;
    redraw();
}

void MetricsChart::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    redraw();
}

void MetricsChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        redrawNow();
    }
}

void MetricsChart::onAxesChanged()
{
    m_x.reset();
    for (Plot& plot : m_plots) {
        plot.y.reset();
        plot.steady.reset();
    }
    redrawNow();
}

void MetricsChart::resetView()
{
    m_x.reset();
    for (Plot& plot : m_plots) {
        plot.y.reset();
    }
    redrawNow();
}

void MetricsChart::zoomX(Range x)
{
    const PlotScene scene = sceneWithoutView();
    const Range whole = wholeX(scene);
    const double step = scene.runs.empty() ? 1 : scene.xOfStep(scene.runs.front(), 1);
    const double span = std::clamp(x.span(), std::min(leastSteps * step, whole.span()), whole.span());
    const double middle = (x.low + x.high) / 2;
    const double low = std::clamp(middle - span / 2, whole.low, whole.high - span);
    m_x = span < whole.span() ? std::optional(Range{low, low + span}) : std::nullopt;
    redrawNow();
}

void MetricsChart::zoomY(Plot& plot, Range plotted)
{
    if (plotted.span() > 1e-9 && plotted.span() < 1e9) {
        plot.y = plotted;
        redrawNow();
    }
}

PlotScene MetricsChart::sceneWithoutView() const
{
    PlotScene scene;
    scene.options = m_bar->options();
    scene.colors = PlotColors::of(palette());
    scene.font = font();
    for (const Run& run : m_runs) {
        if (run.visible && run.plotRun.id != m_live) {
            scene.runs.push_back(run.plotRun);
        }
    }
    if (const Run* live = find(m_live); live != nullptr && live->visible) {
        scene.runs.push_back(live->plotRun); // On top of the others.
    }
    return scene;
}

Range MetricsChart::wholeX(const PlotScene& scene) const
{
    const Run* live = find(m_live);
    const bool steps = scene.options.xAxis == XAxis::Steps;
    const double planned =
        live == nullptr ? 1 : m_plannedEpochs * (steps ? live->plotRun.stepsPerEpoch : 1.0);
    const double end = epochAxisEnd(lastX(scene), static_cast<int>(std::min(planned, 1e9)));
    return {0, end * (1 + markerRoom)};
}

Range MetricsChart::shownX(const PlotScene& scene) const
{
    const Range whole = wholeX(scene);
    if (m_x) {
        return *m_x;
    }
    const double part = m_bar->shownPart();
    const double last = lastX(scene);
    if (part >= 1 || last <= 0) {
        return whole;
    }
    return {last * (1 - part), last * (1 + markerRoom * part)};
}

void MetricsChart::scaleY(PlotScene& scene, Plot& plot) const
{
    if (plot.y) {
        scaleYTo(scene, *plot.y);
    } else if (m_x || m_bar->shownPart() < 1) {
        scaleYTightly(scene);
    } else {
        scaleYSteadily(scene, plot.steady);
    }
}

void MetricsChart::redraw()
{
    if (!m_stale || !isVisible()) {
        return;
    }
    m_stale = false;
    takePending();
    const PlotScene common = sceneWithoutView();
    const auto metrics = m_bar->metrics();
    QList<QWidget*> shown;
    for (const Metric metric : metrics) {
        shown.append(plot(metric));
    }
    m_room->setShown(shown);
    for (const Metric metric : metrics) {
        Plot& plot = m_plots[static_cast<std::size_t>(metric)];
        PlotScene scene = common;
        scene.metric = metric;
        scene.emptyText = m_runs.empty() || !common.runs.empty()
                              ? emptyText(metric)
                              : tr("Every run is hidden; click one below to show it.");
        scaleX(scene, shownX(scene), std::max(3, plot.view->width() / pixelsPerTick));
        scaleY(scene, plot);
        plot.view->setScene(std::move(scene));
    }
    m_bar->setZoomed(m_x || std::any_of(m_plots.begin(), m_plots.end(),
                                        [](const Plot& plot) { return plot.y.has_value(); }));
}

ChartPicture MetricsChart::picture() const
{
    ChartPicture picture;
    picture.room = m_room->size().expandedTo({600, 400});
    const auto metrics = m_bar->metrics();
    for (const Metric metric : metrics) {
        PlotScene scene = plot(metric)->scene();
        scene.colors = PlotColors::onWhite();
        picture.plots.push_back(std::move(scene));
    }
    return picture;
}

void MetricsChart::openExportDialog()
{
    auto* dialog = new QFileDialog(this, tr("Save the chart"), QSettings().value(folderKey()).toString());
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QStringList endings{QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("csv")};
    const QStringList filters{tr("Picture (%1)").arg(QStringLiteral("*.png")),
                              tr("Drawing that scales (%1)").arg(QStringLiteral("*.svg")),
                              tr("Numbers of the shown runs (%1)").arg(QStringLiteral("*.csv"))};
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(endings.first());
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters, endings](const QString& filter) {
        dialog->setDefaultSuffix(endings.value(filters.indexOf(filter)));
    });
    dialog->selectFile(QStringLiteral("training"));
    connect(dialog, &QFileDialog::fileSelected, this, &MetricsChart::exportTo);
    dialog->open();
}

void MetricsChart::exportTo(const QString& path)
{
    flush();
    QSettings().setValue(folderKey(), QFileInfo(path).absolutePath());
    const auto write = [picture = picture(), path] { return writeChart(picture, path); };
    inBackground(write).then(this, [this, path](const Result<void>& result) {
        if (result) {
            Q_EMIT message(Tone::Success,
                           tr("The chart is saved as “%1”.").arg(QDir::toNativeSeparators(path)));
            return;
        }
        Q_EMIT message(Tone::Error, sentenceOf(result.error(), chartLog()));
    });
}

void MetricsChart::copyPicture()
{
    flush();
    const auto paint = [picture = picture()] { return chartImage(picture); };
    inBackground(paint).then(this, [this](const QImage& image) {
        QGuiApplication::clipboard()->setImage(image);
        Q_EMIT message(Tone::Success, tr("The chart is on the clipboard as a picture."));
    });
}

void MetricsChart::openMenu(const PlotView* view, QPoint place)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_bar->exportMenu()->actions());
    menu->addSeparator();
    menu->addAction(tr("Reset view"), this, &MetricsChart::resetView);
    menu->popup(view->mapToGlobal(place));
}

} // namespace digitpad
