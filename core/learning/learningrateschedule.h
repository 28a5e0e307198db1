#pragma once

#include "core/learning/trainingoptions.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace digitpad {

/// Learning rate of every step of a run. After a linear warm-up over TrainingOptions::warmUp of the steps,
/// from near 0 to TrainingOptions::learningRate, the schedule begins:
///   constant     stays
///   step         × rateFactor every stepEpochs epochs
///   exponential  × rateFactor every epoch
///   cosine       half a cosine down to finalLearningRate (Loshchilov and Hutter, "SGDR", 2017, without
///                restarts)
///   one-cycle    up from a 25th of the rate, then down to finalLearningRate, each by half a cosine (Smith
///   and
///                Topin, "Super-Convergence", 2018); warmUp is the rising part, 0.3 where it is 0
///   plateau      × rateFactor, not below finalLearningRate, whenever plateauPatience epochs went by without
///   a
///                lower validation loss
class LearningRateSchedule
{
public:
    LearningRateSchedule(const TrainingOptions& options, std::int64_t batchesPerEpoch);

    /// `step` from 0 to steps() - 1. Always above 0. Of plateau: as things stand now.
    [[nodiscard]] double rate(std::int64_t step) const;
    [[nodiscard]] std::int64_t steps() const { return m_steps; }
    /// To be told after every epoch that was validated; only plateau listens.
    void epochEnded(double validationLoss);

private:
    [[nodiscard]] double scheduled(std::int64_t step) const;
    [[nodiscard]] double oneCycle(std::int64_t step) const;

    TrainingOptions m_options;
    std::int64_t m_batchesPerEpoch;
    std::int64_t m_steps;
    std::int64_t m_warmUp; ///< Steps.
    double m_plateauRate;
    double m_lowestLoss = std::numeric_limits<double>::infinity();
    int m_epochsWithoutBetter = 0;
};

/// The rates of a run before it begins, at `points` places from its first step to its last; `points` >= 2.
/// Plateau stays where warm-up left it, because nobody knows when it will step down.
std::vector<double> plannedRates(const TrainingOptions& options, int points);

} // namespace digitpad
