#include "tests/gui/training/fakeengine.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <stdexcept>

namespace digitpad {

namespace {

constexpr int bestEpochOfAll = 2;

double lossAt(std::int64_t step)
{
    const auto at = static_cast<double>(step);
    return 0.1 + 2.2 * std::exp(-at / 60) + 0.08 * std::sin(at * 1.7) * std::exp(-at / 400) + 0.08;
}

EpochMetrics metricsOf(int epoch, std::int64_t step)
{
    EpochMetrics metrics;
    metrics.epoch = epoch;
    metrics.step = step;
    metrics.trainingLoss = lossAt(step);
    metrics.trainingAccuracy = 1 - 0.12 / epoch;
    metrics.validationLoss = 0.2 + 0.02 * std::abs(epoch - bestEpochOfAll);
    metrics.validationAccuracy = 0.965 - 0.01 * std::abs(epoch - bestEpochOfAll);
    metrics.learningRate = 0.001;
    metrics.gradientNorm = 1.5;
    metrics.seconds = 1.2;
    metrics.best = epoch <= bestEpochOfAll;
    return metrics;
}

/// The number of epochs in a file of FakeModel::save()'s; -1 where there is none.
int epochsIn(const std::string& path)
{
    std::ifstream file(path);
    std::string word;
    int epochs = -1;
    return file >> word >> epochs && word == "epochs" ? epochs : -1;
}

} // namespace

class FakeRun
{
public:
    FakeRun(const FakeEngine& engine, const TrainingJob& job, TrainingObserver& observer)
        : m_engine(engine)
        , m_job(job)
        , m_options(*job.options)
        , m_observer(observer)
    {
        const auto images = static_cast<std::int64_t>(job.data.training->size());
        m_progress.batches = (images + m_options.batchSize - 1) / m_options.batchSize;
        m_progress.imagesPerSecond = 3912;
        m_progress.learningRate = 0.001;
        m_progress.gradientNorm = 1.5;
    }

