#pragma once

#include "core/learning/runrecord.h"

#include <memory>

namespace digitpad {

/// Runs on the disk. A run is a folder:
///   run.json     what a RunRecord holds (format "DigitPad run", version 1), replaced atomically
///   metrics.csv  a header, then a row an epoch, flushed: epoch,step,training_loss,training_accuracy,
///                validation_loss,validation_accuracy,learning_rate,gradient_norm,seconds,best
///   batches.csv  a header, then a row a batch (thinned out in long runs), for the charts
///   best.pt, last.pt  written by the engine; see TrainingFiles
///   lock         held while a process trains the run
/// Nothing here is for the GUI thread but the names; RunStore is.

/// The person's own: "runs" in the application's data folder.
QString defaultRunsFolder();
QString bestModelPath(const QString& runFolder);
QString lastModelPath(const QString& runFolder);
/// For RunRecord::dataHash: SHA-256 in hex of both sets' sizes, images and labels, in order. MNIST takes some
/// tenths of a second, so best beside the training.
QString dataHash(const DigitSet& training, const DigitSet& validation);

/// Never fails: a folder that cannot be read comes as Damaged or Newer, with the reason.
RunRecord readRun(const QString& runFolder);
/// All folders in there that are runs or were meant to be, newest first; empty where there is no such folder.
std::vector<RunRecord> readRuns(const QString& runsFolder);
/// Rows that cannot be read are left out, a last one that is cut off silently so.
RunCurves readCurves(const QString& runFolder);
/// The run whose id or name is `text`, or whose id begins with it where that is unique; or the path of its
/// folder.
Result<RunRecord> findRun(const QString& runsFolder, const QString& text);

/// Name and note; atomic.
Result<void> setRunTexts(const QString& runFolder, const QString& name, const QString& note);
/// To the desktop's trash; says where it lies there. A running run is refused.
Result<QString> moveRunToTrash(const QString& runFolder);
/// Takes it out of there again.
Result<void> restoreRun(const QString& inTrash, const QString& runFolder);

/// Keeps one run's folder up to date while it trains. Used by one thread; holds the folder's lock. Where
/// something cannot be written, it is kept, and the next call that writes tries again: after a full disk call
/// the same once more. ErrorCode::NotFound says that the folder was deleted; no call can write any more then.
class RunWriter
{
public:
    /// Makes a folder with a new id ("20261126-141503-baseline") in `runsFolder`, which is made where it is
    /// missing. `record` needs no folder.
    static Result<std::unique_ptr<RunWriter>> create(const QString& runsFolder, RunRecord record);
    /// An existing run, to be resumed or continued. Rows that its interruption left behind last.pt are taken
    /// back when the first batch or epoch comes that they stand in the way of. A run that somebody trains is
    /// ErrorCode::Unavailable.
    static Result<std::unique_ptr<RunWriter>> reopen(const QString& runFolder);
    ~RunWriter();
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    [[nodiscard]] const RunRecord& record() const;
    [[nodiscard]] TrainingFiles files() const;
    /// Changes what run.json says. An error means that it says what it said before. A name or note that the
    /// person changed meanwhile comes with it.
    Result<void> update(const std::function<void(RunRecord&)>& change);
    void addBatch(const BatchPoint& point); ///< Buffered until the next epoch.
    /// Also brings the record's epochs, best values and seconds up to date.
    Result<void> addEpoch(const EpochMetrics& metrics);
    /// State, test accuracy, seconds; the lock is given back. Without it the run stays Interrupted.
    Result<void> finish(RunState state, const QString& problem, const TrainingResult* result);

private:
    class Private;
    explicit RunWriter(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace digitpad
