#include "core/torch/networks.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <torch/nn/functional/pooling.h>

#include <mutex>
#include <stdexcept>
#include <utility>

namespace digitpad {

namespace {

using torch::Tensor;
namespace nn = torch::nn;

/// 784-h1-h2-outputs with ReLU; with a dropout probability above 0, dropout behind each hidden layer.
class FullyConnectedNet : public DigitNet
{
public:
    FullyConnectedNet(std::int64_t hidden1, std::int64_t hidden2, double dropoutProbability,
                      std::int64_t outputs)
        : DigitNet(outputs)
        , m_dropout(dropoutProbability)
    {
        m_fc1 = register_module("fc1", nn::Linear(784, hidden1));
        m_fc2 = register_module("fc2", nn::Linear(hidden1, hidden2));
        m_fc3 = register_module("fc3", nn::Linear(hidden2, outputs));
    }

    Tensor forward(Tensor images) override
    {
        Tensor x = images.view({images.size(0), 784});
        x = dropout(torch::relu(linear(m_fc1, x)), m_dropout);
        x = dropout(torch::relu(linear(m_fc2, x)), m_dropout);
        return linear(m_fc3, x);
    }

    [[nodiscard]] Options options() const override
    {
        Options options{{m_fc1->options.out_features(), m_fc2->options.out_features()}, {}};
        if (m_dropout > 0) {
            options.dropout = {m_dropout, m_dropout};
        }
        return options;
    }

    [[nodiscard]] FirstLayer firstLayer(const Tensor& image) override
    {
        const std::int64_t count = m_fc1->options.out_features();
        return {torch::relu(linear(m_fc1, image.view({1, digitPixels}))).view({count, 1, 1}),
                m_fc1->weight.view({count, digitSide, digitSide})};
    }

private:
    double m_dropout;
    nn::Linear m_fc1{nullptr};
    nn::Linear m_fc2{nullptr};
    nn::Linear m_fc3{nullptr};
};

nn::Conv2d convolution(std::int64_t in, std::int64_t out, std::int64_t kernel)
{
    // Batch normalisation follows and brings its own bias.
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).padding(kernel / 2).bias(false));
}

/// What batch normalisation multiplies each channel by, in evaluation.
Tensor scaleOf(const nn::BatchNorm2d& normalization)
{
    return normalization->weight / torch::sqrt(normalization->running_var + normalization->options.eps());
}

Tensor scaledFilters(const nn::Conv2d& conv, const nn::BatchNorm2d& normalization)
{
    return conv->weight * scaleOf(normalization).view({-1, 1, 1, 1});
}

/// Whether filters in the layout of oneDNN are any use: a fifth to a half faster for one image.
bool canUseOneDnn()
{
    return at::hasMKLDNN() && at::globalContext().userEnabledMkldnn();
}

/// The convolution then does the work of both. What was registered as its weight stays where it was.
void fold(nn::Conv2d& conv, const nn::BatchNorm2d& normalization)
{
    const torch::NoGradGuard noGrad;
    conv->weight = scaledFilters(conv, normalization);
    conv->bias = normalization->bias - normalization->running_mean * scaleOf(normalization);
    if (canUseOneDnn()) {
        const std::int64_t padding = conv->weight.size(2) / 2;
        conv->weight = at::mkldnn_reorder_conv2d_weight(conv->weight.to_mkldnn(), {padding, padding},
                                                        /*stride=*/{1, 1}, /*dilation=*/{1, 1}, /*groups=*/1);
        conv->bias = conv->bias.to_mkldnn();
    }
}

struct ConvolutionLayer
{
    std::int64_t channels = 0;
    std::int64_t kernel = 3;
    bool pooled = false; ///< Max-pooled by 2 afterwards, a last odd row or column left out.
};

/// Convolutions, each with batch normalisation and ReLU; then dropout, one hidden layer with ReLU, outputs.
class ConvolutionalNet : public DigitNet
{
public:
    ConvolutionalNet(const std::vector<ConvolutionLayer>& layers, std::int64_t hidden, std::int64_t outputs)
        : DigitNet(outputs)
    {
        std::int64_t channels = 1;
        std::int64_t side = digitSide;
        for (const ConvolutionLayer& layer : layers) {
            const std::string number = std::to_string(m_blocks.size() + 1);
            Block block;
            block.conv =
                register_module("conv" + number, convolution(channels, layer.channels, layer.kernel));
            block.normalization = register_module("bn" + number, nn::BatchNorm2d(layer.channels));
            block.pooled = layer.pooled;
            m_blocks.push_back(block);
            channels = layer.channels;
            side = layer.pooled ? side / 2 : side;
        }
        m_fc1 = register_module("fc1", nn::Linear(channels * side * side, hidden));
        m_fc2 = register_module("fc2", nn::Linear(hidden, outputs));
    }

    Tensor forward(Tensor images) override
    {
        const bool oneDnn = prepared() && canUseOneDnn();
        Tensor x = oneDnn ? images.to_mkldnn() : std::move(images);
        for (Block& block : m_blocks) {
            x = normalized(block, x);
            // Pooling before ReLU gives the same values and leaves ReLU a quarter of the work.
            x = torch::relu(block.pooled ? torch::max_pool2d(x, 2) : x);
        }
        x = oneDnn ? x.to_dense() : x;
        x = dropout(x.reshape({x.size(0), m_fc1->options.in_features()}), flatDropout);
        x = dropout(torch::relu(linear(m_fc1, x)), hiddenDropout);
        return linear(m_fc2, x);
    }

