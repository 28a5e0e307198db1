#pragma once

#include "core/torch/flatoptimizer.h"
#include "core/torch/learner.h"
#include "core/torch/trainingplan.h"
#include "core/torch/weightaverage.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace digitpad {

/// A network in training and all that one step changes: its weights, their average, the optimizer's memory
/// and the states of dropout.
class Stepper
{
public:
    /// From the plan's initial weights, or from its `start`.
    explicit Stepper(const TrainingPlan& plan);

    struct Step
    {
        Learner::BatchResult batch;
        double gradientNorm = 0; ///< L2, before clipping.
        bool exploded = false;   ///< The loss or the gradient is beyond all use: nothing was changed.
    };
    Step step(const SampleSource& samples, std::span<const std::uint32_t> indices, double rate);

    [[nodiscard]] std::int64_t steps() const { return m_optimizer.state().steps; }
    /// What is validated and kept, the average where there is one; on the processor, in whatever mode. Its
    /// weights are those of the moment of the call.
    [[nodiscard]] DigitNet& newest();
    /// The weights in training where newest() is their average, otherwise null; on the processor, too.
    [[nodiscard]] DigitNet* trained();

    struct State
    {
        OptimizerState optimizer;
        std::vector<torch::Tensor> dropout; ///< Of each replica; empty on a GPU.
    };
    /// Shares the optimizer's tensors.
    [[nodiscard]] State state();
    /// Goes on from what newest(), trained() and state() gave. False where they belong to other options.
    [[nodiscard]] bool resume(DigitNet& newest, DigitNet* trained, const State& state);

private:
    /// The network itself, or, of one on a GPU, `copy` with its weights.
    [[nodiscard]] DigitNet& onProcessor(DigitNet& network, std::shared_ptr<DigitNet>& copy);

    const TrainingPlan& m_plan;
    const std::unique_ptr<Learner> m_learner;
    FlatOptimizer m_optimizer;
    std::optional<WeightAverage> m_average;
    // What newest() and trained() give where training is on a GPU.
    std::shared_ptr<DigitNet> m_newestCopy;
    std::shared_ptr<DigitNet> m_trainedCopy;
};

/// Whether a loss is so high that nothing useful comes back from it, or no number.
bool exploded(double loss);

} // namespace digitpad
