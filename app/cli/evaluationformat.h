#pragma once

#include "core/learning/evaluationfigures.h"

#include <QString>

namespace digitpad::cli {

/// Tables for people, several lines. The same for machines is evaluationJson(), core/report/evaluationdata.h.
[[nodiscard]] QString evaluationText(const EvaluationFigures& figures);

} // namespace digitpad::cli
