#pragma once

#include "core/learning/trainingoptions.h"

namespace digitpad {

/// Calls `visit(name, member)` for every option in the order of the structs, the network's details included;
/// `name` is that of the options file. `Options` is TrainingOptions, const or not.
template <class Options, class Visit>
void forEachOption(Options& options, Visit&& visit)
{
    visit("network", options.network);
    visit("hiddenWidths", options.details.hiddenWidths);
    visit("activation", options.details.activation);
    visit("batchNormalization", options.details.batchNormalization);
    visit("dropout", options.details.dropout);
    visit("optimizer", options.optimizer);
    visit("learningRate", options.learningRate);
    visit("momentum", options.momentum);
    visit("nesterov", options.nesterov);
    visit("beta1", options.beta1);
    visit("beta2", options.beta2);
    visit("alpha", options.alpha);
    visit("epsilon", options.epsilon);
    visit("weightDecay", options.weightDecay);
    visit("schedule", options.schedule);
    visit("warmUp", options.warmUp);
    visit("stepEpochs", options.stepEpochs);
    visit("rateFactor", options.rateFactor);
    visit("plateauPatience", options.plateauPatience);
    visit("finalLearningRate", options.finalLearningRate);
    visit("labelSmoothing", options.labelSmoothing);
    visit("gradientClip", options.gradientClip);
    visit("weightAverage", options.weightAverage);
    visit("batchSize", options.batchSize);
    visit("epochs", options.epochs);
    visit("plainEpochs", options.plainEpochs);
    visit("validationSplit", options.validationSplit);
    visit("folds", options.folds);
    visit("fold", options.fold);
    visit("patience", options.patience);
    visit("seed", options.seed);
    visit("normalization", options.normalization);
    visit("mean", options.mean);
    visit("standardDeviation", options.standardDeviation);
    visit("device", options.device);
    visit("threads", options.threads);
}

} // namespace digitpad
