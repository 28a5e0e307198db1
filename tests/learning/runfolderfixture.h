#pragma once

#include "core/learning/runfolder.h"
#include "tests/support/runs.h"

#include <QString>

#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace digitpad::test {

inline QString runJson(const QString& folder)
{
    return folder + QStringLiteral("/run.json");
}

inline QString metricsCsv(const QString& folder)
{
    return folder + QStringLiteral("/metrics.csv");
}

inline QString batchesCsv(const QString& folder)
{
    return folder + QStringLiteral("/batches.csv");
}

template <class T>
QString messageOf(const Result<T>& result)
{
    return result ? QStringLiteral("no error") : QString::fromStdString(result.error().message);
}

inline std::unique_ptr<RunWriter> newWriter(const QString& runsFolder, const RunRecord& record)
{
    auto writer = RunWriter::create(runsFolder, record);
    return writer ? std::move(*writer) : nullptr;
}

inline std::vector<int> epochsOf(const QString& folder)
{
    std::vector<int> numbers;
    for (const EpochMetrics& epoch : readCurves(folder).epochs) {
        numbers.push_back(epoch.epoch);
    }
    return numbers;
}

inline std::vector<int> upTo(int last)
{
    std::vector<int> numbers(static_cast<std::size_t>(last));
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

} // namespace digitpad::test
