#include "core/torch/classifier.h"

#include "core/torch/guard.h"

#include <c10/core/InferenceMode.h>

#include <chrono>

namespace digitpad {

namespace {

Prediction predictionFrom(const DigitImage& image, const LogitReader::Reading& reading)
{
    Prediction prediction;
    prediction.image = image;
    prediction.probabilities = reading.probabilities;
    prediction.digit = reading.digit;
    prediction.confidence = reading.confidence;
    prediction.digitScore = reading.digitScore;
    prediction.accepted = reading.accepted;
    return prediction;
}

} // namespace

TorchClassifier::TorchClassifier(const ModelInfo& info, DigitNet& weights)
    : m_network(makeNetworkLike(weights))
    , m_pixels(info.mean, info.standardDeviation)
    , m_reader(info)
{
    copyWeights(weights, *m_network);
    m_network->eval();
    m_network->prepareForInference();
    DigitImage image;
    image.pixels.fill(128);
    for (int i = 0; i < 3; ++i) {
        predict(std::span(&image, 1));
    }
}

Result<Prediction> TorchClassifier::classify(const DigitImage& image)
{
    auto batch = classify(std::span(&image, 1));
    if (!batch) {
        return batch.error();
    }
    return std::move(batch->front());
}

Result<std::vector<Prediction>> TorchClassifier::classify(std::span<const DigitImage> images)
{
    return guarded("The recogniser failed on this drawing. Choose another model in the File menu.",
                   [&]() -> Result<std::vector<Prediction>> { return predict(images); });
}

std::vector<Prediction> TorchClassifier::predict(std::span<const DigitImage> images)
{
    std::vector<Prediction> predictions(images.size());
    std::vector<std::size_t> inked;
    inked.reserve(images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i].blank()) {
            predictions[i] = predictionFrom(images[i], blankReading());
        } else {
            inked.push_back(i);
        }
    }
    if (!inked.empty()) {
        forwardInked(images, inked, predictions);
    }
    return predictions;
}

void TorchClassifier::forwardInked(std::span<const DigitImage> images, std::span<const std::size_t> inked,
                                   std::vector<Prediction>& predictions)
{
    const c10::InferenceMode inference;
    const torch::Tensor input =
        torch::empty({static_cast<std::int64_t>(inked.size()), 1, digitSide, digitSide});
    auto* target = input.data_ptr<float>();
    for (const std::size_t i : inked) {
        m_pixels.apply(images[i].pixels.data(), target);
        target += digitPixels;
    }
    const auto start = std::chrono::steady_clock::now();
    const torch::Tensor logits = m_network->forward(input);
    const std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - start;
    const float* row = logits.data_ptr<float>();
    for (const std::size_t i : inked) {
        predictions[i] = predictionFrom(images[i], m_reader.read(row));
        predictions[i].forwardMicroseconds = elapsed.count() / static_cast<double>(inked.size());
        row += logits.size(1);
    }
}

} // namespace digitpad
