#pragma once

#include "core/learning/engine.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

/// A model that says what the test wants to hear and remembers what it was asked.
namespace digitpad::test {

struct FakeReading
{
    int digit = 7;
    float confidence = 0.97F;
    int second = 1;
    float secondConfidence = 0.01F;
};

inline Prediction fakePrediction(const FakeReading& reading, const DigitImage& image)
{
    Prediction prediction;
    prediction.image = image;
    if (image.blank()) {
        return prediction;
    }
    prediction.digit = reading.digit;
    prediction.confidence = reading.confidence;
    prediction.accepted = reading.confidence >= acceptanceThreshold;
    prediction.forwardMicroseconds = 182;
    prediction.probabilities.fill((1 - reading.confidence - reading.secondConfidence) / 8);
    prediction.probabilities[static_cast<std::size_t>(reading.digit)] = reading.confidence;
    prediction.probabilities[static_cast<std::size_t>(reading.second)] = reading.secondConfidence;
    return prediction;
}

/// What was asked, shared between the model and its classifiers.
struct FakeState
{
    FakeReading reading;
    std::atomic<int> asked = 0;
    std::mutex mutex;
    DigitImage newest;
};

class FakeClassifier : public Classifier
{
public:
    explicit FakeClassifier(std::shared_ptr<FakeState> state)
        : m_state(std::move(state))
    {
    }

    Result<Prediction> classify(const DigitImage& image) override
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->newest = image;
        ++m_state->asked;
        return fakePrediction(m_state->reading, image);
    }
    Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) override
    {
        std::vector<Prediction> predictions;
        for (const DigitImage& image : images) {
            predictions.push_back(*classify(image));
        }
        return predictions;
    }

private:
    std::shared_ptr<FakeState> m_state;
};

class FakeModel : public Model
{
public:
    explicit FakeModel(const FakeReading& reading = {})
        : state(std::make_shared<FakeState>())
    {
        state->reading = reading;
        m_info.network = "mlp";
        m_info.parameters = 109'386;
        m_info.testAccuracy = 0.98;
    }

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override
    {
        return std::unique_ptr<Classifier>(std::make_unique<FakeClassifier>(state));
    }
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return Evaluation{};
    }
    [[nodiscard]] Result<Explanation> explain(const DigitImage&, int, int) const override
    {
        return Explanation{};
    }
    [[nodiscard]] Result<void> save(const std::string&) const override { return {}; }

    std::shared_ptr<FakeState> state;

private:
    ModelInfo m_info;
};

} // namespace digitpad::test
