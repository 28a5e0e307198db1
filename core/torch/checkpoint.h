#pragma once

#include "core/learning/engine.h"
#include "core/torch/model.h"
#include "core/torch/stepper.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace digitpad {

/// By what a run's data are known again: sizes, and a CRC-32 of training and validation images, labels and
/// order.
struct DataMark
{
    std::int64_t training = 0;
    std::int64_t validation = 0;
    std::int64_t checksum = 0;
    bool drawn = false; ///< Whether training images come from a renderer.

    bool operator==(const DataMark&) const = default;
};
/// Reads all images: some 40 ms for MNIST.
DataMark markOf(const TrainingData& data);

/// An epoch that is not over yet.
struct PartialEpoch
{
    std::int64_t batches = 0; ///< Behind us.
    double lossSum = 0;       ///< Weighted by images.
    double gradientSum = 0;   ///< Of the batches' gradient norms.
    std::int64_t images = 0;
    std::int64_t digits = 0;
    std::int64_t correct = 0;
    double seconds = 0;
};

/// All that a run needs to go on, beside its data.
struct Checkpoint
{
    TrainingOptions options;
    DataMark data;
    std::vector<EpochMetrics> epochs;
    PartialEpoch partial;
    /// Early stopping counts from here: the epoch at which a person went on with a run that had been stopped
    /// early; 0 as a rule.
    int patienceFrom = 0;
    double seconds = 0;          ///< The run's.
    double stepSeconds = 0;      ///< Of training steps alone,
    std::int64_t imagesDone = 0; ///< in which so many images were seen.
    Stepper::State state;
};

/// A checkpoint with its networks, as it was read.
struct LoadedCheckpoint
{
    Checkpoint checkpoint;
    ModelInfo info; ///< Of the newest weights.
    std::shared_ptr<DigitNet> newest;
    std::shared_ptr<DigitNet> trained; ///< Null where newest are the weights in training.
    std::shared_ptr<TorchModel> best;  ///< Null where it is the newest, or where there is none.
};

/// A checkpoint is a model file (see core/torch/modelfile.h) of the newest weights with one more entry:
///   checkpoint   {version: 1, options, data, epochs, partial, clock, optimizer, dropout: {"0": …},
///                trained: a model's dict or None, best: a model's dict or None, crc32: of all tensors here}
/// `trained` and `best` may be null, as in LoadedCheckpoint.
/// Atomic. May throw c10::Error.
Result<void> writeCheckpoint(const Checkpoint& checkpoint, const ModelInfo& info, DigitNet& newest,
                             DigitNet* trained, const TorchModel* best, const std::string& path);

/// Checks every part; an error says what is wrong and what to do. Does not throw.
Result<LoadedCheckpoint> readCheckpoint(const std::string& path);

/// Whether a run with these options on these data can go on from there; epochs may be more than the
/// checkpoint's.
Result<void> checkFits(const Checkpoint& checkpoint, const TrainingOptions& options, const DataMark& data);

} // namespace digitpad
