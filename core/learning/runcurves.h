#pragma once

#include "core/learning/runrecord.h"

#include <string>
#include <string_view>

/// metrics.csv and batches.csv as text; see runfolder.h.
namespace digitpad {

inline constexpr std::size_t mostBatchPoints = 20'000;

/// With the newline.
std::string epochsHeader();
std::string batchesHeader();
std::string rowOf(const EpochMetrics& epoch);
std::string rowOf(const BatchPoint& batch);

/// Columns are found by their names in the first line, so that files of other versions and those edited in a
/// spreadsheet are read as far as they go. Rows that do not have all numbers, or whose epoch or step does not
/// grow, are left out.
std::vector<EpochMetrics> parseEpochs(std::string_view text);
/// The same.
std::vector<BatchPoint> parseBatches(std::string_view text);

} // namespace digitpad