    [[nodiscard]] FirstLayer firstLayer(const Tensor& image) override
    {
        Block& first = m_blocks.front();
        return {torch::relu(normalized(first, image))[0],
                scaledFilters(first.conv, first.normalization).squeeze(1)};
    }

    void prepareForInference() override
    {
        DigitNet::prepareForInference();
        for (Block& block : m_blocks) {
            fold(block.conv, block.normalization);
        }
    }

    [[nodiscard]] Options options() const override
    {
        Options options{{}, {flatDropout, hiddenDropout}};
        for (const Block& block : m_blocks) {
            options.widths.push_back(block.conv->options.out_channels());
        }
        options.widths.push_back(m_fc1->options.out_features());
        return options;
    }

private:
    static constexpr double flatDropout = 0.4;
    static constexpr double hiddenDropout = 0.2;

    struct Block
    {
        nn::Conv2d conv{nullptr};
        nn::BatchNorm2d normalization{nullptr};
        bool pooled = false;
    };

    Tensor normalized(Block& block, const Tensor& values)
    {
        const Tensor x = block.conv(values);
        if (prepared()) {
            return x;
        }
        // Channels last: normalisation, pooling and the backward pass take a third less time than with
        // channels first. From the first convolution on, all that follows keeps the order.
        return block.normalization(x.contiguous(at::MemoryFormat::ChannelsLast));
    }

    std::vector<Block> m_blocks;
    nn::Linear m_fc1{nullptr};
    nn::Linear m_fc2{nullptr};
};

std::shared_ptr<DigitNet> construct(const std::string& name, std::int64_t outputs)
{
    if (name == "mlp") {
        return std::make_shared<FullyConnectedNet>(128, 64, 0.0, outputs);
    }
    if (name == "mlp-dropout") {
        return std::make_shared<FullyConnectedNet>(512, 256, 0.2, outputs);
    }
    if (name == "cnn") {
        return std::make_shared<ConvolutionalNet>(
            std::vector<ConvolutionLayer>{{24, 5, true}, {48, 3, true}, {64, 3, false}}, 64, outputs);
    }
    if (name == "cnn-deep") {
        return std::make_shared<ConvolutionalNet>(
            std::vector<ConvolutionLayer>{{24, 5, true}, {48, 3, true}, {64, 3, false}, {96, 3, true}}, 96,
            outputs);
    }
    throw std::invalid_argument("unknown network " + name);
}

} // namespace

DigitNet::DigitNet(std::int64_t outputs)
    : m_outputs(outputs)
    , m_dropoutGenerator(at::detail::createCPUGenerator())
{
}

std::int64_t DigitNet::parameterCount() const
{
    std::int64_t count = 0;
    for (const Tensor& parameter : parameters()) {
        count += parameter.numel();
    }
    return count;
}

void DigitNet::freezeBatchStatistics()
{
    m_batchStatisticsFrozen = true;
    train(is_training());
}

void DigitNet::train(bool on)
{
    Module::train(on);
    if (!m_batchStatisticsFrozen) {
        return;
    }
    for (const auto& module : modules(false)) {
        if (module->as<nn::BatchNorm2dImpl>() != nullptr) {
            module->eval();
        }
    }
}

void DigitNet::seedDropout(std::uint64_t seed)
{
    m_dropoutGenerator = at::detail::createCPUGenerator(seed);
}

Tensor DigitNet::dropoutState() const
{
    return m_dropoutGenerator.get_state();
}

void DigitNet::setDropoutState(const Tensor& state)
{
    m_dropoutGenerator.set_state(state);
}

void DigitNet::moveDropoutTo(torch::Device device)
{
    const std::uint64_t seed = m_dropoutGenerator.current_seed();
    m_dropoutGenerator = at::globalContext().defaultGenerator(device).clone();
    m_dropoutGenerator.set_current_seed(seed);
}

Tensor DigitNet::dropout(const Tensor& values, double probability)
{
    if (!is_training() || probability <= 0) {
        return values;
    }
    const double keep = 1 - probability;
    if (m_dropoutGenerator.device().type() != values.device().type()) {
        moveDropoutTo(values.device());
    }
    const Tensor mask = torch::empty_like(values, values.options().requires_grad(false))
                            .bernoulli_(keep, m_dropoutGenerator)
                            .div_(keep);
    return values * mask;
}

Tensor DigitNet::linear(nn::Linear& layer, const Tensor& values) const
{
    // BLAS multiplies a matrix by one vector several times faster than by a matrix of one row.
    if (m_prepared && values.size(0) == 1) {
        return torch::addmv(layer->bias, layer->weight, values[0]).unsqueeze(0);
    }
    return layer(values);
}

std::shared_ptr<DigitNet> makeNetwork(const std::string& name, std::int64_t outputs, std::uint64_t seed)
{
    // LibTorch's layers draw their initial weights from one generator for the whole process.
    static std::mutex generatorMutex;
    const std::lock_guard lock(generatorMutex);
    torch::manual_seed(seed);
    auto network = construct(name, outputs);
    network->seedDropout(seed);
    return network;
}

void copyWeights(DigitNet& source, DigitNet& target)
{
    const torch::NoGradGuard noGrad;
    const auto parameters = source.named_parameters();
    for (auto& parameter : target.named_parameters()) {
        parameter.value().copy_(parameters[parameter.key()]);
    }
    const auto buffers = source.named_buffers();
    for (auto& buffer : target.named_buffers()) {
        buffer.value().copy_(buffers[buffer.key()]);
    }
}

} // namespace digitpad
