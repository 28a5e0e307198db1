#include "core/torch/layerednet.h"

#include <ATen/Context.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace digitpad {

namespace {

using torch::Tensor;
namespace nn = torch::nn;

using Activation = Tensor (*)(const Tensor&);

Activation activationOf(std::string_view name)
{
    static constexpr std::pair<std::string_view, Activation> table[] = {
        {"relu", [](const Tensor& x) { return torch::relu(x); }},
        {"leaky-relu", [](const Tensor& x) { return torch::leaky_relu(x); }},
        {"elu", [](const Tensor& x) { return torch::elu(x); }},
        {"gelu", [](const Tensor& x) { return torch::gelu(x); }},
        {"silu", [](const Tensor& x) { return torch::silu(x); }},
        {"tanh", [](const Tensor& x) { return torch::tanh(x); }},
        {"sigmoid", [](const Tensor& x) { return torch::sigmoid(x); }},
    };
    for (const auto& [known, function] : table) {
        if (known == name) {
            return function;
        }
    }
    throw std::invalid_argument("unknown activation " + std::string(name));
}

/// Of activations that never fall, the largest of four values is that of the largest.
bool rises(std::string_view activation)
{
    return activation != "gelu" && activation != "silu";
}

/// What batch normalisation multiplies each channel by, in evaluation.
template <class Normalization>
Tensor scaleOf(const Normalization& normalization)
{
    return normalization->weight / torch::sqrt(normalization->running_var + normalization->options.eps());
}

/// The weights of `layer`, its first dimension scaled as batch normalisation scales it.
template <class Layer, class Normalization>
Tensor scaledWeights(const Layer& layer, const Normalization& normalization)
{
    if (normalization.is_empty()) {
        return layer->weight;
    }
    std::vector<std::int64_t> shape(static_cast<std::size_t>(layer->weight.dim()), 1);
    shape[0] = -1;
    return layer->weight * scaleOf(normalization).view(shape);
}

/// `layer` then does the work of both. What was registered as its weight stays where it was.
template <class Layer, class Normalization>
void fold(Layer& layer, const Normalization& normalization)
{
    if (!normalization.is_empty()) {
        layer->weight = scaledWeights(layer, normalization);
        layer->bias = normalization->bias - normalization->running_mean * scaleOf(normalization);
    }
}

/// Filters in the layout of oneDNN are a fifth to a half faster for one image.
void reorderForOneDnn(nn::Conv2d& conv, std::int64_t padding)
{
    conv->weight = at::mkldnn_reorder_conv2d_weight(conv->weight.to_mkldnn(), {padding, padding},
                                                    /*stride=*/{1, 1}, /*dilation=*/{1, 1}, /*groups=*/1);
    conv->bias = conv->bias.to_mkldnn();
}

/// The statistics of one row alone say nothing, and LibTorch refuses them: it then uses the running ones.
Tensor normalizedRows(nn::BatchNorm1d& normalization, const Tensor& rows)
{
    if (rows.size(0) > 1) {
        return normalization(rows);
    }
    return torch::batch_norm(rows, normalization->weight, normalization->bias, normalization->running_mean,
                             normalization->running_var, /*training=*/false, /*momentum=*/0,
                             normalization->options.eps(), /*cudnn_enabled=*/false);
}

} // namespace

LayeredNet::LayeredNet(const std::string& name, const NetworkDetails& details, std::int64_t outputs)
    : DigitNet(name, details, outputs)
    , m_blueprint(blueprintOf(name, details))
    , m_activation(activationOf(m_blueprint.activation))
{
    std::int64_t channels = 1;
    for (const ConvolutionLayer& layer : m_blueprint.convolutions) {
        addConvolution(layer, channels);
        channels = layer.channels;
    }
    std::int64_t width = m_blueprint.flatSize();
    for (std::size_t i = 0; i < m_blueprint.hiddenWidths.size(); ++i) {
        addHidden(width, i);
        width = m_blueprint.hiddenWidths[i];
    }
    m_last = register_module("fc" + std::to_string(m_hidden.size() + 1), nn::Linear(width, outputs));
}

void LayeredNet::addConvolution(const ConvolutionLayer& layer, std::int64_t channels)
{
    const std::string number = std::to_string(m_convolutions.size() + 1);
    Convolution added;
    added.padding = layer.padded ? layer.kernel / 2 : 0;
    added.pooling = layer.pooling;
    // Batch normalisation, where it follows, brings a bias of its own.
    added.conv =
        register_module("conv" + number, nn::Conv2d(nn::Conv2dOptions(channels, layer.channels, layer.kernel)
                                                        .padding(added.padding)
                                                        .bias(!m_blueprint.batchNormalization)));
    if (m_blueprint.batchNormalization) {
        added.normalization = register_module("bn" + number, nn::BatchNorm2d(layer.channels));
    }
    m_convolutions.push_back(added);
}

