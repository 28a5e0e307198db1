#include "core/learning/backgroundwork.h"

#include <QThread>

namespace digitpad {

namespace {

constexpr qint64 millisecondsBetweenReports = 50;

} // namespace

void endStop(StopFlag& stop)
{
    if (stop) {
        *stop = true;
        stop.reset();
    }
}

StopFlag renewStop(StopFlag& stop)
{
    endStop(stop);
    stop = std::make_shared<std::atomic<bool>>(false);
    return stop;
}

BackgroundWork::BackgroundWork(QObject* facade, const QString& threadName)
    : m_facade(facade)
{
    m_pool.setObjectName(threadName);
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

BackgroundWork::~BackgroundWork()
{
    dropWaiting();
    m_pool.waitForDone();
}

void BackgroundWork::put(std::function<void()> work)
{
    m_pool.start(std::move(work));
}

void BackgroundWork::putInstead(std::function<void()> work)
{
    dropWaiting();
    put(std::move(work));
}

void BackgroundWork::dropWaiting()
{
    m_pool.clear();
}

bool Throttle::due()
{
    if (m_timer.isValid() && m_timer.elapsed() < millisecondsBetweenReports) {
        return false;
    }
    m_timer.start();
    return true;
}

} // namespace digitpad
