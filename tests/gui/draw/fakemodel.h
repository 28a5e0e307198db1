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
    float digitScore = -1; ///< Accepted from 0.5 on.
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
    prediction.digitScore = reading.digitScore;
    prediction.accepted = (reading.digitScore < 0 ? reading.confidence : reading.digitScore) >= 0.5F;
    prediction.forwardMicroseconds = 182;
    prediction.probabilities.fill((1 - reading.confidence - reading.secondConfidence) / 8);
    prediction.probabilities[static_cast<std::size_t>(reading.digit)] = reading.confidence;
    prediction.probabilities[static_cast<std::size_t>(reading.second)] = reading.secondConfidence;
    return prediction;
}

/// Ink in the upper half speaks for the digit, below it against; against the rival, the other way round.
inline Explanation fakeExplanation(const DigitImage& image, int digit, int rival)
{
    Explanation explanation;
    explanation.digit = digit;
    explanation.rival = rival;
    for (std::size_t i = 0; i < digitPixels; ++i) {
        const float ink = static_cast<float>(image.pixels[i]) / 255;
        explanation.forDigit[i] = i < digitPixels / 2 ? ink : -ink / 4;
        explanation.againstRival[i] = i < digitPixels / 2 ? -ink / 2 : ink;
    }
    return explanation;
}

/// Eight maps of 28×28, the first of them silent, with filters of 3×3.
inline LayerResponses fakeConvolution(const DigitImage& image)
{
    LayerResponses layer{8, digitSide, digitSide, {}, 3, 3, {}};
    for (int unit = 0; unit < layer.count; ++unit) {
        for (const std::uint8_t pixel : image.pixels) {
            layer.values.push_back(static_cast<float>(pixel * unit) / 255);
        }
        for (int weight = 0; weight < 9; ++weight) {
            layer.filters.push_back(static_cast<float>(weight - unit));
        }
    }
    return layer;
}

/// 200 units; the last answers most, the even ones not at all.
inline LayerResponses fakeFullyConnected()
{
    LayerResponses layer{200, 1, 1, {}, digitSide, digitSide, {}};
    for (int unit = 0; unit < layer.count; ++unit) {
        layer.values.push_back(unit % 2 == 0 ? 0.0F : static_cast<float>(unit));
    }
    for (int weight = 0; weight < layer.count * digitPixels; ++weight) {
        layer.filters.push_back(static_cast<float>(weight % 37 - 18));
    }
    return layer;
}

/// What was asked, shared between the model and its classifiers.
struct FakeState
{
    FakeReading reading;
    std::atomic<int> asked = 0;
    std::mutex mutex;
    DigitImage newest;
    std::atomic<int> explained = 0;
    std::atomic<int> rival = -1;              ///< Of the newest explanation.
    std::atomic<bool> fullyConnected = false; ///< What the explanations' first layer is.
    std::atomic<bool> explanationsFail = false;
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
        if (reading.digitScore >= 0) {
            m_info.digitScoring.emplace();
        }
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
    [[nodiscard]] Result<Explanation> explain(const DigitImage& image, int digit, int rival) const override
    {
        ++state->explained;
        state->rival = rival;
        if (state->explanationsFail) {
            return Error{ErrorCode::Internal, "The reading could not be explained. The log says why."};
        }
        Explanation explanation = fakeExplanation(image, digit, rival);
        explanation.firstLayer = state->fullyConnected ? fakeFullyConnected() : fakeConvolution(image);
        return explanation;
    }
    [[nodiscard]] Result<void> save(const std::string&) const override { return {}; }

    std::shared_ptr<FakeState> state;

private:
    ModelInfo m_info;
};

} // namespace digitpad::test
