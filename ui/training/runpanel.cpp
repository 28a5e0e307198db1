#include "ui/training/runpanel.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/taborder.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace digitpad {

using State = TrainingController::State;

namespace {

constexpr int progressSteps = 10'000;

QString startTip()
{
    return RunPanel::tr("Trains a new network with these data and options (F5). You can draw meanwhile.");
}

QPushButton* button(QWidget* parent, Icon which, const QString& text, const char* name,
                    const QKeySequence& shortcut, const QString& toolTip)
{
    auto* made = new QPushButton(icon(which), text, parent);
    made->setObjectName(QLatin1String(name));
    // At once: a button's own shortcut shows it pressed for a tenth of a second before it clicks.
    auto* key = new QShortcut(shortcut, parent);
    QObject::connect(key, &QShortcut::activated, made, &QPushButton::click);
    made->setToolTip(toolTip);
    return made;
}

} // namespace

RunPanel::RunPanel(QWidget* parent)
    : QWidget(parent)
    , m_draw(new QCheckBox(tr("Dra&w with this model"), this))
    , m_progress(new QProgressBar(this))
    , m_status(new QLabel(this))
{
    makeButtons();
    m_draw->setObjectName(QStringLiteral("drawWhileTraining"));
    m_draw->setToolTip(
        tr("The pad reads with the model in training, as it is at the moment: go to the Draw tab "
           "and see it learn."));
    connect(m_draw, &QCheckBox::toggled, this, &RunPanel::drawWhileTrainingChanged);
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->setAlignment(Qt::AlignCenter);
    m_status->setObjectName(QStringLiteral("status"));
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    layOut();
    orderTabsAsSeen(this);
    clearProgress();
    showState(State::Idle);
}

void RunPanel::makeButtons()
{
    m_start = button(this, Icon::Play, tr("Start"), "start", Qt::Key_F5, startTip());
    m_pause = button(this, Icon::Pause, tr("Pause"), "pause", Qt::Key_F6, {});
    m_stepBatch = button(this, Icon::Step, tr("Step batch"), "stepBatch", Qt::Key_F7,
                         tr("Trains one batch and pauses again (F7)."));
    m_stepEpoch = button(this, Icon::StepFar, tr("Step epoch"), "stepEpoch", Qt::Key_F8,
                         tr("Trains to the end of the epoch and pauses again (F8)."));
    m_stop =
        button(this, Icon::Stop, tr("Stop"), "stop", Qt::SHIFT | Qt::Key_F5,
               tr("Ends the run after the batch in progress and keeps the best model so far (Shift+F5)."));
    connect(m_start, &QPushButton::clicked, this, &RunPanel::startRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_state == State::Paused) {
            Q_EMIT proceedRequested();
        } else {
            Q_EMIT pauseRequested();
        }
    });
    connect(m_stepBatch, &QPushButton::clicked, this, &RunPanel::stepBatchRequested);
    connect(m_stepEpoch, &QPushButton::clicked, this, &RunPanel::stepEpochRequested);
    connect(m_stop, &QPushButton::clicked, this, &RunPanel::stopRequested);
}

void RunPanel::layOut()
{
    // As wide as the longer of its two words, so that nothing moves when it changes.
    m_pause->setText(tr("Resume"));
    const int width = m_pause->sizeHint().width();
    m_pause->setText(tr("Pause"));
    m_pause->setMinimumWidth(std::max(width, m_pause->sizeHint().width()));
    auto* row = new QHBoxLayout;
    for (QPushButton* each : {m_start, m_pause, m_stepBatch, m_stepEpoch, m_stop}) {
        row->addWidget(each);
    }
    row->addWidget(m_progress, 1);
    auto* words = new QHBoxLayout;
    words->addWidget(m_status, 1);
    words->addWidget(m_draw);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addLayout(words);
}

QString RunPanel::status() const
{
    return m_status->text();
}

void RunPanel::setStart(bool enabled, const QString& toolTip)
{
    m_start->setEnabled(enabled);
    m_start->setToolTip(toolTip);
}

void RunPanel::showIdle(const QString& status, const QString& whyNot)
{
    showState(State::Idle);
    if (!whyNot.isEmpty()) {
        setStart(false, whyNot);
    }
    m_status->setText(status);
    if (m_progress->maximum() == 0) {
        clearProgress(); // The run ended before its first batch.
    }
}

void RunPanel::showState(State state)
{
    m_state = state;
    const bool idle = state == State::Idle;
    const bool paused = state == State::Paused;
    setStart(idle, idle ? startTip() : tr("A run is in progress."));
    m_pause->setText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(icon(paused ? Icon::Play : Icon::Pause));
    m_pause->setToolTip(paused ? tr("Goes on with the run (F6).")
                               : tr("Holds the run after the batch in progress (F6)."));
    m_pause->setEnabled(paused || state == State::Training);
    m_stepBatch->setEnabled(paused);
    m_stepEpoch->setEnabled(paused);
    m_stop->setEnabled(!idle && state != State::Stopping);
    if (state == State::LoadingData) {
        m_progress->setRange(0, 0); // Busy: how long it takes is not known.
        m_status->setText(tr("Preparing the data…"));
    } else if (state == State::Pausing) {
        m_status->setText(tr("Pausing after the batch in progress…"));
    } else if (paused) {
        m_status->setText(tr("Paused. Resume, go on for one batch or to the end of the epoch, or stop."));
    } else if (state == State::Stopping) {
        m_status->setText(tr("Stopping after the batch in progress…"));
    }
}

void RunPanel::showTraining(const QString& status)
{
    clearProgress();
    m_status->setText(status);
}

void RunPanel::showProgress(const BatchProgress& progress, int epochs)
{
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(static_cast<int>(progressPart(progress, epochs) * progressSteps));
    m_progress->setFormat(progressText(progress, epochs));
    if (m_state != State::Training) {
        return; // Stopping and pausing have their own words.
    }
    QStringList parts{tr("Training…")};
    for (const QString& part : {speedText(progress.imagesPerSecond), timeLeftText(progress.secondsLeft)}) {
        if (!part.isEmpty()) {
            parts += part;
        }
    }
    m_status->setText(parts.join(QStringLiteral(" · ")));
}

void RunPanel::showCompleted(int epochs)
{
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(progressSteps);
    m_progress->setFormat(epochs == 1 ? tr("1 epoch done") : tr("All %1 epochs done").arg(epochs));
}

void RunPanel::clearProgress()
{
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(0);
    m_progress->setFormat({});
}

} // namespace digitpad
