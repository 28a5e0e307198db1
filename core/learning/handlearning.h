#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/ink/ink.h"
#include "core/learning/engine.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// "Learn my hand": a copy of a model is trained a little further on one person's drawings, mixed with digits
/// of other hands so that it does not forget them.
namespace digitpad {

struct LabelledInk
{
    Ink ink;
    int digit = -1; ///< 0 to 9.
};

/// Fewer drawings are an error: what could be learned from them is chance.
inline constexpr std::size_t minimumHandDrawings = 5;

/// Digits of other hands: what the person's own are mixed with, and where forgetting shows.
struct OtherHands
{
    DigitSet training; ///< Of each step's images, those that are not the person's own come from here.
    DigitSet test;     ///< Shares nothing with `training`.
    /// Labelled noDigitLabel: what a model that knows “no digit” must not forget either. May be empty.
    DigitSet noDigits;
};

/// The defaults were chosen by measurement, see tests/benchmarks/personalization.cpp.
struct HandLearningOptions
{
    std::size_t images = 6'400;     ///< Seen in one learning, own and others' together.
    double ownShare = 0.5;          ///< Part of the images that are own drawings, each drawn anew; in (0, 1).
    double noDigitShare = 0.2;      ///< Part of the images that are no digits, where the model knows those.
    double hardShare = 0.75;        ///< Part of the others' digits that are hard ones.
    std::size_t hardDigits = 1'000; ///< The others' digits that the model is least sure of are hard.
    std::size_t drawsEach = 100; ///< An own drawing is seen no more often, so that one alone rules nothing.
    double variation = 1;        ///< How different an own drawing is each time, in usual
                                 ///< strengths, see AugmentationOptions.
    std::string optimizer = "adam"; ///< See TrainingOptions.
    double learningRate = 0.0008;
    int batchSize = 64;
    double weightAverage = 0; ///< See TrainingOptions.
    int folds = 3;            ///< See HandLearningResult::mine; each costs one learning. 0 for no check.
    std::uint64_t seed = 1;
    /// How many learnings run side by side, where there is a check, or how many threads the only one has; 0
    /// lets the network and the machine decide.
    int threads = 0;
};

/// Misread images before and after.
struct HandComparison
{
    std::string name; ///< What was measured on, as DigitSet::name.
    std::size_t images = 0;
    std::size_t errorsBefore = 0;
    std::size_t errorsAfter = 0;

    [[nodiscard]] double accuracyBefore() const { return accuracy(errorsBefore); }
    [[nodiscard]] double accuracyAfter() const { return accuracy(errorsAfter); }

private:
    [[nodiscard]] double accuracy(std::size_t errors) const
    {
        return images > 0 ? 1 - static_cast<double>(errors) / static_cast<double>(images) : 0;
    }
};

enum class HandVerdict {
    Better,        ///< Fewer of the person's drawings are misread, and nothing else suffered.
    Unknown,       ///< There were too few drawings to hold any out; nothing else suffered.
    NoDifference,  ///< As many of the person's drawings are misread as before.
    WorseOnMine,   ///< More of the person's drawings are misread.
    WorseOnOthers, ///< Other hands' digits are read worse by more than `toleratedLoss`.
};

/// 0.1 points: of MNIST's 10,000 test images, ten.
inline constexpr double toleratedLoss = 0.001;

struct HandLearningResult
{
    /// Learned from all drawings.
    std::shared_ptr<const Model> model;
    std::array<std::size_t, digitClasses> counts{}; ///< Own drawings of each digit.
    /// On own drawings that were not learned from: the drawings are dealt into folds, and each fold is read
    /// by a model that learned from the others. `model` itself learned from all, so that these figures
    /// promise a little less than it holds. None where there were too few, see heldOutPossible(), or no
    /// folds.
    std::optional<HandComparison> mine;
    /// Of `model`.
    HandComparison others;
    /// The model that it began with had learned from drawings of this person, perhaps from these: `mine` is
    /// then no fair comparison.
    bool startKnewTheHand = false;
    double seconds = 0;

    [[nodiscard]] HandVerdict verdict() const;
    /// Whether the new model should take the old one's place.
    [[nodiscard]] bool recommended() const;
};

/// Whether a check on held-out drawings would say anything: ten drawings of digits that are there twice.
bool heldOutPossible(const std::vector<LabelledInk>& mine);

/// Whether a model, by what it says of itself, has learned from somebody's own drawings.
bool knowsAHand(const ModelInfo& info);

enum class HandLearningStage {
    Checking, ///< Learning without a fold; from all drawings as well where there are threads left.
    Learning, ///< From all drawings.
    Comparing ///< Reading the folds and other hands' digits.
};

struct HandLearningProgress
{
    HandLearningStage stage = HandLearningStage::Checking;
    double done = 0;         ///< 0 to 1, of all.
    double secondsLeft = -1; ///< An estimate; -1 while unknown.
};

/// Called between batches on one of the learning threads, never on two at once; must be quick.
class HandLearningObserver
{
public:
    virtual ~HandLearningObserver() = default;
    virtual void onProgress(const HandLearningProgress& progress) = 0;
    virtual bool stopRequested() = 0;
};

/// Runs on the calling thread and helpers, for some seconds. `start` stays as it is. The same arguments and
/// thread count give the same result. Too few drawings, a drawing without a digit and an
/// OtherHands without images are ErrorCode::InvalidInput; a stop is ErrorCode::Cancelled.
Result<HandLearningResult> learnHand(const Engine& engine, const std::shared_ptr<const Model>& start,
                                     const std::vector<LabelledInk>& mine, const OtherHands& others,
                                     const HandLearningOptions& options, HandLearningObserver& observer);

} // namespace digitpad
