#include "core/learning/trainingcontroller.h"

#include "core/learning/trainingsession.h"

#include <QLoggingCategory>
#include <QThread>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(controllerLog, "digitpad.training")

/// Training takes whatever the window and the recogniser leave. Linux keeps a niceness for each thread, and
/// threads started from here inherit it.
void stepBack()
{
    if (setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 10) != 0) {
        qCWarning(controllerLog) << "the training thread keeps its priority:" << qt_error_string();
    }
}

} // namespace

class TrainingController::Private : public TrainingSession::Listener
{
public:
    explicit Private(TrainingController* controller)
        : q(controller)
    {
    }

    // --- GUI thread ---
    void setState(State newState);
    void begin(const Engine* engine, std::function<SessionEnd(TrainingSession&)> task);
    void end(const SessionEnd& ended);
    void tell(const SessionEnd& ended);
    void goOn(void (RunControl::*how)());

    // --- training thread, and helpers of the engine's ---
    void onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                    const QStringList& warnings) override;
    void onProgress(const BatchProgress& newest, const QVector<BatchPoint>& points) override;
    void onEpoch(const EpochMetrics& metrics) override;
    void onRunEnded(const RunRecord& record) override;
    void onRangeTestBegan() override;
    void onHeld(const QString& problem) override;
    void onSnapshotTaken(const std::shared_ptr<const Model>& model) override;
    template <class Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(q, std::move(function), Qt::QueuedConnection);
    }

    TrainingController* const q;
    State state = State::Idle;
    std::unique_ptr<TrainingSession> session;
    std::unique_ptr<QThread> thread;
};

void TrainingController::Private::setState(State newState)
{
    if (state != newState) {
        state = newState;
        Q_EMIT q->stateChanged(state);
    }
}

void TrainingController::Private::begin(const Engine* engine,
                                        std::function<SessionEnd(TrainingSession&)> task)
{
    Q_ASSERT(engine != nullptr && state == State::Idle);
    session = std::make_unique<TrainingSession>(*engine, *this);
    thread.reset(QThread::create([this, task = std::move(task)] {
        stepBack();
        const SessionEnd ended = task(*session);
        post([this, ended] { end(ended); });
    }));
    thread->setObjectName(QStringLiteral("training"));
    setState(State::LoadingData);
    thread->start();
}

void TrainingController::Private::end(const SessionEnd& ended)
{
    thread->wait();
    thread.reset();
    session.reset();
    setState(State::Idle);
    tell(ended);
}

void TrainingController::Private::tell(const SessionEnd& ended)
{
    switch (ended.kind) {
    case SessionEnd::Kind::Completed:
        if (ended.folds.folds > 0) {
            Q_EMIT q->foldsEnded(ended.folds);
        }
        Q_EMIT q->completed(ended.result);
        break;
    case SessionEnd::Kind::Stopped:
        Q_EMIT q->stopped(ended.result);
        break;
    case SessionEnd::Kind::Failed:
        Q_EMIT q->failed(ended.problem);
        break;
    case SessionEnd::Kind::RatesTested:
        Q_EMIT q->ratesTested(ended.rates);
        break;
    }
}

void TrainingController::Private::goOn(void (RunControl::*how)())
{
    if (state == State::Paused) {
        setState(State::Training);
        (session->control().*how)();
    }
}

void TrainingController::Private::onRunBegan(const RunRecord& record,
                                             const std::shared_ptr<const RunCurves>& curves,
                                             const QStringList& warnings)
{
    post([this, record, curves, warnings] {
        if (state == State::LoadingData) {
            setState(State::Training);
        }
        Q_EMIT q->runBegan(record, curves, warnings);
    });
}

void TrainingController::Private::onProgress(const BatchProgress& newest, const QVector<BatchPoint>& points)
{
    post([this, newest, points] { Q_EMIT q->progressed(newest, points); });
}

void TrainingController::Private::onEpoch(const EpochMetrics& metrics)
{
    post([this, metrics] { Q_EMIT q->epochEnded(metrics); });
}

void TrainingController::Private::onRunEnded(const RunRecord& record)
{
    post([this, record] { Q_EMIT q->runEnded(record); });
}

void TrainingController::Private::onRangeTestBegan()
{
    post([this] {
        if (state == State::LoadingData) {
            setState(State::Training);
        }
    });
}

void TrainingController::Private::onHeld(const QString& problem)
{
    post([this, problem] {
        if (state == State::Training || state == State::Pausing) {
            setState(State::Paused);
        }
        if (!problem.isEmpty()) {
            Q_EMIT q->pausedByProblem(problem);
        }
    });
}

void TrainingController::Private::onSnapshotTaken(const std::shared_ptr<const Model>& model)
{
    post([this, model] { Q_EMIT q->snapshotTaken(model); });
}

TrainingController::TrainingController(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

TrainingController::~TrainingController()
{
    if (d->thread) {
        d->session->abandon();
        d->thread->wait();
    }
}

TrainingController::State TrainingController::state() const
{
    return d->state;
}

void TrainingController::start(const Engine* engine, const TrainingStart& start)
{
    d->begin(engine, [start](TrainingSession& session) { return session.start(start); });
}

void TrainingController::resumeRun(const Engine* engine, const QString& runFolder)
{
    d->begin(engine, [runFolder](TrainingSession& session) { return session.resume(runFolder); });
}

void TrainingController::continueRun(const Engine* engine, const QString& runFolder, int epochs)
{
    d->begin(engine,
             [runFolder, epochs](TrainingSession& session) { return session.extend(runFolder, epochs); });
}

void TrainingController::testRates(const Engine* engine, const RunOptions& options)
{
    d->begin(engine, [options](TrainingSession& session) { return session.testRates(options); });
}

void TrainingController::pause()
{
    if (d->state == State::Training) {
        d->setState(State::Pausing);
        d->session->control().pause();
    }
}

void TrainingController::proceed()
{
    d->goOn(&RunControl::proceed);
}

void TrainingController::stepBatch()
{
    d->goOn(&RunControl::stepBatch);
}

void TrainingController::stepEpoch()
{
    d->goOn(&RunControl::stepEpoch);
}

void TrainingController::stop()
{
    if (running() && d->state != State::Stopping) {
        d->setState(State::Stopping);
        d->session->control().stop();
    }
}

void TrainingController::requestSnapshot()
{
    if (d->session) {
        d->session->control().requestSnapshot();
    }
}

} // namespace digitpad
