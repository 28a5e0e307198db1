#include "core/learning/robustnessrunner.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(robustnessLog, "digitpad.robustness")

constexpr qint64 millisecondsBetweenReports = 50;

/// Set from the GUI thread, looked at between batches.
using Stop = std::shared_ptr<std::atomic<bool>>;

struct Task
{
    std::shared_ptr<const Model> model;
    std::shared_ptr<const DigitSet> set;
    std::size_t most = 0;
    Stop stop;
};

} // namespace

class RobustnessRunner::Private
{
public:
    explicit Private(RobustnessRunner* runner)
        : q(runner)
    {
    }

    // --- GUI thread ---
    void put(Task task);
    void end();
    void stopThread();
    void deliver(const Result<std::vector<RobustnessCurve>>& curves);

    // --- worker thread ---
    void work();
    /// The next task; none when it is time to end.
    std::optional<Task> take();
    void measure(const Task& task);

    /// Runs `call` on the façade's thread, unless the task was stopped until then.
    template <class Call>
    void post(const Stop& stop, Call call)
    {
        QMetaObject::invokeMethod(
            q,
            [stop, call = std::move(call)] {
                if (!*stop) {
                    call();
                }
            },
            Qt::QueuedConnection);
    }

    RobustnessRunner* const q;
    Stop running; ///< Null while nothing is measured.
    std::unique_ptr<QThread> thread;

    std::mutex mutex;
    std::condition_variable condition;
    std::optional<Task> waiting;
    bool quit = false;
};

void RobustnessRunner::Private::put(Task task)
{
    if (!thread) {
        thread.reset(QThread::create([this] { work(); }));
        thread->setObjectName(QStringLiteral("robustness"));
        thread->start(QThread::LowPriority);
    }
    {
        const std::lock_guard lock(mutex);
        waiting = std::move(task);
    }
    condition.notify_one();
}

void RobustnessRunner::Private::end()
{
    if (running) {
        *running = true;
        running.reset();
    }
}

void RobustnessRunner::Private::stopThread()
{
    end();
    if (!thread) {
        return;
    }
    {
        const std::lock_guard lock(mutex);
        quit = true;
    }
    condition.notify_one();
    thread->wait();
}

void RobustnessRunner::Private::deliver(const Result<std::vector<RobustnessCurve>>& curves)
{
    running.reset();
    if (curves) {
        Q_EMIT q->measured(*curves);
        return;
    }
    if (!curves.error().details.empty()) {
        qCWarning(robustnessLog).noquote() << QString::fromStdString(curves.error().details);
    }
    Q_EMIT q->failed(QString::fromStdString(curves.error().message));
}

std::optional<Task> RobustnessRunner::Private::take()
{
    std::unique_lock lock(mutex);
    condition.wait(lock, [this] { return waiting || quit; });
    return quit ? std::nullopt : std::exchange(waiting, std::nullopt);
}

void RobustnessRunner::Private::work()
{
    while (const auto task = take()) {
        measure(*task);
    }
}

void RobustnessRunner::Private::measure(const Task& task)
{
    QElapsedTimer sinceReport;
    auto curves = measureRobustness(*task.model, *task.set, task.most, [&](double part) {
        if (!sinceReport.isValid() || sinceReport.elapsed() >= millisecondsBetweenReports) {
            sinceReport.start();
            post(task.stop, [this, part] { Q_EMIT q->progress(part); });
        }
        return !*task.stop;
    });
    post(task.stop, [this, curves = std::move(curves)] { deliver(curves); });
}

RobustnessRunner::RobustnessRunner(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

RobustnessRunner::~RobustnessRunner()
{
    d->stopThread();
}

void RobustnessRunner::start(std::shared_ptr<const Model> model, std::shared_ptr<const DigitSet> set,
                             std::size_t most)
{
    d->end();
    d->running = std::make_shared<std::atomic<bool>>(false);
    d->put({std::move(model), std::move(set), most, d->running});
}

void RobustnessRunner::cancel()
{
    if (busy()) {
        d->end();
        Q_EMIT cancelled();
    }
}

bool RobustnessRunner::busy() const
{
    return d->running != nullptr;
}

} // namespace digitpad
