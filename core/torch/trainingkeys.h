#pragma once

#include "core/learning/trainingoptions.h"

#include <array>
#include <utility>

namespace digitpad {

/// Calls `visit(key, member)` for each option under the key that it has in a model file's "training"; network
/// and details are the architecture's. `options` may be const.
template <class Options, class Visit>
void forEachTrainingOption(Options& options, Visit visit)
{
    visit("optimizer", options.optimizer);
    visit("learning_rate", options.learningRate);
    visit("momentum", options.momentum);
    visit("nesterov", options.nesterov);
    visit("beta1", options.beta1);
    visit("beta2", options.beta2);
    visit("alpha", options.alpha);
    visit("epsilon", options.epsilon);
    visit("weight_decay", options.weightDecay);
    visit("schedule", options.schedule);
    visit("warm_up", options.warmUp);
    visit("step_epochs", options.stepEpochs);
    visit("rate_factor", options.rateFactor);
    visit("plateau_patience", options.plateauPatience);
    visit("final_learning_rate", options.finalLearningRate);
    visit("label_smoothing", options.labelSmoothing);
    visit("gradient_clip", options.gradientClip);
    visit("weight_average", options.weightAverage);
    visit("batch_size", options.batchSize);
    visit("epochs", options.epochs);
    visit("plain_epochs", options.plainEpochs);
    visit("validation_split", options.validationSplit);
    visit("folds", options.folds);
    visit("fold", options.fold);
    visit("patience", options.patience);
    visit("seed", options.seed);
    visit("normalization", options.normalization);
    visit("own_mean", options.mean);
    visit("own_std", options.standardDeviation);
    visit("device", options.device);
    visit("threads", options.threads);
}

/// The words for a NormalizationChoice.
inline constexpr std::array<std::pair<NormalizationChoice, const char*>, 3> normalizationKeys = {
    {{NormalizationChoice::Half, "half"},
     {NormalizationChoice::Exact, "exact"},
     {NormalizationChoice::Own, "own"}}};

} // namespace digitpad
