#include "core/torch/networks.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/functional/pooling.h>

#include <mutex>
#include <stdexcept>

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
        x = dropout(torch::relu(m_fc1(x)), m_dropout);
        x = dropout(torch::relu(m_fc2(x)), m_dropout);
        return m_fc3(x);
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
        return {torch::relu(m_fc1(image.view({1, digitPixels}))).view({count, 1, 1}),
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

/// The convolution then does the work of both.
void fold(nn::Conv2d& conv, const nn::BatchNorm2d& normalization)
{
    const torch::NoGradGuard noGrad;
    conv->bias = normalization->bias - normalization->running_mean * scaleOf(normalization);
    conv->weight.set_data(scaledFilters(conv, normalization));
}

/// Convolutions 5×5-24, 3×3-48, 3×3-64, each with batch normalisation and ReLU, the first two max-pooled by
/// 2; then dropout, 3136-64, ReLU, 64-outputs.
class ConvolutionalNet : public DigitNet
{
public:
    explicit ConvolutionalNet(std::int64_t outputs)
        : DigitNet(outputs)
    {
        m_conv1 = register_module("conv1", convolution(1, 24, 5));
        m_bn1 = register_module("bn1", nn::BatchNorm2d(24));
        m_conv2 = register_module("conv2", convolution(24, 48, 3));
        m_bn2 = register_module("bn2", nn::BatchNorm2d(48));
        m_conv3 = register_module("conv3", convolution(48, 64, 3));
        m_bn3 = register_module("bn3", nn::BatchNorm2d(64));
        m_fc1 = register_module("fc1", nn::Linear(64 * 7 * 7, 64));
        m_fc2 = register_module("fc2", nn::Linear(64, outputs));
    }

    Tensor forward(Tensor images) override
    {
        // Pooling before ReLU gives the same values and leaves ReLU a quarter of the work.
        Tensor x = torch::relu(torch::max_pool2d(normalized(m_bn1, m_conv1(images)), 2));
        x = torch::relu(torch::max_pool2d(normalized(m_bn2, m_conv2(x)), 2));
        x = torch::relu(normalized(m_bn3, m_conv3(x)));
        x = dropout(x.reshape({x.size(0), 64 * 7 * 7}), flatDropout);
        x = dropout(torch::relu(m_fc1(x)), hiddenDropout);
        return m_fc2(x);
    }

    [[nodiscard]] FirstLayer firstLayer(const Tensor& image) override
    {
        return {torch::relu(normalized(m_bn1, m_conv1(image)))[0], scaledFilters(m_conv1, m_bn1).squeeze(1)};
    }

    void foldBatchNormalization() override
    {
        fold(m_conv1, m_bn1);
        fold(m_conv2, m_bn2);
        fold(m_conv3, m_bn3);
        m_folded = true;
    }

    [[nodiscard]] Options options() const override
    {
        return {{24, 48, 64, 64}, {flatDropout, hiddenDropout}};
    }

private:
    static constexpr double flatDropout = 0.4;
    static constexpr double hiddenDropout = 0.2;

    Tensor normalized(nn::BatchNorm2d& normalization, const Tensor& values)
    {
        return m_folded ? values : normalization(values);
    }

    bool m_folded = false;
    nn::Conv2d m_conv1{nullptr};
    nn::BatchNorm2d m_bn1{nullptr};
    nn::Conv2d m_conv2{nullptr};
    nn::BatchNorm2d m_bn2{nullptr};
    nn::Conv2d m_conv3{nullptr};
    nn::BatchNorm2d m_bn3{nullptr};
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
        return std::make_shared<ConvolutionalNet>(outputs);
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

Tensor DigitNet::dropout(const Tensor& values, double probability)
{
    if (!is_training() || probability <= 0) {
        return values;
    }
    const double keep = 1 - probability;
    const Tensor mask = torch::empty_like(values, values.options().requires_grad(false))
                            .bernoulli_(keep, m_dropoutGenerator)
                            .div_(keep);
    return values * mask;
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
