#pragma once

#include "core/learning/engine.h"
#include "core/learning/foldresults.h"
#include "core/learning/runrecord.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QVector>

#include <memory>

namespace digitpad {

/// A run to begin.
struct TrainingStart
{
    RunOptions options;
    QString name = {};       ///< Of the run; empty for one made from the options and a number.
    QString preset = {};     ///< Preset::name, where the options are one's.
    QString runsFolder = {}; ///< Where the run's folder goes; empty for a run that leaves none.
};

/// Owns the training thread: one run at a time, parameters in as copies, signals out on the GUI thread. Where
/// options ask for k folds, they are k runs one after the other, whatever `fold` says, and end in one of the
/// terminal signals.
class TrainingController : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        LoadingData,
        Training,
        Pausing,  ///< A pause was asked for; the batch in progress is ending.
        Paused,   ///< The training thread waits and takes no processor time.
        Stopping, ///< Stop was asked for; the batch in progress is ending.
    };
    Q_ENUM(State)

    explicit TrainingController(QObject* parent = nullptr);
    /// Breaks a run in progress off and waits for its batch to end; its folder keeps the last epoch's
    /// checkpoint and is Interrupted, so that it can be resumed.
    ~TrainingController() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] bool running() const { return state() != State::Idle; }

    /// Only in Idle; exactly one of completed(), stopped() and failed() follows each of these three.
    void start(const Engine* engine, const TrainingStart& start);
    /// Goes on with an Interrupted run from its checkpoint, from the beginning where it has none yet. A fold
    /// is followed by those after it.
    void resumeRun(const Engine* engine, const QString& runFolder);
    /// Trains a Completed or Stopped run for `epochs` more than it has behind it; one that was stopped at
    /// least for those that it was begun for.
    void continueRun(const Engine* engine, const QString& runFolder, int epochs);
    /// Only in Idle: the learning-rate range test; ratesTested() or failed() follows, stopped() after stop().
    void testRates(const Engine* engine, const RunOptions& options);

    /// Pauses after the batch in progress, of validation too. Does nothing unless Training.
    void pause();
    /// Do nothing unless Paused: go on; for one batch, of an epoch's last one with its validation; to the end
    /// of the epoch.
    void proceed();
    void stepBatch();
    void stepEpoch();
    /// Asks the run to end after the batch in progress, keeping the best model so far. Does nothing in Idle.
    void stop();
    /// snapshotTaken() follows after the batch in progress, of a paused run at once; not where the run ends
    /// before that.
    void requestSnapshot();

Q_SIGNALS:
    void stateChanged(digitpad::TrainingController::State state);
    /// A run begins, or goes on: its record, with `curves` so far where it goes on (null otherwise). Of k
    /// folds each comes with its own.
    void runBegan(const digitpad::RunRecord& record, const std::shared_ptr<const digitpad::RunCurves>& curves,
                  const QStringList& warnings);
    /// At most about 20 a second; all batches since the last, in order, none left out.
    void progressed(const digitpad::BatchProgress& newest, const QVector<digitpad::BatchPoint>& batches);
    /// Every epoch, none left out.
    void epochEnded(const digitpad::EpochMetrics& metrics);
    /// A run is over, and its folder says so: how it ended, with what.
    void runEnded(const digitpad::RunRecord& record);
    /// All folds are done; completed() follows with the last one's result.
    void foldsEnded(const digitpad::FoldSummary& summary);
    /// The run has paused by itself, because a file could not be written: why, and what to do. proceed()
    /// and the steps try again.
    void pausedByProblem(const QString& message);
    void snapshotTaken(const std::shared_ptr<const digitpad::Model>& model);
    /// By itself: all epochs, or early for want of progress.
    void completed(const digitpad::TrainingResult& result);
    /// By stop(), without models where that came while data was loading; or Diverged, and the result explains
    /// it.
    void stopped(const digitpad::TrainingResult& result);
    /// One sentence for the person.
    void failed(const QString& message);
    void ratesTested(const digitpad::RateRangeTest& test);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
