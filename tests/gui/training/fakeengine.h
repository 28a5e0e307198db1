#pragma once

#include "core/learning/engine.h"

#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <optional>

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
/// after epoch
/// 2. Blocks at a step when told to, as a batch in progress does.
class FakeEngine : public Engine
{
public:
    EngineInfo engineInfo;
    std::optional<Error> failure; ///< Instead of a result, after the first epoch.
    mutable TrainingData given;   ///< What the last run got; to be read when it has ended.

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
    Result<std::shared_ptr<const Model>> loadModel(const std::string& path) const override
    {
        return Error{ErrorCode::NotFound, "“" + path + "” is not there."};
    }
    Result<TrainingResult> train(const TrainingJob& job, TrainingObserver& observer) const override;
    Result<RateRangeTest> testRates(const ValidatedOptions&, const TrainingData&, double, double, int,
                                    TrainingObserver&) const override
    {
        return RateRangeTest();
    }
    Result<TrainingResult> fineTune(const Model&, const ValidatedOptions& options, const TrainingData& data,
                                    TrainingObserver& observer) const override
    {
        return train(TrainingJob{options, data}, observer);
    }

private:
    void waitAt(std::int64_t step) const
    {
        std::unique_lock lock(m_mutex);
        m_released.wait(lock, [&] { return m_holdAt != step; });
    }
    static EpochMetrics metricsOf(int epoch, std::int64_t step);
    static std::shared_ptr<const Model> modelAfter(const ValidatedOptions& options, int epochs,
                                                   double testAccuracy);

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_released;
    std::int64_t m_holdAt = -1;
};

} // namespace digitpad
