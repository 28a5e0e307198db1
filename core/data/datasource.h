#pragma once

#include "core/base/result.h"
#include "core/data/augmentation.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"
#include "core/data/sampleorigin.h"

#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace digitpad {

/// Where images come from: "mnist", "synthetic", "no-digits" (synthetic drawings of no digit), a folder with
/// MNIST's four files (or t10k/train pairs alone), a folder of pictures or InkML files (see filefolder.h), an
/// ink collection (.jsonl, .jsonl.gz), a table (.csv, .csv.gz; see digitcsv.h), or either file of an IDX pair
/// (see idxpartner.h).
struct DataSource
{
    QStringList parts; ///< At least one; several are joined, training to training and test to test.

    /// How many synthetic digits to make for training; the test set has a tenth of it.
    std::size_t syntheticCount = 20'000;
    std::uint64_t syntheticSeed = 1;
    /// How many synthetic drawings that are no digits; the test set has a tenth of it.
    std::size_t noDigitCount = 5'000;

    /// Whether drawings of collections that are labelled with something else than a digit are learned as no
    /// digit; otherwise they are left out. What looks like a digit (lookalikes.h) is left out anyhow.
    bool withNoDigits = false;
    /// The groups (see LoadedData) that validation has to itself, instead of ones drawn by chance; empty for
    /// chance. For training alone.
    QStringList heldOutGroups = {};
    /// How often drawings of collections come in each epoch, 1 to 1000. For training alone.
    int inkRepeats = 1;
    /// How training samples vary from epoch to epoch, where they do. For training alone.
    std::optional<AugmentationOptions> augmentation = {};

    bool operator==(const DataSource&) const = default;
};

/// Everything that can be learned from, and the test set that goes with it (empty where there is none: ink
/// collections, single IDX files).
struct LoadedData
{
    /// The groups are the collections' sources, and their writers where a drawing names no source.
    DigitSet training;
    std::vector<SampleOrigin> origins; ///< One for each of `training`; of loadEvaluationData(), of `test`.
    DigitSet test;
    /// Lines that were left out, in sentences for the person: malformed, or with a label that cannot be
    /// learned.
    QStringList warnings;
};

/// Reads from disk and may take seconds: not for the GUI thread. `keepGoing` is asked now and then; false
/// ends with ErrorCode::Cancelled. A source with nothing to learn from is an error.
Result<LoadedData> loadData(const DataSource& source, const std::function<bool()>& keepGoing);
/// The same for those who show how far it has come.
Result<LoadedData> loadData(const DataSource& source, const ReadingMonitor& monitor);

/// The same; a source that has nothing but a test set is no error.
Result<LoadedData> loadAllData(const DataSource& source, const ReadingMonitor& monitor);

/// What `evaluate` measures on, in `test`: of each part its test images, or all of its images where it has
/// none of its own. `training` stays empty, and is not read where it is not needed.
Result<LoadedData> loadEvaluationData(const DataSource& source, const std::function<bool()>& keepGoing);
Result<LoadedData> loadEvaluationData(const DataSource& source, const ReadingMonitor& monitor);

} // namespace digitpad
