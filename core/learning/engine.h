#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/learning/explanation.h"
#include "core/learning/logits.h"
#include "core/learning/prediction.h"
#include "core/learning/samplerenderer.h"
#include "core/learning/trainingoptions.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The contract between the program and the LibTorch module, in plain C++20 so that neither side sees the
/// other's headers. Nothing here throws: every exception of the module, c10::Error too, becomes an Error.
namespace digitpad {

/// How a model tells digits from everything else. The evidence is, of a network with a logit for "no digit",
/// logsumexp(digits' logits) minus that logit; of one without, log(p / (1 - p)) of the calibrated confidence
/// p. The score is 1 / (1 + exp(-(slope × evidence + offset))).
struct DigitScoring
{
    double slope = 1; ///< Above 0.
    double offset = 0;
    double threshold = 0.5; ///< 0 to 1; from here on a drawing is accepted as a digit.
};

/// What a model file says of itself.
struct ModelInfo
{
    std::string network; ///< NetworkDescription::name.
    std::int64_t parameters = 0;
    double mean = 0.5; ///< Of the pixels scaled to 0..1, as the network was trained.
    double standardDeviation = 0.5;
    /// Above 0. Logits are divided by it before the softmax, so that confidence can mean what it says (Guo et
    /// al., "On Calibration of Modern Neural Networks", 2017); the loss is that of the bare logits.
    double temperature = 1;
    /// Whether there is an eleventh logit, "no digit", learned from examples.
    bool hasNoDigitClass = false;
    /// None in files of format version 1: such a model accepts what it is confident of.
    std::optional<DigitScoring> digitScoring;
    /// Somebody's own network from a TorchScript file: `network` is what its class is called there, and of
    /// its training nothing is known.
    bool torchScript = false;
    std::string trainedOn;   ///< Data set names; empty where unknown.
    TrainingOptions options; ///< How it was trained.
    int epochsTrained = 0;
    double validationAccuracy = -1; ///< 0..1; -1 where unknown.
    double testAccuracy = -1;       ///< 0..1; -1 where unknown.
};

/// Reads one image after the other. Not thread-safe: one classifier, one thread.
class Classifier
{
public:
    virtual ~Classifier() = default;
    /// Takes the forward's time as well. A blank image gets no digit, without a forward.
    virtual Result<Prediction> classify(const DigitImage& image) = 0;
    /// In one forward; the time is that of the batch divided by its size.
    virtual Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) = 0;
};

/// Over the digits of a set, unless it says otherwise.
struct Evaluation
{
    std::size_t images = 0; ///< Digits.
    double loss = 0;        ///< Mean cross-entropy.
    double accuracy = 0;    ///< 0..1.
    /// confusion[truth][guess], counts.
    std::array<std::array<std::int64_t, digitClasses>, digitClasses> confusion{};
    /// Expected calibration error of the confidence, 0..1: fifteen bins of equal width (Guo et al., 2017).
    double calibrationError = 0;
    std::size_t turnedAway = 0; ///< Digits that are not accepted.
    std::size_t noDigits = 0;   ///< Images labelled noDigitLabel.
    std::size_t noDigitsAccepted = 0;
    /// Area under the ROC curve of the digit score (of the confidence, where there is none), digits against
    /// the rest, ties counted half; -1 where the set lacks one of the two.
    double auroc = -1;
    double seconds = 0;
};

/// A trained network, immutable and shareable between threads.
class Model
{
public:
    virtual ~Model() = default;
    [[nodiscard]] virtual const ModelInfo& info() const = 0;
    /// A classifier with its own copy of the weights, already warmed up.
    [[nodiscard]] virtual Result<std::unique_ptr<Classifier>> makeClassifier() const = 0;
    /// `keepGoing` is asked between batches; false ends with ErrorCode::Cancelled.
    [[nodiscard]] virtual Result<Evaluation> evaluate(const DigitSet& set,
                                                      const std::function<bool()>& keepGoing) const = 0;
    /// The bare answers to every image, from which all figures of an evaluation follow (see
    /// core/learning/evaluationfigures.h). `progress` is asked between batches, on the calling thread, with
    /// the number of images answered so far; false ends with ErrorCode::Cancelled. Thread-safe.
    [[nodiscard]] virtual Result<Logits> logits(const DigitSet& /*set*/,
                                                const std::function<bool(std::size_t)>& /*progress*/) const
    {
        return Error{ErrorCode::Unavailable,
                     "This model gives no answers that could be measured. Choose another model."};
    }
    /// Why the image is read as `digit` and not as `rival`, 0 to 9 each. Thread-safe; takes some
    /// twenty milliseconds, so not for the GUI thread.
    [[nodiscard]] virtual Result<Explanation> explain(const DigitImage& image, int digit,
                                                      int rival) const = 0;
    /// Atomic: the file is there whole or as it was before.
    [[nodiscard]] virtual Result<void> save(const std::string& path) const = 0;
};

