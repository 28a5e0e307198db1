#pragma once

#include "core/learning/engine.h"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>

namespace digitpad {

/// Says "7" to everything.
class FakeClassifier : public Classifier
{
public:
    Result<Prediction> classify(const DigitImage& image) override
    {
        Prediction prediction;
        prediction.image = image;
        prediction.digit = 7;
        return prediction;
    }
    Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) override
    {
        return std::vector<Prediction>(images.size());
    }
};

class FakeModel : public Model
{
public:
    explicit FakeModel(ModelInfo info)
        : m_info(std::move(info))
    {
    }
    const ModelInfo& info() const override { return m_info; }
    Result<std::unique_ptr<Classifier>> makeClassifier() const override
    {
        return std::unique_ptr<Classifier>(std::make_unique<FakeClassifier>());
    }
    Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return Evaluation();
    }
    Result<Explanation> explain(const DigitImage&, int, int) const override
    {
        return Error{ErrorCode::Unavailable, "This model explains nothing."};
    }
    Result<void> save(const std::string& path) const override
    {
        std::ofstream file(path);
        if (!(file << "epochs " << m_info.epochsTrained).flush()) {
            return Error{ErrorCode::Io, "“" + path + "” cannot be written; choose another folder."};
        }
        return {};
    }

private:
    ModelInfo m_info;
};

/// Trains nothing, but reports as the real one does: the loss falls over the batches, validation is best
/// after epoch 2, checkpoints are written and gone on from. Blocks at a step when told to, as a batch in
/// progress does. What is set here is to be set while no run is on, unless it is atomic.
class FakeEngine : public Engine
{
public:
    EngineInfo engineInfo;
    std::optional<Error> failure; ///< Instead of a result, after the first epoch.
    mutable TrainingData given;   ///< What the last run got; to be read when it has ended.
    std::string throwing;         ///< What an exception says that the first batch throws; empty for none.
    double lossScale = 1;         ///< Above 0: of what all losses are multiples.
    int divergesIn = 0;           ///< The epoch in which the loss grows beyond all numbers; 0 for none.
    int losesPatienceAfter = 0;   ///< Epochs; 0 for never.
    double testAccuracy = 0.9742; ///< Of the first fold; each further one has 0.01 less.
    int validationThreads = 0;    ///< That ask at the same time whether to stop, as real validation does.
    mutable std::atomic<int> fullDisk = 0;       ///< So many of the next checkpoints cannot be written.
    mutable std::atomic<int> writes = 0;         ///< Checkpoints that were tried.
    mutable std::atomic<std::int64_t> steps = 0; ///< The newest step that began.

    /// The run stays in this step until release(), whether it is to stop or not.
    void holdAt(std::int64_t step)
    {
        const std::lock_guard lock(m_mutex);
        m_holdAt = step;
    }
    void release()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_holdAt = -1;
        }
        m_released.notify_all();
    }

    EngineInfo info() const override { return engineInfo; }
    /// What FakeModel::save() wrote.
    Result<std::shared_ptr<const Model>> loadModel(const std::string& path) const override;
    Result<TrainingResult> train(const TrainingJob& job, TrainingObserver& observer) const override;
    /// Falls, then rises; a batch for each of `steps`.
    Result<RateRangeTest> testRates(const ValidatedOptions& options, const TrainingData& data, double lowest,
                                    double highest, int steps, TrainingObserver& observer) const override;
    Result<TrainingResult> fineTune(const Model&, const ValidatedOptions& options, const TrainingData& data,
                                    TrainingObserver& observer) const override
    {
        return train(TrainingJob{options, data}, observer);
    }

private:
    friend class FakeRun;

    void waitAt(std::int64_t step) const
    {
        steps = step;
        std::unique_lock lock(m_mutex);
        m_released.wait(lock, [&] { return m_holdAt != step; });
    }

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_released;
    std::int64_t m_holdAt = -1;
};

} // namespace digitpad
