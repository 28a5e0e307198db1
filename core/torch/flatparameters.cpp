#include "core/torch/flatparameters.h"

#include <cstdint>

namespace digitpad {

namespace {

/// Floats between two parameters' starts are a multiple of this.
constexpr std::int64_t alignment = 16;

std::int64_t alignedSize(const torch::Tensor& parameter)
{
    return (parameter.numel() + alignment - 1) / alignment * alignment;
}

torch::Tensor zerosFor(const DigitNet& network)
{
    std::int64_t total = 0;
    for (const torch::Tensor& parameter : network.parameters()) {
        total += alignedSize(parameter);
    }
    return torch::zeros({total}, network.parameters().front().options().requires_grad(false));
}

/// Calls `use(parameter, place)` with each parameter and its view into `flat`.
template <class Use>
void forEachPlace(DigitNet& network, const torch::Tensor& flat, Use use)
{
    const torch::NoGradGuard noGrad;
    std::int64_t offset = 0;
    for (torch::Tensor& parameter : network.parameters()) {
        use(parameter, flat.narrow(0, offset, parameter.numel()).view(parameter.sizes()));
        offset += alignedSize(parameter);
    }
}

} // namespace

torch::Tensor flattenParameters(DigitNet& network)
{
    torch::Tensor flat = zerosFor(network);
    forEachPlace(network, flat,
                 [](const torch::Tensor& parameter, const torch::Tensor& place) { place.copy_(parameter); });
    shareParameters(network, flat);
    return flat;
}

void shareParameters(DigitNet& network, const torch::Tensor& flat)
{
    forEachPlace(network, flat,
                 [](torch::Tensor& parameter, const torch::Tensor& place) { parameter.set_data(place); });
}

torch::Tensor flattenGradients(DigitNet& network)
{
    torch::Tensor flat = zerosFor(network);
    forEachPlace(network, flat, [](torch::Tensor& parameter, const torch::Tensor& place) {
        parameter.mutable_grad() = place;
    });
    return flat;
}

torch::Tensor decayMask(DigitNet& network)
{
    torch::Tensor mask = zerosFor(network);
    forEachPlace(network, mask, [](const torch::Tensor& parameter, torch::Tensor place) {
        place.fill_(parameter.dim() > 1 ? 1 : 0);
    });
    return mask;
}

} // namespace digitpad
