#pragma once

#include "core/learning/handlearning.h"

#include <QString>

#include <array>

namespace digitpad {

/// The words of “Learn My Hand”, apart from its widgets.
using DigitCounts = std::array<int, digitClasses>;

/// What will happen to the model of this name.
QString learnHandIntroduction(const QString& modelName);
/// What is to be known of so many drawings before learning: too few, too few to check with, digits without
/// any. Empty where there is nothing to say.
QString drawingsAdvice(const DigitCounts& counts);
/// Whether there are enough to learn from at all.
bool enoughDrawings(const DigitCounts& counts);

/// What is being done, for above the bar.
QString learnHandStageText(HandLearningStage stage);
/// Whether it became better, in one sentence, and what is recommended.
QString verdictText(const HandLearningResult& result);
/// "My digits (held out)", "MNIST test images"
QString comparisonTitle(const HandComparison& comparison, bool mine);
/// "7 of 50 misread", or for some hundred images and more "99.38 % right".
QString comparisonText(const HandComparison& comparison, std::size_t errors);
/// What the figures mean.
QString figuresText(const HandLearningResult& result);

} // namespace digitpad
