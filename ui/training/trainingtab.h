#pragma once

#include "core/data/mnist.h"
#include "core/learning/recognizer.h"
#include "core/learning/trainingcontroller.h"

#include <QWidget>

class QMessageBox;

namespace digitpad {

class EpochTable;
class MessageBar;
class MetricsChart;
class ModelPanel;
class RunPanel;
class TrainingForm;

/// Choose data and options, press Start, watch the losses fall, draw with the result. Training runs in the
/// controller's thread; the window stays usable. GUI thread only.
class TrainingTab : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` brings the engine and takes models for drawing; it outlives the tab.
    explicit TrainingTab(Recognizer* recognizer, QWidget* parent = nullptr);
    /// Stops a run in progress and waits for its batch to end.
    ~TrainingTab() override;

    [[nodiscard]] bool runInProgress() const;
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
    void setEngine(const Engine* engine);
    void onRecognizerState(Recognizer::State state);
    void start();
    void onState(TrainingController::State state);
    void onStarted(qint64 training, qint64 validation, qint64 test, const QStringList& warnings);
    void onProgress(const BatchProgress& newest, const QList<double>& losses);
    void onEpoch(const EpochMetrics& metrics);
    void onCompleted(const TrainingResult& result);
    void onStopped(const TrainingResult& result);
    void onFailed(const QString& text);
    /// Shows `status` and whether Start may be pressed, for want of a run.
    void showIdle(const QString& status);
    QMessageBox* closeQuestion(const QString& question, const QString& consequence);
    void askToStopAndClose();
    void askToSaveAndClose(int unsavedRuns);
    void closeForSure();

    Recognizer* m_recognizer;
    const Engine* m_engine = nullptr;
    TrainingController* m_controller;
    int m_epochs = 0; ///< Of the run in progress, or of the last one.
    bool m_closeConfirmed = false;
    bool m_closeAfterSaving = false;

    MessageBar* m_messages;
    TrainingForm* m_form;
    MetricsChart* m_charts;
    EpochTable* m_table;
    RunPanel* m_run;
    ModelPanel* m_models;
};

} // namespace digitpad
