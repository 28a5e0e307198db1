#pragma once

#include "core/torch/networks.h"

#include <torch/types.h>

#include <cstdint>
#include <memory>

namespace digitpad {

/// A network whose weights are the exponential moving average of another's during its training (Polyak
/// averaging): w ← d·w + (1 - d)·w' after every step. The decay d of step t, from 1, is at most
/// (1 + t) / (10 + t), so that the initial weights are soon forgotten. Batch statistics are averaged
/// likewise, because they belong to the weights that they were taken with.
class WeightAverage
{
public:
    /// `average` is a network of the same kind as `network`, on the same device; it takes that one's weights
    /// to begin with. `network` must outlive this; `flat` holds its parameters as flattenParameters() lays
    /// them out. `decay` in (0, 1).
    WeightAverage(std::shared_ptr<DigitNet> average, DigitNet& network, torch::Tensor flat, double decay);

    /// To be called after every step.
    void update();
    /// In evaluation mode.
    [[nodiscard]] DigitNet& network() { return *m_average; }
    /// Goes on from an average of `steps` steps whose weights are those of `network`.
    void resume(DigitNet& network, std::int64_t steps);

private:
    DigitNet& m_source;
    torch::Tensor m_sourceFlat;
    std::shared_ptr<DigitNet> m_average;
    torch::Tensor m_averageFlat;
    double m_decay;
    std::int64_t m_step = 0;
};

} // namespace digitpad
