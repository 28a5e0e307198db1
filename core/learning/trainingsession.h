#pragma once

#include "core/learning/foldresults.h"
#include "core/learning/preparation.h"
#include "core/learning/runcontrol.h"
#include "core/learning/runfolder.h"
#include "core/learning/trainingcontroller.h"

#include <QElapsedTimer>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

namespace digitpad {

/// How a session ended.
struct SessionEnd
{
    enum class Kind { Completed, Stopped, Failed, RatesTested };

    Kind kind = Kind::Stopped;
    TrainingResult result = {};
    QString problem = {}; ///< Of Failed.
    FoldSummary folds = {};
    RateRangeTest rates = {};
};

/// What a TrainingController's thread does: reads the data, trains, and keeps the run's folder up to date.
/// One object, one task. Whatever does not say otherwise is the training thread's.
class TrainingSession : private TrainingObserver, private RunControl::Listener
{
public:
    /// Called on the training thread; onHeld() and onSnapshotTaken() also on helpers of the engine's.
    class Listener : public RunControl::Listener
    {
    public:
        virtual void onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                                const QStringList& warnings) = 0;
        virtual void onProgress(const BatchProgress& newest, const QVector<BatchPoint>& points) = 0;
        virtual void onEpoch(const EpochMetrics& metrics) = 0;
        virtual void onRunEnded(const RunRecord& record) = 0;
        virtual void onRangeTestBegan() = 0;
    };

    /// Both outlive the session.
    TrainingSession(const Engine& engine, Listener& listener);

    SessionEnd start(const TrainingStart& start);
    SessionEnd resume(const QString& runFolder);
    SessionEnd extend(const QString& runFolder, int epochs);
    SessionEnd testRates(const RunOptions& options);

    /// From any thread.
    [[nodiscard]] RunControl& control() { return m_control; }
    /// From any thread: the session ends after the batch in progress without finishing its run, which stays
    /// Interrupted.
    void abandon();

private:
    SessionEnd guarded(const std::function<SessionEnd()>& task);
    Result<LoadedData> load(const RunOptions& options);
    Result<PreparedTraining> prepare(const RunOptions& options);
    SessionEnd trainFolds(const TrainingStart& start, int first);
    SessionEnd trainNew(const TrainingStart& start);
    SessionEnd goOn(const QString& runFolder, int moreEpochs);
    Result<PreparedTraining> prepareAgain(const RunRecord& record);
    Result<void> createWriter(const QString& runsFolder, RunRecord& record);
    SessionEnd train(const PreparedTraining& prepared, const RunRecord& record,
                     const std::string& resumeFrom);
    SessionEnd finish(const Result<TrainingResult>& result);
    SessionEnd finishFailed(const Error& error);
    void writeEnd(RunState state, const QString& problem, const TrainingResult* result);
    void noteDataHash();
    /// Tries until it works, or the run is to stop.
    Result<void> insist(const std::function<Result<void>()>& write);
    void flushProgress();

    // TrainingObserver
    void onBatch(const BatchProgress& progress) override;
    void onEpoch(const EpochMetrics& metrics) override;
    bool stopRequested() override;
    bool snapshotRequested() override { return m_control.snapshotRequested(); }
    void onSnapshot(const std::shared_ptr<const Model>& model) override;
    CheckpointChoice onCheckpointFailed(const Error& error) override;
    // RunControl::Listener
    void onHeld(const QString& problem) override;
    void onSnapshotTaken(const std::shared_ptr<const Model>& model) override;

    const Engine& m_engine;
    Listener& m_listener;
    RunControl m_control;
    std::atomic<bool> m_abandoned = false;
    std::thread::id m_thread; ///< The training thread.

    FoldResults m_folds;
    std::unique_ptr<RunWriter> m_writer; ///< Of the run in progress; null where it leaves no folder.
    RunRecord m_record;                  ///< Of the run in progress, where it has no writer.
    std::future<QString> m_dataHash;     ///< Made beside the training.
    QElapsedTimer m_sinceProgress;
    BatchProgress m_newest;
    QVector<BatchPoint> m_points; ///< Since the last progress.
};

} // namespace digitpad