    Result<TrainingResult> run()
    {
        if (const auto resumed = resume(); !resumed) {
            return resumed.error();
        }
        while (epochsDone() < m_options.epochs && m_result.outcome == TrainingOutcome::Completed) {
            runEpoch(epochsDone() + 1);
            if (m_engine.failure && epochsDone() > 0) {
                return *m_engine.failure;
            }
        }
        return finish();
    }

private:
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_result.epochs.size()); }

    Result<void> resume()
    {
        const int done = m_job.resumeFrom.empty() ? 0 : epochsIn(m_job.resumeFrom);
        if (done < 0) {
            return Error{ErrorCode::InvalidInput, "“" + m_job.resumeFrom + "” is no checkpoint."};
        }
        for (int epoch = 1; epoch <= done; ++epoch) {
            m_progress.step += m_progress.batches;
            m_result.epochs.push_back(metrics(epoch));
        }
        return {};
    }

    [[nodiscard]] EpochMetrics metrics(int epoch) const
    {
        EpochMetrics metrics = metricsOf(epoch, m_progress.step);
        metrics.trainingLoss *= m_engine.lossScale;
        metrics.validationLoss *= m_engine.lossScale;
        return metrics;
    }

    void runEpoch(int epoch)
    {
        m_progress.epoch = epoch;
        for (m_progress.batch = 1; m_progress.batch <= m_progress.batches; ++m_progress.batch) {
            if (m_observer.stopRequested()) {
                m_result.outcome = TrainingOutcome::Stopped;
                return;
            }
            if (epoch == m_engine.divergesIn) {
                diverge(epoch);
                return;
            }
            runBatch();
        }
        if (!validate()) {
            m_result.outcome = TrainingOutcome::Stopped;
            return;
        }
        m_result.epochs.push_back(metrics(epoch));
        const bool goesOn = save();
        m_observer.onEpoch(m_result.epochs.back());
        if (!goesOn) {
            m_result.outcome = TrainingOutcome::Stopped;
        } else if (epoch == m_engine.losesPatienceAfter) {
            m_result.outcome = TrainingOutcome::StoppedEarly;
        }
    }

    void runBatch()
    {
        ++m_progress.step;
        m_engine.waitAt(m_progress.step);
        if (!m_engine.throwing.empty()) {
            throw std::runtime_error(m_engine.throwing);
        }
        m_progress.loss = m_engine.lossScale * lossAt(m_progress.step);
        m_progress.accuracy = std::clamp(1 - m_progress.loss / 2.5, 0.0, 1.0);
        m_progress.secondsLeft =
            static_cast<double>(m_progress.batches * m_options.epochs - m_progress.step) * 0.1;
        m_observer.onBatch(m_progress);
        if (m_observer.snapshotRequested()) {
            m_observer.onSnapshot(modelAfter(epochsDone()));
        }
    }

    void diverge(int epoch)
    {
        m_result.outcome = TrainingOutcome::Diverged;
        m_result.explanation = "The loss grew beyond all numbers in epoch " + std::to_string(epoch) +
                               "; choose a smaller learning rate.";
    }

    /// False where the run is to stop.
    bool validate()
    {
        std::vector<std::future<bool>> answers;
        for (int i = 0; i < m_engine.validationThreads; ++i) {
            answers.push_back(std::async(std::launch::async, [this] { return m_observer.stopRequested(); }));
        }
        bool stop = false;
        for (std::future<bool>& answer : answers) {
            stop = answer.get() || stop;
        }
        return !stop;
    }

    /// False where the run is to stop.
    bool save()
    {
        if (m_job.files.last.empty()) {
            return true;
        }
        while (true) {
            const auto saved = saveOnce();
            if (saved) {
                return true;
            }
            const CheckpointChoice choice = m_observer.onCheckpointFailed(saved.error());
            if (choice != CheckpointChoice::TryAgain) {
                return choice == CheckpointChoice::GoOn;
            }
        }
    }

    Result<void> saveOnce()
    {
        ++m_engine.writes;
        if (m_engine.fullDisk > 0) {
            --m_engine.fullDisk;
            return Error{ErrorCode::Io, "The disk is full; make room on it, then press Resume."};
        }
        if (epochsDone() > 0 && epochsDone() <= bestEpochOfAll) {
            if (auto saved = modelAfter(epochsDone())->save(m_job.files.best); !saved) {
                return saved;
            }
        }
        return modelAfter(epochsDone())->save(m_job.files.last);
    }

    [[nodiscard]] std::shared_ptr<const Model> modelAfter(int epochs) const
    {
        ModelInfo info;
        info.network = m_options.network;
        info.options = m_options;
        info.parameters = 1234;
        info.epochsTrained = epochs;
        if (epochs > 0) {
            info.validationAccuracy = metricsOf(epochs, 1).validationAccuracy;
            info.testAccuracy =
                m_job.data.test->labels.empty() ? -1 : m_engine.testAccuracy - 0.01 * (m_options.fold - 1);
        }
        return std::make_shared<FakeModel>(info);
    }

    TrainingResult finish()
    {
        const int done = epochsDone();
        m_result.best = modelAfter(std::min(done, bestEpochOfAll));
        const bool bestIsLast = done <= bestEpochOfAll && m_result.outcome != TrainingOutcome::Stopped;
        m_result.last = bestIsLast ? m_result.best : modelAfter(done);
        m_result.seconds = 12.3;
        if (m_result.outcome != TrainingOutcome::Diverged) {
            save();
        }
        return m_result;
    }

    const FakeEngine& m_engine;
    const TrainingJob& m_job;
    const TrainingOptions& m_options;
    TrainingObserver& m_observer;
    BatchProgress m_progress;
    TrainingResult m_result;
};

Result<std::shared_ptr<const Model>> FakeEngine::loadModel(const std::string& path) const
{
    const int epochs = epochsIn(path);
    if (epochs < 0) {
        return Error{ErrorCode::NotFound, "“" + path + "” is not there."};
    }
    ModelInfo info;
    info.epochsTrained = epochs;
    return std::shared_ptr<const Model>(std::make_shared<FakeModel>(info));
}

Result<TrainingResult> FakeEngine::train(const TrainingJob& job, TrainingObserver& observer) const
{
    given = job.data;
    return FakeRun(*this, job, observer).run();
}

Result<RateRangeTest> FakeEngine::testRates(const ValidatedOptions&, const TrainingData& data, double lowest,
                                            double highest, int batches, TrainingObserver& observer) const
{
    given = data;
    RateRangeTest test;
    BatchProgress progress;
    progress.epoch = 1;
    progress.batches = batches;
    for (int step = 1; step <= batches; ++step) {
        if (observer.stopRequested()) {
            return test;
        }
        waitAt(step);
        const double part = static_cast<double>(step - 1) / (batches - 1);
        progress.batch = progress.step = step;
        progress.learningRate = lowest * std::pow(highest / lowest, part);
        progress.loss = 2.3 - 4 * part * part + 4.5 * std::pow(part, 6);
        test.points.push_back({progress.learningRate, progress.loss});
        observer.onBatch(progress);
    }
    test.suggestion = 0.01;
    return test;
}

} // namespace digitpad
