#include "core/torch/explainer.h"

#include <torch/autograd.h>

#include <algorithm>

namespace digitpad {

namespace {

/// Of the path; with these, a map's sum is within some hundredths of the difference of the logits.
constexpr std::int64_t steps = 32;

torch::Tensor inputFor(const PixelScaling& pixels, const DigitImage& image)
{
    torch::Tensor input = torch::empty({1, 1, digitSide, digitSide});
    pixels.apply(image.pixels.data(), input.data_ptr<float>());
    return input;
}

/// The summed gradients by `inputs` of one column of `logits`, averaged over the path: 28×28.
torch::Tensor meanGradient(const torch::Tensor& logits, int column, const torch::Tensor& inputs)
{
    const torch::Tensor sum = logits.select(1, column).sum();
    return torch::autograd::grad({sum}, {inputs}, {}, /*retain_graph=*/true)[0].mean(0).view(
        {digitSide, digitSide});
}

void copyMap(const torch::Tensor& map, std::array<float, digitPixels>& target)
{
    const torch::Tensor values = map.contiguous();
    std::copy_n(values.data_ptr<float>(), target.size(), target.begin());
}

std::vector<float> valuesOf(const torch::Tensor& tensor)
{
    const torch::Tensor values = tensor.contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

LayerResponses responsesTo(DigitNet& network, const torch::Tensor& input)
{
    const torch::NoGradGuard noGrad;
    const DigitNet::FirstLayer layer = network.firstLayer(input);
    LayerResponses responses;
    responses.count = static_cast<int>(layer.responses.size(0));
    responses.height = static_cast<int>(layer.responses.size(1));
    responses.width = static_cast<int>(layer.responses.size(2));
    responses.values = valuesOf(layer.responses);
    responses.filterHeight = static_cast<int>(layer.filters.size(1));
    responses.filterWidth = static_cast<int>(layer.filters.size(2));
    responses.filters = valuesOf(layer.filters);
    return responses;
}

} // namespace

Explanation explainReading(DigitNet& network, const PixelScaling& pixels, const DigitImage& image, int digit,
                           int rival)
{
    const torch::Tensor input = inputFor(pixels, image);
    const torch::Tensor blank = inputFor(pixels, DigitImage{});
    const torch::Tensor difference = input - blank;
    const torch::Tensor places =
        ((torch::arange(steps) + 0.5) / static_cast<double>(steps)).view({-1, 1, 1, 1});
    const torch::Tensor path = (blank + places * difference).requires_grad_(true);
    const torch::Tensor logits = network.forward(path);
    const torch::Tensor ink = difference.view({digitSide, digitSide});
    const torch::Tensor forDigit = ink * meanGradient(logits, digit, path);
    const torch::Tensor forRival = ink * meanGradient(logits, rival, path);

    Explanation explanation;
    explanation.digit = digit;
    explanation.rival = rival;
    copyMap(forDigit, explanation.forDigit);
    copyMap(forDigit - forRival, explanation.againstRival);
    explanation.firstLayer = responsesTo(network, input);
    return explanation;
}

} // namespace digitpad
