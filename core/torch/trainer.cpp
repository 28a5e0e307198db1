#include "core/torch/trainer.h"

#include "core/learning/learningrateschedule.h"
#include "core/torch/batchorder.h"
#include "core/torch/checkpoint.h"
#include "core/torch/evaluation.h"
#include "core/torch/guard.h"
#include "core/torch/runclock.h"
#include "core/torch/stepper.h"
#include "core/torch/trainingplan.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

/// Enough to calibrate a snapshot by that nobody keeps, in milliseconds.
constexpr std::size_t snapshotSamples = 500;

class Run
{
public:
    Run(TrainingPlan plan, const TrainingData& data, TrainingFiles files, DataMark mark,
        TrainingObserver& observer)
        : m_plan(std::move(plan))
        , m_options(m_plan.options)
        , m_data(data)
        , m_files(std::move(files))
        , m_mark(mark)
        , m_observer(observer)
        , m_samples(*data.training, data.renderer.get(), m_options.seed)
        , m_pixels(m_plan.statistics.mean, m_plan.statistics.standardDeviation)
        , m_order(data.training->size(), static_cast<std::size_t>(m_options.batchSize), m_options.seed)
        , m_schedule(m_options, m_order.batches())
        , m_stepper(m_plan)
    {
    }

    /// Before run(). False where the checkpoint is not that of a run like this.
    [[nodiscard]] bool resume(const LoadedCheckpoint& from)
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
        if (from.info.digitScoring) {
            m_calibration = Calibration{from.info.temperature, *from.info.digitScoring};
        }
        m_best = from.best;
        if (newestIsBest()) {
            ModelInfo info = from.info;
            info.options = m_options;
            m_best = std::make_shared<TorchModel>(info, *from.newest);
        }
        return (m_best != nullptr) == (m_bestEpoch > 0);
    }

    TrainingResult run()
    {
        std::optional<TrainingOutcome> ended;
        while (!ended && epochsDone() < m_options.epochs) {
            ended = outOfPatience() ? TrainingOutcome::StoppedEarly : runEpoch(epochsDone() + 1);
        }
        return finish(ended.value_or(TrainingOutcome::Completed));
    }

