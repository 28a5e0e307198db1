#pragma once

#include "core/data/digitset.h"
#include "core/torch/learner.h"

#include <memory>

namespace digitpad {

/// Trains on the GPU, the default CUDA device. The set's images lie there as one tensor of bytes, so that a
/// batch is an index; images that a renderer draws are drawn on the calling thread and sent batch by batch.
class GpuLearner final : public Learner
{
public:
    /// Moves `network` to the GPU. Throws c10::Error where there is none, or too little of its memory.
    GpuLearner(std::shared_ptr<DigitNet> network, PixelStatistics statistics);

    BatchResult forwardBackward(const SampleSource& samples, std::span<const std::uint32_t> indices) override;
    void startFrom(DigitNet& source) override;
    [[nodiscard]] torch::Tensor& flatParameters() override { return m_flat; }
    [[nodiscard]] DigitNet& network() override { return *m_network; }
    /// None: dropout draws from the GPU's own generator, and a GPU does not repeat itself bit for bit anyway.
    [[nodiscard]] std::vector<torch::Tensor> dropoutStates() override { return {}; }
    void setDropoutStates(const std::vector<torch::Tensor>&) override {}

private:
    /// Count × 784 bytes on the GPU.
    [[nodiscard]] torch::Tensor images(const SampleSource& samples, std::span<const std::uint32_t> indices);

    std::shared_ptr<DigitNet> m_network;
    PixelStatistics m_statistics;
    torch::Tensor m_flat;
    torch::Tensor m_set; ///< All images of the set; undefined until a batch needs them.
};

} // namespace digitpad
