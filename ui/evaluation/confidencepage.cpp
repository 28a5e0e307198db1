#include "ui/evaluation/confidencepage.h"

#include "ui/evaluation/confidencetext.h"
#include "ui/evaluation/thresholdchart.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/bold.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace digitpad {

namespace {

using Hue = EvaluationChart::Hue;
using Form = EvaluationChart::Form;

constexpr std::size_t acceptancePoints = 400;
/// A little below a single image, so that it shows on a logarithmic axis.
constexpr double lowestDecade = -0.3;

QList<QPointF> reliabilityPoints(const Reliability& reliability)
{
    QList<QPointF> points;
    for (const Reliability::Bin& bin : reliability.bins()) {
        if (bin.images > 0) {
            points << QPointF(bin.meanConfidence(), bin.accuracy());
        }
    }
    return points;
}

ChartAxis countAxis(const QString& title, std::int64_t most)
{
    const int decades = std::max(
        1, static_cast<int>(std::ceil(std::log10(static_cast<double>(std::max<std::int64_t>(most, 1)) + 1))));
    ChartAxis axis{title, lowestDecade, static_cast<double>(decades), {}, [](double decade) {
                       return countText(std::llround(std::pow(10, decade)));
                   }};
    for (int decade = 0; decade <= decades; ++decade) {
        axis.ticks << decade;
    }
    return axis;
}

double decadeOf(std::int64_t count)
{
    return std::log10(static_cast<double>(count));
}

} // namespace

