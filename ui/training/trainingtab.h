#pragma once

#include "core/data/mnist.h"
#include "core/learning/recognizer.h"
#include "core/learning/trainingcontroller.h"
#include "ui/training/formsections.h"
#include "ui/widgets/tones.h"

#include <QWidget>

#include <functional>
#include <memory>

class QSplitter;
class QTabWidget;

namespace digitpad {

class CloseQuestion;
class EpochTable;
class MessageBar;
class MetricsChart;
class ModelPanel;
class RangeTester;
class RunPanel;
class RunsPanel;
class RunStore;
class ShownRuns;
class TrainingForm;
class TrainingPad;

/// Choose data and options, press Start, watch the losses fall, draw with the result; every run is kept, and
/// can be laid over another. Training runs in the controller's thread; the window stays usable. GUI thread
/// only.
class TrainingTab : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` brings the engine and takes models for drawing; it outlives the tab. Sections of the form
    /// that are made already are taken over.
    explicit TrainingTab(Recognizer* recognizer, QWidget* parent = nullptr, FormSections sections = {});
    /// Breaks a run in progress off, and waits for its batch to end; it can be resumed from its last epoch.
    ~TrainingTab() override;

    [[nodiscard]] bool runInProgress() const;
    /// Data and options as they stand, for others to follow.
    [[nodiscard]] const TrainingForm* form() const { return m_form; }
    /// To be asked by the window when it is to close. True where nothing would be lost. Otherwise a question
    /// appears above the window, false comes back at once, and the window's close() is called again after a
    /// yes.
    bool confirmClose();

Q_SIGNALS:
    /// The pad reads with this model now, because that was asked for in this tab.
    void modelInUse(const QString& name);

private:
    void layOut();
    void connectParts();
    void connectController();
    void connectRuns();
    void setEngine(const Engine* engine);
    void onRecognizerState(Recognizer::State state);
    void start();
    void resumeRun(const QString& folder);
    void continueRun(const QString& folder, int epochs);
    [[nodiscard]] bool readyToRun();
    void testRates(const RunOptions& options);
    void onState(TrainingController::State state);
    void onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                    const QStringList& warnings);
    void onProgress(const BatchProgress& newest, const QVector<BatchPoint>& batches);
    void onEpoch(const EpochMetrics& metrics);
    void onRunEnded(const RunRecord& record);
    void onCompleted(const TrainingResult& result);
    void onStopped(const TrainingResult& result);
    void onFailed(const QString& text);
    void onFolds(const FoldSummary& summary);
    /// Shows `status` and whether Start may be pressed, for want of a run.
    void showIdle(const QString& status);
    void onRunsRead();
    void offerToResume();
    void say(Tone tone, const QString& text);
    /// At most one action; it is forgotten with the message.
    void offer(Tone tone, const QString& text, const QString& actionText, std::function<void()> action);

    Recognizer* m_recognizer;
    const Engine* m_engine = nullptr;
    TrainingController* m_controller;
    RunStore* m_store;
    RunRecord m_record; ///< Of the run in progress, or of the last one.
    bool m_resumeOffered = false;
    std::function<void()> m_action; ///< Of the message in sight.

    MessageBar* m_messages;
    // Made in this order, which Tab follows.
    TrainingForm* m_form;
    QSplitter* m_splitter;
    MetricsChart* m_charts;
    RunPanel* m_run;
    QTabWidget* m_lower;
    EpochTable* m_table;
    RunsPanel* m_runs;
    ModelPanel* m_models;
    RangeTester* m_rates;
    TrainingPad* m_pad;
    ShownRuns* m_shownRuns;
    CloseQuestion* m_closeQuestion;
};

} // namespace digitpad
