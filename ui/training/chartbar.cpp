#include "ui/training/chartbar.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/tones.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitpad {

namespace {

constexpr int saveDelay = 500; // Milliseconds: not at every place that the slider passes.
constexpr int usualSmoothing = 45;
constexpr double shortestReach = 0.004; // Epochs.
constexpr double reachRange = 500;      ///< The longest reach is this many times as long.

QString settingsKey(const char* name)
{
    return QStringLiteral("training/chart/") + QLatin1String(name);
}

QString metricTip(Metric metric)
{
    switch (metric) {
    case Metric::Accuracy:
        return ChartBar::tr("The part of the digits that is read right.");
    case Metric::LearningRate:
        return ChartBar::tr("The size of the steps, as the schedule sets it.");
    case Metric::GradientNorm:
        return ChartBar::tr("The length of the gradient, before clipping. It leaps up where training becomes "
                            "unstable.");
    case Metric::Loss:
        break;
    }
    return ChartBar::tr("Cross-entropy: what training makes small.");
}

/// A control with its words, which stay together where the bar breaks.
QWidget* labelled(const QString& text, const QList<QWidget*>& controls, QWidget* parent)
{
    auto* group = new QWidget(parent);
    auto* layout = new QHBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (!text.isEmpty()) {
        auto* label = new QLabel(text, group);
        label->setBuddy(controls.first());
        layout->addWidget(label);
    }
    for (QWidget* control : controls) {
        layout->addWidget(control);
    }
    return group;
}

} // namespace

double smoothingReach(int position)
{
    return position <= 0 ? 0 : shortestReach * std::pow(reachRange, (std::min(position, 100) - 1) / 99.0);
}

ChartBar::ChartBar(QWidget* parent)
    : QWidget(parent)
    , m_xAxis(new QComboBox(this))
    , m_part(new QComboBox(this))
    , m_logarithmic(new QCheckBox(tr("Lo&garithmic"), this))
    , m_eachBatch(new QCheckBox(tr("Each &batch"), this))
    , m_training(new QCheckBox(tr("Training"), this))
    , m_validation(new QCheckBox(tr("Validation"), this))
    , m_smoothing(new QSlider(Qt::Horizontal, this))
    , m_smoothingText(new QLabel(this))
    , m_reset(new QToolButton(this))
    , m_export(new QToolButton(this))
    , m_exportMenu(new QMenu(this))
{
    makeMetricButtons();
    makeViewControls();
    makeExportButton();
    layOut();
    load();
    colorMetricButtons();
    m_save.setSingleShot(true);
    m_save.setInterval(saveDelay);
    connect(&m_save, &QTimer::timeout, this, &ChartBar::save);
}

ChartBar::~ChartBar()
{
    if (m_save.isActive()) {
        save();
    }
}

void ChartBar::makeMetricButtons()
{
    for (const Metric metric : allMetrics) {
        auto* button = new QToolButton(this);
        button->setObjectName(metricKey(metric) + QStringLiteral("Button"));
        button->setText(metricName(metric));
        button->setToolTip(metricTip(metric));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setChecked(hasValidation(metric));
        connect(button, &QToolButton::clicked, this, [this, button] { onMetricToggled(button); });
        connect(button, &QToolButton::toggled, this, &ChartBar::colorMetricButtons);
        m_metrics.append(button);
    }
}

