#pragma once

#include "core/learning/evaluationfigures.h"
#include "ui/evaluation/evaluationchart.h"

#include <QString>

namespace digitpad {

/// The words of the page about confidence, apart from its widgets.

/// The calibration errors, and what the temperature is.
QString calibrationText(const EvaluationFigures& figures);
/// Of bin `index`; `before` is null where there is no temperature.
EvaluationChart::Stop reliabilityStop(std::size_t index, const Reliability::Bin* before,
                                      const Reliability::Bin& after);
/// Of a bin from `low` to `high`: "95 to 100 %\n1,204 read rightly\n3 misread".
QString confidenceBinText(double low, double high, std::int64_t right, std::int64_t wrong);
/// At a place of the curve, in a few words.
QString acceptanceText(const EvaluationFigures& figures, const AcceptancePoint& point);
/// What a threshold would do, in whole sentences.
QString thresholdText(const EvaluationFigures& figures, const AcceptancePoint& point);
/// The same of the model's own, in one.
QString ownThresholdText(const EvaluationFigures& figures);

} // namespace digitpad
