#include "core/torch/trainer.h"

#include "core/base/random.h"
#include "core/learning/learningrateschedule.h"
#include "core/torch/evaluation.h"
#include "core/torch/replicas.h"
#include "core/torch/trainingplan.h"
#include "core/torch/weightaverage.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace digitpad {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A guess at random has ln 10; hundreds of times that never comes back to anything useful.
bool exploded(double loss)
{
    return !(loss < 1'000);
}

class Run
{
public:
    Run(TrainingPlan plan, const TrainingData& data, TrainingObserver& observer)
        : m_plan(std::move(plan))
        , m_options(m_plan.options)
        , m_data(data)
        , m_observer(observer)
        , m_samples(*data.training, data.renderer.get(), m_options.seed)
        , m_pixels(m_plan.statistics.mean, m_plan.statistics.standardDeviation)
        , m_replicas(m_options.network, m_options.details, m_plan.outputs, m_options.seed, m_plan.threads,
                     m_pixels)
        , m_optimizer(makeOptimizer(m_options, m_replicas.flatParameters()))
        , m_order(data.training->size())
        , m_batches(static_cast<std::int64_t>((m_order.size() + batchSize() - 1) / batchSize()))
        , m_schedule(m_options.schedule, m_options.learningRate, m_batches * m_options.epochs)
    {
        if (m_plan.start != nullptr) {
            m_replicas.startFrom(m_plan.start->network());
        }
        if (m_options.weightAverage > 0) {
            m_average.emplace(m_options.network, m_replicas.network(), m_replicas.flatParameters(),
                              m_options.weightAverage);
        }
    }

    Result<TrainingResult> run()
    {
        bool stopped = false;
        for (int epoch = 1; epoch <= m_options.epochs && !stopped; ++epoch) {
            const auto ended = runEpoch(epoch);
            if (!ended) {
                return ended.error();
            }
            stopped = !*ended;
        }
        return finish(stopped ? TrainingOutcome::Stopped : TrainingOutcome::Completed);
    }

private:
    [[nodiscard]] std::size_t batchSize() const { return static_cast<std::size_t>(m_options.batchSize); }

    /// False where the observer asked to stop.
    Result<bool> runEpoch(int epoch)
    {
        const auto start = Clock::now();
        m_newestLogits.reset();
        shuffle(epoch);
        m_samples.beginEpoch(epoch);
        double lossSum = 0;
        std::int64_t digits = 0;
        std::int64_t correct = 0;
        for (std::int64_t batch = 1; batch <= m_batches; ++batch) {
            if (m_observer.stopRequested()) {
                return false;
            }
            const auto indices = batchIndices(batch);
            const auto stepStart = Clock::now();
            const auto result = step(indices);
            m_stepSeconds += secondsSince(stepStart);
            if (exploded(result.loss)) {
                return explodedError(epoch, batch);
            }
            lossSum += result.loss * static_cast<double>(indices.size());
            digits += result.digits;
            correct += result.correct;
            m_imagesDone += indices.size();
            reportBatch(epoch, batch, result.loss);
        }
        EpochMetrics metrics;
        metrics.epoch = epoch;
        metrics.step = m_step;
        metrics.trainingLoss = lossSum / static_cast<double>(m_order.size());
        metrics.trainingAccuracy =
            static_cast<double>(correct) / static_cast<double>(std::max<std::int64_t>(1, digits));
        metrics.learningRate = m_schedule.rate(m_step - 1);
        return endEpoch(std::move(metrics), start);
    }

    /// Each epoch's order follows from the seed and its number alone.
    void shuffle(int epoch)
    {
        Random random(m_options.seed * 0x100000001B3u + static_cast<std::uint64_t>(epoch));
        std::iota(m_order.begin(), m_order.end(), 0U);
        for (std::size_t i = m_order.size(); i > 1; --i) {
            std::swap(m_order[i - 1], m_order[random.below(i)]);
        }
    }

    [[nodiscard]] std::span<const std::uint32_t> batchIndices(std::int64_t batch) const
    {
        const std::size_t begin = static_cast<std::size_t>(batch - 1) * batchSize();
        return std::span(m_order).subspan(begin, std::min(batchSize(), m_order.size() - begin));
    }

    ReplicaGroup::BatchResult step(std::span<const std::uint32_t> indices)
    {
        m_optimizer->param_groups().front().options().set_lr(m_schedule.rate(m_step));
        const auto result = m_replicas.forwardBackward(m_samples, indices);
        m_optimizer->step();
        if (m_average) {
            m_average->update();
        }
        ++m_step;
        return result;
    }

    void reportBatch(int epoch, std::int64_t batch, double loss)
    {
        BatchProgress progress;
        progress.epoch = epoch;
        progress.batch = batch;
        progress.batches = m_batches;
        progress.step = m_step;
        progress.loss = loss;
        progress.imagesPerSecond = throughput();
        const std::int64_t left = m_batches * m_options.epochs - m_step;
        progress.secondsLeft =
            secondsSince(m_start) / static_cast<double>(m_step) * static_cast<double>(left);
        m_observer.onBatch(progress);
    }

    [[nodiscard]] double throughput() const
    {
        return m_stepSeconds > 0 ? static_cast<double>(m_imagesDone) / m_stepSeconds : 0;
    }

    Result<bool> endEpoch(EpochMetrics metrics, Clock::time_point start)
    {
        if (!validate(metrics)) {
            return false; // Stopped meanwhile: the only way this ends without an exception.
        }
        if (exploded(metrics.validationLoss)) {
            return explodedError(metrics.epoch, m_batches);
        }
        metrics.best = hasValidation() && metrics.validationLoss < m_bestLoss;
        metrics.seconds = secondsSince(start);
        m_epochs.push_back(metrics);
        if (metrics.best) {
            m_bestLoss = metrics.validationLoss;
            m_best = calibratedSnapshot();
        }
        m_observer.onEpoch(metrics);
        return true;
    }

    /// False where the observer asked to stop.
    bool validate(EpochMetrics& metrics)
    {
        if (!hasValidation()) {
            metrics.validationLoss = metrics.validationAccuracy = -1;
            return true;
        }
        auto logits = validationLogits([this] { return !m_observer.stopRequested(); });
        if (!logits) {
            return false;
        }
        metrics.validationLoss = meanCrossEntropy(*logits, *m_data.validation);
        metrics.validationAccuracy =
            evaluationOf(*logits, *m_data.validation, LogitReader(newestInfo())).accuracy;
        m_newestLogits = std::move(*logits);
        return true;
    }

    [[nodiscard]] bool hasValidation() const { return m_data.validation && m_data.validation->size() > 0; }

    /// What is validated and kept.
    [[nodiscard]] DigitNet& newestNetwork()
    {
        return m_average ? m_average->network() : m_replicas.network();
    }

    [[nodiscard]] Result<Logits> validationLogits(const std::function<bool()>& keepGoing)
    {
        return computeLogits(newestNetwork(), m_pixels, *m_data.validation, evaluationThreads(), keepGoing);
    }

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
        info.epochsTrained = static_cast<int>(m_epochs.size());
        if (!m_epochs.empty()) {
            info.validationAccuracy = m_epochs.back().validationAccuracy;
        }
        return info;
    }

    [[nodiscard]] std::shared_ptr<TorchModel> calibratedSnapshot()
    {
        auto model = std::make_shared<TorchModel>(newestInfo(), newestNetwork());
        if (m_plan.start == nullptr && hasValidation()) {
            if (!m_newestLogits) {
                m_newestLogits = validationLogits({}).value();
            }
            model->setCalibration(calibrate(*m_newestLogits, *m_data.validation));
        }
        return model;
    }

    Result<TrainingResult> finish(TrainingOutcome outcome)
    {
        const bool lastIsBest =
            !m_epochs.empty() && m_epochs.back().best && outcome == TrainingOutcome::Completed;
        const auto last = lastIsBest ? m_best : calibratedSnapshot();
        const auto best = m_best ? m_best : last;
        if (!m_epochs.empty()) {
            measureOnTest(*best);
            if (last != best) {
                measureOnTest(*last);
            }
        }
        TrainingResult result;
        result.outcome = outcome;
        result.epochs = std::move(m_epochs);
        result.best = best;
        result.last = last;
        result.seconds = secondsSince(m_start);
        result.imagesPerSecond = throughput();
        return result;
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

    [[nodiscard]] Error explodedError(int epoch, std::int64_t batch) const
    {
        return Error{ErrorCode::InvalidInput,
                     "The loss grew beyond all numbers in epoch " + std::to_string(epoch) + ", batch " +
                         std::to_string(batch) +
                         ". Choose a smaller learning rate, a tenth of it for instance, and "
                         "start again."};
    }

    const TrainingPlan m_plan;
    const TrainingOptions& m_options;
    const TrainingData& m_data;
    TrainingObserver& m_observer;
    const Clock::time_point m_start = Clock::now();
    SampleSource m_samples;
    const PixelTable m_pixels;
    ReplicaGroup m_replicas;
    std::optional<WeightAverage> m_average;
    const std::unique_ptr<torch::optim::Optimizer> m_optimizer;
    std::vector<std::uint32_t> m_order;
    const std::int64_t m_batches;
    const LearningRateSchedule m_schedule;

    std::int64_t m_step = 0;
    std::size_t m_imagesDone = 0;
    double m_stepSeconds = 0;
    double m_bestLoss = std::numeric_limits<double>::infinity();
    std::vector<EpochMetrics> m_epochs;
    /// Of newestNetwork() over the validation images, where it has not been trained on since.
    std::optional<Logits> m_newestLogits;
    std::shared_ptr<TorchModel> m_best;
};

} // namespace

Result<TrainingResult> runTraining(const ValidatedOptions& options, const TrainingData& data,
                                   TrainingObserver& observer)
{
    auto plan = planTraining(*options, data);
    if (!plan) {
        return plan.error();
    }
    return Run(std::move(*plan), data, observer).run();
}

Result<TrainingResult> runFineTuning(const TorchModel& start, const ValidatedOptions& options,
                                     const TrainingData& data, TrainingObserver& observer)
{
    auto plan = planFineTuning(start, *options, data);
    if (!plan) {
        return plan.error();
    }
    return Run(std::move(*plan), data, observer).run();
}

} // namespace digitpad
