#pragma once

#include "core/learning/engine.h"
#include "core/learning/learningrateschedule.h"
#include "core/torch/batchorder.h"
#include "core/torch/checkpoint.h"
#include "core/torch/runclock.h"
#include "core/torch/snapshots.h"
#include "core/torch/stepper.h"
#include "core/torch/trainingplan.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace digitpad {

/// One run, on the calling thread and those of its replicas. Throws c10::Error and std::bad_alloc.
class TrainingRun
{
public:
    /// `data` and `observer` must outlive this.
    TrainingRun(TrainingPlan plan, const TrainingData& data, TrainingFiles files, DataMark mark,
                TrainingObserver& observer);
    TrainingRun(const TrainingRun&) = delete;
    TrainingRun& operator=(const TrainingRun&) = delete;

    /// Before run(), from a checkpoint that fits (checkFits()). False where its parts do not belong together.
    [[nodiscard]] bool resume(const LoadedCheckpoint& from);
    /// Once.
    TrainingResult run();

private:
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_epochs.size()); }
    [[nodiscard]] bool newestIsBest() const;
    [[nodiscard]] bool outOfPatience() const;
    [[nodiscard]] bool resumeWeights(const LoadedCheckpoint& from);
    [[nodiscard]] bool stopRequested();

    std::optional<TrainingOutcome> runEpoch(int epoch);
    std::optional<TrainingOutcome> endEpoch(int epoch);
    TrainingOutcome stoppedInEpoch();
    bool trainBatch(int epoch);
    void count(const Stepper::Step& step, std::int64_t images);
    void reportBatch(int epoch, const Stepper::Step& step, double rate);
    [[nodiscard]] double throughput() const;
    [[nodiscard]] EpochMetrics trainingMetrics(int epoch) const;
    void keep(const EpochMetrics& metrics);
    void explainDivergence(int epoch, const std::string& place);

    bool save(const ModelInfo& newest);
    Result<void> saveBest();
    Result<void> saveLast(const ModelInfo& newest);
    bool written(const std::function<Result<void>()>& write);
    [[nodiscard]] Checkpoint checkpoint();

    TrainingResult finish(TrainingOutcome outcome);
    [[nodiscard]] std::shared_ptr<TorchModel> lastModel(TrainingOutcome outcome);
    void saveAtEnd(TrainingOutcome outcome, const TorchModel& last);

    const TrainingPlan m_plan;
    const TrainingOptions& m_options;
    const TrainingData& m_data;
    const TrainingFiles m_files;
    const DataMark m_mark;
    TrainingObserver& m_observer;
    RunClock m_clock;
    SampleSource m_samples;
    BatchOrder m_order;
    LearningRateSchedule m_schedule;
    Stepper m_stepper;
    std::vector<EpochMetrics> m_epochs;
    Snapshots m_snapshots;

    PartialEpoch m_partial;        ///< Of epoch epochsDone() + 1.
    double m_epochStart = 0;       ///< On the run's clock.
    double m_stepSeconds = 0;      ///< Of steps alone,
    std::int64_t m_imagesDone = 0; ///< in which so many images were seen.
    double m_bestLoss = std::numeric_limits<double>::infinity();
    int m_bestEpoch = 0;
    int m_patienceFrom = 0; ///< See Checkpoint.
    std::shared_ptr<TorchModel> m_best;
    bool m_bestUnsaved = false;
    std::string m_explanation;
};

} // namespace digitpad
