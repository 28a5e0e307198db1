#include "core/learning/handlearningcontroller.h"

#include "core/learning/backgroundwork.h"
#include "core/learning/errorsentence.h"
#include "core/learning/otherhands.h"

#include <QLoggingCategory>
#include <QThread>

#include <atomic>
#include <exception>
#include <functional>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(handLog, "digitpad.hand")

} // namespace

class HandLearningController::Private : public HandLearningObserver
{
public:
    explicit Private(HandLearningController* controller)
        : q(controller)
    {
    }

    // --- GUI thread ---
    void end(const std::function<void()>& notify);

    // --- learning thread ---
    void run(const HandLearningTask& task);
    Result<HandLearningResult> learn(const HandLearningTask& task);
    void fail(const Error& error);
    void onProgress(const HandLearningProgress& progress) override;
    bool stopRequested() override { return stop; }
    template <class Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(q, std::move(function), Qt::QueuedConnection);
    }

    HandLearningController* const q;
    State state = State::Idle;
    std::unique_ptr<QThread> thread;
    std::atomic<bool> stop = false;
    Throttle throttle; ///< The learning threads' own.
};

void HandLearningController::Private::end(const std::function<void()>& notify)
{
    thread->wait();
    thread.reset();
    state = State::Idle;
    notify();
}

void HandLearningController::Private::run(const HandLearningTask& task)
{
    // A few seconds that somebody waits for: no lower priority than the window's, as training has.
    const auto result = learn(task);
    if (!result) {
        fail(result.error());
        return;
    }
    post([this, ended = *result] { end([&] { Q_EMIT q->completed(ended); }); });
}

Result<HandLearningResult> HandLearningController::Private::learn(const HandLearningTask& task)
{
    try {
        auto start = task.start ? Result<std::shared_ptr<const Model>>(task.start)
                                : task.engine->loadModel(task.startPath.toStdString());
        if (!start) {
            return start.error();
        }
        if (task.others) {
            return learnHand(*task.engine, *start, task.drawings, *task.others, task.options, *this);
        }
        const auto others = loadOtherHands([this] { return !stop; });
        if (!others) {
            return others.error();
        }
        return learnHand(*task.engine, *start, task.drawings, *others, task.options, *this);
    } catch (const std::exception& exception) {
        // Memory for the data ran out, most likely: the engine itself throws nothing.
        return Error{
            ErrorCode::Internal,
            HandLearningController::tr("There was not enough memory to learn from your digits. Close "
                                       "other programs, then try again.")
                .toStdString(),
            exception.what()};
    }
}

void HandLearningController::Private::fail(const Error& error)
{
    if (error.code == ErrorCode::Cancelled) {
        post([this] { end([&] { Q_EMIT q->stopped(); }); });
        return;
    }
    post([this, text = sentenceOf(error, handLog())] { end([&] { Q_EMIT q->failed(text); }); });
}

void HandLearningController::Private::onProgress(const HandLearningProgress& progress)
{
    if (throttle.due()) {
        post([this, progress] { Q_EMIT q->progressed(progress); });
    }
}

HandLearningController::HandLearningController(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

HandLearningController::~HandLearningController()
{
    if (d->thread) {
        d->stop = true;
        d->thread->wait();
    }
}

HandLearningController::State HandLearningController::state() const
{
    return d->state;
}

void HandLearningController::start(const HandLearningTask& task)
{
    Q_ASSERT(task.engine != nullptr && d->state == State::Idle);
    d->stop = false;
    d->throttle = {};
    d->state = State::Running;
    d->thread.reset(QThread::create([this, task] { d->run(task); }));
    d->thread->setObjectName(QStringLiteral("learning a hand"));
    d->thread->start();
}

void HandLearningController::stop()
{
    if (d->state == State::Running) {
        d->stop = true;
        d->state = State::Stopping;
    }
}

} // namespace digitpad
