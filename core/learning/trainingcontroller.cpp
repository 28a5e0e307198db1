#include "core/learning/trainingcontroller.h"

#include "core/learning/preparation.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QThread>

#include <atomic>
#include <exception>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(trainingLog, "digitpad.training")

constexpr qint64 progressInterval = 50; // milliseconds

/// Training takes whatever the window and the recogniser leave. Linux keeps a niceness for each thread, and
/// threads started from here inherit it.
void stepBack()
{
    if (setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 10) != 0) {
        qCWarning(trainingLog) << "the training thread keeps its priority:" << qt_error_string();
    }
}

} // namespace

class TrainingController::Private : public TrainingObserver
{
public:
    explicit Private(TrainingController* controller)
        : q(controller)
    {
    }

    // --- GUI thread ---
    void setState(State newState);
    void end(const std::function<void()>& notify);

    // --- training thread ---
    void run(const Engine& engine, const DataSource& source, const TrainingOptions& options);
    Result<TrainingResult> train(const Engine& engine, const DataSource& source,
                                 const TrainingOptions& options);
    void announce(const PreparedTraining& prepared);
    void fail(const Error& error);
    void flushProgress();
    void onBatch(const BatchProgress& progress) override;
    void onEpoch(const EpochMetrics& metrics) override;
    bool stopRequested() override { return stop; }
    template <class Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(q, std::move(function), Qt::QueuedConnection);
    }

    TrainingController* const q;
    State state = State::Idle;
    std::unique_ptr<QThread> thread;
    std::atomic<bool> stop = false;

    // The training thread's own.
    QElapsedTimer sinceProgress;
    BatchProgress newest;
    QVector<double> losses;
};

void TrainingController::Private::setState(State newState)
{
    state = newState;
    Q_EMIT q->stateChanged(state);
}

void TrainingController::Private::end(const std::function<void()>& notify)
{
    thread->wait();
    thread.reset();
    setState(State::Idle);
    notify();
}

void TrainingController::Private::run(const Engine& engine, const DataSource& source,
                                      const TrainingOptions& options)
{
    stepBack();
    const auto result = train(engine, source, options);
    flushProgress();
    if (!result) {
        fail(result.error());
        return;
    }
    post([this, ended = *result] {
        end([&] {
            if (ended.outcome == TrainingOutcome::Completed) {
                Q_EMIT q->completed(ended);
            } else {
                Q_EMIT q->stopped(ended);
            }
        });
    });
}

/// The data is given back on return, before the GUI thread hears of the end and waits for this thread's.
Result<TrainingResult> TrainingController::Private::train(const Engine& engine, const DataSource& source,
                                                          const TrainingOptions& options)
{
    try {
        const auto prepared = prepareTraining(source, options, [this] { return !stop; });
        if (!prepared) {
            return prepared.error();
        }
        announce(*prepared);
        sinceProgress.start();
        return engine.train(prepared->options, prepared->data, *this);
    } catch (const std::exception& exception) {
        // Memory for the data ran out, most likely: the engine itself throws nothing.
        return Error{
            ErrorCode::Internal,
            TrainingController::tr("There was not enough memory for the data. Close other programs or choose "
                                   "less data, then start again.")
                .toStdString(),
            exception.what()};
    }
}

void TrainingController::Private::announce(const PreparedTraining& prepared)
{
    const TrainingData& data = prepared.data;
    post([this, warnings = prepared.warnings, training = data.training->size(),
          validation = data.validation->size(), test = data.test->size()] {
        if (state == State::LoadingData) {
            setState(State::Training);
        }
        Q_EMIT q->started(static_cast<qint64>(training), static_cast<qint64>(validation),
                          static_cast<qint64>(test), warnings);
    });
}

void TrainingController::Private::fail(const Error& error)
{
    if (!error.details.empty()) {
        qCWarning(trainingLog).noquote() << QString::fromStdString(error.details);
    }
    if (error.code == ErrorCode::Cancelled) {
        post([this] {
            end([&] {
                TrainingResult nothing;
                nothing.outcome = TrainingOutcome::Stopped;
                Q_EMIT q->stopped(nothing);
            });
        });
        return;
    }
    post([this, text = QString::fromStdString(error.message)] { end([&] { Q_EMIT q->failed(text); }); });
}

void TrainingController::Private::flushProgress()
{
    if (losses.isEmpty()) {
        return;
    }
    sinceProgress.restart();
    post([this, progress = newest, batch = std::exchange(losses, {})] {
        Q_EMIT q->progressed(progress, batch);
    });
}

void TrainingController::Private::onBatch(const BatchProgress& progress)
{
    newest = progress;
    losses.append(progress.loss);
    if (sinceProgress.elapsed() >= progressInterval) {
        flushProgress();
    }
}

void TrainingController::Private::onEpoch(const EpochMetrics& metrics)
{
    flushProgress();
    post([this, metrics] { Q_EMIT q->epochEnded(metrics); });
}

TrainingController::TrainingController(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

TrainingController::~TrainingController()
{
    if (d->thread) {
        d->stop = true;
        d->thread->wait();
    }
}

TrainingController::State TrainingController::state() const
{
    return d->state;
}

void TrainingController::start(const Engine* engine, const DataSource& source, const TrainingOptions& options)
{
    Q_ASSERT(engine != nullptr && d->state == State::Idle);
    d->stop = false;
    d->losses.clear();
    d->thread.reset(QThread::create([this, engine, source, options] { d->run(*engine, source, options); }));
    d->thread->setObjectName(QStringLiteral("training"));
    d->setState(State::LoadingData);
    d->thread->start();
}

void TrainingController::stop()
{
    if (!running() || d->state == State::Stopping) {
        return;
    }
    d->stop = true;
    d->setState(State::Stopping);
}

} // namespace digitpad
