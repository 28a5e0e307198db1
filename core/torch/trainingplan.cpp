#include "core/torch/trainingplan.h"

#include "core/torch/gpu.h"
#include "core/torch/labels.h"

#include <algorithm>
#include <thread>

namespace digitpad {

namespace {

/// A share below this many images costs more in waiting than it saves.
constexpr int smallestShare = 16;

int trainingThreads(const TrainingOptions& options)
{
    if (options.threads > 0) {
        return std::min(options.threads, options.batchSize);
    }
    // A step of a small fully connected network is over before a second thread has woken up.
    if (options.network == "mlp") {
        return 1;
    }
    const int cores = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
    return std::clamp(options.batchSize / smallestShare, 1, cores);
}

PixelStatistics normalizationFor(const TrainingOptions& options, const TrainingData& data)
{
    if (options.normalization == NormalizationChoice::Half) {
        return {0.5, 0.5};
    }
    if (options.normalization == NormalizationChoice::Own) {
        return {options.mean, options.standardDeviation};
    }
    PixelStatistics statistics = SampleSource(*data.training, data.renderer.get(), options.seed).statistics();
    // All images alike: any scale will do, but not a division by zero.
    statistics.standardDeviation = std::max(statistics.standardDeviation, 1e-3);
    return statistics;
}

std::string joined(const std::string& before, const std::string& name)
{
    const std::string addition = " + " + name;
    return before.empty() || before == name ? name : before.ends_with(addition) ? before : before + addition;
}

Result<void> checkDevice(const TrainingOptions& options)
{
    const bool there = options.device != "cuda" || startGpu();
    const auto problem = findDeviceProblem(options, there);
    return problem ? Error{ErrorCode::Unavailable, problem->message} : Result<void>();
}

Result<void> checkData(const TrainingData& data, std::int64_t outputs)
{
    if (!data.training || data.training->size() == 0) {
        return Error{ErrorCode::InvalidInput, "There are no images to learn from. Choose other data."};
    }
    if (const Result<void> known = checkLabels(*data.training, outputs); !known) {
        return known;
    }
    return data.validation ? checkLabels(*data.validation, outputs) : Result<void>();
}

} // namespace

std::shared_ptr<DigitNet> TrainingPlan::newNetwork(std::uint64_t seed) const
{
    return makeNetwork(options.network, options.details, outputs, seed);
}

Result<TrainingPlan> planTraining(const TrainingOptions& options, const TrainingData& data)
{
    if (const Result<void> usable = checkData(data, noDigitOutputs); !usable) {
        return usable.error();
    }
    if (const Result<void> there = checkDevice(options); !there) {
        return there.error();
    }
    const bool noDigits = hasNoDigits(*data.training) || (data.validation && hasNoDigits(*data.validation));
    return TrainingPlan{options,
                        noDigits ? noDigitOutputs : digitOutputs,
                        normalizationFor(options, data),
                        trainingThreads(options),
                        data.training->name,
                        nullptr};
}

Result<TrainingPlan> planFineTuning(const TorchModel& start, const TrainingOptions& options,
                                    const TrainingData& data)
{
    if (const Result<void> usable = checkData(data, start.network().outputs()); !usable) {
        return usable.error();
    }
    if (const Result<void> there = checkDevice(options); !there) {
        return there.error();
    }
    TrainingOptions kept = options;
    kept.network = start.info().network;
    kept.details = start.info().options.details;
    kept.normalization = start.info().options.normalization;
    return TrainingPlan{kept,
                        start.network().outputs(),
                        PixelStatistics{start.info().mean, start.info().standardDeviation},
                        trainingThreads(kept),
                        joined(start.info().trainedOn, data.training->name),
                        &start};
}

} // namespace digitpad
