#include "core/torch/model.h"

#include "core/torch/evaluation.h"
#include "core/torch/guard.h"
#include "core/torch/modelfile.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace digitpad {

namespace {

std::array<float, digitClasses> softmax(const float* logits, float temperature)
{
    std::array<float, digitClasses> probabilities{};
    const float highest = *std::max_element(logits, logits + digitClasses);
    double sum = 0;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        probabilities[i] = std::exp((logits[i] - highest) / temperature);
        sum += static_cast<double>(probabilities[i]);
    }
    for (float& probability : probabilities) {
        probability = static_cast<float>(static_cast<double>(probability) / sum);
    }
    return probabilities;
}

Prediction predictionFrom(const DigitImage& image, const float* logits, float temperature)
{
    Prediction prediction;
    prediction.image = image;
    prediction.probabilities = softmax(logits, temperature);
    const auto best = std::max_element(prediction.probabilities.begin(), prediction.probabilities.end());
    prediction.digit = static_cast<int>(best - prediction.probabilities.begin());
    prediction.confidence = *best;
    prediction.accepted = *best >= acceptanceThreshold;
    return prediction;
}

class TorchClassifier final : public Classifier
{
public:
    TorchClassifier(const ModelInfo& info, DigitNet& weights, const PixelTable& pixels)
        : m_network(makeNetwork(info.network, 0))
        , m_pixels(pixels)
        , m_temperature(static_cast<float>(info.temperature))
    {
        copyWeights(weights, *m_network);
        m_network->eval();
        warmUp();
    }

    Result<Prediction> classify(const DigitImage& image) override
    {
        auto batch = classify(std::span(&image, 1));
        if (!batch) {
            return batch.error();
        }
        return batch->front();
    }

    Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) override
    {
        return guarded("The recogniser failed on this drawing. Choose another model in the File menu.",
                       [&]() -> Result<std::vector<Prediction>> { return forward(images); });
    }

private:
    std::vector<Prediction> forward(std::span<const DigitImage> images)
    {
        std::vector<Prediction> predictions(images.size());
        std::vector<std::size_t> inked;
        for (std::size_t i = 0; i < images.size(); ++i) {
            predictions[i].image = images[i];
            if (!images[i].blank()) {
                inked.push_back(i);
            }
        }
        if (inked.empty()) {
            return predictions;
        }
        const c10::InferenceMode inference;
        torch::Tensor input =
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
            predictions[i] = predictionFrom(images[i], row, m_temperature);
            predictions[i].forwardMicroseconds = elapsed.count() / static_cast<double>(inked.size());
            row += digitClasses;
        }
        return predictions;
    }

    /// The first forwards are many times slower than the rest: oneDNN and the allocator set themselves up.
    void warmUp()
    {
        DigitImage image;
        image.pixels.fill(128);
        for (int i = 0; i < 3; ++i) {
            forward(std::span(&image, 1));
        }
    }

    std::shared_ptr<DigitNet> m_network;
    PixelTable m_pixels;
    float m_temperature;
};

} // namespace

void copyWeights(DigitNet& source, DigitNet& target)
{
    const torch::NoGradGuard noGrad;
    for (auto& parameter : target.named_parameters()) {
        parameter.value().copy_(source.named_parameters()[parameter.key()]);
    }
    for (auto& buffer : target.named_buffers()) {
        buffer.value().copy_(source.named_buffers()[buffer.key()]);
    }
}

TorchModel::TorchModel(ModelInfo info, DigitNet& network)
    : m_info(std::move(info))
    , m_network(makeNetwork(m_info.network, 0))
{
    copyWeights(network, *m_network);
    m_network->eval();
}

Result<std::unique_ptr<Classifier>> TorchModel::makeClassifier() const
{
    using Made = Result<std::unique_ptr<Classifier>>;
    return guarded("The recogniser could not be set up from this model. Choose another one in the File menu.",
                   [this]() -> Made {
                       at::set_num_threads(1);
                       return Made(std::make_unique<TorchClassifier>(m_info, *m_network, pixels()));
                   });
}

Result<Evaluation> TorchModel::evaluate(const DigitSet& set, const std::function<bool()>& keepGoing) const
{
    return guarded("The model could not be evaluated. The log says why.", [&] {
        return digitpad::evaluate(*m_network, pixels(), set, evaluationThreads(), keepGoing);
    });
}

Result<void> TorchModel::save(const std::string& path) const
{
    return guarded("The model could not be written to “" + path + "”. Choose another place and save again.",
                   [&] { return writeModelFile(m_info, *m_network, path); });
}

} // namespace digitpad
