#include "ui/evaluation/robustnesspage.h"

#include "ui/evaluation/distortionstrip.h"
#include "ui/evaluation/evaluationchart.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/messagebar.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace digitpad {

namespace {

constexpr int progressSteps = 1000;

QString titleOf(Distortion distortion)
{
    switch (distortion) {
    case Distortion::Shift:
        return RobustnessPage::tr("Shift");
    case Distortion::Scale:
        return RobustnessPage::tr("Size");
    case Distortion::Rotation:
        return RobustnessPage::tr("Rotation");
    case Distortion::PenWidth:
        return RobustnessPage::tr("Pen width");
    case Distortion::Noise:
        break;
    }
    return RobustnessPage::tr("Noise");
}

QString axisTitle(Distortion distortion)
{
    switch (distortion) {
    case Distortion::Shift:
        return RobustnessPage::tr("pixels");
    case Distortion::Scale:
        return RobustnessPage::tr("times as large");
    case Distortion::Rotation:
        return RobustnessPage::tr("degrees");
    case Distortion::PenWidth:
        return RobustnessPage::tr("pixels wider");
    case Distortion::Noise:
        break;
    }
    return RobustnessPage::tr("parts of white");
}

QString levelText(double level)
{
    return numberLocale().toString(level, 'g', 3).replace(u'-', QStringLiteral("−"));
}

/// Numbers have room at all levels but of these two.
bool hasTick(Distortion distortion, double level)
{
    switch (distortion) {
    case Distortion::Rotation:
        return std::fmod(level, 30) == 0.0;
    case Distortion::PenWidth:
        return level == std::floor(level);
    default:
        return true;
    }
}

/// A little beyond the outermost levels, so that their dots and images have room.
ChartAxis levelAxis(Distortion distortion)
{
    const auto& levels = distortionLevels(distortion);
    const double rim = (levels.back() - levels.front()) / 18;
    ChartAxis axis{axisTitle(distortion), levels.front() - rim, levels.back() + rim, {}, levelText};
    for (const double level : levels) {
        if (hasTick(distortion, level)) {
            axis.ticks << level;
        }
    }
    return axis;
}

QString pointText(Distortion distortion, const RobustnessPoint& point)
{
    return RobustnessPage::tr("%1 %2: %3 right\n95\u00a0%: %4 to %5")
        .arg(titleOf(distortion), levelText(point.amount), percentText(point.accuracy, 1),
             percentText(point.interval.low, 1), percentText(point.interval.high, 1));
}

/// Enough to rely on, and low enough that most models reach it somewhere.
constexpr double wellRead = 0.9;

/// The levels around the one that changes nothing at which at least nine of ten digits are read: "−15 to 30
/// degrees".
QString wellReadText(const RobustnessCurve& curve)
{
    const double neutral = curve.distortion == Distortion::Scale ? 1 : 0;
    const auto& points = curve.points;
    const auto middle = std::find_if(points.begin(), points.end(), [neutral](const RobustnessPoint& point) {
        return point.amount == neutral;
    });
    const auto bad = [](const RobustnessPoint& point) { return point.accuracy < wellRead; };
    if (middle == points.end() || bad(*middle)) {
        return RobustnessPage::tr("%1: nowhere").arg(titleOf(curve.distortion));
    }
    const double low = std::find_if(std::make_reverse_iterator(middle), points.rend(), bad).base()->amount;
    const double high = std::prev(std::find_if(middle, points.end(), bad))->amount;
    if (low == high) {
        return RobustnessPage::tr("%1: only as they are").arg(titleOf(curve.distortion));
    }
    return RobustnessPage::tr("%1: %2 to %3 %4", "distortion: level to level unit")
        .arg(titleOf(curve.distortion), levelText(low), levelText(high), axisTitle(curve.distortion));
}

} // namespace