/// One batch behind us. Copied out at most about 20 times a second by the controller, never by the trainer.
struct BatchProgress
{
    int epoch = 0;              ///< From 1.
    std::int64_t batch = 0;     ///< Within the epoch, from 1.
    std::int64_t batches = 0;   ///< An epoch's.
    std::int64_t step = 0;      ///< Over the whole run, from 1.
    double loss = 0;            ///< Mean cross-entropy of this batch, with dropout and before its step.
    double accuracy = 0;        ///< Of this batch's digits, 0..1.
    double learningRate = 0;    ///< Of this batch's step.
    double gradientNorm = 0;    ///< L2 norm of this batch's gradient, before clipping.
    double imagesPerSecond = 0; ///< Of training since the run began, validation left out.
    double secondsLeft = 0;     ///< An estimate for the whole run.
};

/// One epoch behind us.
struct EpochMetrics
{
    int epoch = 0;           ///< From 1.
    std::int64_t step = 0;   ///< The run's last step of this epoch.
    double trainingLoss = 0; ///< Mean over the epoch's batches, as they were trained.
    double trainingAccuracy = 0;
    double validationLoss = 0;
    double validationAccuracy = 0;
    double learningRate = 0; ///< Of the epoch's last step.
    double gradientNorm = 0; ///< Mean over the epoch's batches, before clipping.
    double seconds = 0;      ///< Training and validation together.
    bool best = false;       ///< The lowest validation loss so far.
};

/// What to do after writing a checkpoint failed.
enum class CheckpointChoice {
    TryAgain,
    GoOn, ///< Without this one; the next epoch tries again.
    Stop, ///< The run ends as Stopped.
};

/// Called on the trainer's thread, between batches; must be quick, but for a pause.
class TrainingObserver
{
public:
    virtual ~TrainingObserver() = default;
    virtual void onBatch(const BatchProgress& progress) = 0;
    /// The epoch's checkpoint, where one was asked for, is on the disk by then.
    virtual void onEpoch(const EpochMetrics& metrics) = 0;
    /// Asked before every batch, and between the batches of validation; true ends the run. To pause, do not
    /// return: the time until it returns counts for nothing. It may throw where the run must end at once with
    /// nothing made of it: called on the thread that called train(), the exception leaves train() as an
    /// Error.
    virtual bool stopRequested() = 0;
    /// Asked after every batch; true brings onSnapshot() at once, with the weights of the moment.
    virtual bool snapshotRequested() { return false; }
    virtual void onSnapshot(const std::shared_ptr<const Model>& /*model*/) {}
    /// A checkpoint could not be written: a full disk, for one. To pause, do not return.
    virtual CheckpointChoice onCheckpointFailed(const Error& /*error*/) { return CheckpointChoice::GoOn; }
};

enum class TrainingOutcome {
    Completed,    ///< All epochs.
    Stopped,      ///< The observer asked for it.
    StoppedEarly, ///< Validation had not become better for TrainingOptions::patience epochs.
    Diverged, ///< The loss grew beyond all numbers; what came before is kept, and `explanation` says more.
};

/// Data that a run uses; test may be empty. Shared, never changed. Where training or validation holds images
/// labelled noDigitLabel, the network gets an eleventh logit for them.
struct TrainingData
{
    std::shared_ptr<const DigitSet> training;
    std::shared_ptr<const DigitSet> validation;
    std::shared_ptr<const DigitSet> test;
    /// Where set, training images come from it and not from `training`, whose labels and size still count.
    std::shared_ptr<const SampleRenderer> renderer = nullptr;
};

/// Where a run's files go; empty paths for none. Each is replaced atomically: as it was before, or whole.
struct TrainingFiles
{
    std::string best; ///< A model file: the weights after the best epoch.
    /// A model file with all that is needed to go on beside it (optimizer, averages, random states, metrics);
    /// written after every epoch, and at the end.
    std::string last;
};

/// One run.
struct TrainingJob
{
    ValidatedOptions options;
    TrainingData data;
    TrainingFiles files = {};
    /// A `last` file to go on from. The run ends bit for bit where it would have ended without the
    /// interruption (on the CPU, with the same data, options and threads); `options` may differ from those
    /// of the file in `epochs` alone, which may be more to train a finished run further.
    std::string resumeFrom = {};
};

struct TrainingResult
{
    TrainingOutcome outcome = TrainingOutcome::Completed;
    std::string explanation = {};     ///< One or two sentences for the person where the run Diverged.
    std::vector<EpochMetrics> epochs; ///< Those before a resume included.
    /// The weights after the epoch with the lowest validation loss; where not one epoch ended, those of the
    /// moment.
    std::shared_ptr<const Model> best;
    /// The weights at the end.
    std::shared_ptr<const Model> last;
    double seconds = 0;
    /// Training steps alone, over the whole run.
    double imagesPerSecond = 0;
};

