#pragma once

#include "core/learning/trainingcontroller.h"
#include "tests/support/longtime.h"

#include <QSignalSpy>

namespace digitpad {

/// Everything that a controller says.
struct RunSpies
{
    explicit RunSpies(TrainingController* controller)
        : state(controller, &TrainingController::stateChanged)
        , began(controller, &TrainingController::runBegan)
        , epochEnded(controller, &TrainingController::epochEnded)
        , ended(controller, &TrainingController::runEnded)
        , problem(controller, &TrainingController::pausedByProblem)
        , snapshot(controller, &TrainingController::snapshotTaken)
        , folds(controller, &TrainingController::foldsEnded)
        , completed(controller, &TrainingController::completed)
        , stopped(controller, &TrainingController::stopped)
        , failed(controller, &TrainingController::failed)
        , ratesTested(controller, &TrainingController::ratesTested)
    {
        QObject::connect(controller, &TrainingController::progressed, controller,
                         [this](const BatchProgress& progress, const QVector<BatchPoint>& batch) {
                             newest = progress;
                             points += batch;
                         });
        for (const auto end : {&TrainingController::completed, &TrainingController::stopped}) {
            QObject::connect(controller, end, controller,
                             [this](const TrainingResult& ending) { result = ending; });
        }
    }
    RunSpies(const RunSpies&) = delete;
    RunSpies& operator=(const RunSpies&) = delete;

    [[nodiscard]] qsizetype terminal() const
    {
        return completed.size() + stopped.size() + failed.size() + ratesTested.size();
    }
    /// The last run's record, as it began and as it ended.
    [[nodiscard]] RunRecord beginning() const { return began.last().first().value<RunRecord>(); }
    [[nodiscard]] RunRecord ending() const { return ended.last().first().value<RunRecord>(); }
    /// Whether the points are those of all batches from `first` on, none left out.
    [[nodiscard]] bool allBatches(std::int64_t first, std::int64_t last) const
    {
        for (qsizetype i = 0; i < points.size(); ++i) {
            if (points[i].step != first + i) {
                return false;
            }
        }
        return points.size() == last - first + 1;
    }

    QSignalSpy state;
    QSignalSpy began;
    QSignalSpy epochEnded;
    QSignalSpy ended;
    QSignalSpy problem;
    QSignalSpy snapshot;
    QSignalSpy folds;
    QSignalSpy completed;
    QSignalSpy stopped;
    QSignalSpy failed;
    QSignalSpy ratesTested;
    BatchProgress newest;
    QVector<BatchPoint> points;
    TrainingResult result;
};

} // namespace digitpad
