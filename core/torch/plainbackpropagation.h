#pragma once

#include <torch/nn/modules/linear.h>
#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace digitpad {

/// Forward and backward pass through linear layers with ReLU between them, without autograd: in the step of a
/// small network its bookkeeping takes as long as the products of matrices.
///
/// x₀ is the input; zᵢ = xᵢ₋₁·Wᵢᵀ + bᵢ; xᵢ = max(zᵢ, 0); the last z are the logits. With δ the loss's
/// gradient by z: ∂Wᵢ = δᵢᵀ·xᵢ₋₁, ∂bᵢ = the sum of δᵢ over the images, and δᵢ₋₁ = δᵢ·Wᵢ where xᵢ₋₁ > 0, else
/// 0 (Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986).
///
/// On the processor, in 32-bit floats. Not thread-safe.
class PlainBackpropagation
{
public:
    /// At least one layer; each with a bias, and with gradients of weight and bias, into which backward()
    /// writes. They stay the caller's too.
    explicit PlainBackpropagation(std::vector<torch::nn::Linear> layers);

    /// The place of x₀, images × the first layer's inputs, to be filled before forward(). Valid until it is
    /// asked for another number of images.
    [[nodiscard]] torch::Tensor& input(std::int64_t images);
    /// The logits, images × outputs. Valid until the next call.
    [[nodiscard]] const torch::Tensor& forward();
    /// The place of the loss's gradient by the logits, of their shape, to be filled between forward() and
    /// backward().
    [[nodiscard]] torch::Tensor& logitsGradient() { return m_deltas.back(); }
    /// Overwrites the gradients of all weights and biases.
    void backward();

private:
    std::vector<torch::nn::Linear> m_layers;
    std::vector<torch::Tensor> m_values; ///< x₀, x₁, …, then the logits.
    std::vector<torch::Tensor> m_deltas; ///< The loss's gradients by z₁, z₂, …, the last by the logits.
};

/// Cross-entropy of softmax(logits) against the labels, a part `smoothing` of each spread evenly over all
/// outputs as torch::nn::CrossEntropyLoss does; summed over the rows and divided by `divisor`. `delta`, of
/// the logits' shape, is overwritten with its gradient by the logits. Each label is an output's index.
double crossEntropyWithGradient(const torch::Tensor& logits, const std::vector<std::int64_t>& labels,
                                double smoothing, double divisor, torch::Tensor& delta);

} // namespace digitpad
