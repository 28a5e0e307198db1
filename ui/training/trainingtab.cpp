#include "ui/training/trainingtab.h"

#include "core/learning/runfolder.h"
#include "core/learning/runstore.h"
#include "ui/training/epochtable.h"
#include "ui/training/metricschart.h"
#include "ui/training/modelpanel.h"
#include "ui/training/runpanel.h"
#include "ui/training/runsmodel.h"
#include "ui/training/runspanel.h"
#include "ui/training/trainingform.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/messagebar.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
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

constexpr int snapshotInterval = 1000; // milliseconds

QString splitterKey()
{
    return QStringLiteral("training/splitter");
}

QString shownRunsKey()
{
    return QStringLiteral("training/shownRuns");
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
    , m_store(new RunStore(defaultRunsFolder(), this))
    , m_messages(new MessageBar(this))
    , m_form(new TrainingForm(MnistDownloader::publicMirrors(), this))
    , m_charts(new MetricsChart(this))
    , m_table(new EpochTable(this))
    , m_lower(new QTabWidget(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_run(new RunPanel(this))
    , m_runs(new RunsPanel(m_store, this))
    , m_models(new ModelPanel(recognizer, this))
{
    layOut();
    connectParts();
    connectController();
    connectRuns();
    setEngine(recognizer->engine());
    onRecognizerState(recognizer->state());
    m_store->refresh();
}

TrainingTab::~TrainingTab()
{
    QSettings().setValue(splitterKey(), m_splitter->saveState());
}

void TrainingTab::layOut()
{
    m_lower->setObjectName(QStringLiteral("lowerTabs"));
    m_lower->setDocumentMode(true);
    m_lower->addTab(m_table, tr("Epochs"));
    m_lower->addTab(m_runs, tr("Runs"));
    auto* upper = new QWidget(this);
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->addWidget(m_charts, 1);
    upperLayout->addWidget(m_run);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_lower);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({450, 240}); // Parts of the height, until the person chooses others.
    m_splitter->restoreState(QSettings().value(splitterKey()).toByteArray());
    auto* right = new QVBoxLayout;
    right->addWidget(m_splitter, 1);
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
    connect(m_run, &RunPanel::pauseRequested, m_controller, &TrainingController::pause);
    connect(m_run, &RunPanel::proceedRequested, m_controller, &TrainingController::proceed);
    connect(m_run, &RunPanel::stepBatchRequested, m_controller, &TrainingController::stepBatch);
    connect(m_run, &RunPanel::stepEpochRequested, m_controller, &TrainingController::stepEpoch);
    connect(m_run, &RunPanel::stopRequested, m_controller, &TrainingController::stop);
    connect(m_run, &RunPanel::drawWhileTrainingChanged, this, &TrainingTab::onDrawWhileTraining);
    m_snapshots.setInterval(snapshotInterval);
    connect(&m_snapshots, &QTimer::timeout, m_controller, &TrainingController::requestSnapshot);
    connect(m_messages, &MessageBar::actionTriggered, this, [this] {
        m_messages->dismiss();
        if (const auto action = std::exchange(m_action, {})) {
            action();
        }
    });
    connect(m_models, &ModelPanel::message, this, &TrainingTab::say);
    connect(m_charts, &MetricsChart::message, this, &TrainingTab::say);
    connect(m_models, &ModelPanel::modelInUse, this, &TrainingTab::modelInUse);
    connect(m_models, &ModelPanel::saveEnded, this, [this](bool ok) {
        if (std::exchange(m_closeAfterSaving, false) && ok) {
            window()->close();
        }
    });
}

void TrainingTab::connectController()
{
    connect(m_form, &TrainingForm::rangeTestRequested, this, &TrainingTab::testRates);
    connect(m_controller, &TrainingController::ratesTested, this, &TrainingTab::onRatesTested);
    connect(m_controller, &TrainingController::stateChanged, this, &TrainingTab::onState);
    connect(m_controller, &TrainingController::runBegan, this, &TrainingTab::onRunBegan);
    connect(m_controller, &TrainingController::progressed, this, &TrainingTab::onProgress);
    connect(m_controller, &TrainingController::epochEnded, this, &TrainingTab::onEpoch);
    connect(m_controller, &TrainingController::runEnded, this, &TrainingTab::onRunEnded);
    connect(m_controller, &TrainingController::completed, this, &TrainingTab::onCompleted);
    connect(m_controller, &TrainingController::stopped, this, &TrainingTab::onStopped);
    connect(m_controller, &TrainingController::failed, this, &TrainingTab::onFailed);
    connect(m_controller, &TrainingController::foldsEnded, this, &TrainingTab::onFolds);
    connect(m_controller, &TrainingController::snapshotTaken, this, &TrainingTab::onSnapshot);
    connect(m_controller, &TrainingController::pausedByProblem, this, [this](const QString& problem) {
        offer(Tone::Error, tr("The run is paused: %1").arg(problem), tr("Try Again"),
              [this] { m_controller->proceed(); });
    });
}

void TrainingTab::connectRuns()
{
    connect(m_store, &RunStore::changed, this, &TrainingTab::onRunsRead);
    connect(m_store, &RunStore::curvesRead, this, &TrainingTab::onCurves);
    connect(m_store, &RunStore::movedToTrash, this, [this](const QString& folder, const QString& inTrash) {
        offer(Tone::Info, tr("The run was moved to the trash."), tr("Undo"),
              [this, folder, inTrash] { m_store->restore(folder, inTrash); });
    });
    connect(m_runs, &RunsPanel::message, this, &TrainingTab::say);
    connect(m_runs, &RunsPanel::resumeRequested, this, &TrainingTab::resumeRun);
    connect(m_runs, &RunsPanel::continueRequested, this, &TrainingTab::continueRun);
    connect(m_runs, &RunsPanel::modelRequested, m_models, &ModelPanel::loadAs);
    connect(m_runs, &RunsPanel::optionsRequested, this, [this](const RunRecord& record) {
        m_form->setRunOptions(record.options);
        say(Tone::Info, tr("The form has the options of “%1” now.").arg(record.name));
    });
    connect(m_runs->model(), &RunsModel::shownRunsChanged, this, &TrainingTab::onShownRuns);
    connect(m_charts, &MetricsChart::runVisibilityChanged, this, [this](const QString& id, bool visible) {
        m_runs->model()->setRunStyle(id, visible ? m_charts->runStyle(id) : -1);
    });
}

bool TrainingTab::runInProgress() const
{
    return m_controller->running();
}

void TrainingTab::say(Tone tone, const QString& text)
{
    m_action = {};
    m_messages->showMessage(tone, text);
}

void TrainingTab::offer(Tone tone, const QString& text, const QString& actionText,
                        std::function<void()> action)
{
    m_action = std::move(action);
    m_messages->showMessage(tone, text, actionText);
}

void TrainingTab::setEngine(const Engine* engine)
{
    if (engine == nullptr || engine == m_engine) {
        return;
    }
    m_engine = engine;
    m_form->setEngine(engine);
    showIdle(tr("Ready. Choose data and options, then press Start."));
    if (const EngineInfo info = engine->info(); info.slowBlas) {
        say(Tone::Warning,
            tr("Training would be two to five times faster with a fast BLAS library; install the "
               "package libopenblas0-pthread and start DigitPad again."));
    }
    offerToResume();
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
    m_messages->dismiss();
    m_controller->start(m_engine,
                        {m_form->runOptions(), QString(), m_form->presetName(), m_store->runsFolder()});
}

bool TrainingTab::readyToRun()
{
    if (m_engine == nullptr || runInProgress()) {
        say(Tone::Info, m_engine == nullptr ? tr("The training engine is loading; try again in a moment.")
                                            : tr("A run is in progress; stop it first."));
        return false;
    }
    m_messages->dismiss();
    return true;
}

void TrainingTab::resumeRun(const QString& folder)
{
    if (readyToRun()) {
        m_controller->resumeRun(m_engine, folder);
    }
}

void TrainingTab::continueRun(const QString& folder, int epochs)
{
    if (readyToRun()) {
        m_controller->continueRun(m_engine, folder, epochs);
    }
}

void TrainingTab::testRates(const RunOptions& options)
{
    if (!readyToRun()) {
        m_form->rangeTestEnded({});
        return;
    }
    m_testingRates = true;
    m_controller->testRates(m_engine, options);
}

void TrainingTab::onRatesTested(const RateRangeTest& test)
{
    m_testingRates = false;
    m_form->showRangeTest(test);
    m_run->clearProgress();
    showIdle(tr("The learning rates are tested; the form shows what was found."));
}

bool TrainingTab::rateTestEnded(const QString& problem)
{
    if (!std::exchange(m_testingRates, false)) {
        return false;
    }
    m_form->rangeTestEnded(problem);
    m_run->clearProgress();
    showIdle(tr("The test of learning rates has ended; nothing has changed."));
    return true;
}

void TrainingTab::onState(TrainingController::State state)
{
    const bool idle = state == TrainingController::State::Idle;
    m_form->setLocked(idle ? QString() : tr("A run is in progress; stop it to change this."));
    m_run->showState(state);
    if (state == TrainingController::State::Paused) {
        m_charts->flush();
    }
    if (idle) {
        m_snapshots.stop();
        m_runs->setLiveRun({});
        m_store->refresh();
    }
}

void TrainingTab::onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                             const QStringList& warnings)
{
    m_record = record;
    rememberShownRuns();
    const QString id = record.folder.isEmpty() ? QStringLiteral("run") : record.folder;
    m_charts->beginRun(id, record.name, record.options.training.epochs, curves);
    m_table->clear();
    if (curves) {
        for (const EpochMetrics& metrics : curves->epochs) {
            m_table->add(metrics);
        }
    }
    if (m_controller->state() == TrainingController::State::Training) {
        m_run->showTraining(tr("Training “%1” on %2…")
                                .arg(record.name, dataText(record.trainingImages, record.validationImages,
                                                           record.testImages)));
    }
    if (!warnings.isEmpty()) {
        say(Tone::Warning, warningText(warnings));
    }
    m_runs->setLiveRun(record.folder);
    m_store->refresh();
    onDrawWhileTraining(m_run->drawsWhileTraining());
}

void TrainingTab::onProgress(const BatchProgress& newest, const QVector<BatchPoint>& batches)
{
    if (m_testingRates) {
        m_run->showProgress(newest, 1);
        return;
    }
    m_charts->addBatches(newest, batches);
    m_run->showProgress(newest, m_record.options.training.epochs);
}

void TrainingTab::onEpoch(const EpochMetrics& metrics)
{
    m_charts->addEpoch(metrics);
    m_table->add(metrics);
    m_store->refresh();
}

void TrainingTab::onRunEnded(const RunRecord& record)
{
    m_record = record;
    m_charts->flush();
}

void TrainingTab::onCompleted(const TrainingResult& result)
{
    m_charts->flush();
    if (result.outcome == TrainingOutcome::Completed) {
        m_run->showCompleted(m_record.options.training.epochs);
    }
    showIdle(completedText(result));
    m_models->addRun(m_record, result);
    drawWithFinished(result);
}

void TrainingTab::onStopped(const TrainingResult& result)
{
    if (rateTestEnded({})) {
        return;
    }
    m_charts->flush();
    showIdle(stoppedText(result));
    m_models->addRun(m_record, result);
    if (!result.explanation.empty()) {
        say(Tone::Error, QString::fromStdString(result.explanation));
    }
    drawWithFinished(result);
}

void TrainingTab::onFailed(const QString& text)
{
    if (rateTestEnded(text)) {
        return;
    }
    m_charts->flush();
    m_run->clearProgress();
    showIdle(tr("The run failed."));
    say(Tone::Error, text);
}

void TrainingTab::onFolds(const FoldSummary& summary)
{
    QString text =
        tr("All %1 folds are done: validation accuracy %2 ± %3")
            .arg(summary.folds)
            .arg(percentText(summary.validationAccuracy, 2), percentText(summary.validationDeviation, 2));
    if (summary.testAccuracy >= 0) {
        text += tr(", test accuracy %1 ± %2")
                    .arg(percentText(summary.testAccuracy, 2), percentText(summary.testDeviation, 2));
    }
    say(Tone::Success, text + u'.');
}

void TrainingTab::onDrawWhileTraining(bool on)
{
    if (!on || !runInProgress()) {
        m_snapshots.stop();
        return;
    }
    m_snapshots.start();
    m_controller->requestSnapshot();
}

void TrainingTab::onSnapshot(const std::shared_ptr<const Model>& model)
{
    if (m_run->drawsWhileTraining() && runInProgress()) {
        m_recognizer->useModel(model, tr("%1, in training").arg(m_record.name));
    }
}

void TrainingTab::drawWithFinished(const TrainingResult& result)
{
    if (m_run->drawsWhileTraining() && result.best) {
        const QString name = tr("%1, best").arg(m_record.name);
        m_recognizer->useModel(result.best, name);
        Q_EMIT modelInUse(name);
    }
}

void TrainingTab::onRunsRead()
{
    if (!m_store->loaded()) {
        return;
    }
    if (!m_resumeOffered) {
        m_runs->model()->setShownRuns(QSettings().value(shownRunsKey()).toStringList());
    }
    offerToResume();
}

/// Once, for the newest run that a crash, a power cut or closing the window left behind.
void TrainingTab::offerToResume()
{
    if (m_resumeOffered || m_engine == nullptr || !m_store->loaded()) {
        return;
    }
    m_resumeOffered = true;
    const auto& runs = m_store->runs();
    const auto interrupted = std::find_if(runs.begin(), runs.end(), [](const RunRecord& run) {
        return run.state == RunState::Interrupted && run.hasLast;
    });
    if (interrupted != runs.end() && !runInProgress()) {
        offer(Tone::Info,
              tr("The run “%1” was interrupted after %2 of %3 epochs.")
                  .arg(interrupted->name)
                  .arg(interrupted->epochsDone)
                  .arg(interrupted->options.training.epochs),
              tr("Resume It"), [this, folder = interrupted->folder] { resumeRun(folder); });
    }
}

void TrainingTab::onShownRuns(const QStringList& folders)
{
    for (const QString& folder : std::as_const(m_shown)) {
        if (!folders.contains(folder)) {
            m_charts->removeRun(folder);
            m_runs->model()->setRunStyle(folder, m_charts->runStyle(folder));
        }
    }
    for (const QString& folder : folders) {
        if (!m_shown.contains(folder)) {
            m_store->readCurves(folder);
        }
    }
    m_shown = folders;
    rememberShownRuns();
}

/// Those laid over, and the newest one: it comes back with them when the program starts again.
void TrainingTab::rememberShownRuns()
{
    QStringList folders = m_shown;
    if (!m_record.folder.isEmpty() && !folders.contains(m_record.folder)) {
        folders += m_record.folder;
    }
    QSettings().setValue(shownRunsKey(), folders);
}

void TrainingTab::onCurves(const QString& folder, const std::shared_ptr<const RunCurves>& curves)
{
    const RunRecord* run = m_store->run(folder);
    if (run == nullptr || !m_shown.contains(folder)) {
        return; // Deleted, or unchecked again, meanwhile.
    }
    m_charts->setRun(folder, run->name, curves);
    m_runs->model()->setRunStyle(folder, m_charts->runStyle(folder));
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
        closeQuestion(tr("Training is still running. Break it off and close DigitPad?"),
                      tr("The run can be resumed the next time from the last epoch that ended; what came "
                         "after that is lost."));
    const QPushButton* close = box->addButton(tr("Break off and close"), QMessageBox::DestructiveRole);
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
