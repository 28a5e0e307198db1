#include "core/torch/networks.h"

#include "core/torch/layerednet.h"

#include <ATen/CPUGeneratorImpl.h>

#include <mutex>
#include <utility>

namespace digitpad {

using torch::Tensor;
namespace nn = torch::nn;

DigitNet::DigitNet(std::string name, const NetworkDetails& details, std::int64_t outputs)
    : m_name(std::move(name))
    , m_details(deviatingDetails(m_name, details))
    , m_outputs(outputs)
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
        if (module->as<nn::BatchNorm1dImpl>() != nullptr || module->as<nn::BatchNorm2dImpl>() != nullptr) {
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

std::shared_ptr<DigitNet> makeNetwork(const std::string& name, const NetworkDetails& details,
                                      std::int64_t outputs, std::uint64_t seed)
{
    // LibTorch's layers draw their initial weights from one generator for the whole process.
    static std::mutex generatorMutex;
    const std::lock_guard lock(generatorMutex);
    torch::manual_seed(seed);
    auto network = std::make_shared<LayeredNet>(name, details, outputs);
    network->seedDropout(seed);
    return network;
}

std::shared_ptr<DigitNet> makeNetwork(const std::string& name, std::int64_t outputs, std::uint64_t seed)
{
    return makeNetwork(name, NetworkDetails{}, outputs, seed);
}

std::shared_ptr<DigitNet> makeNetworkLike(const DigitNet& network)
{
    return makeNetwork(network.name(), network.details(), network.outputs(), 0);
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