void ChartBar::makeViewControls()
{
    m_xAxis->setObjectName(QStringLiteral("xAxis"));
    m_xAxis->addItems({tr("Epochs"), tr("Steps")});
    m_xAxis->setToolTip(tr("What runs along the plots. Runs with batches of different sizes take different "
                           "numbers of steps for an epoch."));
    m_part->setObjectName(QStringLiteral("shownPart"));
    m_part->addItem(tr("Whole run"), 1.0);
    for (const double part : {0.5, 0.2, 0.1, 0.05}) {
        m_part->addItem(tr("Last %1").arg(percentText(part, 0)), part);
    }
    m_part->setToolTip(
        tr("How much of the runs is in sight. The last part is followed while a run goes on."));
    m_logarithmic->setObjectName(QStringLiteral("logarithmic"));
    m_logarithmic->setToolTip(tr("Shows small losses apart: every tenth of a loss gets the same height."));
    m_eachBatch->setObjectName(QStringLiteral("eachBatch"));
    m_eachBatch->setChecked(true);
    m_eachBatch->setToolTip(tr("Training batch by batch. Otherwise one point an epoch, its mean."));
    m_training->setObjectName(QStringLiteral("showTraining"));
    m_validation->setObjectName(QStringLiteral("showValidation"));
    m_training->setChecked(true);
    m_validation->setChecked(true);
    m_training->setToolTip(tr("Lines of training. In plots of several runs they are the thin, pale ones."));
    m_validation->setToolTip(tr("Lines of validation, one point an epoch; a star marks the best."));
    m_smoothing->setObjectName(QStringLiteral("smoothing"));
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothing->setRange(0, 100);
    m_smoothing->setPageStep(10);
    m_smoothing->setValue(usualSmoothing);
    m_smoothing->setFixedWidth(110);
    m_smoothing->setToolTip(tr("How far back the mean of the batches reaches. The batches themselves stay "
                               "behind it, pale."));
    m_smoothingText->setMinimumWidth(
        m_smoothingText->fontMetrics().horizontalAdvance(tr("%1 epochs").arg(QStringLiteral("0.000"))));
    for (QComboBox* box : {m_xAxis, m_part}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ChartBar::onChanged);
    }
    for (QCheckBox* box : {m_logarithmic, m_eachBatch, m_training, m_validation}) {
        connect(box, &QCheckBox::toggled, this, &ChartBar::onChanged);
    }
    connect(m_xAxis, &QComboBox::currentIndexChanged, this, &ChartBar::axesChanged);
    connect(m_part, &QComboBox::currentIndexChanged, this, &ChartBar::resetRequested);
    connect(m_logarithmic, &QCheckBox::toggled, this, &ChartBar::axesChanged);
    connect(m_smoothing, &QSlider::valueChanged, this, [this] {
        showSmoothing();
        onChanged();
    });
    showSmoothing();
}

void ChartBar::makeExportButton()
{
    m_reset->setObjectName(QStringLiteral("resetView"));
    m_reset->setText(tr("Reset view"));
    m_reset->setToolTip(tr("Back to what the box beside says (Home in a plot, or a double click)."));
    m_reset->setFocusPolicy(Qt::StrongFocus);
    m_reset->setEnabled(false);
    connect(m_reset, &QToolButton::clicked, this, &ChartBar::resetRequested);
    m_exportMenu
        ->addAction(icon(Icon::Save), tr("Save as PNG, SVG or CSV…"), this, &ChartBar::exportRequested)
        ->setObjectName(QStringLiteral("exportChart"));
    m_exportMenu->addAction(tr("Copy as picture"), this, &ChartBar::copyRequested)
        ->setObjectName(QStringLiteral("copyChart"));
    m_export->setObjectName(QStringLiteral("exportButton"));
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("What is in sight as a picture, on white; or the numbers of the shown runs."));
    m_export->setFocusPolicy(Qt::StrongFocus);
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setMenu(m_exportMenu);
}

