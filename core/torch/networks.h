#pragma once

#include <ATen/core/Generator.h>
#include <torch/nn.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace digitpad {

/// What every network here is: N×1×28×28 normalised floats in, N×10 logits out.
///
/// The names under which sub-modules are registered are a file format: they are the keys of the `state_dict`
/// in a model file, and Python code reads them.
class DigitNet : public torch::nn::Module
{
public:
    DigitNet();
    virtual torch::Tensor forward(torch::Tensor images) = 0;

    /// What the network is built with, for the model file and whoever rebuilds it in Python.
    struct Options
    {
        std::vector<std::int64_t>
            widths;                  ///< Of the hidden layers in order, channels of convolutions included.
        std::vector<double> dropout; ///< Probabilities in the order of their use; empty for none.
    };
    [[nodiscard]] virtual Options options() const = 0;

    /// Dropout draws from a generator of the network's own, so that networks trained side by side on several
    /// threads give the same result every time.
    void seedDropout(std::uint64_t seed);

protected:
    /// Identity in evaluation; in training, a part `probability` of the values is zeroed and the rest scaled
    /// up.
    torch::Tensor dropout(const torch::Tensor& values, double probability);

private:
    at::Generator m_dropoutGenerator;
};

/// `name` is one of networkDescriptions(). Initial weights follow from the seed (PyTorch's defaults: Kaiming
/// uniform). Throws std::invalid_argument for an unknown name.
std::shared_ptr<DigitNet> makeNetwork(const std::string& name, std::uint64_t seed);

} // namespace digitpad