private:
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_epochs.size()); }
    [[nodiscard]] bool hasValidation() const { return m_data.validation && m_data.validation->size() > 0; }
    /// Whether the weights are still those of the best epoch.
    [[nodiscard]] bool newestIsBest() const
    {
        return !m_epochs.empty() && m_epochs.back().best && m_partial.batches == 0;
    }

    [[nodiscard]] bool outOfPatience() const
    {
        return m_options.patience > 0 && hasValidation() &&
               epochsDone() - std::max(m_bestEpoch, m_patienceFrom) >= m_options.patience;
    }

    [[nodiscard]] bool resumeWeights(const LoadedCheckpoint& from)
    {
        try {
            return m_stepper.resume(*from.newest, from.trained.get(), from.checkpoint.state);
        } catch (const c10::Error&) { // Tensors of another shape, states of another kind of generator.
            return false;
        }
    }

    [[nodiscard]] bool stopRequested()
    {
        return m_clock.outside([this] { return m_observer.stopRequested(); });
    }

    /// What the run ends with, if it ends here.
    std::optional<TrainingOutcome> runEpoch(int epoch)
    {
        m_newestLogits.reset();
        m_order.shuffle(epoch);
        m_samples.beginEpoch(epoch, epoch > m_options.epochs - m_options.plainEpochs);
        m_epochStart = m_clock.seconds() - m_partial.seconds;
        while (m_partial.batches < m_order.batches()) {
            if (stopRequested()) {
                m_partial.seconds = m_clock.seconds() - m_epochStart;
                return TrainingOutcome::Stopped;
            }
            if (!trainBatch(epoch)) {
                return TrainingOutcome::Diverged;
            }
            if (m_observer.snapshotRequested()) {
                m_observer.onSnapshot(quickSnapshot());
            }
        }
        return endEpoch(epoch);
    }

    /// False where the loss has exploded.
    bool trainBatch(int epoch)
    {
        const auto indices = m_order.batch(m_partial.batches + 1);
        const double rate = m_schedule.rate(m_stepper.steps());
        const RunClock stepClock;
        const auto step = m_stepper.step(m_samples, indices, rate);
        m_stepSeconds += stepClock.seconds();
        if (step.exploded) {
            explainDivergence(epoch, "batch " + std::to_string(m_partial.batches + 1));
            return false;
        }
        const auto images = static_cast<std::int64_t>(indices.size());
        m_imagesDone += images;
        ++m_partial.batches;
        m_partial.images += images;
        m_partial.lossSum += step.batch.loss * static_cast<double>(images);
        m_partial.gradientSum += step.gradientNorm;
        m_partial.digits += step.batch.digits;
        m_partial.correct += step.batch.correct;
        reportBatch(epoch, step, rate);
        return true;
    }

    static double part(std::int64_t correct, std::int64_t digits)
    {
        return static_cast<double>(correct) / static_cast<double>(std::max<std::int64_t>(1, digits));
    }

    void reportBatch(int epoch, const Stepper::Step& step, double rate)
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
        progress.secondsLeft =
            m_clock.seconds() / static_cast<double>(progress.step) * static_cast<double>(left);
        m_observer.onBatch(progress);
    }

    [[nodiscard]] double throughput() const
    {
        return m_stepSeconds > 0 ? static_cast<double>(m_imagesDone) / m_stepSeconds : 0;
    }

    std::optional<TrainingOutcome> endEpoch(int epoch)
    {
        EpochMetrics metrics = trainingMetrics(epoch);
        if (!validate(metrics)) {
            m_partial.seconds = m_clock.seconds() - m_epochStart;
            return TrainingOutcome::Stopped;
        }
        if (exploded(metrics.validationLoss)) {
            explainDivergence(epoch, "its validation");
            return TrainingOutcome::Diverged;
        }
        metrics.best = hasValidation() && metrics.validationLoss < m_bestLoss;
        metrics.seconds = m_clock.seconds() - m_epochStart;
        m_partial = {};
        keep(metrics);
        if (metrics.best) {
            m_best = calibratedSnapshot();
            m_bestUnsaved = true;
        }
        const bool goesOn = save(newestIsBest() ? m_best->info() : lightInfo());
        m_observer.onEpoch(metrics);
        return goesOn ? std::nullopt : std::optional(TrainingOutcome::Stopped);
    }

    [[nodiscard]] EpochMetrics trainingMetrics(int epoch) const
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
    void keep(const EpochMetrics& metrics)
    {
        m_epochs.push_back(metrics);
        if (metrics.best) {
            m_bestLoss = metrics.validationLoss;
            m_bestEpoch = metrics.epoch;
        }
        if (hasValidation()) {
            m_schedule.epochEnded(metrics.validationLoss);
        }
    }

    /// False where the observer asked to stop.
    bool validate(EpochMetrics& metrics)
    {
        if (!hasValidation()) {
            metrics.validationLoss = metrics.validationAccuracy = -1;
            return true;
        }
        auto logits = validationLogits([this] { return !stopRequested(); });
        if (!logits) {
            return false;
        }
        metrics.validationLoss = meanCrossEntropy(*logits, *m_data.validation);
        metrics.validationAccuracy =
            evaluationOf(*logits, *m_data.validation, LogitReader(newestInfo())).accuracy;
        m_newestLogits = std::move(*logits);
        return true;
    }

    [[nodiscard]] Result<Logits> validationLogits(const std::function<bool()>& keepGoing)
    {
        return computeLogits(m_stepper.newest(), m_pixels, *m_data.validation, evaluationThreads(),
                             keepGoing);
    }

    /// Not calibrated, but for what a fine-tuned model keeps.
    [[nodiscard]] ModelInfo newestInfo() const
    {
        ModelInfo info;
        if (m_plan.start != nullptr) {
            info.temperature = m_plan.start->info().temperature;
            info.digitScoring = m_plan.start->info().digitScoring;
        }
        info.network = m_options.network;
        info.hasNoDigitClass = m_plan.outputs == noDigitOutputs;
        info.mean = m_plan.statistics.mean;
        info.standardDeviation = m_plan.statistics.standardDeviation;
        info.trainedOn = m_plan.dataNames;
        info.options = m_options;
        info.epochsTrained = epochsDone();
        if (!m_epochs.empty()) {
            info.validationAccuracy = m_epochs.back().validationAccuracy;
        }
        return info;
    }

    /// With the newest calibration that there is: good enough for weights that are replaced soon.
    [[nodiscard]] ModelInfo lightInfo() const
    {
        ModelInfo info = newestInfo();
        if (m_calibration && m_plan.start == nullptr) {
            info.temperature = m_calibration->temperature;
            info.digitScoring = m_calibration->scoring;
        }
        return info;
    }

    [[nodiscard]] std::shared_ptr<TorchModel> calibratedSnapshot()
    {
        auto model = std::make_shared<TorchModel>(newestInfo(), m_stepper.newest());
        if (m_plan.start == nullptr && hasValidation()) {
            if (!m_newestLogits) {
                m_newestLogits = validationLogits({}).value();
            }
            m_calibration = calibrate(*m_newestLogits, *m_data.validation);
            model->setCalibration(*m_calibration);
        }
        return model;
    }

    [[nodiscard]] std::shared_ptr<TorchModel> quickSnapshot()
    {
        if (!m_calibration && m_plan.start == nullptr && hasValidation()) {
            const DigitSet few = spreadSample(*m_data.validation, snapshotSamples);
            m_calibration = calibrate(
                computeLogits(m_stepper.newest(), m_pixels, few, evaluationThreads(), {}).value(), few);
        }
        return std::make_shared<TorchModel>(lightInfo(), m_stepper.newest());
    }

    /// At most `count` images from all over the set.
    static DigitSet spreadSample(const DigitSet& set, std::size_t count)
    {
        std::vector<std::size_t> indices;
        const std::size_t wanted = std::min(count, set.size());
        for (std::size_t i = 0; i < wanted; ++i) {
            indices.push_back(i * set.size() / wanted);
        }
        return subset(set, indices);
    }

    /// Writes the run's files. False where the person would rather end the run than go on without them.
    bool save(const ModelInfo& newest)
    {
        return written([this] { return saveBest(); }) && written([&] { return saveLast(newest); });
    }

    Result<void> saveBest()
    {
        if (m_files.best.empty() || !m_bestUnsaved) {
            return {};
        }
        const Result<void> saved = m_best->save(m_files.best);
        m_bestUnsaved = !saved;
        return saved;
    }

    Result<void> saveLast(const ModelInfo& newest)
    {
        if (m_files.last.empty()) {
            return {};
        }
        return guarded("The checkpoint could not be written; the log says why. Make room, then try again.",
                       [&] {
                           const TorchModel* best = newestIsBest() ? nullptr : m_best.get();
                           return writeCheckpoint(checkpoint(), newest, m_stepper.newest(),
                                                  m_stepper.trained(), best, m_files.last);
                       });
    }

    [[nodiscard]] Checkpoint checkpoint()
    {
        return {m_options,         m_mark,        m_epochs,     m_partial,        m_patienceFrom,
                m_clock.seconds(), m_stepSeconds, m_imagesDone, m_stepper.state()};
    }

    /// False where the observer wants no more of it.
    bool written(const std::function<Result<void>()>& write)
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

    void explainDivergence(int epoch, const std::string& place)
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

    TrainingResult finish(TrainingOutcome outcome)
    {
        const auto last = lastModel(outcome);
        const auto best = m_best ? m_best : last;
        if (!m_epochs.empty()) {
            measureOnTest(*best);
            if (last != best) {
                measureOnTest(*last);
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

    [[nodiscard]] std::shared_ptr<TorchModel> lastModel(TrainingOutcome outcome)
    {
        if (outcome != TrainingOutcome::Diverged) {
            return newestIsBest() ? m_best : calibratedSnapshot();
        }
        // The weights of the moment are good for nothing.
        return m_best ? m_best : initialModel();
    }

    [[nodiscard]] std::shared_ptr<TorchModel> initialModel() const
    {
        ModelInfo info = newestInfo();
        info.epochsTrained = 0;
        info.validationAccuracy = -1;
        return std::make_shared<TorchModel>(
            info, m_plan.start != nullptr ? m_plan.start->network() : *m_plan.newNetwork(m_options.seed));
    }

    void measureOnTest(TorchModel& model) const
    {
        if (!m_data.test || m_data.test->size() == 0) {
            return;
        }
        const auto evaluation = model.evaluate(*m_data.test, {});
        if (evaluation) {
            model.setTestAccuracy(evaluation->accuracy);
        }
    }

    /// The files once more, with what only the end knows. A run that diverged keeps its last checkpoint:
    /// nobody wants to go on from where it is.
    void saveAtEnd(TrainingOutcome outcome, const TorchModel& last)
    {
        m_bestUnsaved = m_best != nullptr;
        if (outcome == TrainingOutcome::Diverged) {
            written([this] { return saveBest(); });
        } else {
            save(last.info());
        }
    }

    const TrainingPlan m_plan;
    const TrainingOptions& m_options;
    const TrainingData& m_data;
    const TrainingFiles m_files;
    const DataMark m_mark;
    TrainingObserver& m_observer;
    RunClock m_clock;
    SampleSource m_samples;
    const PixelTable m_pixels;
    BatchOrder m_order;
    LearningRateSchedule m_schedule;
    Stepper m_stepper;

    std::vector<EpochMetrics> m_epochs;
    PartialEpoch m_partial;        ///< Of epoch epochsDone() + 1.
    double m_epochStart = 0;       ///< On the run's clock.
    double m_stepSeconds = 0;      ///< Of steps alone,
    std::int64_t m_imagesDone = 0; ///< in which so many images were seen.
    double m_bestLoss = std::numeric_limits<double>::infinity();
    int m_bestEpoch = 0;
    int m_patienceFrom = 0; ///< See Checkpoint.
    std::shared_ptr<TorchModel> m_best;
    bool m_bestUnsaved = false;
    /// Of the newest weights over the validation images, where they have not been trained on since.
    std::optional<Logits> m_newestLogits;
    std::optional<Calibration> m_calibration;
    std::string m_explanation;
};

Error damaged(const std::string& path)
{
    return Error{ErrorCode::InvalidInput, "Training cannot go on from “" + path +
                                              "”: its parts do not belong together. Begin a new run."};
}

Result<TrainingResult> resumeTraining(TrainingPlan plan, const TrainingJob& job, const DataMark& mark,
                                      TrainingObserver& observer)
{
    const auto loaded = readCheckpoint(job.resumeFrom);
    if (!loaded) {
        return loaded.error();
    }
    const Checkpoint& checkpoint = loaded->checkpoint;
    if (const Result<void> fits = checkFits(checkpoint, plan.options, mark); !fits) {
        return fits.error();
    }
    if (!plan.onGpu()) {
        // As many as then, whatever "automatic" means here: another number would give other bits.
        plan.threads = static_cast<int>(std::clamp<std::size_t>(checkpoint.state.dropout.size(), 1, 64));
    }
    Run run(std::move(plan), job.data, job.files, mark, observer);
    if (!run.resume(*loaded)) {
        return damaged(job.resumeFrom);
    }
    return run.run();
}

} // namespace

Result<TrainingResult> runTraining(const TrainingJob& job, TrainingObserver& observer)
{
    auto plan = planTraining(*job.options, job.data);
    if (!plan) {
        return plan.error();
    }
    const bool marked = !job.files.last.empty() || !job.resumeFrom.empty();
    const DataMark mark = marked ? markOf(job.data) : DataMark();
    if (!job.resumeFrom.empty()) {
        return resumeTraining(std::move(*plan), job, mark, observer);
    }
    return Run(std::move(*plan), job.data, job.files, mark, observer).run();
}

Result<TrainingResult> runFineTuning(const TorchModel& start, const ValidatedOptions& options,
                                     const TrainingData& data, TrainingObserver& observer)
{
    auto plan = planFineTuning(start, *options, data);
    if (!plan) {
        return plan.error();
    }
    return Run(std::move(*plan), data, {}, {}, observer).run();
}

} // namespace digitpad
