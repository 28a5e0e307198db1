#include "ui/training/metricschart.h"

#include "ui/training/plotview.h"
#include "ui/training/trainingtext.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>
#include <limits>

namespace digitpad {

namespace {

constexpr int redrawInterval = 50; // Milliseconds: 20 times a second looks live and leaves the pad its time.

/// The largest part of the batches that may lie above the plot: the first few losses of a run are many times
/// those that matter.
constexpr double shownBatches = 0.97;

QLabel* heading(const QString& text, QWidget* buddy)
{
    auto* label = new QLabel(text, buddy->parentWidget());
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

MetricsChart::MetricsChart(QWidget* parent)
    : QWidget(parent)
    , m_lossPlot(new PlotView(this))
    , m_accuracyPlot(new PlotView(this))
    , m_logarithmic(new QCheckBox(tr("Lo&garithmic"), this))
    , m_layout(new QGridLayout(this))
{
    m_lossPlot->setObjectName(QStringLiteral("lossPlot"));
    m_lossPlot->setAccessibleName(tr("Loss plot"));
    m_accuracyPlot->setObjectName(QStringLiteral("accuracyPlot"));
    m_accuracyPlot->setAccessibleName(tr("Accuracy plot"));
    m_logarithmic->setObjectName(QStringLiteral("logarithmic"));
    m_logarithmic->setToolTip(tr("Shows small losses apart: every tenth of a loss gets the same height."));
    connect(m_logarithmic, &QCheckBox::toggled, this, [this] {
        m_stale = true;
        redraw();
    });
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(redrawInterval);
    connect(&m_redraw, &QTimer::timeout, this, &MetricsChart::redraw);
    m_lossPlot->setHoverText([this](double epoch) { return lossTextAt(epoch); });
    m_accuracyPlot->setHoverText([this](double epoch) { return accuracyTextAt(epoch); });
    m_lossPlot->setEmptyText(tr("The losses appear here while a network is trained."));
    m_accuracyPlot->setEmptyText(tr("The accuracies appear here after each epoch."));
    layOut();
    addLines();
    beginRun(1);
}

void MetricsChart::layOut()
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    top->addWidget(heading(tr("Loss"), m_lossPlot));
    top->addStretch();
    top->addWidget(m_logarithmic);
    m_layout->addLayout(top, 0, 0, 1, 2);
    m_layout->addWidget(m_lossPlot, 1, 0, 1, 2);
    m_layout->addWidget(heading(tr("Accuracy"), m_accuracyPlot), 2, 0);
    m_layout->addWidget(m_accuracyPlot, 3, 0);
    m_layout->setRowStretch(1, 3);
    m_layout->setRowStretch(3, 2);
    m_layout->setColumnStretch(0, 1);
}

void MetricsChart::addLines()
{
    m_batchLine = m_lossPlot->addLine(PlotView::Role::Faint, tr("Each batch"));
    m_smoothedLine = m_lossPlot->addLine(PlotView::Role::Training, tr("Training, smoothed"));
    m_validationLossLine = m_lossPlot->addLine(PlotView::Role::Validation, tr("Validation"));
    m_lossPlot->addMarkers(m_validationLossLine);
    m_trainingAccuracyLine = m_accuracyPlot->addLine(PlotView::Role::Training, tr("Training"));
    m_accuracyPlot->addMarkers(m_trainingAccuracyLine);
    m_validationAccuracyLine = m_accuracyPlot->addLine(PlotView::Role::Validation, tr("Validation"));
    m_accuracyPlot->addMarkers(m_validationAccuracyLine);
}

void MetricsChart::setCompanion(QWidget* widget)
{
    m_layout->addWidget(widget, 2, 1, 2, 1);
    m_layout->setColumnStretch(1, 1);
}

void MetricsChart::beginRun(int epochs)
{
    m_losses.clear(0);
    m_epochs.clear();
    m_plannedEpochs = epochs;
    m_batchesPerEpoch = 1;
    m_lossTop.reset();
    m_accuracyDepth.reset();
    m_stale = true;
    redraw();
}

void MetricsChart::addLosses(const BatchProgress& newest, const QList<double>& losses)
{
    if (m_losses.steps() == 0) {
        m_losses.clear(LossSeries::smoothingFor(newest.batches));
        m_batchesPerEpoch = static_cast<double>(std::max<std::int64_t>(1, newest.batches));
    }
    m_losses.append(losses);
    scheduleRedraw();
}

void MetricsChart::addEpoch(const EpochMetrics& metrics)
{
    m_epochs.push_back(metrics);
    scheduleRedraw();
    describe();
}

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

void MetricsChart::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    redraw();
}

void MetricsChart::redraw()
{
    if (!m_stale || !isVisible()) {
        return;
    }
    m_stale = false;
    const double done = std::max(epochOfStep(static_cast<double>(m_losses.steps())),
                                 m_epochs.empty() ? 0.0 : static_cast<double>(m_epochs.back().epoch));
    const double end = epochAxisEnd(done, m_plannedEpochs);
    m_lossPlot->setEpochAxis(end);
    m_accuracyPlot->setEpochAxis(end);
    scaleLossAxis();
    scaleAccuracyAxis();
    redrawLoss();
    redrawAccuracy();
}

void MetricsChart::redrawLoss()
{
    QList<QPointF> batches;
    QList<QPointF> smoothed;
    batches.reserve(static_cast<qsizetype>(2 * m_losses.buckets().size()));
    smoothed.reserve(static_cast<qsizetype>(m_losses.buckets().size()));
    const auto point = [this](std::int64_t step, double loss) {
        return QPointF(epochOfStep(static_cast<double>(step)), plotted(loss));
    };
    for (const LossBucket& bucket : m_losses.buckets()) {
        const QPointF lowest = point(bucket.minStep, bucket.min);
        const QPointF highest = point(bucket.maxStep, bucket.max);
        const bool lowestFirst = bucket.minStep <= bucket.maxStep;
        batches.append(lowestFirst ? lowest : highest);
        if (bucket.minStep != bucket.maxStep) {
            batches.append(lowestFirst ? highest : lowest);
        }
        smoothed.append(point(bucket.lastStep, bucket.smoothed));
    }
    QList<QPointF> validation;
    for (const EpochMetrics& epoch : m_epochs) {
        if (std::isfinite(epoch.validationLoss)) {
            validation.append(QPointF(epoch.epoch, plotted(epoch.validationLoss)));
        }
    }
    m_lossPlot->setPoints(m_batchLine, batches);
    m_lossPlot->setPoints(m_smoothedLine, smoothed);
    m_lossPlot->setPoints(m_validationLossLine, validation);
}

void MetricsChart::redrawAccuracy()
{
    QList<QPointF> training;
    QList<QPointF> validation;
    for (const EpochMetrics& epoch : m_epochs) {
        training.append(QPointF(epoch.epoch, 100 * epoch.trainingAccuracy));
        validation.append(QPointF(epoch.epoch, 100 * epoch.validationAccuracy));
    }
    m_accuracyPlot->setPoints(m_trainingAccuracyLine, training);
    m_accuracyPlot->setPoints(m_validationAccuracyLine, validation);
}

double MetricsChart::highestLoss() const
{
    const double batches = m_losses.percentile(shownBatches);
    double highest = batches;
    for (const EpochMetrics& epoch : m_epochs) {
        // One validation that went astray must not flatten the others.
        highest = std::max(highest, m_losses.empty() ? epoch.validationLoss
                                                     : std::min(epoch.validationLoss, 3 * batches));
    }
    return std::isfinite(highest) && highest > 0 ? highest : 1;
}

double MetricsChart::lowestLoss() const
{
    double lowest = std::numeric_limits<double>::infinity();
    const auto take = [&lowest](double loss) {
        if (loss > 0 && std::isfinite(loss)) {
            lowest = std::min(lowest, loss);
        }
    };
    for (const LossBucket& bucket : m_losses.buckets()) {
        take(bucket.smoothed);
    }
    for (const EpochMetrics& epoch : m_epochs) {
        take(epoch.validationLoss);
    }
    return std::isfinite(lowest) ? lowest : 0.1;
}

void MetricsChart::scaleLossAxis()
{
    const QLocale locale = numberLocale();
    if (!logarithmic()) {
        const AxisScale scale = linearScale(0, m_lossTop.follow(highestLoss()), 5);
        m_logFloor = 0;
        m_lossPlot->setValueAxis(scale,
                                 [&](double tick) { return locale.toString(tick, 'f', scale.decimals); });
        return;
    }
    AxisScale scale = logScale(lowestLoss(), std::max(highestLoss(), lowestLoss()));
    m_logFloor = scale.low;
    scale.low = std::log10(scale.low);
    scale.high = std::log10(scale.high);
    for (double& tick : scale.ticks) {
        tick = std::log10(tick);
    }
    m_lossPlot->setValueAxis(scale, [&](double tick) { return locale.toString(std::pow(10, tick), 'g', 3); });
}

void MetricsChart::scaleAccuracyAxis()
{
    double lowest = 90;
    if (!m_epochs.empty()) {
        lowest = 100;
        for (const EpochMetrics& epoch : m_epochs) {
            lowest = std::min({lowest, 100 * epoch.trainingAccuracy, 100 * epoch.validationAccuracy});
        }
    }
    const double depth = m_accuracyDepth.follow(std::max(0.5, 100 - lowest));
    const AxisScale scale = linearScale(100 - depth, 100, 5);
    m_accuracyPlot->setValueAxis(scale, [&](double tick) { return percentText(tick / 100, scale.decimals); });
}

bool MetricsChart::logarithmic() const
{
    return m_logarithmic->isChecked();
}

void MetricsChart::setLogarithmic(bool logarithmic)
{
    m_logarithmic->setChecked(logarithmic);
}

double MetricsChart::epochOfStep(double step) const
{
    return step / m_batchesPerEpoch;
}

double MetricsChart::plotted(double loss) const
{
    return logarithmic() ? std::log10(std::max(loss, m_logFloor)) : loss;
}

const EpochMetrics* MetricsChart::epochAt(double epoch) const
{
    if (m_epochs.empty()) {
        return nullptr;
    }
    const auto nearest = std::lround(epoch) - m_epochs.front().epoch;
    const long last = static_cast<long>(m_epochs.size()) - 1;
    return nearest < 0 || nearest > last ? nullptr : &m_epochs[static_cast<std::size_t>(nearest)];
}

QString MetricsChart::lossTextAt(double epoch) const
{
    const QLocale locale = numberLocale();
    QStringList lines;
    const double step = epoch * m_batchesPerEpoch;
    const LossBucket* bucket = m_losses.nearest(step);
    if (bucket != nullptr && step <= static_cast<double>(m_losses.steps())) {
        lines += tr("Epoch %1").arg(locale.toString(epoch, 'f', 2));
        lines += tr("Training, smoothed: %1").arg(lossText(bucket->smoothed));
        lines += bucket->values == 1 ? tr("This batch: %1").arg(lossText(bucket->mean()))
                                     : tr("These %1 batches: %2 to %3")
                                           .arg(bucket->values)
                                           .arg(lossText(bucket->min), lossText(bucket->max));
    }
    if (const EpochMetrics* metrics = epochAt(epoch)) {
        lines +=
            tr("Validation after epoch %1: %2").arg(metrics->epoch).arg(lossText(metrics->validationLoss));
    }
    return lines.join(u'\n');
}

QString MetricsChart::accuracyTextAt(double epoch) const
{
    const EpochMetrics* metrics = epochAt(epoch);
    if (metrics == nullptr) {
        return {};
    }
    return tr("After epoch %1\nTraining: %2\nValidation: %3")
        .arg(metrics->epoch)
        .arg(percentText(metrics->trainingAccuracy, 2), percentText(metrics->validationAccuracy, 2));
}

void MetricsChart::describe()
{
    const EpochMetrics& last = m_epochs.back();
    m_lossPlot->setAccessibleDescription(
        tr("After epoch %1: training loss %2, validation loss %3")
            .arg(last.epoch)
            .arg(lossText(last.trainingLoss), lossText(last.validationLoss)));
    m_accuracyPlot->setAccessibleDescription(
        tr("After epoch %1: training accuracy %2, validation accuracy %3")
            .arg(last.epoch)
            .arg(percentText(last.trainingAccuracy, 1), percentText(last.validationAccuracy, 1)));
}

} // namespace digitpad
