#pragma once

#include "core/image/digitimage.h"
#include "core/learning/networks.h"

#include <ATen/core/Generator.h>
#include <torch/nn.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace digitpad {

/// What every network here is: N×1×28×28 normalised floats in, N×outputs() logits out: the ten digits, then,
/// where there is an eleventh, "no digit".
///
/// The names under which sub-modules are registered are a file format: they are the keys of the `state_dict`
/// in a model file, and Python code reads them.
class DigitNet : public torch::nn::Module
{
public:
    DigitNet(std::string name, const NetworkDetails& details, std::int64_t outputs);
    virtual torch::Tensor forward(torch::Tensor images) = 0;

    [[nodiscard]] const std::string& name() const { return m_name; }
    /// What is not the network's own, see deviatingDetails().
    [[nodiscard]] const NetworkDetails& details() const { return m_details; }
    /// digitClasses, or one more.
    [[nodiscard]] std::int64_t outputs() const { return m_outputs; }
    [[nodiscard]] std::int64_t parameterCount() const;

    /// What the first layer makes of one image, 1×1×28×28, in evaluation mode.
    struct FirstLayer
    {
        torch::Tensor responses; ///< Count × height × width, after batch normalisation and activation.
        torch::Tensor filters;   ///< Count × height × width, scaled as batch normalisation scales them.
    };
    [[nodiscard]] virtual FirstLayer firstLayer(const torch::Tensor& image) = 0;

    /// Brings the weights into the form that answers fastest, one image above all: batch normalisation worked
    /// into the layers before it, filters in the layout of oneDNN where LibTorch has it. The logits
    /// stay the same up to rounding. For evaluation alone, in c10::InferenceMode (elsewhere LibTorch 2.6
    /// refuses to pool what is in that layout), and no weights can be copied to or from it afterwards.
    virtual void prepareForInference() { m_prepared = true; }

    /// The linear layers that, with ReLU between them, are all that the network does in training too; empty
    /// where it does anything else. They share its weights.
    [[nodiscard]] virtual std::vector<torch::nn::Linear> plainLayers() const { return {}; }

    /// From now on batch normalisation uses its running statistics and leaves them as they are, in training
    /// too.
    void freezeBatchStatistics();
    /// From now on the first half of its convolutions, which see strokes and not yet digits, have no
    /// gradient: training leaves their weights as they are, and takes about two thirds of the time. A network
    /// of fully connected layers, or of one convolution, learns as a whole.
    virtual void freezeEarlyConvolutions() {}
    void train(bool on = true) override;

    /// Dropout draws from a generator of the network's own, so that networks trained side by side on several
    /// threads give the same result every time.
    void seedDropout(std::uint64_t seed);
    /// Where that generator stands: bytes that mean something to setDropoutState() alone.
    [[nodiscard]] torch::Tensor dropoutState() const;
    /// Throws c10::Error where the bytes are no such state.
    void setDropoutState(const torch::Tensor& state);

protected:
    /// Identity in evaluation; in training, a part `probability` of the values is zeroed and the rest scaled
    /// up.
    torch::Tensor dropout(const torch::Tensor& values, double probability);
    [[nodiscard]] torch::Tensor linear(torch::nn::Linear& layer, const torch::Tensor& values) const;
    [[nodiscard]] bool prepared() const { return m_prepared; }

private:
    void moveDropoutTo(torch::Device device);

    std::string m_name;
    NetworkDetails m_details;
    bool m_prepared = false;
    std::int64_t m_outputs;
    bool m_batchStatisticsFrozen = false;
    at::Generator m_dropoutGenerator;
};

/// The outputs of a network that tells digits alone, and of one that knows "no digit" as well.
inline constexpr std::int64_t digitOutputs = digitClasses;
inline constexpr std::int64_t noDigitOutputs = digitClasses + 1;

/// `name` is one of networkDescriptions(), `outputs` one of the two above. Initial weights follow from the
/// seed (PyTorch's defaults: Kaiming uniform). Throws std::invalid_argument for an unknown name and for
/// details that checkDetails() refuses.
std::shared_ptr<DigitNet> makeNetwork(const std::string& name, const NetworkDetails& details,
                                      std::int64_t outputs, std::uint64_t seed);
/// With the network's own details.
std::shared_ptr<DigitNet> makeNetwork(const std::string& name, std::int64_t outputs, std::uint64_t seed);
/// Of the same name, details and outputs; with weights of its own.
std::shared_ptr<DigitNet> makeNetworkLike(const DigitNet& network);

/// A copy of `source`'s parameters and buffers in `target`; both are networks of the same name, details and
/// outputs.
void copyWeights(DigitNet& source, DigitNet& target);

} // namespace digitpad
