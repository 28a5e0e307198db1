#include "core/torch/gpulearner.h"

#include "core/torch/flatparameters.h"

#include <torch/nn/functional/loss.h>

#include <algorithm>
#include <array>
#include <utility>

namespace digitpad {

namespace {

const torch::Device gpu(torch::kCUDA);

torch::Tensor toGpu(const std::vector<std::int64_t>& values)
{
    return torch::tensor(values, torch::kInt64).to(gpu);
}

torch::Tensor allImages(const DigitSet& set)
{
    // Only read: from_blob() has no form for what is const.
    auto* bytes = const_cast<std::uint8_t*>(set.images.data());
    return torch::from_blob(bytes, {static_cast<std::int64_t>(set.size()), digitPixels}, torch::kUInt8)
        .to(gpu);
}

torch::Tensor drawnImages(const SampleSource& samples, std::span<const std::uint32_t> indices)
{
    const torch::Tensor bytes =
        torch::empty({static_cast<std::int64_t>(indices.size()), digitPixels}, torch::kUInt8);
    auto* target = bytes.data_ptr<std::uint8_t>();
    std::array<std::uint8_t, digitPixels> buffer{};
    for (const std::uint32_t index : indices) {
        target = std::copy_n(samples.image(index, buffer), digitPixels, target);
    }
    return bytes.to(gpu);
}

} // namespace

GpuLearner::GpuLearner(std::shared_ptr<DigitNet> network, PixelStatistics statistics)
    : m_network(std::move(network))
    , m_statistics(statistics)
{
    m_network->to(gpu);
    m_network->train();
    m_flat = flattenParameters(*m_network);
    m_flat.requires_grad_(true);
    m_flat.mutable_grad() = flattenGradients(*m_network);
}

void GpuLearner::startFrom(DigitNet& source)
{
    copyWeights(source, *m_network);
    m_network->freezeBatchStatistics();
    m_network->freezeEarlyConvolutions();
}

torch::Tensor GpuLearner::images(const SampleSource& samples, std::span<const std::uint32_t> indices)
{
    if (samples.drawn()) {
        return drawnImages(samples, indices);
    }
    if (!m_set.defined()) {
        m_set = allImages(samples.set());
    }
    return m_set.index_select(0, toGpu({indices.begin(), indices.end()}));
}

Learner::BatchResult GpuLearner::forwardBackward(const SampleSource& samples,
                                                 std::span<const std::uint32_t> indices)
{
    BatchResult result;
    std::vector<std::int64_t> labels;
    labels.reserve(indices.size());
    for (const std::uint32_t index : indices) {
        labels.push_back(samples.label(index));
        result.digits += labels.back() != noDigitLabel ? 1 : 0;
    }
    const torch::Tensor truth = toGpu(labels);
    const torch::Tensor input = images(samples, indices)
                                    .to(torch::kFloat32)
                                    .div_(255)
                                    .sub_(m_statistics.mean)
                                    .div_(m_statistics.standardDeviation)
                                    .view({-1, 1, digitSide, digitSide});
    m_flat.mutable_grad().zero_();
    const torch::Tensor logits = m_network->forward(input);
    namespace functional = torch::nn::functional;
    const auto options = functional::CrossEntropyFuncOptions().label_smoothing(labelSmoothing());
    const torch::Tensor loss = functional::cross_entropy(logits, truth, options);
    loss.backward();
    result.loss = static_cast<double>(loss.item<float>());
    // Images that are no digit have a label that no digit's logit can win with.
    result.correct =
        logits.detach().narrow(1, 0, digitClasses).argmax(1).eq(truth).sum().item<std::int64_t>();
    return result;
}

} // namespace digitpad
