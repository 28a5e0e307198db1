#include "ui/training/runpanel.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace digitpad {

namespace {

constexpr int progressSteps = 10'000;

QString startTip()
{
    return RunPanel::tr("Trains a new network with these data and options (F5). You can draw meanwhile.");
}

} // namespace

RunPanel::RunPanel(QWidget* parent)
    : QWidget(parent)
    , m_start(new QPushButton(icon(Icon::Play), tr("Start"), this))
    , m_stop(new QPushButton(icon(Icon::Stop), tr("Stop"), this))
    , m_progress(new QProgressBar(this))
    , m_status(new QLabel(this))
{
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setShortcut(Qt::Key_F5);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setShortcut(Qt::SHIFT | Qt::Key_F5);
    m_stop->setToolTip(
        tr("Ends the run after the batch in progress and keeps the best model so far (Shift+F5)."));
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->setAlignment(Qt::AlignCenter);
    m_status->setObjectName(QStringLiteral("status"));
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    connect(m_start, &QPushButton::clicked, this, &RunPanel::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &RunPanel::stopRequested);
    layOut();
    clearProgress();
}

void RunPanel::layOut()
{
    auto* row = new QHBoxLayout;
    row->addWidget(m_start);
    row->addWidget(m_stop);
    row->addWidget(m_progress, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_status);
}

QString RunPanel::status() const
{
    return m_status->text();
}

void RunPanel::setRunning(bool running, bool canStop)
{
    m_start->setEnabled(!running);
    m_start->setToolTip(running ? tr("A run is in progress.") : startTip());
    m_stop->setEnabled(canStop);
}

void RunPanel::showIdle(const QString& status, const QString& whyNot)
{
    setRunning(false, false);
    if (!whyNot.isEmpty()) {
        m_start->setEnabled(false);
        m_start->setToolTip(whyNot);
    }
    m_status->setText(status);
    if (m_progress->maximum() == 0) {
        clearProgress(); // The run ended before its first batch.
    }
}

void RunPanel::showLoadingData()
{
    setRunning(true, true);
    m_progress->setRange(0, 0); // Busy: how long it takes is not known.
    m_status->setText(tr("Preparing the data…"));
}

void RunPanel::showTraining(const QString& status)
{
    setRunning(true, true);
    clearProgress();
    m_status->setText(status);
}

void RunPanel::showProgress(const BatchProgress& progress, int epochs)
{
    m_progress->setRange(0, progressSteps);
    m_progress->setValue(static_cast<int>(progressPart(progress, epochs) * progressSteps));
    m_progress->setFormat(progressText(progress, epochs));
    if (!m_stop->isEnabled()) {
        return; // Stopping: its own words stay.
    }
    QStringList parts{tr("Training…")};
    for (const QString& part : {speedText(progress.imagesPerSecond), timeLeftText(progress.secondsLeft)}) {
        if (!part.isEmpty()) {
            parts += part;
        }
    }
    m_status->setText(parts.join(QStringLiteral(" · ")));
}

void RunPanel::showStopping()
{
    setRunning(true, false);
    m_status->setText(tr("Stopping after the batch in progress…"));
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
