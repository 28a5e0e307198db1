#pragma once

#include <QElapsedTimer>
#include <QMetaObject>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace digitpad {

/// Set on the façade's thread, looked at between steps of the work. Null while there is no work.
using StopFlag = std::shared_ptr<std::atomic<bool>>;

/// Sets `stop` and lets go of it; nothing where it is null.
void endStop(StopFlag& stop);
/// A new one, after the older one was set.
StopFlag renewStop(StopFlag& stop);

/// What a façade on the GUI thread has done off it: one piece after the other, on one thread of low priority
/// that is there while there is something to do. All but post() is called on the façade's thread.
class BackgroundWork
{
public:
    /// `facade` outlives it.
    BackgroundWork(QObject* facade, const QString& threadName);
    /// Drops what waits, and waits for what is being done: where that looks at a StopFlag, set it before.
    ~BackgroundWork();
    BackgroundWork(const BackgroundWork&) = delete;
    BackgroundWork& operator=(const BackgroundWork&) = delete;

    void put(std::function<void()> work);
    /// The same in the place of all that waits.
    void putInstead(std::function<void()> work);
    void dropWaiting();

    /// From any thread: `call` runs on the façade's, later. Where the façade is gone by then, so is the call.
    template <class Call>
    void post(Call call)
    {
        QMetaObject::invokeMethod(m_facade, std::move(call), Qt::QueuedConnection);
    }
    /// The same, unless `stop` was set until then.
    template <class Call>
    void post(const StopFlag& stop, Call call)
    {
        post([stop, call = std::move(call)] {
            if (!*stop) {
                call();
            }
        });
    }

private:
    QObject* const m_facade;
    QThreadPool m_pool;
};

/// For reports of progress.
class Throttle
{
public:
    /// True at most about 20 times a second; the first time at once.
    bool due();

private:
    QElapsedTimer m_timer;
};

} // namespace digitpad
