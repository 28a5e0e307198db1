#pragma once

#include "core/learning/engine.h"
#include "core/learning/handlearning.h"

#include <atomic>
#include <chrono>
#include <mutex>

namespace digitpad {

/// The batches of several learnings, side by side on several threads, as one progress; and one wish to stop
/// for all of them.
class HandProgress
{
public:
    /// The observer must outlive it. There is one learning more than there are checks.
    HandProgress(HandLearningObserver& observer, int checks)
        : m_observer(observer)
        , m_learnings(checks + 1)
        , m_checksLeft(checks)
    {
    }

    /// Of one of the learnings; the trainer tells it of its batches.
    class Learning final : public TrainingObserver
    {
    public:
        explicit Learning(HandProgress& progress)
            : m_progress(progress)
        {
        }
        void onBatch(const BatchProgress& batch) override
        {
            m_progress.advance(1 / static_cast<double>(batch.batches));
        }
        void onEpoch(const EpochMetrics&) override {}
        bool stopRequested() override { return m_progress.stopRequested(); }

    private:
        HandProgress& m_progress;
    };

    void endCheck()
    {
        const std::lock_guard lock(m_mutex);
        --m_checksLeft;
    }
    void beginComparison()
    {
        const std::lock_guard lock(m_mutex);
        report(HandLearningStage::Comparing);
    }
    /// One learning failed: the others need not go on.
    void abandon() { m_abandoned = true; }
    [[nodiscard]] bool stopRequested()
    {
        const std::lock_guard lock(m_mutex);
        return m_abandoned || m_observer.stopRequested();
    }
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(Clock::now() - m_start).count();
    }

private:
    using Clock = std::chrono::steady_clock;

    /// What reading the folds and the other hands' digits takes, in learnings.
    static constexpr double comparisonShare = 0.5;

    void advance(double part)
    {
        const std::lock_guard lock(m_mutex);
        m_done += part;
        report(m_checksLeft > 0 ? HandLearningStage::Checking : HandLearningStage::Learning);
    }
    void report(HandLearningStage stage)
    {
        const double done = m_done / (m_learnings + comparisonShare);
        m_observer.onProgress({stage, done, done > 0.02 ? seconds() / done * (1 - done) : -1});
    }

    HandLearningObserver& m_observer;
    const Clock::time_point m_start = Clock::now();
    const int m_learnings;
    std::atomic<bool> m_abandoned = false;
    std::mutex m_mutex; ///< For what follows, and for the observer.
    double m_done = 0;  ///< In learnings.
    int m_checksLeft;
};

} // namespace digitpad
