#include "core/learning/handlearning.h"

#include "core/learning/handmix.h"
#include "core/learning/hardsamples.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace digitpad {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t heldOutMinimum = 10;
constexpr const char* handMark = " of my digits";

std::array<std::size_t, digitClasses> countDigits(const std::vector<LabelledInk>& drawings)
{
    std::array<std::size_t, digitClasses> counts{};
    for (const LabelledInk& drawing : drawings) {
        ++counts[static_cast<std::size_t>(drawing.digit)];
    }
    return counts;
}

std::size_t errorsOf(const Evaluation& evaluation)
{
    std::size_t right = 0;
    for (std::size_t digit = 0; digit < digitClasses; ++digit) {
        right += static_cast<std::size_t>(evaluation.confusion[digit][digit]);
    }
    return evaluation.images - right;
}

std::size_t toleratedErrors(std::size_t images)
{
    return static_cast<std::size_t>(std::llround(toleratedLoss * static_cast<double>(images)));
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "Learning was cancelled; the model in use is as it was."};
}

Result<void> checkInput(const std::vector<LabelledInk>& mine, const OtherHands& others,
                        const HandLearningOptions& options)
{
    if (mine.size() < minimumHandDrawings) {
        return Error{ErrorCode::InvalidInput, "There are " + std::to_string(mine.size()) +
                                                  " of your digits, and learning needs at least " +
                                                  std::to_string(minimumHandDrawings) +
                                                  "; add some in the Draw tab first."};
    }
    const bool labelled = std::all_of(mine.begin(), mine.end(), [](const LabelledInk& drawing) {
        return drawing.digit >= 0 && drawing.digit < digitClasses;
    });
    if (!labelled) {
        return Error{ErrorCode::InvalidInput, "One of your drawings is no digit from 0 to 9; relabel it."};
    }
    if (others.training.size() == 0 || others.test.size() == 0) {
        return Error{ErrorCode::InvalidInput,
                     "There are no digits of other hands to learn along with; download MNIST first."};
    }
    if (options.folds == 1 || options.folds < 0 || options.batchSize < 1 ||
        options.images < static_cast<std::size_t>(options.batchSize) || !(options.ownShare > 0) ||
        !(options.noDigitShare >= 0) || !(options.ownShare + options.noDigitShare < 1)) {
        return Error{ErrorCode::InvalidInput, "The options for learning your hand are impossible."};
    }
    return {};
}

/// The engine puts what the model had learned from before it.
std::string dataName(std::size_t drawings)
{
    return std::to_string(drawings) + handMark;
}

/// Turns the batches of several learnings into one progress.
class Progress final : public TrainingObserver
{
public:
    Progress(HandLearningObserver& observer, int learnings)
        : m_observer(observer)
        , m_learnings(learnings)
    {
    }

    void begin(HandLearningStage stage) { m_stage = stage; }
    void endLearning() { ++m_ended; }
    void onBatch(const BatchProgress& batch) override
    {
        report((m_ended + static_cast<double>(batch.batch) / static_cast<double>(batch.batches)) /
               (m_learnings + comparisonShare));
    }
    void onEpoch(const EpochMetrics&) override {}
    bool stopRequested() override { return m_observer.stopRequested(); }
    void report(double done)
    {
        const double elapsed = seconds();
        m_observer.onProgress({m_stage, done, done > 0.02 ? elapsed / done * (1 - done) : -1});
    }
    void beginComparison()
    {
        begin(HandLearningStage::Comparing);
        report(m_learnings / (m_learnings + comparisonShare));
    }
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(Clock::now() - m_start).count();
    }

private:
    /// What reading the other hands' digits takes, in learnings.
    static constexpr double comparisonShare = 0.5;

    HandLearningObserver& m_observer;
    const Clock::time_point m_start = Clock::now();
    const int m_learnings;
    int m_ended = 0;
    HandLearningStage m_stage = HandLearningStage::Checking;
};

class HandLearning
{
public:
    HandLearning(const Engine& engine, const Model& start, const std::vector<LabelledInk>& mine,
                 const OtherHands& others, const HandLearningOptions& options, HandLearningObserver& observer)
        : m_engine(engine)
        , m_start(start)
        , m_mine(mine)
        , m_others(others)
        , m_options(options)
        , m_checked(options.folds > 0 && heldOutPossible(mine))
        , m_progress(observer, m_checked ? options.folds + 1 : 1)
    {
    }

    Result<HandLearningResult> run()
    {
        HandLearningResult result;
        result.counts = countDigits(m_mine);
        result.startKnewTheHand = knowsAHand(m_start.info());
        if (const auto chosen = chooseOthers(); !chosen) {
            return chosen.error();
        }
        if (m_checked) {
            auto checked = check();
            if (!checked) {
                return checked.error();
            }
            result.mine = std::move(*checked);
        }
        m_progress.begin(HandLearningStage::Learning);
        auto model = learn(m_mine);
        if (!model) {
            return model.error();
        }
        result.model = std::move(*model);
        m_progress.beginComparison();
        auto others = compare(m_start, *result.model, m_others.test);
        if (!others) {
            return others.error();
        }
        result.others = std::move(*others);
        result.seconds = m_progress.seconds();
        return result;
    }

private:
    Result<void> chooseOthers()
    {
        m_mixed.digits = m_others.training;
        if (m_start.info().hasNoDigitClass) {
            m_mixed.noDigits = m_others.noDigits;
        }
        if (m_options.hardShare > 0) {
            const auto hard = hardestSamples(m_start, m_others.training, m_options.hardDigits,
                                             [this] { return !m_progress.stopRequested(); });
            if (!hard) {
                return hard.error();
            }
            m_mixed.hard = subset(m_others.training, *hard);
        }
        return {};
    }

