#include "core/torch/weightaverage.h"

#include "core/torch/flatparameters.h"

#include <algorithm>
#include <utility>

namespace digitpad {

WeightAverage::WeightAverage(const std::string& name, DigitNet& network, torch::Tensor flat, double decay)
    : m_source(network)
    , m_sourceFlat(flat.detach())
    , m_average(makeNetwork(name, network.details(), network.outputs(), 0))
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
    const double weight = 1 - std::min(m_decay, (1 + step) / (10 + step));
    m_averageFlat.lerp_(m_sourceFlat, weight);
    const auto sources = m_source.buffers();
    auto averages = m_average->buffers();
    for (std::size_t i = 0; i < averages.size(); ++i) {
        if (averages[i].is_floating_point()) {
            averages[i].lerp_(sources[i], weight);
        } else {
            averages[i].copy_(sources[i]);
        }
    }
}

} // namespace digitpad