void ChartBar::layOut()
{
    QList<QWidget*> buttons;
    std::copy(m_metrics.begin(), m_metrics.end(), std::back_inserter(buttons));
    auto* layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(labelled({}, buttons, this));
    layout->addWidget(labelled({}, {m_xAxis, m_part, m_reset, m_export}, this));
    layout->addWidget(labelled({}, {m_training, m_validation}, this));
    layout->addWidget(labelled({}, {m_eachBatch, m_logarithmic}, this));
    layout->addWidget(labelled(tr("S&moothing"), {m_smoothing, m_smoothingText}, this));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

PlotOptions ChartBar::options() const
{
    PlotOptions options;
    options.xAxis = m_xAxis->currentIndex() == 0 ? XAxis::Epochs : XAxis::Steps;
    options.logarithmic = m_logarithmic->isChecked();
    options.eachBatch = m_eachBatch->isChecked();
    options.training = m_training->isChecked();
    options.validation = m_validation->isChecked();
    options.smoothing = smoothingReach(m_smoothing->value());
    return options;
}

QList<Metric> ChartBar::metrics() const
{
    QList<Metric> shown;
    for (qsizetype i = 0; i < m_metrics.size(); ++i) {
        if (m_metrics[i]->isChecked()) {
            shown.append(allMetrics[static_cast<std::size_t>(i)]);
        }
    }
    return shown;
}

double ChartBar::shownPart() const
{
    return m_part->currentData().toDouble();
}

void ChartBar::setMetrics(const QList<Metric>& metrics)
{
    for (qsizetype i = 0; i < m_metrics.size(); ++i) {
        m_metrics[i]->setChecked(metrics.contains(allMetrics[static_cast<std::size_t>(i)]));
    }
    onChanged();
}

void ChartBar::setLogarithmic(bool logarithmic)
{
    m_logarithmic->setChecked(logarithmic);
}

void ChartBar::setXAxis(XAxis axis)
{
    m_xAxis->setCurrentIndex(axis == XAxis::Epochs ? 0 : 1);
}

void ChartBar::setSmoothing(int position)
{
    m_smoothing->setValue(position);
}

void ChartBar::setZoomed(bool zoomed)
{
    m_reset->setEnabled(zoomed);
}

void ChartBar::onMetricToggled(QToolButton* button)
{
    if (metrics().isEmpty()) {
        button->setChecked(true); // The last one stays.
    }
    onChanged();
}

/// Many styles show no difference on dark ground between a button that is down and one that is not.
void ChartBar::colorMetricButtons()
{
    for (QToolButton* button : std::as_const(m_metrics)) {
        QPalette colors = palette();
        if (button->isChecked()) {
            colors.setColor(QPalette::Button,
                            mixed(colors.color(QPalette::Highlight), colors.color(QPalette::Button), 0.45));
        }
        button->setPalette(colors);
    }
}

void ChartBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        colorMetricButtons();
    }
}

void ChartBar::showSmoothing()
{
    const double reach = smoothingReach(m_smoothing->value());
    m_smoothingText->setText(reach > 0 ? tr("%1 epochs").arg(shortNumberText(std::round(reach * 1000) / 1000))
                                       : tr("none"));
}

void ChartBar::onChanged()
{
    if (!m_loading) {
        m_save.start();
        Q_EMIT changed();
    }
}

void ChartBar::load()
{
    const QSettings settings;
    m_loading = true;
    const QStringList shown = settings.value(settingsKey("metrics")).toStringList();
    const auto known = [&shown](Metric metric) { return shown.contains(metricKey(metric)); };
    if (std::any_of(allMetrics.begin(), allMetrics.end(), known)) {
        for (qsizetype i = 0; i < m_metrics.size(); ++i) {
            m_metrics[i]->setChecked(known(allMetrics[static_cast<std::size_t>(i)]));
        }
    }
    m_xAxis->setCurrentIndex(settings.value(settingsKey("steps")).toBool() ? 1 : 0);
    m_logarithmic->setChecked(settings.value(settingsKey("logarithmic")).toBool());
    m_eachBatch->setChecked(settings.value(settingsKey("eachBatch"), true).toBool());
    m_smoothing->setValue(
        std::clamp(settings.value(settingsKey("smoothing"), usualSmoothing).toInt(), 0, 100));
    m_loading = false;
}

void ChartBar::save() const
{
    QSettings settings;
    QStringList shown;
    const auto metrics = this->metrics();
    for (const Metric metric : metrics) {
        shown.append(metricKey(metric));
    }
    settings.setValue(settingsKey("metrics"), shown);
    settings.setValue(settingsKey("steps"), m_xAxis->currentIndex() == 1);
    settings.setValue(settingsKey("logarithmic"), m_logarithmic->isChecked());
    settings.setValue(settingsKey("eachBatch"), m_eachBatch->isChecked());
    settings.setValue(settingsKey("smoothing"), m_smoothing->value());
}

} // namespace digitpad
