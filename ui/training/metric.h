#pragma once

#include "core/learning/runrecord.h"

#include <QString>

#include <array>

namespace digitpad {

/// What the charts plot of a run. Accuracies are 0..1.
enum class Metric { Loss, Accuracy, LearningRate, GradientNorm };

inline constexpr std::array allMetrics{Metric::Loss, Metric::Accuracy, Metric::LearningRate,
                                       Metric::GradientNorm};

/// "Learning rate"
QString metricName(Metric metric);
/// The name in files and settings: "learning_rate".
QString metricKey(Metric metric);

double batchValue(const BatchPoint& batch, Metric metric);
double trainingValue(const EpochMetrics& epoch, Metric metric);
/// Only where hasValidation().
double validationValue(const EpochMetrics& epoch, Metric metric);
/// Learning rate and gradient norm have none.
bool hasValidation(Metric metric);
/// Whether its batches scatter, so that a mean shows more. The learning rate does not.
bool isNoisy(Metric metric);
/// An accuracy has no logarithmic axis: what matters is near 1.
bool canBeLogarithmic(Metric metric);

/// A value among others: "0.0932", "97.42 %".
QString metricText(Metric metric, double value);
/// A value on an axis whose steps need `decimals`, such as AxisScale says.
QString tickText(Metric metric, double value, int decimals);
/// "0.5", "1,000", "2×10⁻⁵": at most four significant digits, no zeros behind them.
QString shortNumberText(double value);

} // namespace digitpad
