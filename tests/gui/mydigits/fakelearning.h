#pragma once

#include "core/learning/engine.h"

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>

/// An engine whose fine-tuning leaves a model with as many errors as the test wants.
namespace digitpad::test {

/// Misreads the first so many images of whatever it is measured on.
class MisreadingModel final : public Model
{
public:
    /// `mine` of at most 30 images, `others` of more.
    MisreadingModel(std::size_t mine, std::size_t others)
        : m_mine(mine)
        , m_others(others)
    {
        m_info.network = "mlp";
        m_info.trainedOn = "synthetic digits";
    }
    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override
    {
        return Error{ErrorCode::Unavailable, "This model reads nothing."};
    }
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet& set,
                                              const std::function<bool()>&) const override
    {
        const std::size_t wrong = std::min(set.size(), set.size() <= 30 ? m_mine : m_others);
        Evaluation evaluation;
        evaluation.images = set.size();
        evaluation.confusion[7][1] = static_cast<std::int64_t>(wrong);
        evaluation.confusion[7][7] = static_cast<std::int64_t>(set.size() - wrong);
        evaluation.accuracy = 1 - static_cast<double>(wrong) / static_cast<double>(set.size());
        return evaluation;
    }
    [[nodiscard]] Result<Explanation> explain(const DigitImage&, int, int) const override
    {
        return Error{ErrorCode::Unavailable, "This model explains nothing."};
    }
    [[nodiscard]] Result<void> save(const std::string& path) const override
    {
        std::ofstream file(path);
        if (!(file << "model").flush()) {
            return Error{ErrorCode::Io, "“" + path + "” cannot be written; choose another folder."};
        }
        return {};
    }

private:
    ModelInfo m_info;
    std::size_t m_mine;
    std::size_t m_others;
};

class FakeLearningEngine final : public Engine
{
public:
    std::shared_ptr<const Model> learned;
    std::optional<Error> failure;

    /// A learning waits in its first batch until release().
    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_held = true;
    }
    void release()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_held = false;
        }
        m_released.notify_all();
    }

    [[nodiscard]] EngineInfo info() const override { return {}; }
    [[nodiscard]] Result<std::shared_ptr<const Model>> loadModel(const std::string& path) const override
    {
        return Error{ErrorCode::NotFound, "“" + path + "” is not there."};
    }
    [[nodiscard]] Result<TrainingResult> train(const TrainingJob&, TrainingObserver&) const override
    {
        return Error{ErrorCode::Unavailable, "This engine only fine-tunes."};
    }
    [[nodiscard]] Result<RateRangeTest> testRates(const ValidatedOptions&, const TrainingData&, double,
                                                  double, int, TrainingObserver&) const override
    {
        return Error{ErrorCode::Unavailable, "This engine only fine-tunes."};
    }
    [[nodiscard]] Result<TrainingResult> fineTune(const Model&, const ValidatedOptions&, const TrainingData&,
                                                  TrainingObserver& observer) const override
    {
        if (failure) {
            return *failure;
        }
        TrainingResult result;
        result.best = result.last = learned;
        BatchProgress progress;
        progress.batches = 10;
        for (progress.batch = 1; progress.batch <= progress.batches; ++progress.batch) {
            observer.onBatch(progress);
            waitWhileHeld();
            if (observer.stopRequested()) {
                result.outcome = TrainingOutcome::Stopped;
                break;
            }
        }
        return result;
    }

private:
    void waitWhileHeld() const
    {
        std::unique_lock lock(m_mutex);
        m_released.wait(lock, [this] { return !m_held; });
    }

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_released;
    bool m_held = false;
};

} // namespace digitpad::test
