#include "core/learning/trainingoptions.h"

#include "core/learning/networks.h"

#include <cmath>
#include <sstream>

namespace digitpad {

namespace {

template <class... Parts>
Error invalid(const Parts&... parts)
{
    std::ostringstream message;
    (message << ... << parts);
    return Error{ErrorCode::InvalidInput, message.str()};
}

std::string knownNetworks()
{
    std::string names;
    for (const NetworkDescription& network : networkDescriptions()) {
        names += (names.empty() ? "" : ", ") + network.name;
    }
    return names;
}

} // namespace

std::size_t validationCount(std::size_t imageCount, double split)
{
    return static_cast<std::size_t>(std::llround(static_cast<double>(imageCount) * split));
}

Result<void> validateAlone(const TrainingOptions& options)
{
    if (findNetwork(options.network) == nullptr) {
        return invalid("There is no network named “", options.network, "”; choose one of ", knownNetworks(),
                       ".");
    }
    if (options.optimizer != "adam" && options.optimizer != "sgd") {
        return invalid("There is no optimizer named “", options.optimizer, "”; choose adam or sgd.");
    }
    if (options.schedule != "constant" && options.schedule != "cosine") {
        return invalid("There is no schedule named “", options.schedule, "”; choose constant or cosine.");
    }
    if (!(options.learningRate > 0 && options.learningRate <= 10)) {
        return invalid("A learning rate of ", options.learningRate,
                       " is impossible; choose one above 0 and up to 10, 0.001 for Adam to begin with.");
    }
    if (options.epochs < 1 || options.epochs > 10'000) {
        return invalid("Training for ", options.epochs, " epochs is impossible; choose 1 to 10000.");
    }
    if (options.threads < 0 || options.threads > 64) {
        return invalid("Training on ", options.threads,
                       " threads is impossible; choose 1 to 64, or 0 for automatic.");
    }
    if (!(options.validationSplit > 0 && options.validationSplit < 1)) {
        return invalid("A validation split of ", options.validationSplit,
                       " is impossible; choose a part between 0 and 1, 0.1 for a tenth.");
    }
    if (!(options.weightAverage >= 0 && options.weightAverage < 1)) {
        return invalid(
            "A weight average of ", options.weightAverage,
            " is impossible; choose a decay from 0 to below 1, 0.999 for instance, or 0 for none.");
    }
    if (options.batchSize < 1) {
        return invalid("A batch of ", options.batchSize, " images is impossible; choose 1 or more.");
    }
    return {};
}

Result<ValidatedOptions> validate(const TrainingOptions& options, std::size_t imageCount)
{
    if (const Result<void> possible = validateAlone(options); !possible) {
        return possible.error();
    }
    if (imageCount < 2) {
        return invalid(
            "There are only ", imageCount,
            " labelled images; training needs at least 2, one to learn from and one to validate with.");
    }
    const std::size_t validation = validationCount(imageCount, options.validationSplit);
    if (validation < 1 || validation >= imageCount) {
        return invalid("A validation split of ", options.validationSplit, " of ", imageCount,
                       " images leaves one side empty; choose a part nearer to one half, or more data.");
    }
    const std::size_t training = imageCount - validation;
    if (static_cast<std::size_t>(options.batchSize) > training) {
        return invalid("A batch of ", options.batchSize, " images is impossible with ", training,
                       " training images; choose 1 to ", training, ".");
    }
    return ValidatedOptions(options);
}

} // namespace digitpad
