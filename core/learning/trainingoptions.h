#pragma once

#include "core/base/result.h"
#include "core/learning/networks.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace digitpad {

/// Pixels are scaled to 0..1, then (pixel - mean) / standardDeviation.
enum class NormalizationChoice {
    Half,  ///< Mean 0.5 and standard deviation 0.5, as beginners' tutorials do: pixels end in -1..1.
    Exact, ///< Those of the training images.
    Own,   ///< TrainingOptions::mean and standardDeviation.
};

/// What the person asked for, unchecked. The names are those of the command line, the options file, the model
/// file and the tooltips.
struct TrainingOptions
{
    std::string network = "mlp"; ///< A NetworkDescription's name.
    NetworkDetails details;

    std::string optimizer = "adam"; ///< "adam", "adamw", "sgd" or "rmsprop".
    double learningRate = 0.001;    ///< In (0, 10].
    double momentum = 0.9;          ///< Of sgd and rmsprop, in [0, 1).
    bool nesterov = false;          ///< Of sgd; needs momentum.
    double beta1 = 0.9;             ///< Of adam and adamw, in [0, 1).
    double beta2 = 0.999;           ///< Of adam and adamw, in [0, 1).
    double alpha = 0.99;            ///< Of rmsprop: smoothing of the squared gradient, in [0, 1).
    double epsilon = 1e-8;          ///< Of adam, adamw and rmsprop, in (0, 1].
    /// Of sgd, adam and rmsprop it is added to the gradient (L2), of adamw taken off the weights; in [0, 1].
    /// Biases and the weights of batch normalisation are spared.
    double weightDecay = 0;

    /// "constant", "step", "exponential", "cosine", "one-cycle" or "plateau"; see LearningRateSchedule.
    std::string schedule = "constant";
    /// The part of the run, in [0, 0.9], over which the rate rises linearly from near 0 to where the schedule
    /// begins; one-cycle takes it for the rising part of its cycle, 0.3 where it is 0.
    double warmUp = 0;
    int stepEpochs = 5;      ///< Of step: the rate is multiplied by rateFactor after so many epochs, >= 1.
    double rateFactor = 0.5; ///< Of step, exponential (each epoch) and plateau; in (0, 1).
    int plateauPatience = 3; ///< Of plateau: epochs without a better validation loss, >= 1.
    double finalLearningRate = 0; ///< Of cosine and one-cycle: where it ends; of plateau: where it stops.

    double labelSmoothing = 0; ///< In [0, 1): the part of each label that is spread over all classes.
    double gradientClip = 0;   ///< Largest L2 norm of the gradient, above 0; 0 for no limit.
    /// Decay of an exponential moving average of the weights, in [0, 1): what is validated and saved is the
    /// average, once the run is long enough for it; 0 for the weights themselves.
    double weightAverage = 0;

    int batchSize = 64;           ///< In [1, training images].
    int epochs = 10;              ///< In [1, 10000].
    int plainEpochs = 0;          ///< The last so many epochs see their images without augmentation.
    double validationSplit = 0.1; ///< In (0, 1): the part of the data kept out of training.
    /// k-fold cross-validation: 0 for none, otherwise 2 to 20 folds take the place of validationSplit; a run
    /// trains on all but fold `fold` and validates on that.
    int folds = 0;
    int fold = 1;     ///< From 1 to folds.
    int patience = 0; ///< Early stopping after so many epochs without a better validation loss; 0 for never.
    std::uint64_t seed = 1; ///< Split, initial weights, order, augmentation and dropout follow from it.

    NormalizationChoice normalization = NormalizationChoice::Half;
    double mean = 0.5;              ///< Of NormalizationChoice::Own.
    double standardDeviation = 0.5; ///< Of NormalizationChoice::Own; above 0.

    std::string device = "cpu"; ///< "cpu" or "cuda".
    int threads = 0;            ///< Training threads, 1 to 64; 0 lets the network and the machine decide.

    bool operator==(const TrainingOptions&) const = default;
};

/// Options that were checked against the data they will meet; only these reach a trainer.
class ValidatedOptions
{
public:
    const TrainingOptions& operator*() const { return m_options; }
    const TrainingOptions* operator->() const { return &m_options; }

private:
    friend Result<ValidatedOptions> validate(const TrainingOptions& options, std::size_t imageCount);
    explicit ValidatedOptions(TrainingOptions options)
        : m_options(std::move(options))
    {
    }
    TrainingOptions m_options;
};

/// How many of `imageCount` images the split takes for validation: round(split × imageCount).
std::size_t validationCount(std::size_t imageCount, double split);
/// The same by the options, which may ask for folds: of n images, the first n mod k of k folds have one more
/// than the rest.
std::size_t validationCount(std::size_t imageCount, const TrainingOptions& options);

/// "adam", "adamw", "sgd", "rmsprop".
const std::vector<std::string>& optimizerNames();
/// "constant", "step", "exponential", "cosine", "one-cycle", "plateau".
const std::vector<std::string>& scheduleNames();

/// One thing that makes options impossible.
struct OptionProblem
{
    std::string option;  ///< As in forEachOption(): "learningRate"; "data" where the images are too few.
    std::string message; ///< One sentence that names the option, its value, and what would be possible.
};

/// All that can be known without the data: values that no data could make possible.
std::vector<OptionProblem> findProblems(const TrainingOptions& options);
/// The same and what the number of labelled images, training and validation together, makes impossible.
std::vector<OptionProblem> findProblems(const TrainingOptions& options, std::size_t imageCount);
/// Whether the device is there; `cuda` is EngineInfo::cuda.
std::optional<OptionProblem> findDeviceProblem(const TrainingOptions& options, bool cuda);

/// The first of findProblems().
Result<void> validateAlone(const TrainingOptions& options);
Result<ValidatedOptions> validate(const TrainingOptions& options, std::size_t imageCount);

} // namespace digitpad
