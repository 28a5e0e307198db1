#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace digitpad {

/// Pixels are scaled to 0..1, then (pixel - mean) / standardDeviation.
enum class NormalizationChoice {
    Half,  ///< Mean 0.5 and standard deviation 0.5, as beginners' tutorials do: pixels end in -1..1.
    Exact, ///< Those of the training images.
};

/// What the person asked for, unchecked. The names are those of the command line, the model file and the
/// tooltips.
struct TrainingOptions
{
    std::string network = "mlp";    ///< A NetworkDescription's name.
    std::string optimizer = "adam"; ///< "adam" or "sgd" (momentum 0.9).
    double learningRate = 0.001;    ///< In (0, 10].
    std::string schedule =
        "constant";               ///< "constant", or "cosine": down to 0 over the run, after a short warm-up.
    int batchSize = 64;           ///< In [1, training images].
    int epochs = 10;              ///< In [1, 10000].
    double validationSplit = 0.1; ///< In (0, 1): the part of the data kept out of training.
    std::uint64_t seed = 1;       ///< Split, initial weights, order and dropout follow from it.
    NormalizationChoice normalization = NormalizationChoice::Half;
    /// Decay of an exponential moving average of the weights, in [0, 1): what is validated and saved is the
    /// average, once the run is long enough for it; 0 for the weights themselves.
    double weightAverage = 0;
    int threads = 0; ///< Training threads, 1 to 64; 0 lets the network and the machine decide.

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

/// Checks what can be known without the data: values that no data could make possible.
Result<void> validateAlone(const TrainingOptions& options);

/// Checks the options alone and against the number of labelled images, training and validation together.
/// The error names the option, the value and what would be possible.
Result<ValidatedOptions> validate(const TrainingOptions& options, std::size_t imageCount);

} // namespace digitpad