void LayeredNet::addHidden(std::int64_t inputs, std::size_t index)
{
    const std::string number = std::to_string(index + 1);
    const std::int64_t width = m_blueprint.hiddenWidths[index];
    const bool normalized = m_blueprint.batchNormalization && m_blueprint.fullyConnected();
    Hidden added;
    added.dropout = m_blueprint.hiddenDropout(index);
    added.linear =
        register_module("fc" + number, nn::Linear(nn::LinearOptions(inputs, width).bias(!normalized)));
    if (normalized) {
        added.normalization = register_module("bn" + number, nn::BatchNorm1d(width));
    }
    m_hidden.push_back(added);
}

Tensor LayeredNet::forward(Tensor images)
{
    Tensor x = usesOneDnn() ? images.to_mkldnn() : std::move(images);
    for (Convolution& layer : m_convolutions) {
        x = activatedAndPooled(layer, convolved(layer, x));
    }
    x = dropout(flattened(x), m_blueprint.flatDropout());
    for (Hidden& layer : m_hidden) {
        x = dropout(hidden(layer, x), layer.dropout);
    }
    if (m_hidden.empty()) {
        x = dropout(x, m_blueprint.dropout);
    }
    return linear(m_last, x);
}

Tensor LayeredNet::convolved(Convolution& layer, const Tensor& values)
{
    const Tensor x = layer.conv(values);
    if (prepared()) {
        return x;
    }
    // Channels last: normalisation, pooling and the backward pass take a third less time than with channels
    // first. From the first convolution on, all that follows keeps the order.
    const Tensor last = x.contiguous(at::MemoryFormat::ChannelsLast);
    return layer.normalization.is_empty() ? last : layer.normalization(last);
}

Tensor LayeredNet::activatedAndPooled(const Convolution& layer, const Tensor& values) const
{
    if (layer.pooling == Pooling::Maximum && rises(m_blueprint.activation)) {
        // The same values, and a quarter of the work for the activation.
        return activated(torch::max_pool2d(values, 2));
    }
    const Tensor x = activated(values);
    switch (layer.pooling) {
    case Pooling::Maximum:
        return torch::max_pool2d(x, 2);
    case Pooling::Average:
        return torch::avg_pool2d(x, 2);
    case Pooling::None:
        break;
    }
    return x;
}

Tensor LayeredNet::flattened(const Tensor& values) const
{
    const Tensor x = values.is_mkldnn() ? values.to_dense() : values;
    return m_blueprint.channelMeans ? x.mean({2, 3}) : x.reshape({x.size(0), m_blueprint.flatSize()});
}

Tensor LayeredNet::hidden(Hidden& layer, const Tensor& values)
{
    const Tensor x = linear(layer.linear, values);
    return activated(prepared() || layer.normalization.is_empty() ? x
                                                                  : normalizedRows(layer.normalization, x));
}

DigitNet::FirstLayer LayeredNet::firstLayer(const Tensor& image)
{
    if (!m_blueprint.fullyConnected()) {
        Convolution& first = m_convolutions.front();
        return {activated(convolved(first, image))[0],
                scaledWeights(first.conv, first.normalization).squeeze(1)};
    }
    Hidden& first = m_hidden.front();
    const std::int64_t count = first.linear->options.out_features();
    return {hidden(first, image.view({1, digitPixels})).view({count, 1, 1}),
            scaledWeights(first.linear, first.normalization).view({count, digitSide, digitSide})};
}

void LayeredNet::prepareForInference()
{
    DigitNet::prepareForInference();
    const torch::NoGradGuard noGrad;
    for (Convolution& layer : m_convolutions) {
        fold(layer.conv, layer.normalization);
        if (usesOneDnn()) {
            reorderForOneDnn(layer.conv, layer.padding);
        }
    }
    for (Hidden& layer : m_hidden) {
        fold(layer.linear, layer.normalization);
    }
}

std::vector<nn::Linear> LayeredNet::plainLayers() const
{
    if (!m_blueprint.fullyConnected() || m_blueprint.activation != "relu" || m_blueprint.batchNormalization ||
        m_blueprint.dropout > 0) {
        return {};
    }
    std::vector<nn::Linear> layers;
    for (const Hidden& hidden : m_hidden) {
        layers.push_back(hidden.linear);
    }
    layers.push_back(m_last);
    return layers;
}

void LayeredNet::freezeEarlyConvolutions()
{
    const auto freeze = [](const nn::Module& layer) {
        for (torch::Tensor& parameter : layer.parameters()) {
            parameter.requires_grad_(false);
        }
    };
    for (std::size_t i = 0; i < m_convolutions.size() / 2; ++i) {
        freeze(*m_convolutions[i].conv);
        if (!m_convolutions[i].normalization.is_empty()) {
            freeze(*m_convolutions[i].normalization);
        }
    }
}

bool LayeredNet::usesOneDnn() const
{
    // Of the activations, oneDNN's tensors know ReLU in every LibTorch.
    return prepared() && !m_blueprint.fullyConnected() && m_blueprint.activation == "relu" &&
           at::hasMKLDNN() && at::globalContext().userEnabledMkldnn();
}

} // namespace digitpad
