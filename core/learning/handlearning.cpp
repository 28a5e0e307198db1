#include "core/learning/handlearning.h"

#include "core/learning/handmix.h"
#include "core/learning/handprogress.h"
#include "core/learning/hardsamples.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace digitpad {

namespace {

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
        , m_folds(heldOutPossible(mine) ? options.folds : 0)
        , m_progress(observer, m_folds)
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
        const auto folds = m_folds > 0 ? dealIntoFolds(m_mine, m_folds, m_options.seed) : std::vector<int>();
        const auto models = learnAll(folds);
        if (!models) {
            return models.error();
        }
        result.model = models->back();
        m_progress.beginComparison();
        if (m_folds > 0) {
            auto mine = compareFolds(folds, *models);
            if (!mine) {
                return mine.error();
            }
            result.mine = std::move(*mine);
        }
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

    /// The drawings of a fold, or those that are not of it.
    [[nodiscard]] std::vector<LabelledInk> drawingsOf(const std::vector<int>& folds, int fold,
                                                      bool inside) const
    {
        std::vector<LabelledInk> drawings;
        for (std::size_t i = 0; i < m_mine.size(); ++i) {
            if ((folds[i] == fold) == inside) {
                drawings.push_back(m_mine[i]);
            }
        }
        return drawings;
    }

    /// A model for each fold, that has learned from what is not of it, and last one that has learned from
    /// all. Small batches leave several threads of one learning half idle: the learnings run side by side
    /// instead, on one thread each.
    Result<std::vector<std::shared_ptr<const Model>>> learnAll(const std::vector<int>& folds)
    {
        std::vector<std::shared_ptr<const Model>> models(static_cast<std::size_t>(m_folds) + 1);
        std::optional<Error> failure;
        std::mutex failureMutex;
        std::atomic<int> next = 0;
        const auto work = [&] {
            for (int i = next++; i <= m_folds; i = next++) {
                auto model = i < m_folds ? learn(drawingsOf(folds, i, false), 1)
                                         : learn(m_mine, m_folds > 0 ? 1 : m_options.threads);
                if (!model) {
                    const std::lock_guard lock(failureMutex);
                    if (!failure) {
                        failure = model.error();
                    }
                    m_progress.abandon();
                    return;
                }
                models[static_cast<std::size_t>(i)] = std::move(*model);
                if (i < m_folds) {
                    m_progress.endCheck();
                }
            }
        };
        runOnThreads(std::min(m_folds + 1, learningsAtOnce()), work);
        if (failure) {
            return *failure;
        }
        return models;
    }

    [[nodiscard]] int learningsAtOnce() const
    {
        const int most =
            m_options.threads > 0 ? m_options.threads : static_cast<int>(std::thread::hardware_concurrency());
        return std::clamp(most, 1, 8);
    }

    /// On this thread and others. An exception of any of them ends the rest and comes out here.
    void runOnThreads(int count, const std::function<void()>& work)
    {
        const auto guarded = [&] {
            try {
                work();
            } catch (...) {
                m_progress.abandon();
                throw;
            }
        };
        std::vector<std::future<void>> others;
        for (int i = 1; i < count; ++i) {
            others.push_back(std::async(std::launch::async, guarded));
        }
        guarded();
        for (std::future<void>& other : others) {
            other.get();
        }
    }

    /// A copy of the model that has learned from these drawings.
    Result<std::shared_ptr<const Model>> learn(const std::vector<LabelledInk>& drawings, int threads)
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
        options.threads = threads;
        const auto validated = validate(options, m_options.images * 2);
        if (!validated) {
            return validated.error();
        }
        const TrainingData data = mixWithOthers(drawings, m_mixed, m_options, dataName(drawings.size()));
        HandProgress::Learning progress(m_progress);
        const auto ended = m_engine.fineTune(m_start, *validated, data, progress);
        if (!ended) {
            return ended.error();
        }
        if (ended->outcome == TrainingOutcome::Stopped) {
            return cancelled();
        }
        if (ended->outcome == TrainingOutcome::Diverged) {
            return Error{ErrorCode::InvalidInput, ended->explanation};
        }
        return ended->last;
    }

    /// Each fold read by the model that has not seen it.
    Result<HandComparison> compareFolds(const std::vector<int>& folds,
                                        const std::vector<std::shared_ptr<const Model>>& models)
    {
        HandComparison sum;
        for (int fold = 0; fold < m_folds; ++fold) {
            const auto compared = compare(m_start, *models[static_cast<std::size_t>(fold)],
                                          imagesOf(drawingsOf(folds, fold, true)));
            if (!compared) {
                return compared.error();
            }
            sum.name = compared->name;
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
    const int m_folds; ///< 0 for no check.
    MixedOthers m_mixed;
    HandProgress m_progress;
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
