#include "ui/training/trainingtab.h"

#include "ui/training/epochtable.h"
#include "ui/training/metricschart.h"
#include "ui/training/modelpanel.h"
#include "ui/training/runpanel.h"
#include "ui/training/trainingform.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/messagebar.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <utility>

namespace digitpad {

namespace {

/// A column that scrolls up and down where the window is too low, and is always wide enough.
QScrollArea* scrolling(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFixedWidth(content->sizeHint().width() + area->verticalScrollBar()->sizeHint().width());
    return area;
}

QString warningText(const QStringList& warnings)
{
    return warnings.size() == 1
               ? warnings.first()
               : TrainingTab::tr("%1 (and %2 more like it)").arg(warnings.first()).arg(warnings.size() - 1);
}

} // namespace

TrainingTab::TrainingTab(Recognizer* recognizer, QWidget* parent)
    : QWidget(parent)
    , m_recognizer(recognizer)
    , m_controller(new TrainingController(this))
    , m_messages(new MessageBar(this))
    , m_form(new TrainingForm(MnistDownloader::publicMirrors(), this))
    , m_charts(new MetricsChart(this))
    , m_table(new EpochTable(this))
    , m_run(new RunPanel(this))
    , m_models(new ModelPanel(recognizer, this))
{
    layOut();
    connectParts();
    setEngine(recognizer->engine());
    onRecognizerState(recognizer->state());
}

TrainingTab::~TrainingTab() = default;

void TrainingTab::layOut()
{
    auto* right = new QVBoxLayout;
    right->addWidget(m_charts, 3);
    right->addWidget(m_table, 1);
    right->addWidget(m_run);
    right->addWidget(m_models);
    auto* columns = new QHBoxLayout;
    columns->addWidget(scrolling(m_form, this));
    columns->addLayout(right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_messages);
    layout->addLayout(columns, 1);
}

void TrainingTab::connectParts()
{
    connect(m_recognizer, &Recognizer::engineReady, this, &TrainingTab::setEngine);
    connect(m_recognizer, &Recognizer::stateChanged, this, &TrainingTab::onRecognizerState);
    connect(m_run, &RunPanel::startRequested, this, &TrainingTab::start);
    connect(m_run, &RunPanel::stopRequested, m_controller, &TrainingController::stop);
    connect(m_controller, &TrainingController::stateChanged, this, &TrainingTab::onState);
    connect(m_controller, &TrainingController::started, this, &TrainingTab::onStarted);
    connect(m_controller, &TrainingController::progressed, this, &TrainingTab::onProgress);
    connect(m_controller, &TrainingController::epochEnded, this, &TrainingTab::onEpoch);
    connect(m_controller, &TrainingController::completed, this, &TrainingTab::onCompleted);
    connect(m_controller, &TrainingController::stopped, this, &TrainingTab::onStopped);
    connect(m_controller, &TrainingController::failed, this, &TrainingTab::onFailed);
    connect(m_models, &ModelPanel::message, m_messages,
            [this](Tone tone, const QString& text) { m_messages->showMessage(tone, text); });
    connect(m_charts, &MetricsChart::message, m_messages,
            [this](Tone tone, const QString& text) { m_messages->showMessage(tone, text); });
    connect(m_models, &ModelPanel::modelInUse, this, &TrainingTab::modelInUse);
    connect(m_models, &ModelPanel::saveEnded, this, [this](bool ok) {
        if (std::exchange(m_closeAfterSaving, false) && ok) {
            window()->close();
        }
    });
}

bool TrainingTab::runInProgress() const
{
    return m_controller->running();
}

void TrainingTab::setEngine(const Engine* engine)
{
    if (engine == nullptr || engine == m_engine) {
        return;
    }
    m_engine = engine;
    showIdle(tr("Ready. Choose data and options, then press Start."));
    if (const EngineInfo info = engine->info(); info.slowBlas) {
        m_messages->showMessage(
            Tone::Warning,
            tr("Training would be two to five times faster with a fast BLAS library; install the "
               "package libopenblas0-pthread and start DigitPad again."));
    }
}

void TrainingTab::onRecognizerState(Recognizer::State state)
{
    if (m_engine != nullptr) {
        return; // The recogniser's further fate, a missing model for one, is no matter for training.
    }
    showIdle(state == Recognizer::State::Failed
                 ? tr("Training is not possible: %1").arg(m_recognizer->message())
                 : tr("The training engine is loading…"));
}

void TrainingTab::showIdle(const QString& status)
{
    m_run->showIdle(status, m_engine == nullptr ? status : QString());
}

void TrainingTab::start()
{
    if (!m_form->check()) {
        showIdle(tr("Something on the left keeps the run from starting; the words in red say what."));
        return;
    }
    const TrainingOptions options = m_form->options();
    m_epochs = options.epochs;
    m_messages->dismiss();
    m_charts->beginRun(QStringLiteral("run"), tr("This run"), options.epochs);
    m_table->clear();
    m_controller->start(m_engine, m_form->dataSource(), options);
}

void TrainingTab::onState(TrainingController::State state)
{
    const bool idle = state == TrainingController::State::Idle;
    m_form->setLocked(idle ? QString() : tr("A run is in progress; stop it to change this."));
    if (state == TrainingController::State::LoadingData) {
        m_run->showLoadingData();
    } else if (state == TrainingController::State::Stopping) {
        m_run->showStopping();
    }
}

void TrainingTab::onStarted(qint64 training, qint64 validation, qint64 test, const QStringList& warnings)
{
    if (m_controller->state() == TrainingController::State::Training) {
        m_run->showTraining(tr("Training on %1…").arg(dataText(training, validation, test)));
    }
    if (!warnings.isEmpty()) {
        m_messages->showMessage(Tone::Warning, warningText(warnings));
    }
}

void TrainingTab::onProgress(const BatchProgress& newest, const QList<double>& losses)
{
    QVector<BatchPoint> batches;
    batches.reserve(losses.size());
    for (qsizetype i = 0; i < losses.size(); ++i) {
        batches.append({newest.step - losses.size() + 1 + i, float(losses[i]), float(newest.accuracy),
                        float(newest.learningRate), float(newest.gradientNorm)});
    }
    m_charts->addBatches(newest, batches);
    m_run->showProgress(newest, m_epochs);
}

void TrainingTab::onEpoch(const EpochMetrics& metrics)
{
    m_charts->addEpoch(metrics);
    m_table->add(metrics);
}

void TrainingTab::onCompleted(const TrainingResult& result)
{
    m_charts->flush();
    m_run->showCompleted(m_epochs);
    showIdle(completedText(result));
    m_models->addRun(result);
}

void TrainingTab::onStopped(const TrainingResult& result)
{
    m_charts->flush();
    showIdle(stoppedText(result));
    m_models->addRun(result);
}

void TrainingTab::onFailed(const QString& text)
{
    m_charts->flush();
    m_run->clearProgress();
    showIdle(tr("The run failed; nothing was kept of it."));
    m_messages->showMessage(Tone::Error, text);
}

bool TrainingTab::confirmClose()
{
    const int unsaved = m_models->unsavedRuns();
    if (m_closeConfirmed || (!runInProgress() && unsaved == 0)) {
        return true;
    }
    if (findChild<QMessageBox*>() != nullptr) {
        return false; // It is being asked already.
    }
    if (runInProgress()) {
        askToStopAndClose();
    } else {
        askToSaveAndClose(unsaved);
    }
    return false;
}

QMessageBox* TrainingTab::closeQuestion(const QString& question, const QString& consequence)
{
    auto* box =
        new QMessageBox(QMessageBox::Question, tr("Close DigitPad?"), question, QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("closeQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(consequence);
    return box;
}

void TrainingTab::askToStopAndClose()
{
    QMessageBox* box =
        closeQuestion(tr("Training is still running. Stop it and close DigitPad?"),
                      tr("What was learned so far is lost, and so are models that are not saved. To "
                         "keep them, stop the training and save its best model."));
    const QPushButton* close = box->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    connect(close, &QPushButton::clicked, this, &TrainingTab::closeForSure);
    QPushButton* keep = box->addButton(tr("Keep training"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    box->open();
}

void TrainingTab::askToSaveAndClose(int unsavedRuns)
{
    QMessageBox* box =
        closeQuestion(unsavedRuns == 1 ? tr("The trained model is not saved.")
                                       : tr("The models of %1 runs are not saved.").arg(unsavedRuns),
                      tr("Closing DigitPad loses what is not saved."));
    const QPushButton* close = box->addButton(tr("Close without saving"), QMessageBox::DestructiveRole);
    connect(close, &QPushButton::clicked, this, &TrainingTab::closeForSure);
    QPushButton* save = box->addButton(tr("Save…"), QMessageBox::AcceptRole);
    connect(save, &QPushButton::clicked, this, [this] {
        m_closeAfterSaving = true;
        m_models->chooseUnsaved();
        m_models->openSaveDialog();
    });
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(save);
    box->open();
}

void TrainingTab::closeForSure()
{
    m_closeConfirmed = true;
    window()->close();
    m_closeConfirmed = false; // The window may have stayed for another reason.
}

} // namespace digitpad