/// What a file of a network is.
enum class ModelFileKind {
    DigitPad,    ///< A model file, which says all that is needed.
    StateDict,   ///< A plain dict of tensors, as Python's torch.save(net.state_dict()) writes it.
    TorchScript, ///< A program beside its weights, as torch.jit.save() writes it: loading it runs it.
};
struct ModelFileInfo
{
    ModelFileKind kind = ModelFileKind::DigitPad;
    /// Mean and standard deviation that the network was trained with, where a TorchScript file gives them: an
    /// extra file "normalization" with the two numbers, "0.1307 0.3081".
    std::optional<PixelStatistics> normalization;
};

struct EngineInfo
{
    std::string libtorchVersion; ///< "1.13.1"
    std::string blas;            ///< File name of the BLAS in the process; empty where unknown.
    bool slowBlas = false;       ///< The reference BLAS: two to five times slower.
    bool cuda = false;           ///< Whether this LibTorch can train on a GPU of this machine.
    std::string cudaDevice = {}; ///< Its name; empty where there is none.
};

/// Leslie Smith's learning-rate range test ("Cyclical Learning Rates for Training Neural Networks", 2017).
struct RateRangeTest
{
    struct Point
    {
        double rate = 0;
        double loss = 0; ///< Smoothed.
    };
    std::vector<Point> points; ///< Rates ascending, evenly on a logarithmic scale, until the loss explodes.
    double suggestion = 0;     ///< Where the loss falls most steeply; 0 where it falls nowhere.
};

/// The module's one object; thread-safe.
class Engine
{
public:
    virtual ~Engine() = default;
    [[nodiscard]] virtual EngineInfo info() const = 0;
    /// A model file; of the other kinds the error says what the file is.
    [[nodiscard]] virtual Result<std::shared_ptr<const Model>> loadModel(const std::string& path) const = 0;
    /// What a file is, without running anything of it.
    [[nodiscard]] virtual Result<ModelFileInfo> inspectModel(const std::string& /*path*/) const
    {
        return ModelFileInfo{};
    }
    /// Loads a file of the other kinds, a StateDict into the network whose tensors it has.
    ///
    /// A TorchScript file runs in a process of its own that can open no file and no connection, has at most
    /// 3 GiB of memory, and is ended where it does not answer in time; the person should have agreed to it
    /// all the same. It must take N×1×28×28 floats and give N×10 logits (or probabilities, which are told by
    /// their sums); what does not, throws, or needs an operator that is not there is an error that says so.
    [[nodiscard]] virtual Result<std::shared_ptr<const Model>>
    loadForeignModel(const std::string& /*path*/, const PixelStatistics& /*normalization*/) const
    {
        return Error{ErrorCode::Unavailable, "This engine reads DigitPad's own model files alone."};
    }
    /// Runs on the calling thread, and on helpers of its own, until done or stopped. The result's models
    /// carry `testAccuracy` where there is a test set and the run was not stopped before an epoch ended.
    [[nodiscard]] virtual Result<TrainingResult> train(const TrainingJob& job,
                                                       TrainingObserver& observer) const = 0;
    [[nodiscard]] Result<TrainingResult> train(const ValidatedOptions& options, const TrainingData& data,
                                               TrainingObserver& observer) const
    {
        return train(TrainingJob{options, data}, observer);
    }
    /// Trains a throw-away network with a rate that rises from `lowest` to `highest` over `steps` batches.
    /// The observer hears of batches alone.
    [[nodiscard]] virtual Result<RateRangeTest> testRates(const ValidatedOptions& options,
                                                          const TrainingData& data, double lowest,
                                                          double highest, int steps,
                                                          TrainingObserver& observer) const = 0;
    /// The same from a model's weights on, which stays as it is. Its network, normalisation, batch statistics
    /// and digit scoring are kept, whatever `options` say of them, and so is the first half of its
    /// convolutions; of the data, labels that its network does not know are an error.
    [[nodiscard]] virtual Result<TrainingResult> fineTune(const Model& start, const ValidatedOptions& options,
                                                          const TrainingData& data,
                                                          TrainingObserver& observer) const = 0;
};

/// Raised with every change of the contract above or of a type in it.
inline constexpr int engineAbiVersion = 4;
/// `extern "C" int digitpad_engine_abi_version()` is asked first; only when it matches is
/// `extern "C" const digitpad::Engine* digitpad_engine()` called, whose object lives as long as the process.
inline constexpr const char* engineAbiSymbol = "digitpad_engine_abi_version";
inline constexpr const char* engineSymbol = "digitpad_engine";

} // namespace digitpad
