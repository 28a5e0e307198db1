#include "core/learning/explainer.h"

#include <QLoggingCategory>
#include <QThread>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(explainerLog, "digitpad.explainer")

struct Question
{
    int round = 0;
    std::shared_ptr<const Model> model;
    DigitImage image;
    int digit = -1;
    int rival = -1;
};

} // namespace

class Explainer::Private
{
public:
    explicit Private(Explainer* explainer)
        : q(explainer)
    {
    }

    // --- GUI thread ---
    void startThread();
    void stopThread();
    void replaceWaiting(std::optional<Question> question);
    void deliver(int round, const Result<ExplainedImage>& answer);

    // --- worker thread ---
    void work();
    /// The next question; none when it is time to end.
    std::optional<Question> take();

    Explainer* const q;
    int round = 0; ///< Answers of an older one are out of date.
    std::weak_ptr<const Model> model;
    std::unique_ptr<QThread> thread;

    std::mutex mutex;
    std::condition_variable condition;
    std::optional<Question> waiting;
    bool quit = false;
};

void Explainer::Private::startThread()
{
    if (!thread) {
        thread.reset(QThread::create([this] { work(); }));
        thread->setObjectName(QStringLiteral("explainer"));
        thread->start(QThread::LowPriority);
    }
}

void Explainer::Private::stopThread()
{
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

void Explainer::Private::replaceWaiting(std::optional<Question> question)
{
    {
        const std::lock_guard lock(mutex);
        waiting = std::move(question);
    }
    condition.notify_one();
}

void Explainer::Private::deliver(int answeredRound, const Result<ExplainedImage>& answer)
{
    if (answeredRound != round) {
        return;
    }
    if (answer) {
        Q_EMIT q->explained(*answer);
        return;
    }
    if (!answer.error().details.empty()) {
        qCWarning(explainerLog).noquote() << QString::fromStdString(answer.error().details);
    }
    Q_EMIT q->failed(QString::fromStdString(answer.error().message));
}

std::optional<Question> Explainer::Private::take()
{
    std::unique_lock lock(mutex);
    condition.wait(lock, [this] { return waiting || quit; });
    return quit ? std::nullopt : std::exchange(waiting, std::nullopt);
}

void Explainer::Private::work()
{
    while (const auto question = take()) {
        const auto explanation = question->model->explain(question->image, question->digit, question->rival);
        auto answer = explanation ? Result<ExplainedImage>(ExplainedImage{question->image, *explanation})
                                  : Result<ExplainedImage>(explanation.error());
        // Queued for the façade: where it is gone by then, so is the answer.
        QMetaObject::invokeMethod(
            q, [this, of = question->round, answer = std::move(answer)] { deliver(of, answer); },
            Qt::QueuedConnection);
    }
}

Explainer::Explainer(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<ExplainedImage>();
}

Explainer::~Explainer()
{
    d->stopThread();
}

void Explainer::explain(std::shared_ptr<const Model> model, const DigitImage& image, int digit, int rival)
{
    if (d->model.lock() != model) {
        ++d->round;
        d->model = model;
    }
    d->startThread();
    d->replaceWaiting(Question{d->round, std::move(model), image, digit, rival});
}

void Explainer::cancel()
{
    ++d->round;
    d->replaceWaiting(std::nullopt);
}

} // namespace digitpad
