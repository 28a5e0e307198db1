#include "core/learning/recognizer.h"

#include "core/learning/engineloader.h"
#include "core/learning/errorsentence.h"
#include "core/learning/padreader.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(recognizerLog, "digitpad.recognizer")

/// The one with the last stroke; of a picture the last one.
const ReadDigit& newestDigit(const NumberReading& reading)
{
    const auto newest = [](const ReadDigit& a, const ReadDigit& b) {
        return !b.strokes.empty() && (a.strokes.empty() || a.strokes.back() <= b.strokes.back());
    };
    const auto found = std::max_element(reading.digits.begin(), reading.digits.end(), newest);
    return found->strokes.empty() ? reading.digits.back() : *found;
}

} // namespace

class Recognizer::Private
{
public:
    explicit Private(Recognizer* recognizer)
        : q(recognizer)
    {
    }

    // --- GUI thread ---
    void setState(State newState, const QString& newMessage);
    void setModel(std::shared_ptr<const Model> newModel, const QString& newName);
    void wake(const std::function<void()>& change);

    // --- worker thread ---
    void work();
    bool loadEngineAndModel();
    void loadModelFile(const QString& path, const QString& name);
    void makeClassifier(const std::shared_ptr<const Model>& newModel, const QString& newName);
    void readContent(const PadContent& content);
    void fail(const Error& error);
    /// Runs on the GUI thread, unless the recogniser is gone by then.
    template <class Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(q, std::move(function), Qt::QueuedConnection);
    }

    Recognizer* const q;
    State state = State::Loading;
    QString message = Recognizer::tr("The recogniser is loading. You can draw already.");
    const Engine* engine = nullptr;
    std::shared_ptr<const Model> model;
    QString modelName;
    std::unique_ptr<QThread> thread;
    /// See startWith(); not changed once the worker runs.
    std::optional<std::pair<QString, QString>> startFile;

    /// What the worker is asked to do next; each field holds the newest wish only.
    struct Wishes
    {
        std::optional<PadContent> content;
        std::optional<std::pair<std::shared_ptr<const Model>, QString>> model;
        std::optional<std::pair<QString, QString>> modelFile; ///< Its path and what to call it.
        bool quit = false;

        [[nodiscard]] bool any() const { return content || model || modelFile || quit; }
    };
    std::mutex mutex;
    std::condition_variable condition;
    Wishes wishes;

    // The worker's own.
    const Engine* workerEngine = nullptr;
    std::unique_ptr<Classifier> classifier;
    std::unique_ptr<NumberReader> numberReader; ///< Of the classifier.
    PadContent lastContent;
    bool several = false; ///< The last reading found more than one digit.
};

void Recognizer::Private::setState(State newState, const QString& newMessage)
{
    message = newMessage;
    state = newState;
    Q_EMIT q->stateChanged(state);
}

void Recognizer::Private::setModel(std::shared_ptr<const Model> newModel, const QString& newName)
{
    model = std::move(newModel);
    modelName = newName;
    setState(State::Ready, {});
    Q_EMIT q->modelChanged();
}

void Recognizer::Private::wake(const std::function<void()>& change)
{
    {
        const std::lock_guard lock(mutex);
        change();
    }
    condition.notify_one();
}

void Recognizer::Private::work()
{
    if (loadEngineAndModel() && startFile) {
        loadModelFile(startFile->first, startFile->second);
    }
    while (true) {
        Wishes now;
        {
            std::unique_lock lock(mutex);
            condition.wait(lock, [this] { return wishes.any(); });
            now = std::exchange(wishes, {});
        }
        if (now.quit) {
            return;
        }
        if (now.modelFile) {
            loadModelFile(now.modelFile->first, now.modelFile->second);
        }
        if (now.model) {
            makeClassifier(now.model->first, now.model->second);
        }
        if (now.content) {
            lastContent = std::move(*now.content);
        }
        // A new model reads the newest drawing again.
        readContent(lastContent);
    }
}

bool Recognizer::Private::loadEngineAndModel()
{
    const auto loaded = loadEngine();
    if (!loaded) {
        post([this, text = sentenceOf(loaded.error(), recognizerLog())] { setState(State::Failed, text); });
        return false;
    }
    workerEngine = *loaded;
    post([this, ready = *loaded] {
        engine = ready;
        Q_EMIT q->engineReady(ready);
    });
    const QString path = bundledModelPath();
    if (path.isEmpty()) {
        post([this] {
            setState(State::Failed,
                     Recognizer::tr("The bundled model is missing. Choose a model file in the File "
                                    "menu, or train one in the Training tab."));
        });
        return false;
    }
    const auto bundled = workerEngine->loadModel(path.toStdString());
    if (!bundled) {
        post([this, text = sentenceOf(bundled.error(), recognizerLog())] { setState(State::Failed, text); });
        return false;
    }
    makeClassifier(*bundled, Recognizer::tr("Bundled model"));
    return true;
}

