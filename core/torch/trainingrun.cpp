#include "core/torch/trainingrun.h"

#include "core/torch/guard.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace digitpad {

namespace {

double part(std::int64_t correct, std::int64_t digits)
{
    return static_cast<double>(correct) / static_cast<double>(std::max<std::int64_t>(1, digits));
}

} // namespace

TrainingRun::TrainingRun(TrainingPlan plan, const TrainingData& data, TrainingFiles files, DataMark mark,
                         TrainingObserver& observer)
    : m_plan(std::move(plan))
    , m_options(m_plan.options)
    , m_data(data)
    , m_files(std::move(files))
    , m_mark(mark)
    , m_observer(observer)
    , m_samples(*data.training, data.renderer.get(), m_options.seed)
    , m_order(data.training->size(), static_cast<std::size_t>(m_options.batchSize), m_options.seed)
    , m_schedule(m_options, m_order.batches())
    , m_stepper(m_plan)
    , m_snapshots(m_plan, m_data, m_stepper, m_epochs)
{
}

bool TrainingRun::resume(const LoadedCheckpoint& from)
{
    const Checkpoint& checkpoint = from.checkpoint;
    if (!resumeWeights(from)) {
        return false;
    }
    for (const EpochMetrics& epoch : checkpoint.epochs) {
        keep(epoch);
    }
    m_partial = checkpoint.partial;
    m_patienceFrom = checkpoint.patienceFrom;
    if (m_options.epochs > checkpoint.options.epochs && outOfPatience()) {
        m_patienceFrom = epochsDone();
    }
    m_clock = RunClock(checkpoint.seconds);
    m_stepSeconds = checkpoint.stepSeconds;
    m_imagesDone = checkpoint.imagesDone;
    m_snapshots.resume(from.info);
    m_best = from.best;
    if (newestIsBest()) {
        ModelInfo info = from.info;
        info.options = m_options;
        m_best = std::make_shared<TorchModel>(info, *from.newest);
    }
    return (m_best != nullptr) == (m_bestEpoch > 0);
}

bool TrainingRun::resumeWeights(const LoadedCheckpoint& from)
{
    try {
        return m_stepper.resume(*from.newest, from.trained.get(), from.checkpoint.state);
    } catch (const c10::Error&) { // Tensors of another shape, states of another kind of generator.
        return false;
    }
}

TrainingResult TrainingRun::run()
{
    std::optional<TrainingOutcome> ended;
    while (!ended && epochsDone() < m_options.epochs) {
        ended = outOfPatience() ? TrainingOutcome::StoppedEarly : runEpoch(epochsDone() + 1);
    }
    return finish(ended.value_or(TrainingOutcome::Completed));
}

/// Whether the weights are still those of the best epoch.
bool TrainingRun::newestIsBest() const
{
    return !m_epochs.empty() && m_epochs.back().best && m_partial.batches == 0;
}

bool TrainingRun::outOfPatience() const
{
    return m_options.patience > 0 && m_snapshots.hasValidation() &&
           epochsDone() - std::max(m_bestEpoch, m_patienceFrom) >= m_options.patience;
}

bool TrainingRun::stopRequested()
{
    return m_clock.outside([this] { return m_observer.stopRequested(); });
}

/// What the run ends with, if it ends here.
std::optional<TrainingOutcome> TrainingRun::runEpoch(int epoch)
{
    m_order.shuffle(epoch);
    m_samples.beginEpoch(epoch, epoch > m_options.epochs - m_options.plainEpochs);
    m_epochStart = m_clock.seconds() - m_partial.seconds;
    while (m_partial.batches < m_order.batches()) {
        if (stopRequested()) {
            return stoppedInEpoch();
        }
        m_snapshots.weightsChange();
        if (!trainBatch(epoch)) {
            return TrainingOutcome::Diverged;
        }
        if (m_observer.snapshotRequested()) {
            m_observer.onSnapshot(m_snapshots.quick());
        }
    }
    return endEpoch(epoch);
}

std::optional<TrainingOutcome> TrainingRun::endEpoch(int epoch)
{
    EpochMetrics metrics = trainingMetrics(epoch);
    if (!m_snapshots.validate(metrics, [this] { return !stopRequested(); })) {
        return stoppedInEpoch();
    }
    if (exploded(metrics.validationLoss)) {
        explainDivergence(epoch, "in its validation");
        return TrainingOutcome::Diverged;
    }
    metrics.best = m_snapshots.hasValidation() && metrics.validationLoss < m_bestLoss;
    metrics.seconds = m_clock.seconds() - m_epochStart;
    m_partial = {};
    keep(metrics);
    if (metrics.best) {
        m_best = m_snapshots.calibrated();
        m_bestUnsaved = true;
    }
    const bool goesOn = save(newestIsBest() ? m_best->info() : m_snapshots.lightInfo());
    m_observer.onEpoch(metrics);
    return goesOn ? std::nullopt : std::optional(TrainingOutcome::Stopped);
}

TrainingOutcome TrainingRun::stoppedInEpoch()
{
    m_partial.seconds = m_clock.seconds() - m_epochStart;
    return TrainingOutcome::Stopped;
}

/// False where the loss has exploded.
bool TrainingRun::trainBatch(int epoch)
{
    const auto indices = m_order.batch(m_partial.batches + 1);
    const double rate = m_schedule.rate(m_stepper.steps());
    const RunClock stepClock;
    const auto step = m_stepper.step(m_samples, indices, rate);
    m_stepSeconds += stepClock.seconds();
    if (step.exploded) {
        explainDivergence(epoch, "in batch " + std::to_string(m_partial.batches + 1));
        return false;
    }
    count(step, static_cast<std::int64_t>(indices.size()));
    reportBatch(epoch, step, rate);
    return true;
}

