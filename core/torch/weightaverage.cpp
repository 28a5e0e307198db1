#include "core/torch/weightaverage.h"

#include "core/torch/flatparameters.h"

#include <algorithm>
#include <utility>

namespace digitpad {

WeightAverage::WeightAverage(std::shared_ptr<DigitNet> average, DigitNet& network, torch::Tensor flat,
                             double decay)
    : m_source(network)
    , m_sourceFlat(flat.detach())
    , m_average(std::move(average))
    , m_decay(decay)
{
    copyWeights(network, *m_average);
    m_averageFlat = flattenParameters(*m_average);
    m_average->eval();
}

void WeightAverage::update()
{
    const torch::NoGradGuard noGrad;
    ++m_step;
    const auto step = static_cast<double>(m_step);
    const double kept = std::min(m_decay, (1 + step) / (10 + step));
    // Not lerp_(): LibTorch 1.13 takes six times as long over it as over these two.
    m_averageFlat.mul_(kept).add_(m_sourceFlat, 1 - kept);
    const auto sources = m_source.buffers();
    auto averages = m_average->buffers();
    for (std::size_t i = 0; i < averages.size(); ++i) {
        if (averages[i].is_floating_point()) {
            averages[i].mul_(kept).add_(sources[i], 1 - kept);
        } else {
            averages[i].copy_(sources[i]);
        }
    }
}

void WeightAverage::resume(DigitNet& network, std::int64_t steps)
{
    copyWeights(network, *m_average);
    m_step = steps;
}

} // namespace digitpad