    /// A copy of the model that has learned from these drawings.
    Result<std::shared_ptr<const Model>> learn(const std::vector<LabelledInk>& drawings)
    {
        TrainingOptions options;
        options.network = m_start.info().network;
        options.optimizer = m_options.optimizer;
        options.learningRate = m_options.learningRate;
        options.schedule = "cosine";
        options.warmUp = 0.05;
        options.batchSize = m_options.batchSize;
        options.epochs = 1;
        options.weightAverage = m_options.weightAverage;
        options.seed = m_options.seed;
        options.threads = m_options.threads;
        const auto validated = validate(options, m_options.images * 2);
        if (!validated) {
            return validated.error();
        }
        const TrainingData data = mixWithOthers(drawings, m_mixed, m_options, dataName(drawings.size()));
        const auto ended = m_engine.fineTune(m_start, *validated, data, m_progress);
        if (!ended) {
            return ended.error();
        }
        if (ended->outcome == TrainingOutcome::Stopped) {
            return cancelled();
        }
        if (ended->outcome == TrainingOutcome::Diverged) {
            return Error{ErrorCode::InvalidInput, ended->explanation};
        }
        m_progress.endLearning();
        return ended->last;
    }

    /// Each fold read by a model that has not seen it.
    Result<HandComparison> check()
    {
        m_progress.begin(HandLearningStage::Checking);
        const auto folds = dealIntoFolds(m_mine, m_options.folds, m_options.seed);
        HandComparison sum;
        sum.name = "my digits";
        for (int fold = 0; fold < m_options.folds; ++fold) {
            std::vector<LabelledInk> learned;
            std::vector<LabelledInk> heldOut;
            for (std::size_t i = 0; i < m_mine.size(); ++i) {
                (folds[i] == fold ? heldOut : learned).push_back(m_mine[i]);
            }
            const auto model = learn(learned);
            if (!model) {
                return model.error();
            }
            const auto compared = compare(m_start, **model, imagesOf(heldOut));
            if (!compared) {
                return compared.error();
            }
            sum.images += compared->images;
            sum.errorsBefore += compared->errorsBefore;
            sum.errorsAfter += compared->errorsAfter;
        }
        return sum;
    }

    Result<HandComparison> compare(const Model& before, const Model& after, const DigitSet& set)
    {
        const auto keepGoing = [this] { return !m_progress.stopRequested(); };
        const auto then = before.evaluate(set, keepGoing);
        if (!then) {
            return then.error();
        }
        const auto now = after.evaluate(set, keepGoing);
        if (!now) {
            return now.error();
        }
        return HandComparison{set.name, then->images, errorsOf(*then), errorsOf(*now)};
    }

    const Engine& m_engine;
    const Model& m_start;
    const std::vector<LabelledInk>& m_mine;
    const OtherHands& m_others;
    const HandLearningOptions& m_options;
    const bool m_checked;
    MixedOthers m_mixed;
    Progress m_progress;
};

} // namespace

HandVerdict HandLearningResult::verdict() const
{
    if (others.errorsAfter > others.errorsBefore + toleratedErrors(others.images)) {
        return HandVerdict::WorseOnOthers;
    }
    if (!mine) {
        return HandVerdict::Unknown;
    }
    if (mine->errorsAfter > mine->errorsBefore) {
        return HandVerdict::WorseOnMine;
    }
    return mine->errorsAfter < mine->errorsBefore ? HandVerdict::Better : HandVerdict::NoDifference;
}

bool HandLearningResult::recommended() const
{
    return verdict() == HandVerdict::Better || verdict() == HandVerdict::Unknown;
}

bool heldOutPossible(const std::vector<LabelledInk>& mine)
{
    std::size_t possible = 0;
    for (const std::size_t count : countDigits(mine)) {
        possible += count >= 2 ? count : 0;
    }
    return possible >= heldOutMinimum;
}

bool knowsAHand(const ModelInfo& info)
{
    return info.trainedOn.find(handMark) != std::string::npos;
}

Result<HandLearningResult> learnHand(const Engine& engine, const std::shared_ptr<const Model>& start,
                                     const std::vector<LabelledInk>& mine, const OtherHands& others,
                                     const HandLearningOptions& options, HandLearningObserver& observer)
{
    if (const auto usable = checkInput(mine, others, options); !usable) {
        return usable.error();
    }
    return HandLearning(engine, *start, mine, others, options, observer).run();
}

} // namespace digitpad
