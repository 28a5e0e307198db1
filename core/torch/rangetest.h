#pragma once

#include "core/learning/engine.h"

#include <vector>

namespace digitpad {

struct RateRange
{
    double lowest = 0;
    double highest = 0;
    int steps = 0;
};

/// See Engine::testRates(). Throws as runTraining().
Result<RateRangeTest> runRangeTest(const TrainingOptions& options, const TrainingData& data,
                                   const RateRange& range, TrainingObserver& observer);

/// The rate at which the loss falls most steeply over the rate's logarithm, before its lowest point; 0 where
/// it falls nowhere.
double steepestRate(const std::vector<RateRangeTest::Point>& points);

} // namespace digitpad
