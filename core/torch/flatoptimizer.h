#pragma once

#include "core/learning/trainingoptions.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace digitpad {

/// What an optimizer remembers from step to step.
struct OptimizerState
{
    std::int64_t steps = 0;
    std::vector<torch::Tensor> averages; ///< Each as large as the parameters; how many, the optimizer knows.
};

/// The optimizers over one flat tensor of parameters, on whatever device it lies:
///   sgd      momentum and Nesterov's step as in PyTorch (Sutskever et al., 2013): v = m·v + g; w -= r·v, or,
///            Nesterov, w -= r·(g + m·v)
///   adam     Kingma and Ba, "Adam", 2015
///   adamw    Loshchilov and Hutter, "Decoupled weight decay regularization", 2019
///   rmsprop  Hinton's, with momentum, not centred
/// They compute what LibTorch's own compute, up to rounding, in fewer passes over the memory, and their state
/// can be read and set in every version of LibTorch.
class FlatOptimizer
{
public:
    /// `parameters` is a leaf that has its gradient. `decayed` is 1 for each parameter that weight decay
    /// applies to and 0 for the others; where there is no decay, it may be undefined.
    FlatOptimizer(const TrainingOptions& options, const torch::Tensor& parameters, torch::Tensor decayed);

    /// By the gradient as it is now, which may be changed. `rate` above 0.
    void step(double rate);

    /// Shares the tensors: what it holds changes with the next step.
    [[nodiscard]] const OptimizerState& state() const { return m_state; }
    /// Copies the tensors. False where the state is another optimizer's or of another size.
    [[nodiscard]] bool setState(const OptimizerState& state);

private:
    void decay(double rate);
    void stepSgd(double rate);
    void stepAdam(double rate);
    void stepRmsprop(double rate);

    TrainingOptions m_options;
    torch::Tensor m_parameters; ///< Without autograd.
    torch::Tensor m_gradient;
    torch::Tensor m_decayed;
    torch::Tensor m_denominator; ///< Scratch of adam, adamw and rmsprop.
    OptimizerState m_state;
};

} // namespace digitpad
