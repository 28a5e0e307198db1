#include "core/learning/runcontrol.h"

#include <utility>

namespace digitpad {

void RunControl::go(Go how)
{
    {
        const std::lock_guard lock(m_mutex);
        m_go = how;
        ++m_orders;
        m_batchSincePause = false;
    }
    m_condition.notify_all();
}

void RunControl::pause()
{
    go(Go::Nowhere);
}

void RunControl::proceed()
{
    go(Go::On);
}

void RunControl::stepBatch()
{
    go(Go::OneBatch);
}

void RunControl::stepEpoch()
{
    go(Go::OneEpoch);
}

void RunControl::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_condition.notify_all();
}

bool RunControl::stopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

bool RunControl::holding() const
{
    const std::lock_guard lock(m_mutex);
    return m_go != Go::On;
}

void RunControl::requestSnapshot()
{
    {
        const std::lock_guard lock(m_mutex);
        m_snapshotWanted = true;
    }
    m_condition.notify_all();
}

void RunControl::begin()
{
    const std::lock_guard lock(m_mutex);
    m_snapshot.reset();
    m_endingEpoch = false;
}

/// A pause that came between a batch's question for a snapshot and the next batch waits for that one, so that
/// there is a snapshot of what is held. Trainers that are not asked for any are held all the same.
bool RunControl::mayHold() const
{
    return m_go == Go::Nowhere && (m_snapshot || m_batchSincePause);
}

bool RunControl::stopRequested()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop && mayHold()) {
        hold(lock, {});
    }
    return m_stop;
}

/// Until another order comes, were it to pause again.
void RunControl::hold(std::unique_lock<std::mutex>& lock, const QString& problem)
{
    const auto goesOn = [this, orders = m_orders] { return m_stop || m_orders != orders; };
    if (m_held) { // Another thread of the trainer's has said so.
        m_condition.wait(lock, goesOn);
        return;
    }
    m_held = true;
    lock.unlock();
    m_listener.onHeld(problem);
    lock.lock();
    while (!goesOn()) {
        if (m_snapshotWanted && m_snapshot) {
            m_snapshotWanted = false;
            lock.unlock();
            m_listener.onSnapshotTaken(m_snapshot); // Nobody changes it while the run is held.
            lock.lock();
        }
        m_condition.wait(lock, [&] { return goesOn() || (m_snapshotWanted && m_snapshot); });
    }
    m_held = false;
}

void RunControl::onBatch(bool lastOfEpoch)
{
    const std::lock_guard lock(m_mutex);
    m_snapshot.reset();
    m_endingEpoch = lastOfEpoch;
    if (m_go == Go::OneBatch && !lastOfEpoch) {
        m_go = Go::Nowhere;
    }
    m_batchSincePause = true;
}

void RunControl::onEpoch()
{
    const std::lock_guard lock(m_mutex);
    m_endingEpoch = false;
    if (m_go == Go::OneBatch || m_go == Go::OneEpoch) {
        m_go = Go::Nowhere;
    }
}

bool RunControl::snapshotRequested() const
{
    const std::lock_guard lock(m_mutex);
    // While an epoch ends a pause, or a full disk, may hold the run without another batch.
    return m_snapshotWanted || m_endingEpoch || m_go == Go::Nowhere;
}

void RunControl::onSnapshot(const std::shared_ptr<const Model>& model)
{
    bool wanted = false;
    {
        const std::lock_guard lock(m_mutex);
        m_snapshot = model;
        wanted = std::exchange(m_snapshotWanted, false);
    }
    if (wanted) {
        m_listener.onSnapshotTaken(model);
    }
}

bool RunControl::holdFor(const QString& problem)
{
    std::unique_lock lock(m_mutex);
    if (!m_stop) {
        m_go = Go::Nowhere;
        hold(lock, problem);
    }
    return !m_stop;
}

} // namespace digitpad