void Recognizer::Private::loadModelFile(const QString& path, const QString& name)
{
    if (workerEngine == nullptr) {
        post([this] { Q_EMIT q->modelFailed(message); });
        return;
    }
    const auto loaded = workerEngine->loadModel(path.toStdString());
    if (!loaded) {
        post([this, text = sentenceOf(loaded.error(), recognizerLog())] { Q_EMIT q->modelFailed(text); });
        return;
    }
    makeClassifier(*loaded, name);
}

void Recognizer::Private::makeClassifier(const std::shared_ptr<const Model>& newModel, const QString& newName)
{
    auto made = newModel->makeClassifier();
    if (!made) {
        post([this, text = sentenceOf(made.error(), recognizerLog())] {
            Q_EMIT q->modelFailed(text);
            if (!model) {
                setState(State::Failed, text);
            }
        });
        return;
    }
    numberReader.reset(); // It reads with the old one.
    classifier = std::move(*made);
    numberReader = std::make_unique<NumberReader>(*classifier);
    // A newer drawing, and the end, need not wait for all digits of this one.
    numberReader->setKeepGoing([this] {
        const std::lock_guard lock(mutex);
        return !wishes.any();
    });
    post([this, newModel, newName] { setModel(newModel, newName); });
}

void Recognizer::Private::readContent(const PadContent& content)
{
    if (!classifier) {
        return;
    }
    const auto prediction = classifier->classify(digitImage(content));
    if (!prediction) {
        fail(prediction.error());
        return;
    }
    numberReader->remember(*prediction); // What can only be one digit is not read twice.
    const auto reading = numberReader->read(content);
    if (reading) {
        several = reading->digits.size() > 1;
        const Prediction shown = several ? newestDigit(*reading).prediction : *prediction;
        post([this, shown, result = *reading] {
            Q_EMIT q->numberRead(result);
            Q_EMIT q->predicted(shown);
        });
        return;
    }
    const ErrorCode code = reading.error().code;
    if (code != ErrorCode::InvalidInput && code != ErrorCode::Cancelled) {
        fail(reading.error());
    } else if (code == ErrorCode::InvalidInput || !several) {
        // Too many strokes to tell apart are read as one, and while the drawing changes faster than all its
        // digits are read, one digit is shown all the same.
        several = false;
        post([this, shown = *prediction, tooMany = code == ErrorCode::InvalidInput] {
            if (tooMany) {
                Q_EMIT q->numberRead({});
            }
            Q_EMIT q->predicted(shown);
        });
    }
}

void Recognizer::Private::fail(const Error& error)
{
    post([this, text = sentenceOf(error, recognizerLog())] { setState(State::Failed, text); });
}

Recognizer::Recognizer(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<Prediction>();
    qRegisterMetaType<NumberReading>();
}

Recognizer::~Recognizer()
{
    if (d->thread) {
        d->wake([this] { d->wishes.quit = true; });
        d->thread->wait();
    }
}

void Recognizer::startWith(const QString& path, const QString& name)
{
    if (d->thread) {
        loadModelAs(path, name);
    } else {
        d->startFile.emplace(path, name);
    }
}

void Recognizer::start()
{
    if (d->thread) {
        return;
    }
    d->thread.reset(QThread::create([this] { d->work(); }));
    d->thread->setObjectName(QStringLiteral("recognizer"));
    d->thread->start();
}

Recognizer::State Recognizer::state() const
{
    return d->state;
}

QString Recognizer::message() const
{
    return d->message;
}

const Engine* Recognizer::engine() const
{
    return d->engine;
}

std::shared_ptr<const Model> Recognizer::model() const
{
    return d->model;
}

QString Recognizer::modelName() const
{
    return d->modelName;
}

void Recognizer::useModel(std::shared_ptr<const Model> model, const QString& name)
{
    d->wake([&] { d->wishes.model.emplace(std::move(model), name); });
}

void Recognizer::loadModel(const QString& path)
{
    loadModelAs(path, QFileInfo(path).fileName());
}

void Recognizer::loadModelAs(const QString& path, const QString& name)
{
    d->wake([&] { d->wishes.modelFile.emplace(path, name); });
}

void Recognizer::read(const PadContent& content)
{
    d->wake([&] { d->wishes.content = content; });
}

} // namespace digitpad
