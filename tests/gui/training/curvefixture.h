#pragma once

#include "core/base/random.h"
#include "core/learning/runrecord.h"

#include <cmath>
#include <memory>

namespace digitpad::test {

/// A run of the usual shape: losses that fall from 2.3 to about `end`, with noise; the same for the same
/// numbers.
struct CurveShape
{
    int epochs = 10;
    int batchesPerEpoch = 100;
    double end = 0.05;
    unsigned seed = 1;
    bool withBatches = true;
};

inline std::shared_ptr<const RunCurves> makeCurves(const CurveShape& shape = {})
{
    Random random(shape.seed);
    auto curves = std::make_shared<RunCurves>();
    double lowest = 1e9;
    const double fast = 0.4 + 0.6 * random.uniform();
    const auto lossAt = [&](double epoch) { return shape.end + 2.25 * std::exp(-epoch / fast); };
    for (int epoch = 1; epoch <= shape.epochs; ++epoch) {
        for (int batch = 1; shape.withBatches && batch <= shape.batchesPerEpoch; ++batch) {
            const std::int64_t step = std::int64_t(epoch - 1) * shape.batchesPerEpoch + batch;
            const double loss =
                lossAt(double(step) / shape.batchesPerEpoch) * std::exp(0.3 * random.normal());
            const double part = double(step) / (shape.epochs * shape.batchesPerEpoch);
            curves->batches.push_back({step, float(loss), float(std::exp(-0.4 * loss)),
                                       float(1e-3 * (0.5 + 0.5 * std::cos(M_PI * part))),
                                       float(1 + loss * std::exp(0.2 * random.normal()))});
        }
        EpochMetrics metrics;
        metrics.epoch = epoch;
        metrics.step = std::int64_t(epoch) * shape.batchesPerEpoch;
        metrics.trainingLoss = lossAt(epoch - 0.5);
        metrics.validationLoss = lossAt(epoch) * 1.1 + 0.004 * epoch + 0.005 * random.uniform();
        metrics.trainingAccuracy = std::exp(-0.4 * metrics.trainingLoss);
        metrics.validationAccuracy = std::exp(-0.4 * metrics.validationLoss);
        metrics.learningRate = 1e-3 * (0.5 + 0.5 * std::cos(M_PI * epoch / shape.epochs));
        metrics.gradientNorm = 1 + metrics.trainingLoss;
        metrics.seconds = 3;
        metrics.best = metrics.validationLoss < lowest;
        lowest = std::min(lowest, metrics.validationLoss);
        curves->epochs.push_back(metrics);
    }
    return curves;
}

} // namespace digitpad::test
