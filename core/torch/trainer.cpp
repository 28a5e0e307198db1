#include "core/torch/trainer.h"

#include "core/base/random.h"
#include "core/learning/learningrateschedule.h"
#include "core/learning/networks.h"
#include "core/torch/evaluation.h"
#include "core/torch/model.h"
#include "core/torch/replicas.h"

#include <torch/optim/adam.h>
#include <torch/optim/sgd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>
#include <utility>

namespace digitpad {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A share below this many images costs more in waiting than it saves.
constexpr int smallestShare = 16;

/// A guess at random has ln 10; hundreds of times that never comes back to anything useful.
bool exploded(double loss)
{
    return !(loss < 1'000);
}

int trainingThreads(const TrainingOptions& options)
{
    if (options.threads > 0) {
        return std::min(options.threads, options.batchSize);
    }
    // A step of a small fully connected network is over before a second thread has woken up.
    if (options.network == "mlp") {
        return 1;
    }
    const int cores = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
    return std::clamp(options.batchSize / smallestShare, 1, cores);
}

PixelStatistics normalizationFor(const TrainingOptions& options, const DigitSet& training)
{
    if (options.normalization == NormalizationChoice::Half) {
        return {0.5, 0.5};
    }
    PixelStatistics statistics = pixelStatistics(training);
    // All images alike: any scale will do, but not a division by zero.
    statistics.standardDeviation = std::max(statistics.standardDeviation, 1e-3);
    return statistics;
}

std::unique_ptr<torch::optim::Optimizer> makeOptimizer(const TrainingOptions& options,
                                                       const torch::Tensor& parameters)
{
    std::vector<torch::Tensor> group{parameters};
    if (options.optimizer == "sgd") {
        return std::make_unique<torch::optim::SGD>(
            group, torch::optim::SGDOptions(options.learningRate).momentum(0.9));
    }
    return std::make_unique<torch::optim::Adam>(group, torch::optim::AdamOptions(options.learningRate));
}

class Run
{
public:
    Run(const TrainingOptions& options, const TrainingData& data, TrainingObserver& observer)
        : m_options(options)
        , m_data(data)
        , m_observer(observer)
        , m_statistics(normalizationFor(options, *data.training))
        , m_pixels(m_statistics.mean, m_statistics.standardDeviation)
        , m_replicas(options.network, options.seed, trainingThreads(options), m_pixels)
        , m_optimizer(makeOptimizer(options, m_replicas.flatParameters()))
        , m_order(data.training->size())
        , m_batches(static_cast<std::int64_t>((m_order.size() + batchSize() - 1) / batchSize()))
        , m_schedule(options.schedule, options.learningRate, m_batches * options.epochs)
    {
        std::iota(m_order.begin(), m_order.end(), 0U);
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
        shuffle(epoch);
        double lossSum = 0;
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
            correct += result.correct;
            m_imagesDone += indices.size();
            reportBatch(epoch, batch, result.loss);
        }
        const auto images = static_cast<double>(m_order.size());
        EpochMetrics metrics;
        metrics.epoch = epoch;
        metrics.step = m_step;
        metrics.trainingLoss = lossSum / images;
        metrics.trainingAccuracy = static_cast<double>(correct) / images;
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
        const auto result = m_replicas.forwardBackward(*m_data.training, indices);
        m_optimizer->step();
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
        const auto validation = evaluate(m_replicas.network(), m_pixels, *m_data.validation,
                                         evaluationThreads(), [this] { return !m_observer.stopRequested(); });
        if (!validation) {
            return false; // Stopped meanwhile: the only way an evaluation ends without an exception.
        }
        metrics.validationLoss = validation->loss;
        metrics.validationAccuracy = validation->accuracy;
        if (exploded(metrics.validationLoss)) {
            return explodedError(metrics.epoch, m_batches);
        }
        metrics.best = metrics.validationLoss < m_bestLoss;
        metrics.seconds = secondsSince(start);
        m_epochs.push_back(metrics);
        if (metrics.best) {
            m_bestLoss = metrics.validationLoss;
            m_best = snapshot();
        }
        m_observer.onEpoch(metrics);
        return true;
    }

    [[nodiscard]] std::shared_ptr<TorchModel> snapshot()
    {
        ModelInfo info;
        info.network = m_options.network;
        info.parameters = findNetwork(m_options.network)->parameters;
        info.mean = m_statistics.mean;
        info.standardDeviation = m_statistics.standardDeviation;
        info.trainedOn = m_data.training->name;
        info.options = m_options;
        info.epochsTrained = static_cast<int>(m_epochs.size());
        if (!m_epochs.empty()) {
            info.validationAccuracy = m_epochs.back().validationAccuracy;
        }
        return std::make_shared<TorchModel>(std::move(info), m_replicas.network());
    }

    Result<TrainingResult> finish(TrainingOutcome outcome)
    {
        const bool lastIsBest =
            !m_epochs.empty() && m_epochs.back().best && outcome == TrainingOutcome::Completed;
        const auto last = lastIsBest ? m_best : snapshot();
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

    const TrainingOptions m_options;
    const TrainingData& m_data;
    TrainingObserver& m_observer;
    const Clock::time_point m_start = Clock::now();
    const PixelStatistics m_statistics;
    const PixelTable m_pixels;
    ReplicaGroup m_replicas;
    const std::unique_ptr<torch::optim::Optimizer> m_optimizer;
    std::vector<std::uint32_t> m_order;
    const std::int64_t m_batches;
    const LearningRateSchedule m_schedule;

    std::int64_t m_step = 0;
    std::size_t m_imagesDone = 0;
    double m_stepSeconds = 0;
    double m_bestLoss = std::numeric_limits<double>::infinity();
    std::vector<EpochMetrics> m_epochs;
    std::shared_ptr<TorchModel> m_best;
};

} // namespace

Result<TrainingResult> runTraining(const ValidatedOptions& options, const TrainingData& data,
                                   TrainingObserver& observer)
{
    return Run(*options, data, observer).run();
}

} // namespace digitpad
