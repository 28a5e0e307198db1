#pragma once

#include "core/learning/evaluationfigures.h"
#include "core/learning/robustness.h"

#include <QRectF>

#include <vector>

class QPainter;

/// The pictures of an evaluation on white paper, each within `area`, in units of about 96 an inch.
namespace digitpad {

/// Rows are true digits, columns guesses; colours by the part of a row, errors strong, the diagonal muted;
/// numbers are counts.
void paintConfusion(QPainter& painter, const QRectF& area, const ConfusionMatrix& confusion);
/// Accuracy against confidence before and after the temperature; a point for each bin that has images.
void paintReliability(QPainter& painter, const QRectF& area, const EvaluationFigures& figures);
/// Right and wrong readings by confidence, the parts of all digits on a logarithmic scale.
void paintConfidences(QPainter& painter, const QRectF& area, const ConfidenceHistogram& histogram);
/// What each threshold accepts, and what of it is misread.
void paintAcceptance(QPainter& painter, const QRectF& area, const EvaluationFigures& figures);
void paintRobustness(QPainter& painter, const QRectF& area, const RobustnessCurve& curve);

} // namespace digitpad
