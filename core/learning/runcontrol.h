#pragma once

#include "core/learning/engine.h"

#include <QString>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

namespace digitpad {

/// Pause, steps, stop and snapshots, between the thread that asks for them and the trainer's, which meets
/// them at its batches. A run that is held waits on a condition variable and takes no processor time.
///
/// The weights of a run that is held are those after its last batch, and a snapshot of them is there: the
/// trainer is asked for one after each batch behind which the run may be held.
class RunControl
{
public:
    class Listener
    {
    public:
        virtual ~Listener() = default;
        /// The run is held from now on; `problem` is why where nobody asked for that. Of the trainer's
        /// threads.
        virtual void onHeld(const QString& problem) = 0;
        /// Somebody asked for it. Of the trainer's threads.
        virtual void onSnapshotTaken(const std::shared_ptr<const Model>& model) = 0;
    };

    /// `listener` outlives this.
    explicit RunControl(Listener& listener)
        : m_listener(listener)
    {
    }

    // --- from any thread ---
    void pause();
    void proceed();
    /// Goes on for one batch, of an epoch's last one with what ends the epoch.
    void stepBatch();
    void stepEpoch();
    void stop();
    [[nodiscard]] bool stopping() const;
    /// Whether the run is to be held, now or after a step.
    [[nodiscard]] bool holding() const;
    void requestSnapshot();

    // --- from the trainer's threads, see TrainingObserver ---
    /// A run begins whose batches this has not seen.
    void begin();
    /// Does not return while the run is held. Validation may ask from several threads at once.
    bool stopRequested();
    void onBatch(bool lastOfEpoch);
    void onEpoch();
    [[nodiscard]] bool snapshotRequested() const;
    void onSnapshot(const std::shared_ptr<const Model>& model);
    /// Holds the run because of `problem`; true to try again, false where it is to stop.
    bool holdFor(const QString& problem);

private:
    enum class Go { On, OneBatch, OneEpoch, Nowhere };

    void go(Go how);
    [[nodiscard]] bool mayHold() const;
    void hold(std::unique_lock<std::mutex>& lock, const QString& problem);

    Listener& m_listener;
    mutable std::mutex m_mutex;
    std::condition_variable m_condition;
    Go m_go = Go::On;
    std::uint64_t m_orders = 0; ///< Counts pauses, steps and goings on.
    bool m_stop = false;
    bool m_held = false;
    bool m_snapshotWanted = false;
    bool m_endingEpoch = false; ///< The epoch's last batch is done, its end is not.
    bool m_batchSincePause = false;
    std::shared_ptr<const Model> m_snapshot; ///< Of the weights as they are; null where they were not asked.
};

} // namespace digitpad