ConfidencePage::ConfidencePage(QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
    , m_reliability(new EvaluationChart(tr("Accuracy over confidence"), m_content))
    , m_reliabilityNote(new NoteLabel({}, m_content))
    , m_confidences(new EvaluationChart(tr("How many images have which confidence"), m_content))
    , m_confidencesNote(new NoteLabel({}, m_content))
    , m_acceptance(new ThresholdChart(tr("What is accepted over the threshold"), m_content))
    , m_acceptanceNote(new NoteLabel({}, m_content))
{
    setObjectName(QStringLiteral("confidencePage"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_reliability->setObjectName(QStringLiteral("reliabilityChart"));
    m_confidences->setObjectName(QStringLiteral("confidenceChart"));
    m_acceptance->setObjectName(QStringLiteral("acceptanceChart"));
    auto* grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(14);
    grid->addWidget(makeSection(tr("Does confidence mean what it says?"), m_reliabilityNote, m_reliability),
                    0, 0);
    grid->addWidget(makeSection(tr("Confidences"), m_confidencesNote, m_confidences), 0, 1);
    grid->addWidget(makeSection(tr("What a threshold accepts"), m_acceptanceNote, m_acceptance), 1, 0);
    grid->addWidget(makeThresholdPane(), 1, 1);
    for (int i = 0; i < 2; ++i) {
        grid->setColumnStretch(i, 1);
        grid->setRowStretch(i, 1);
    }
    setWidget(m_content);
    verticalScrollBar()->setSingleStep(40);
    connectParts();
    clear();
}

QWidget* ConfidencePage::makeSection(const QString& title, NoteLabel* note, QWidget* chart)
{
    auto* section = new QWidget(m_content);
    auto* head = new QLabel(title, section);
    makeBold(head);
    note->setWordWrap(true);
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(head);
    layout->addWidget(note);
    layout->addWidget(chart, 1);
    return section;
}

QWidget* ConfidencePage::makeThresholdPane()
{
    auto* pane = new QWidget(m_content);
    auto* head = new QLabel(tr("Try a threshold"), pane);
    makeBold(head);
    m_threshold = new QDoubleSpinBox(pane);
    m_threshold->setObjectName(QStringLiteral("thresholdBox"));
    m_threshold->setRange(0, 100);
    m_threshold->setDecimals(1);
    m_threshold->setSingleStep(1);
    m_threshold->setSuffix(QStringLiteral("\u00a0%"));
    m_threshold->setToolTip(tr("From here on an image is accepted as a digit; drag the line in the chart, or "
                               "move it with the arrow keys"));
    auto* name = new QLabel(tr("&Threshold"), pane);
    name->setBuddy(m_threshold);
    m_reset = new QPushButton(tr("&Back to the Model’s"), pane);
    m_reset->setObjectName(QStringLiteral("resetThreshold"));
    m_reset->setAutoDefault(false);
    m_consequences = new QLabel(pane);
    m_consequences->setObjectName(QStringLiteral("thresholdText"));
    m_consequences->setTextFormat(Qt::PlainText);
    m_consequences->setWordWrap(true);
    m_consequences->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_own = new NoteLabel({}, pane);
    m_own->setObjectName(QStringLiteral("ownThresholdText"));
    m_own->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(name);
    row->addWidget(m_threshold);
    row->addWidget(m_reset);
    row->addStretch(1);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(head);
    layout->addLayout(row);
    layout->addWidget(m_consequences);
    layout->addWidget(m_own);
    layout->addStretch(1);
    return pane;
}

void ConfidencePage::connectParts()
{
    connect(m_acceptance, &ThresholdChart::thresholdMoved, this, &ConfidencePage::setThreshold);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this,
            [this](double percent) { setThreshold(percent / 100); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_threshold->setFocus(Qt::OtherFocusReason); // The button is about to be disabled.
        setThreshold(m_evaluation->figures.threshold);
    });
}

double ConfidencePage::threshold() const
{
    return m_acceptance->threshold();
}

void ConfidencePage::setEvaluation(std::shared_ptr<const EvaluationData> evaluation)
{
    m_evaluation = std::move(evaluation);
    if (!m_evaluation) {
        clear();
        return;
    }
    showReliability();
    showConfidences();
    showAcceptance();
    m_threshold->setEnabled(true);
    setThreshold(m_evaluation->figures.threshold);
}

void ConfidencePage::clear()
{
    for (EvaluationChart* chart :
         std::array<EvaluationChart*, 3>{m_reliability, m_confidences, m_acceptance}) {
        chart->setSeries({});
        chart->setStops({});
        chart->setEmptyText(tr("Nothing is evaluated yet."));
    }
    for (NoteLabel* note : {m_reliabilityNote, m_confidencesNote, m_acceptanceNote, m_own}) {
        note->setText({});
    }
    m_consequences->clear();
    m_threshold->setEnabled(false);
    m_reset->setEnabled(false);
}

void ConfidencePage::showReliability()
{
    const EvaluationFigures& figures = m_evaluation->figures;
    const QList<QPointF> bare = reliabilityPoints(figures.bare);
    const QList<QPointF> calibrated = reliabilityPoints(figures.calibrated);
    const bool scaled = std::abs(figures.temperature - 1) > 1e-9;
    QList<EvaluationChart::Series> series{{tr("perfect"), Hue::Quiet, Form::Dashes, {{0, 0}, {1, 1}}}};
    if (scaled) {
        series.append({tr("before"), Hue::Second, Form::DottedLine, bare});
    }
    series.append({scaled ? tr("after") : tr("this model"), Hue::First, Form::DottedLine, calibrated});
    QList<EvaluationChart::Stop> stops;
    const auto& after = figures.calibrated.bins();
    const auto& before = figures.bare.bins();
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (after[i].images + (scaled ? before[i].images : 0) > 0) {
            stops.append(reliabilityStop(i, scaled ? &before[i] : nullptr, after[i]));
        }
    }
    std::stable_sort(stops.begin(), stops.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    m_reliability->setAxes(percentAxis(tr("confidence")), percentAxis(tr("accuracy")));
    m_reliability->setSeries(figures.images > 0 ? series : QList<EvaluationChart::Series>());
    m_reliability->setStops(stops);
    m_reliability->setEmptyText(tr("There are no digits among these images."));
    m_reliabilityNote->setText(calibrationText(figures));
}

void ConfidencePage::showConfidences()
{
    const ConfidenceHistogram& histogram = m_evaluation->figures.confidences;
    constexpr double width = 1.0 / static_cast<double>(ConfidenceHistogram::binCount);
    EvaluationChart::Series right{tr("read rightly"), Hue::First, Form::Bars, {}, {}, {}, width / 2};
    EvaluationChart::Series wrong{tr("misread"), Hue::Second, Form::Bars, {}, {}, {}, width / 2};
    QList<EvaluationChart::Stop> stops;
    std::int64_t most = 0;
    for (std::size_t i = 0; i < ConfidenceHistogram::binCount; ++i) {
        const double left = width * static_cast<double>(i);
        if (histogram.right[i] > 0) {
            right.points << QPointF(left + width / 4, decadeOf(histogram.right[i]));
        }
        if (histogram.wrong[i] > 0) {
            wrong.points << QPointF(left + width * 3 / 4, decadeOf(histogram.wrong[i]));
        }
        most = std::max({most, histogram.right[i], histogram.wrong[i]});
        if (histogram.right[i] + histogram.wrong[i] > 0) {
            stops.append({left + width / 2,
                          confidenceBinText(left, left + width, histogram.right[i], histogram.wrong[i])});
        }
    }
    m_confidences->setAxes(percentAxis(tr("confidence")), countAxis(tr("images"), most));
    m_confidences->setSeries(most > 0 ? QList<EvaluationChart::Series>{right, wrong}
                                      : QList<EvaluationChart::Series>());
    m_confidences->setStops(stops);
    m_confidences->setEmptyText(tr("There are no digits among these images."));
    m_confidencesNote->setText(
        tr("Of the digits; heights are logarithmic, so that the few misread ones show."));
}

void ConfidencePage::showAcceptance()
{
    const EvaluationFigures& figures = m_evaluation->figures;
    const AcceptanceCurve& curve = figures.acceptance;
    const std::int64_t mistakes = curve.at(0).wrongAccepted;
    EvaluationChart::Series digits{tr("digits"), Hue::First, Form::Line, {}};
    EvaluationChart::Series wrong{tr("misread"), Hue::Second, Form::Line, {}};
    EvaluationChart::Series others{tr("no digit"), Hue::Quiet, Form::Line, {}};
    const auto part = [](std::int64_t some, std::int64_t all) {
        return all > 0 ? static_cast<double>(some) / static_cast<double>(all) : 0;
    };
    std::vector<AcceptancePoint> points = curve.points(acceptancePoints);
    points.push_back(curve.at(1));
    for (const AcceptancePoint& point : points) {
        digits.points << QPointF(point.threshold, part(point.digitsAccepted, curve.digits()));
        wrong.points << QPointF(point.threshold, part(point.wrongAccepted, mistakes));
        others.points << QPointF(point.threshold, part(point.noDigitsAccepted, curve.noDigits()));
    }
    QList<EvaluationChart::Series> series;
    for (const auto& [all, line] : {std::pair(curve.noDigits(), &others), std::pair(mistakes, &wrong),
                                    std::pair(curve.digits(), &digits)}) {
        if (all > 0) {
            series.append(*line);
        }
    }
    QList<EvaluationChart::Stop> stops;
    for (int i = 0; i <= 100; ++i) {
        const AcceptancePoint point = curve.at(i / 100.0);
        stops.append({point.threshold, acceptanceText(figures, point)});
    }
    m_acceptance->setAxes(percentAxis(figures.hasScore ? tr("threshold of the digit score")
                                                       : tr("threshold of the confidence")),
                          percentAxis(tr("accepted")));
    m_acceptance->setSeries(series);
    m_acceptance->setStops(stops);
    m_acceptanceNote->setText(figures.hasScore
                                  ? tr("The digit score tells digits from everything else. Drag the "
                                       "line, or move it with the arrow keys.")
                                  : tr("This model has no digit score, so its confidence is judged. "
                                       "Drag the line, or move it with the arrow keys."));
}

void ConfidencePage::setThreshold(double threshold)
{
    if (!m_evaluation) {
        return;
    }
    m_acceptance->setThresholds(threshold, m_evaluation->figures.threshold);
    if (std::abs(m_threshold->value() / 100 - threshold) >= 0.0005) {
        const QSignalBlocker blocker(m_threshold);
        m_threshold->setValue(threshold * 100);
    }
    showConsequences();
}

void ConfidencePage::showConsequences()
{
    const EvaluationFigures& figures = m_evaluation->figures;
    const bool own = std::abs(threshold() - figures.threshold) < 1e-9;
    m_consequences->setText(thresholdText(figures, figures.acceptance.at(threshold())));
    m_own->setText(own ? tr("This is the model’s own threshold.") : ownThresholdText(figures));
    m_reset->setEnabled(!own);
    m_reset->setToolTip(tr("The model’s own threshold, %1").arg(percentText(figures.threshold, 1)));
}

} // namespace digitpad
