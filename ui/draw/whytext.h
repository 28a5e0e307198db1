#pragma once

#include "core/learning/explainer.h"

#include <QString>

namespace digitpad {

/// The Why panel's words.

/// "+0.31", "−2.40": logits.
QString signedText(float value);

/// What the colours of both maps mean.
QString mapWords(const Explanation& explanation);
/// What the ink in one pixel, row-major, spoke for: of the digit alone.
QString pixelWordsForDigit(const ExplainedImage& explained, int pixel);
/// The same of the digit against its rival.
QString pixelWordsAgainstRival(const ExplainedImage& explained, int pixel);

/// What the first layer's tiles show, for people who have not seen such a thing before. `shown` of its units
/// have a tile.
QString layerWords(const LayerResponses& layer, int shown);
/// How strongly a unit of the first layer answered, at most.
QString unitWords(const LayerResponses& layer, int unit, float strongest);

} // namespace digitpad
