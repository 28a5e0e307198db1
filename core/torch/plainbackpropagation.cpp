#include "core/torch/plainbackpropagation.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/threshold_backward.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace digitpad {

PlainBackpropagation::PlainBackpropagation(std::vector<torch::nn::Linear> layers)
    : m_layers(std::move(layers))
    , m_values(m_layers.size() + 1)
    , m_deltas(m_layers.size())
{
}

torch::Tensor& PlainBackpropagation::input(std::int64_t images)
{
    torch::Tensor& first = m_values.front();
    if (first.defined() && first.size(0) == images) {
        return first;
    }
    first = torch::empty({images, m_layers.front()->options.in_features()});
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        m_values[i + 1] = torch::empty({images, m_layers[i]->options.out_features()});
        m_deltas[i] = torch::empty_like(m_values[i + 1]);
    }
    return first;
}

const torch::Tensor& PlainBackpropagation::forward()
{
    const torch::NoGradGuard noGrad;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        at::addmm_out(m_values[i + 1], m_layers[i]->bias, m_values[i], m_layers[i]->weight.t());
        if (i + 1 < m_layers.size()) {
            m_values[i + 1].relu_();
        }
    }
    return m_values.back();
}

void PlainBackpropagation::backward()
{
    const torch::NoGradGuard noGrad;
    for (std::size_t i = m_layers.size(); i-- > 0;) {
        torch::nn::LinearImpl& layer = *m_layers[i];
        at::mm_out(layer.weight.mutable_grad(), m_deltas[i].t(), m_values[i]);
        at::sum_out(layer.bias.mutable_grad(), m_deltas[i], std::int64_t{0});
        if (i > 0) {
            torch::Tensor& before = m_deltas[i - 1];
            at::mm_out(before, m_deltas[i], layer.weight);
            at::threshold_backward_out(before, before, m_values[i], 0);
        }
    }
}

double crossEntropyWithGradient(const torch::Tensor& logits, const std::vector<std::int64_t>& labels,
                                double smoothing, double divisor, torch::Tensor& delta)
{
    const auto outputs = static_cast<std::size_t>(logits.size(1));
    const auto spread = static_cast<float>(smoothing / static_cast<double>(outputs));
    const auto kept = static_cast<float>(1 - smoothing);
    const auto scale = static_cast<float>(1 / divisor);
    const float* row = logits.data_ptr<float>();
    float* target = delta.data_ptr<float>();
    double loss = 0;
    for (const std::int64_t label : labels) {
        const float highest = *std::max_element(row, row + outputs);
        float sum = 0;
        float all = 0;
        for (std::size_t i = 0; i < outputs; ++i) {
            target[i] = std::exp(row[i] - highest);
            sum += target[i];
            all += row[i] - highest;
        }
        const float logSum = std::log(sum);
        const auto own = static_cast<std::size_t>(label);
        // Σ -qᵢ·log pᵢ with log pᵢ = rowᵢ - highest - logSum, and qᵢ = spread, at the label kept more.
        loss += static_cast<double>(logSum - kept * (row[own] - highest) - spread * all);
        for (std::size_t i = 0; i < outputs; ++i) {
            target[i] = (target[i] / sum - spread) * scale;
        }
        target[own] -= kept * scale;
        row += outputs;
        target += outputs;
    }
    return loss / divisor;
}

} // namespace digitpad
