#include "tests/gui/training/fakeengine.h"

#include <cmath>

namespace digitpad {

namespace {

constexpr int bestEpochOfAll = 2;

double lossAt(std::int64_t step)
{
    const auto at = static_cast<double>(step);
    return 0.1 + 2.2 * std::exp(-at / 60) + 0.08 * std::sin(at * 1.7) * std::exp(-at / 400) + 0.08;
}

} // namespace

EpochMetrics FakeEngine::metricsOf(int epoch, std::int64_t step)
{
    EpochMetrics metrics;
    metrics.epoch = epoch;
    metrics.step = step;
    metrics.trainingLoss = lossAt(step);
    metrics.trainingAccuracy = 1 - 0.12 / epoch;
    metrics.validationLoss = 0.2 + 0.02 * std::abs(epoch - bestEpochOfAll);
    metrics.validationAccuracy = 0.965 - 0.01 * std::abs(epoch - bestEpochOfAll);
    metrics.learningRate = 0.001;
    metrics.seconds = 1.2;
    metrics.best = epoch <= bestEpochOfAll;
    return metrics;
}

std::shared_ptr<const Model> FakeEngine::modelAfter(const ValidatedOptions& options, int epochs,
                                                    double testAccuracy)
{
    ModelInfo info;
    info.network = options->network;
    info.options = *options;
    info.epochsTrained = epochs;
    info.testAccuracy = testAccuracy;
    return std::make_shared<FakeModel>(info);
}

Result<TrainingResult> FakeEngine::train(const TrainingJob& job, TrainingObserver& observer) const
{
    const ValidatedOptions& options = job.options;
    const TrainingData& data = job.data;
    given = data;
    TrainingResult result;
    BatchProgress progress;
    const auto images = static_cast<std::int64_t>(data.training->size());
    progress.batches = (images + options->batchSize - 1) / options->batchSize;
    progress.imagesPerSecond = 3912;
    for (int epoch = 1; epoch <= options->epochs && result.outcome == TrainingOutcome::Completed; ++epoch) {
        progress.epoch = epoch;
        for (progress.batch = 1; progress.batch <= progress.batches; ++progress.batch) {
            ++progress.step;
            waitAt(progress.step);
            progress.loss = lossAt(progress.step);
            progress.secondsLeft =
                static_cast<double>(progress.batches * options->epochs - progress.step) * 0.1;
            observer.onBatch(progress);
            if (observer.stopRequested()) {
                result.outcome = TrainingOutcome::Stopped;
                break;
            }
        }
        if (result.outcome == TrainingOutcome::Completed) {
            result.epochs.push_back(metricsOf(epoch, progress.step));
            observer.onEpoch(result.epochs.back());
            if (failure) {
                return *failure;
            }
        }
    }
    const int done = static_cast<int>(result.epochs.size());
    const double accuracy = done > 0 && !data.test->labels.empty() ? 0.9742 : -1;
    result.best = modelAfter(options, std::min(done, bestEpochOfAll), accuracy);
    result.last = done <= bestEpochOfAll && result.outcome == TrainingOutcome::Completed
                      ? result.best
                      : modelAfter(options, done, accuracy);
    result.seconds = 12.3;
    return result;
}

} // namespace digitpad
