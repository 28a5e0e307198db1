#pragma once

#include "core/learning/engine.h"
#include "core/learning/runrecord.h"

#include <vector>

namespace digitpad {

/// What k folds came to: means over the folds' best epochs, and sample standard deviations.
struct FoldSummary
{
    int folds = 0;
    double validationAccuracy = -1; ///< 0..1, like those below; -1 where unknown.
    double validationDeviation = 0;
    double testAccuracy = -1;
    double testDeviation = 0;
};

/// What the runs of one cross-validation reached, fold by fold. Not thread-safe.
class FoldResults
{
public:
    /// Of a fold that has just ended; one without a model counts for nothing.
    void add(const TrainingResult& result);
    /// Of the folds before the one that `record` is of, as far as their runs are still in its runs' folder:
    /// those of its name whose options are the same.
    void addEarlierOf(const RunRecord& record);

    [[nodiscard]] FoldSummary summary() const;

private:
    struct FoldResult
    {
        double validationAccuracy = -1; ///< 0 to 1; -1 where it is not known.
        double testAccuracy = -1;
    };

    std::vector<FoldResult> m_results;
};

} // namespace digitpad
