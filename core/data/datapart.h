#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"
#include "core/data/sampleorigin.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// What datasource.cpp puts together; nobody else needs it.
namespace digitpad {

/// What one part of a source gives; either half may be missing.
struct DataPart
{
    std::optional<DigitSet> training;
    std::optional<DigitSet> test;
    QStringList warnings = {};
    /// One for each of `training`; empty where all are pictures.
    std::vector<SampleOrigin> origins = {};
};

/// As the functions of datasource.h say it.
inline Error cancelledReading()
{
    return {ErrorCode::Cancelled, "Reading the data was cancelled."};
}

inline Error dataError(ErrorCode code, const QString& message)
{
    return {code, message.toStdString()};
}

/// The drawings of an ink collection, as `training`. Without `withNoDigits` only those that are labelled with
/// a digit; otherwise those with another label too, as noDigitLabel, unless they look like a digit. Nothing
/// to learn from is an error.
Result<DataPart> loadInkCollection(const QString& path, bool withNoDigits, const ReadingMonitor& monitor);

} // namespace digitpad
