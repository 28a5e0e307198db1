#include "ui/training/trainingtab.h"

#include "core/learning/runfolder.h"
#include "core/learning/runstore.h"
#include "ui/training/closequestion.h"
#include "ui/training/epochtable.h"
#include "ui/training/metricschart.h"
#include "ui/training/modelpanel.h"
#include "ui/training/rangetester.h"
#include "ui/training/runpanel.h"
#include "ui/training/runsmodel.h"
#include "ui/training/runspanel.h"
#include "ui/training/shownruns.h"
#include "ui/training/trainingform.h"
#include "ui/training/trainingpad.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/messagebar.h"

#include <QHBoxLayout>
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

QString splitterKey()
{
    return QStringLiteral("training/splitter");
}

QString warningText(const QStringList& warnings)
{
    return warnings.size() == 1
               ? warnings.first()
               : TrainingTab::tr("%1 (and %2 more like it)").arg(warnings.first()).arg(warnings.size() - 1);
}

} // namespace

TrainingTab::TrainingTab(Recognizer* recognizer, QWidget* parent, FormSections sections)
    : QWidget(parent)
    , m_recognizer(recognizer)
    , m_controller(new TrainingController(this))
    , m_store(new RunStore(defaultRunsFolder(), this))
    , m_messages(new MessageBar(this))
    , m_form(new TrainingForm(MnistDownloader::publicMirrors(), this, std::move(sections)))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_charts(new MetricsChart(this))
    , m_run(new RunPanel(this))
    , m_lower(new QTabWidget(this))
    , m_table(new EpochTable(this))
    , m_runs(new RunsPanel(m_store, this))
    , m_models(new ModelPanel(recognizer, this))
    , m_rates(new RangeTester(m_controller, m_form, m_run, this))
    , m_pad(new TrainingPad(recognizer, m_controller, this))
    , m_shownRuns(new ShownRuns(m_store, m_runs->model(), m_charts, this))
    , m_closeQuestion(new CloseQuestion(m_controller, m_models, this))
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
    connect(m_run, &RunPanel::drawWhileTrainingChanged, m_pad, &TrainingPad::setWanted);
    connect(m_pad, &TrainingPad::modelInUse, this, &TrainingTab::modelInUse);
    connect(m_messages, &MessageBar::actionTriggered, this, [this] {
        m_messages->dismiss();
        if (const auto action = std::exchange(m_action, {})) {
            action();
        }
    });
    connect(m_models, &ModelPanel::message, this, &TrainingTab::say);
    connect(m_charts, &MetricsChart::message, this, &TrainingTab::say);
    connect(m_models, &ModelPanel::modelInUse, this, &TrainingTab::modelInUse);
}

void TrainingTab::connectController()
{
    connect(m_form, &TrainingForm::rangeTestRequested, this, &TrainingTab::testRates);
    connect(m_rates, &RangeTester::ended, this, &TrainingTab::showIdle);
    connect(m_controller, &TrainingController::stateChanged, this, &TrainingTab::onState);
    connect(m_controller, &TrainingController::runBegan, this, &TrainingTab::onRunBegan);
    connect(m_controller, &TrainingController::progressed, this, &TrainingTab::onProgress);
    connect(m_controller, &TrainingController::epochEnded, this, &TrainingTab::onEpoch);
    connect(m_controller, &TrainingController::runEnded, this, &TrainingTab::onRunEnded);
    connect(m_controller, &TrainingController::completed, this, &TrainingTab::onCompleted);
    connect(m_controller, &TrainingController::stopped, this, &TrainingTab::onStopped);
    connect(m_controller, &TrainingController::failed, this, &TrainingTab::onFailed);
    connect(m_controller, &TrainingController::foldsEnded, this, &TrainingTab::onFolds);
    connect(m_controller, &TrainingController::pausedByProblem, this, [this](const QString& problem) {
        offer(Tone::Error, tr("The run is paused: %1").arg(problem), tr("Try Again"),
              [this] { m_controller->proceed(); });
    });
}

void TrainingTab::connectRuns()
{
    connect(m_store, &RunStore::changed, this, &TrainingTab::onRunsRead);
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
    m_rates->begin(m_engine, options);
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
        m_pad->rest();
        m_runs->setLiveRun({});
        m_store->refresh();
    }
}

void TrainingTab::onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                             const QStringList& warnings)
{
    m_record = record;
    m_shownRuns->setNewest(record.folder);
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
    m_pad->beginRun(record.name);
}

void TrainingTab::onProgress(const BatchProgress& newest, const QVector<BatchPoint>& batches)
{
    if (m_rates->testing()) {
        m_rates->showProgress(newest);
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
    m_pad->endRun(result);
}

void TrainingTab::onStopped(const TrainingResult& result)
{
    if (m_rates->takeEnd({})) {
        return;
    }
    m_charts->flush();
    showIdle(stoppedText(result));
    m_models->addRun(m_record, result);
    if (!result.explanation.empty()) {
        say(Tone::Error, QString::fromStdString(result.explanation));
    }
    m_pad->endRun(result);
}

void TrainingTab::onFailed(const QString& text)
{
    if (m_rates->takeEnd(text)) {
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

void TrainingTab::onRunsRead()
{
    if (!m_store->loaded()) {
        return;
    }
    if (!m_resumeOffered) {
        m_shownRuns->restore();
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

bool TrainingTab::confirmClose()
{
    return m_closeQuestion->confirm();
}

} // namespace digitpad
