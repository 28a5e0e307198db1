#pragma once

#include "core/torch/networks.h"
#include "core/torch/samplesource.h"

#include <torch/types.h>

#include <cstdint>
#include <span>
#include <vector>

namespace digitpad {

/// A network in training and where its gradients come from: threads of the processor, or a GPU.
class Learner
{
public:
    virtual ~Learner() = default;

    struct BatchResult
    {
        double loss = 0;          ///< Mean cross-entropy, by the smoothed labels where they are.
        std::int64_t digits = 0;  ///< Images that are digits.
        std::int64_t correct = 0; ///< Digits taken for what they are, among the digits.
    };
    /// Forward and backward of samples[indices]; afterwards flatParameters().grad() is the batch's mean
    /// gradient.
    virtual BatchResult forwardBackward(const SampleSource& samples,
                                        std::span<const std::uint32_t> indices) = 0;

    /// Takes the weights of `source`, a network of the same kind, instead of the initial ones. Its batch
    /// statistics and early convolutions stay for good: training leaves them as they are. Before the first
    /// batch.
    virtual void startFrom(DigitNet& source) = 0;

    /// A leaf whose change changes the network; what the optimizer steps. Laid out by flattenParameters().
    [[nodiscard]] virtual torch::Tensor& flatParameters() = 0;
    /// Whose parameters and buffers count; on the device where it is trained.
    [[nodiscard]] virtual DigitNet& network() = 0;

    /// Of each generator that dropout draws from. What was read can be set where the learner is of the same
    /// kind and size.
    [[nodiscard]] virtual std::vector<torch::Tensor> dropoutStates() = 0;
    virtual void setDropoutStates(const std::vector<torch::Tensor>& states) = 0;

    /// In [0, 1): the part of each label that is spread over all classes.
    void setLabelSmoothing(double part) { m_labelSmoothing = part; }

protected:
    [[nodiscard]] double labelSmoothing() const { return m_labelSmoothing; }

private:
    double m_labelSmoothing = 0;
};

} // namespace digitpad
