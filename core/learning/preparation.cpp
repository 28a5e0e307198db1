#include "core/learning/preparation.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

Result<DigitSplit> split(const DigitSet& set, const DataSource& source, const TrainingOptions& options)
{
    if (options.folds > 0) {
        if (!source.heldOutGroups.isEmpty()) {
            return Error{ErrorCode::InvalidInput,
                         "Folds and sources kept for validation exclude each other; choose one of them."};
        }
        return splitFold(set, options.folds, options.fold, options.seed);
    }
    const std::size_t count = validationCount(set.size(), options.validationSplit);
    if (source.heldOutGroups.isEmpty()) {
        return splitForValidation(set, count, options.seed);
    }
    std::vector<std::string> names;
    for (const QString& name : source.heldOutGroups) {
        names.push_back(name.toStdString());
    }
    return splitForValidation(set, count, options.seed, names);
}

/// The training samples' places in the loaded data, drawings as often as they are to come in an epoch.
std::vector<std::size_t> repeated(const std::vector<std::size_t>& indices,
                                  const std::vector<SampleOrigin>& origins, int inkRepeats)
{
    std::vector<std::size_t> result = indices;
    for (int round = 1; round < inkRepeats; ++round) {
        std::copy_if(indices.begin(), indices.end(), std::back_inserter(result),
                     [&](std::size_t index) { return origins[index].kind == SampleOrigin::Kind::Strokes; });
    }
    return result;
}

std::vector<SampleOrigin> originsAt(const std::vector<std::size_t>& indices,
                                    const std::vector<SampleOrigin>& origins)
{
    std::vector<SampleOrigin> result;
    result.reserve(indices.size());
    for (const std::size_t index : indices) {
        result.push_back(origins[index]);
    }
    return result;
}

/// Whole groups may take more from the training than its share, and folds leave it theirs.
Result<void> checkSizes(const DigitSplit& split, int batchSize)
{
    const std::size_t training = split.training.size();
    if (split.validation.size() == 0) {
        return Error{ErrorCode::InvalidInput,
                     "Nothing is left to validate with; choose a larger validation split."};
    }
    if (training < static_cast<std::size_t>(batchSize)) {
        return Error{ErrorCode::InvalidInput,
                     "A batch of " + std::to_string(batchSize) + " images is impossible with the " +
                         std::to_string(training) +
                         " that are left to train with; choose a smaller one, or less for validation."};
    }
    return {};
}

bool hasDigits(const DigitSet& set)
{
    return std::any_of(set.labels.begin(), set.labels.end(), [](int label) { return label < noDigitLabel; });
}

} // namespace

Result<PreparedTraining> prepareTraining(const DataSource& source, const TrainingOptions& options,
                                         const std::function<bool()>& keepGoing)
{
    const auto loaded = loadData(source, keepGoing);
    if (!loaded) {
        return loaded.error();
    }
    return prepareTraining(*loaded, source, options);
}

Result<PreparedTraining> prepareTraining(const LoadedData& loaded, const DataSource& source,
                                         const TrainingOptions& options)
{
    auto valid = validate(options, loaded.training.size());
    if (!valid) {
        return valid.error();
    }
    auto sides = split(loaded.training, source, options);
    if (!sides) {
        return sides.error();
    }
    const std::vector<std::size_t> indices =
        repeated(sides->trainingIndices, loaded.origins, source.inkRepeats);
    if (indices.size() > sides->training.size()) {
        sides->training = subset(loaded.training, indices);
    }
    if (const auto fits = checkSizes(*sides, options.batchSize); !fits) {
        return fits.error();
    }
    if (!hasDigits(sides->training) || !hasDigits(sides->validation)) {
        return Error{ErrorCode::InvalidInput,
                     "There are no digits to train or to validate with; add data that has some."};
    }
    TrainingData data;
    data.training = std::make_shared<const DigitSet>(std::move(sides->training));
    data.validation = std::make_shared<const DigitSet>(std::move(sides->validation));
    data.test = std::make_shared<const DigitSet>(loaded.test);
    if (source.augmentation) {
        data.renderer = augmenter(data.training, originsAt(indices, loaded.origins), *source.augmentation);
    }
    return PreparedTraining{std::move(valid).value(), std::move(data), loaded.warnings};
}

} // namespace digitpad