void TrainingRun::count(const Stepper::Step& step, std::int64_t images)
{
    m_imagesDone += images;
    ++m_partial.batches;
    m_partial.images += images;
    m_partial.lossSum += step.batch.loss * static_cast<double>(images);
    m_partial.gradientSum += step.gradientNorm;
    m_partial.digits += step.batch.digits;
    m_partial.correct += step.batch.correct;
}

void TrainingRun::reportBatch(int epoch, const Stepper::Step& step, double rate)
{
    BatchProgress progress;
    progress.epoch = epoch;
    progress.batch = m_partial.batches;
    progress.batches = m_order.batches();
    progress.step = m_stepper.steps();
    progress.loss = step.batch.loss;
    progress.accuracy = part(step.batch.correct, step.batch.digits);
    progress.learningRate = rate;
    progress.gradientNorm = step.gradientNorm;
    progress.imagesPerSecond = throughput();
    const std::int64_t left = m_schedule.steps() - progress.step;
    progress.secondsLeft = m_clock.seconds() / static_cast<double>(progress.step) * static_cast<double>(left);
    m_observer.onBatch(progress);
}

double TrainingRun::throughput() const
{
    return m_stepSeconds > 0 ? static_cast<double>(m_imagesDone) / m_stepSeconds : 0;
}

EpochMetrics TrainingRun::trainingMetrics(int epoch) const
{
    EpochMetrics metrics;
    metrics.epoch = epoch;
    metrics.step = m_stepper.steps();
    metrics.trainingLoss = m_partial.lossSum / static_cast<double>(m_partial.images);
    metrics.trainingAccuracy = part(m_partial.correct, m_partial.digits);
    metrics.learningRate = m_schedule.rate(metrics.step - 1);
    metrics.gradientNorm = m_partial.gradientSum / static_cast<double>(m_partial.batches);
    return metrics;
}

/// An epoch that ended now, or before the run was resumed.
void TrainingRun::keep(const EpochMetrics& metrics)
{
    m_epochs.push_back(metrics);
    if (metrics.best) {
        m_bestLoss = metrics.validationLoss;
        m_bestEpoch = metrics.epoch;
    }
    if (m_snapshots.hasValidation()) {
        m_schedule.epochEnded(metrics.validationLoss);
    }
}

void TrainingRun::explainDivergence(int epoch, const std::string& place)
{
    std::ostringstream text;
    text << "The loss grew beyond all numbers in epoch " << epoch << ", " << place
         << ". Choose a smaller learning rate, " << m_options.learningRate / 10
         << " for instance, or a gradient limit, and start again.";
    if (m_best) {
        text << " The best model so far, that of epoch " << m_bestEpoch << ", is kept.";
    }
    m_explanation = text.str();
}

/// Writes the run's files. False where the person would rather end the run than go on without them.
bool TrainingRun::save(const ModelInfo& newest)
{
    return written([this] { return saveBest(); }) && written([&] { return saveLast(newest); });
}

Result<void> TrainingRun::saveBest()
{
    if (m_files.best.empty() || !m_bestUnsaved) {
        return {};
    }
    const Result<void> saved = m_best->save(m_files.best);
    m_bestUnsaved = !saved;
    return saved;
}

Result<void> TrainingRun::saveLast(const ModelInfo& newest)
{
    if (m_files.last.empty()) {
        return {};
    }
    return guarded("The checkpoint could not be written; the log says why. Make room, then try again.", [&] {
        const TorchModel* best = newestIsBest() ? nullptr : m_best.get();
        return writeCheckpoint(checkpoint(), newest, m_stepper.newest(), m_stepper.trained(), best,
                               m_files.last);
    });
}

/// False where the observer wants no more of it.
bool TrainingRun::written(const std::function<Result<void>()>& write)
{
    while (true) {
        const Result<void> done = write();
        if (done) {
            return true;
        }
        const auto choice = m_clock.outside([&] { return m_observer.onCheckpointFailed(done.error()); });
        if (choice != CheckpointChoice::TryAgain) {
            return choice == CheckpointChoice::GoOn;
        }
    }
}

Checkpoint TrainingRun::checkpoint()
{
    return {m_options,         m_mark,        m_epochs,     m_partial,        m_patienceFrom,
            m_clock.seconds(), m_stepSeconds, m_imagesDone, m_stepper.state()};
}

TrainingResult TrainingRun::finish(TrainingOutcome outcome)
{
    const auto last = lastModel(outcome);
    const auto best = m_best ? m_best : last;
    if (!m_epochs.empty()) {
        measureOnTest(*best, m_data);
        if (last != best) {
            measureOnTest(*last, m_data);
        }
    }
    saveAtEnd(outcome, *last);
    TrainingResult result;
    result.outcome = outcome;
    result.explanation = m_explanation;
    result.epochs = std::move(m_epochs);
    result.best = best;
    result.last = last;
    result.seconds = m_clock.seconds();
    result.imagesPerSecond = throughput();
    return result;
}

std::shared_ptr<TorchModel> TrainingRun::lastModel(TrainingOutcome outcome)
{
    if (outcome != TrainingOutcome::Diverged) {
        return newestIsBest() ? m_best : m_snapshots.calibrated();
    }
    // The weights of the moment are good for nothing.
    return m_best ? m_best : m_snapshots.initial();
}

/// The files once more, with what only the end knows. A run that diverged keeps its last checkpoint: nobody
/// wants to go on from where it is.
void TrainingRun::saveAtEnd(TrainingOutcome outcome, const TorchModel& last)
{
    m_bestUnsaved = m_best != nullptr;
    if (outcome == TrainingOutcome::Diverged) {
        written([this] { return saveBest(); });
    } else {
        save(last.info());
    }
}

} // namespace digitpad