RobustnessPage::RobustnessPage(QWidget* parent)
    : QScrollArea(parent)
    , m_runner(new RobustnessRunner(this))
    , m_content(new QWidget(this))
{
    setObjectName(QStringLiteral("robustnessPage"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(10);
    layout->addWidget(makeHead());
    m_message = new MessageBar(m_content);
    layout->addWidget(m_message);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(10);
    constexpr int columns = 3;
    int place = 0;
    for (const Distortion distortion : distortions()) {
        grid->addWidget(makePanel(distortion), place / columns, place % columns);
        ++place;
    }
    grid->addWidget(makeSummary(), place / columns, place % columns);
    for (int column = 0; column < columns; ++column) {
        grid->setColumnStretch(column, 1);
    }
    layout->addLayout(grid, 1);
    setWidget(m_content);
    verticalScrollBar()->setSingleStep(40);
    connect(m_measure, &QPushButton::clicked, this, &RobustnessPage::measure);
    connect(m_cancel, &QPushButton::clicked, m_runner, &RobustnessRunner::cancel);
    connect(m_other, &QPushButton::clicked, this, &RobustnessPage::nextSample);
    connect(m_message, &MessageBar::actionTriggered, this, &RobustnessPage::measure);
    connect(m_runner, &RobustnessRunner::progress, this,
            [this](double part) { m_progress->setValue(qRound(part * progressSteps)); });
    connect(m_runner, &RobustnessRunner::measured, this, &RobustnessPage::onMeasured);
    connect(m_runner, &RobustnessRunner::cancelled, this, &RobustnessPage::onEnd);
    connect(m_runner, &RobustnessRunner::failed, this, [this](const QString& problem) {
        onEnd();
        m_message->showMessage(Tone::Error, problem, tr("Try Again"));
    });
    setModel({}, {});
}

RobustnessPage::~RobustnessPage() = default;

QWidget* RobustnessPage::makeHead()
{
    auto* head = new QWidget(m_content);
    m_note = new NoteLabel({}, head);
    m_note->setObjectName(QStringLiteral("robustnessNote"));
    m_note->setWordWrap(true);
    m_progress = new QProgressBar(head);
    m_progress->setObjectName(QStringLiteral("robustnessProgress"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_progress->setAccessibleName(tr("Part that is measured"));
    m_cancel = new QPushButton(tr("Cancel"), head);
    m_cancel->setObjectName(QStringLiteral("cancelRobustness"));
    m_other = new QPushButton(tr("&Another Digit"), head);
    m_other->setObjectName(QStringLiteral("otherDigit"));
    m_other->setToolTip(tr("Shows the levels with another digit of these images"));
    m_measure = new QPushButton(tr("&Measure"), head);
    m_measure->setObjectName(QStringLiteral("measureRobustness"));
    for (QPushButton* button : {m_cancel, m_measure, m_other}) {
        button->setAutoDefault(false);
    }
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_other);
    layout->addWidget(m_measure);
    return head;
}

QWidget* RobustnessPage::makePanel(Distortion distortion)
{
    auto* box = new QWidget(m_content);
    auto* head = new QLabel(titleOf(distortion), box);
    QFont bold = head->font();
    bold.setBold(true);
    head->setFont(bold);
    Panel panel{distortion, new EvaluationChart(tr("Accuracy over %1").arg(titleOf(distortion)), box),
                nullptr};
    const QByteArray key = QByteArray::fromStdString(distortionKey(distortion));
    panel.chart->setObjectName(QLatin1String(key + "Chart"));
    panel.chart->setAxes(levelAxis(distortion), percentAxis(tr("accuracy")));
    panel.strip = new DistortionStrip(
        distortion, [chart = panel.chart](double level) { return chart->place(level, 0).x(); }, box);
    panel.strip->setObjectName(QLatin1String(key + "Strip"));
    connect(panel.chart, &EvaluationChart::currentStopChanged, panel.strip, &DistortionStrip::setCurrent);
    connect(panel.strip, &DistortionStrip::clicked, this, &RobustnessPage::nextSample);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(head);
    layout->addWidget(panel.chart, 1);
    layout->addWidget(panel.strip);
    m_panels.push_back(panel);
    return box;
}

QWidget* RobustnessPage::makeSummary()
{
    m_summaryBox = new QWidget(m_content);
    auto* head = new QLabel(tr("At least nine of ten are right"), m_summaryBox);
    QFont bold = head->font();
    bold.setBold(true);
    head->setFont(bold);
    m_summary = new QLabel(m_summaryBox);
    m_summary->setObjectName(QStringLiteral("robustnessSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(m_summaryBox);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(head);
    layout->addWidget(m_summary);
    layout->addStretch(1);
    QSizePolicy policy = m_summaryBox->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_summaryBox->setSizePolicy(policy);
    return m_summaryBox;
}

bool RobustnessPage::measuring() const
{
    return m_runner->busy();
}

void RobustnessPage::setModel(std::shared_ptr<const Model> model,
                              std::shared_ptr<const EvaluationData> evaluation)
{
    const bool sameSet = m_evaluation && evaluation && m_evaluation->set == evaluation->set;
    const bool same = sameSet && model == m_model;
    m_model = std::move(model);
    m_evaluation = std::move(evaluation);
    if (!same) {
        m_runner->cancel();
        m_message->dismiss();
    }
    if (!sameSet) {
        m_sample = 0;
    }
    // Curves that were just measured stay where the evaluation comes again without them.
    if (!same || (m_evaluation && !m_evaluation->robustness.empty())) {
        showCurves(m_evaluation ? m_evaluation->robustness : std::vector<RobustnessCurve>());
    }
    showSample();
    showState();
}

void RobustnessPage::measure()
{
    if (!m_model || !m_evaluation || measuring()) {
        return;
    }
    m_message->dismiss();
    m_progress->setValue(0);
    m_runner->start(m_model, m_evaluation->set, images);
    showState();
    m_cancel->setFocus(Qt::OtherFocusReason); // The button that was pressed is hidden.
}

void RobustnessPage::onMeasured(const std::vector<RobustnessCurve>& curves)
{
    showCurves(curves);
    onEnd();
    Q_EMIT measured(curves);
}

void RobustnessPage::onEnd()
{
    const bool hadFocus = m_cancel->hasFocus();
    showState();
    if (hadFocus) {
        m_measure->setFocus(Qt::OtherFocusReason);
    }
}

void RobustnessPage::showState()
{
    const bool busy = measuring();
    const bool ready = m_model && m_evaluation;
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    m_measure->setVisible(!busy);
    m_measure->setEnabled(ready);
    m_measure->setText(m_hasCurves ? tr("&Measure Again") : tr("&Measure"));
    m_measure->setToolTip(ready ? tr("Reads up to %1 digits at every level").arg(countText(images))
                                : tr("Evaluate a model first"));
    m_other->setEnabled(m_evaluation && m_evaluation->set->size() > 1);
    if (!m_evaluation) {
        m_note->setText(tr("Nothing is evaluated yet."));
    } else if (busy) {
        m_note->setText(tr("The distorted digits are being read…"));
    } else if (m_hasCurves) {
        m_note->setText(
            tr("Bands are 95\u00a0% intervals. The distortions act behind the normaliser, which would "
               "undo most of them."));
    } else {
        m_note->setText(
            tr("How well are these digits still read when they are shifted, resized, turned, drawn "
               "with another pen, or noisy?"));
    }
    const QString empty = busy ? tr("Being measured…") : m_evaluation ? tr("Not measured yet.") : QString();
    for (const Panel& panel : m_panels) {
        panel.chart->setEmptyText(empty);
        panel.chart->setFocusPolicy(m_hasCurves ? Qt::StrongFocus : Qt::NoFocus);
    }
}

void RobustnessPage::showCurves(const std::vector<RobustnessCurve>& curves)
{
    m_hasCurves = false;
    QStringList summary;
    for (const Panel& panel : m_panels) {
        panel.chart->setSeries({});
        panel.chart->setStops({});
        for (const RobustnessCurve& curve : curves) {
            if (curve.distortion == panel.distortion && !curve.points.empty()) {
                showCurve(panel, curve);
                summary += wellReadText(curve);
                m_hasCurves = true;
            }
        }
    }
    m_summary->setText(summary.join(u'\n'));
    m_summaryBox->setVisible(m_hasCurves);
}

void RobustnessPage::showCurve(const Panel& panel, const RobustnessCurve& curve)
{
    EvaluationChart::Series line{{}, EvaluationChart::Hue::First, EvaluationChart::Form::DottedLine, {}};
    QList<EvaluationChart::Stop> stops;
    for (const RobustnessPoint& point : curve.points) {
        const QPointF middle(point.amount, point.accuracy);
        line.points << middle;
        line.low << QPointF(point.amount, point.interval.low);
        line.high << QPointF(point.amount, point.interval.high);
        stops.append({point.amount, pointText(curve.distortion, point), {middle}});
    }
    panel.chart->setSeries({line});
    panel.chart->setStops(stops);
}

void RobustnessPage::showSample()
{
    const bool some = m_evaluation && m_sample < m_evaluation->set->size();
    for (const Panel& panel : m_panels) {
        if (some) {
            panel.strip->setImage(m_evaluation->set->digitImage(m_sample), m_sample);
        } else {
            panel.strip->clear();
        }
    }
}

void RobustnessPage::nextSample()
{
    if (m_evaluation && m_evaluation->set->size() > 0) {
        m_sample = (m_sample + 1) % m_evaluation->set->size();
        showSample();
    }
}

} // namespace digitpad
