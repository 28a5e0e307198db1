#include "core/torch/stepper.h"

#include "core/torch/flatparameters.h"
#include "core/torch/gpulearner.h"
#include "core/torch/replicas.h"

#include <cmath>
#include <utility>

namespace digitpad {

namespace {

std::unique_ptr<Learner> makeLearner(const TrainingPlan& plan)
{
    std::unique_ptr<Learner> learner;
    const TrainingOptions& options = plan.options;
    if (plan.onGpu()) {
        learner = std::make_unique<GpuLearner>(plan.newNetwork(options.seed), plan.statistics);
    } else {
        const PixelScaling pixels(plan.statistics.mean, plan.statistics.standardDeviation);
        learner = std::make_unique<ReplicaGroup>(options.network, options.details, plan.outputs, options.seed,
                                                 plan.threads, pixels);
    }
    learner->setLabelSmoothing(options.labelSmoothing);
    if (plan.start != nullptr) {
        learner->startFrom(plan.start->network());
    }
    return learner;
}

} // namespace

bool exploded(double loss)
{
    // A guess at random has ln 10; hundreds of times that never comes back to anything useful.
    return !(loss < 1'000);
}

Stepper::Stepper(const TrainingPlan& plan)
    : m_plan(plan)
    , m_learner(makeLearner(plan))
    , m_optimizer(plan.options, m_learner->flatParameters(),
                  plan.options.weightDecay > 0 ? decayMask(m_learner->network()) : torch::Tensor())
{
    if (plan.options.weightAverage > 0) {
        auto average = plan.newNetwork(0);
        average->to(m_learner->flatParameters().device());
        m_average.emplace(std::move(average), m_learner->network(), m_learner->flatParameters(),
                          plan.options.weightAverage);
    }
}

Stepper::Step Stepper::step(const SampleSource& samples, std::span<const std::uint32_t> indices, double rate)
{
    Step result;
    result.batch = m_learner->forwardBackward(samples, indices);
    const torch::NoGradGuard noGrad;
    torch::Tensor& gradient = m_learner->flatParameters().mutable_grad();
    // Not norm(), which takes three times as long.
    result.gradientNorm = std::sqrt(static_cast<double>(gradient.dot(gradient).item<float>()));
    result.exploded = exploded(result.batch.loss) || !std::isfinite(result.gradientNorm);
    if (result.exploded) {
        return result;
    }
    const double limit = m_plan.options.gradientClip;
    if (limit > 0 && result.gradientNorm > limit) {
        gradient.mul_(limit / result.gradientNorm);
    }
    m_optimizer.step(rate);
    if (m_average) {
        m_average->update();
    }
    return result;
}

DigitNet& Stepper::newest()
{
    return onProcessor(m_average ? m_average->network() : m_learner->network(), m_newestCopy);
}

DigitNet* Stepper::trained()
{
    return m_average ? &onProcessor(m_learner->network(), m_trainedCopy) : nullptr;
}

DigitNet& Stepper::onProcessor(DigitNet& network, std::shared_ptr<DigitNet>& copy)
{
    if (!m_plan.onGpu()) {
        return network;
    }
    if (!copy) {
        copy = m_plan.newNetwork(0);
    }
    copyWeights(network, *copy);
    return *copy;
}

Stepper::State Stepper::state()
{
    return {m_optimizer.state(), m_learner->dropoutStates()};
}

bool Stepper::resume(DigitNet& newest, DigitNet* trained, const State& state)
{
    if (m_average.has_value() != (trained != nullptr) || !m_optimizer.setState(state.optimizer) ||
        state.dropout.size() != m_learner->dropoutStates().size()) {
        return false;
    }
    copyWeights(trained != nullptr ? *trained : newest, m_learner->network());
    m_learner->setDropoutStates(state.dropout);
    if (m_average) {
        m_average->resume(newest, state.optimizer.steps);
    }
    return true;
}

} // namespace digitpad
