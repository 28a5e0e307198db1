#pragma once

#include "core/learning/networkblueprint.h"
#include "core/torch/networks.h"

#include <vector>

namespace digitpad {

/// Every network here: what a blueprint says, in modules conv1, bn1, conv2, …, fc1, fc2, …; those of a fully
/// connected network's batch normalisation are bn1, bn2, … as well.
class LayeredNet : public DigitNet
{
public:
    LayeredNet(const std::string& name, const NetworkDetails& details, std::int64_t outputs);

    torch::Tensor forward(torch::Tensor images) override;
    [[nodiscard]] FirstLayer firstLayer(const torch::Tensor& image) override;
    void prepareForInference() override;
    [[nodiscard]] std::vector<torch::nn::Linear> plainLayers() const override;
    void freezeEarlyConvolutions() override;

private:
    struct Convolution
    {
        torch::nn::Conv2d conv{nullptr};
        torch::nn::BatchNorm2d normalization{nullptr}; ///< May be empty.
        std::int64_t padding = 0;
        Pooling pooling = Pooling::None;
    };
    struct Hidden
    {
        torch::nn::Linear linear{nullptr};
        torch::nn::BatchNorm1d normalization{nullptr}; ///< May be empty.
        double dropout = 0;
    };

    void addConvolution(const ConvolutionLayer& layer, std::int64_t channels);
    void addHidden(std::int64_t inputs, std::size_t index);
    torch::Tensor convolved(Convolution& layer, const torch::Tensor& values);
    torch::Tensor activatedAndPooled(const Convolution& layer, const torch::Tensor& values) const;
    torch::Tensor flattened(const torch::Tensor& values) const;
    torch::Tensor hidden(Hidden& layer, const torch::Tensor& values);
    [[nodiscard]] torch::Tensor activated(const torch::Tensor& values) const { return m_activation(values); }
    [[nodiscard]] bool usesOneDnn() const;

    const NetworkBlueprint m_blueprint;
    torch::Tensor (*const m_activation)(const torch::Tensor&);
    std::vector<Convolution> m_convolutions;
    std::vector<Hidden> m_hidden;
    torch::nn::Linear m_last{nullptr};
};

} // namespace digitpad
