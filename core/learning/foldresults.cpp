#include "core/learning/foldresults.h"

#include "core/learning/runfolder.h"
#include "core/learning/runnames.h"

#include <QFileInfo>

#include <cmath>
#include <set>

namespace digitpad {

namespace {

/// Of the values that are known, at least 0; `mean` is -1 where none is.
struct Spread
{
    double mean = -1;
    double deviation = 0;

    explicit Spread(const std::vector<double>& values)
    {
        double sum = 0;
        double count = 0;
        for (const double value : values) {
            sum += value >= 0 ? value : 0;
            count += value >= 0 ? 1 : 0;
        }
        if (count == 0) {
            return;
        }
        mean = sum / count;
        double squares = 0;
        for (const double value : values) {
            squares += value >= 0 ? (value - mean) * (value - mean) : 0;
        }
        deviation = count > 1 ? std::sqrt(squares / (count - 1)) : 0;
    }
};

bool sameButForFold(TrainingOptions a, const TrainingOptions& b)
{
    a.fold = b.fold;
    return a == b;
}

} // namespace

void FoldResults::add(const TrainingResult& result)
{
    if (result.best) {
        m_results.push_back({result.best->info().validationAccuracy, result.best->info().testAccuracy});
    }
}

void FoldResults::addEarlierOf(const RunRecord& record)
{
    const TrainingOptions& options = record.options.training;
    const QString name = nameWithoutFold(record.name, options.fold, options.folds);
    std::set<int> found;
    for (const RunRecord& run : readRuns(QFileInfo(record.folder).absolutePath())) {
        const TrainingOptions& its = run.options.training;
        if (its.fold < options.fold && sameButForFold(its, options) &&
            nameWithoutFold(run.name, its.fold, its.folds) == name && found.insert(its.fold).second) {
            m_results.push_back({run.bestValidationAccuracy, run.testAccuracy});
        }
    }
}

FoldSummary FoldResults::summary() const
{
    std::vector<double> validation;
    std::vector<double> test;
    for (const FoldResult& result : m_results) {
        validation.push_back(result.validationAccuracy);
        test.push_back(result.testAccuracy);
    }
    const Spread validationSpread(validation);
    const Spread testSpread(test);
    return {static_cast<int>(m_results.size()), validationSpread.mean, validationSpread.deviation,
            testSpread.mean, testSpread.deviation};
}

} // namespace digitpad
