#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/learning/engine.h"
#include "core/learning/trainingoptions.h"

#include <QStringList>

#include <cstdint>
#include <functional>

namespace digitpad {

/// Where images come from: "mnist", "synthetic", a folder with MNIST's four files (or t10k/train pairs
/// alone), an ink collection (.jsonl, .jsonl.gz), or an IDX image file beside its labels
/// ("…-images-idx3-ubyte" and "…-labels-idx1-ubyte", both also ".idx3-ubyte" and ".gz").
struct DataSource
{
    QStringList parts; ///< At least one; several are joined, training to training and test to test.

    /// How many synthetic digits to make for training; the test set has a tenth of it.
    std::size_t syntheticCount = 20'000;
    std::uint64_t syntheticSeed = 1;
};

/// Everything that can be learned from, and the test set that goes with it (empty where there is none: ink
/// collections, single IDX files).
struct LoadedData
{
    DigitSet training;
    DigitSet test;
    /// Lines that were left out, in sentences for the person: malformed, or without a digit as label.
    QStringList warnings;
};

/// Reads from disk and may take seconds: not for the GUI thread. `keepGoing` is asked now and then; false
/// ends with ErrorCode::Cancelled. A source with nothing to learn from is an error.
Result<LoadedData> loadData(const DataSource& source, const std::function<bool()>& keepGoing);

/// What `evaluate` measures on, in `test`: of each part its test images, or all of its images where it has
/// none of its own. `training` stays empty, and is not read where it is not needed.
Result<LoadedData> loadEvaluationData(const DataSource& source, const std::function<bool()>& keepGoing);

} // namespace digitpad
