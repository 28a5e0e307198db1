#include "core/torch/flatoptimizer.h"

#include <cmath>
#include <utility>

namespace digitpad {

namespace {

std::size_t averagesOf(const TrainingOptions& options)
{
    if (options.optimizer == "sgd") {
        return options.momentum > 0 ? 1 : 0;
    }
    return options.optimizer == "rmsprop" && options.momentum == 0 ? 1 : 2;
}

/// What a step of Adam has to do with each parameter, but for the numbers that are the parameter's own.
struct AdamStep
{
    float beta1;
    float oneMinusBeta1;
    float beta2;
    float oneMinusBeta2;
    float epsilon;
    float rate;
};

/// One pass over the memory in the place of seven: of the step of a small network the seven are a sixth.
/// AVX2 halves what is left, and multiplies and adds apart as all other processors do, so that the bits are
/// the same.
#if defined(__x86_64__)
__attribute__((target_clones("avx2", "default")))
#endif
void stepAdamInOnePass(const AdamStep& step, std::int64_t count, const float* __restrict gradients,
                       float* __restrict means, float* __restrict squares, float* __restrict parameters)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = gradients[i];
        const float mean = means[i] * step.beta1 + gradient * step.oneMinusBeta1;
        const float square = squares[i] * step.beta2 + gradient * gradient * step.oneMinusBeta2;
        means[i] = mean;
        squares[i] = square;
        parameters[i] -= step.rate * mean / (std::sqrt(square) + step.epsilon);
    }
}

bool liesInMemory(const torch::Tensor& values)
{
    return values.device().is_cpu() && values.scalar_type() == torch::kFloat32 && values.is_contiguous();
}

} // namespace

FlatOptimizer::FlatOptimizer(const TrainingOptions& options, const torch::Tensor& parameters,
                             torch::Tensor decayed)
    : m_options(options)
    , m_parameters(parameters.detach())
    , m_gradient(parameters.grad())
    , m_decayed(std::move(decayed))
{
    for (std::size_t i = 0; i < averagesOf(options); ++i) {
        m_state.averages.push_back(torch::zeros_like(m_parameters));
    }
    if (options.optimizer != "sgd") {
        m_denominator = torch::empty({0}, m_parameters.options()); // Grows where it is used.
    }
}

void FlatOptimizer::step(double rate)
{
    const torch::NoGradGuard noGrad;
    ++m_state.steps;
    if (m_options.weightDecay > 0) {
        decay(rate);
    }
    if (m_options.optimizer == "sgd") {
        stepSgd(rate);
    } else if (m_options.optimizer == "rmsprop") {
        stepRmsprop(rate);
    } else {
        stepAdam(rate);
    }
}

void FlatOptimizer::decay(double rate)
{
    if (m_options.optimizer == "adamw") {
        m_parameters.addcmul_(m_parameters, m_decayed, -rate * m_options.weightDecay);
    } else {
        m_gradient.addcmul_(m_parameters, m_decayed, m_options.weightDecay);
    }
}

void FlatOptimizer::stepSgd(double rate)
{
    if (m_state.averages.empty()) {
        m_parameters.add_(m_gradient, -rate);
        return;
    }
    torch::Tensor& velocity = m_state.averages[0];
    velocity.mul_(m_options.momentum).add_(m_gradient);
    if (m_options.nesterov) {
        m_parameters.add_(m_gradient, -rate).add_(velocity, -rate * m_options.momentum);
    } else {
        m_parameters.add_(velocity, -rate);
    }
}

void FlatOptimizer::stepAdam(double rate)
{
    torch::Tensor& mean = m_state.averages[0];
    torch::Tensor& square = m_state.averages[1];
    const auto steps = static_cast<double>(m_state.steps);
    const double meanBias = 1 - std::pow(m_options.beta1, steps);
    const double rootBias = std::sqrt(1 - std::pow(m_options.beta2, steps));
    // r·(m / b1) / (√s / √b2 + ε), with √b2 multiplied out of the denominator.
    const double epsilon = m_options.epsilon * rootBias;
    const double scaledRate = rate * rootBias / meanBias;
    if (liesInMemory(m_parameters)) {
        const AdamStep step{static_cast<float>(m_options.beta1), static_cast<float>(1 - m_options.beta1),
                            static_cast<float>(m_options.beta2), static_cast<float>(1 - m_options.beta2),
                            static_cast<float>(epsilon),         static_cast<float>(scaledRate)};
        stepAdamInOnePass(step, m_parameters.numel(), m_gradient.data_ptr<float>(), mean.data_ptr<float>(),
                          square.data_ptr<float>(), m_parameters.data_ptr<float>());
        return;
    }
    // Not lerp_(): LibTorch 1.13 takes six times as long over it as over these two.
    mean.mul_(m_options.beta1).add_(m_gradient, 1 - m_options.beta1);
    square.mul_(m_options.beta2).addcmul_(m_gradient, m_gradient, 1 - m_options.beta2);
    torch::sqrt_out(m_denominator, square).add_(epsilon);
    m_parameters.addcdiv_(mean, m_denominator, -scaledRate);
}

void FlatOptimizer::stepRmsprop(double rate)
{
    torch::Tensor& square = m_state.averages[0];
    square.mul_(m_options.alpha).addcmul_(m_gradient, m_gradient, 1 - m_options.alpha);
    torch::sqrt_out(m_denominator, square).add_(m_options.epsilon);
    if (m_state.averages.size() == 1) {
        m_parameters.addcdiv_(m_gradient, m_denominator, -rate);
        return;
    }
    torch::Tensor& velocity = m_state.averages[1];
    velocity.mul_(m_options.momentum).addcdiv_(m_gradient, m_denominator);
    m_parameters.add_(velocity, -rate);
}

bool FlatOptimizer::setState(const OptimizerState& state)
{
    if (state.averages.size() != m_state.averages.size()) {
        return false;
    }
    for (const torch::Tensor& average : state.averages) {
        if (!average.defined() || average.sizes() != m_parameters.sizes() ||
            average.scalar_type() != m_parameters.scalar_type()) {
            return false;
        }
    }
    const torch::NoGradGuard noGrad;
    for (std::size_t i = 0; i < state.averages.size(); ++i) {
        m_state.averages[i].copy_(state.averages[i]);
    }
    m_state.steps = state.steps;
    return true;
}

} // namespace digitpad
