#include "core/data/mydigits.h"

#include "core/data/digitcollection.h"
#include "core/ink/inklimits.h"

#include <QDir>
#include <QLoggingCategory>
#include <QSet>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(myDigitsLog, "digitpad.mydigits")

QString sentence(const Error& error)
{
    if (!error.details.empty()) {
        qCWarning(myDigitsLog).noquote() << QString::fromStdString(error.message + " " + error.details);
    }
    return QString::fromStdString(error.message);
}

bool hasPoints(const Ink& ink)
{
    return std::any_of(ink.strokes.begin(), ink.strokes.end(), [](const auto& stroke) {
        return std::any_of(stroke->points.begin(), stroke->points.end(), isStorable);
    });
}

bool before(const MyDigit& digit, quint64 id)
{
    return digit.id < id;
}

} // namespace

class MyDigits::Private
{
public:
    using Job = std::function<void(DigitCollection&)>;

    Private(MyDigits* owner, QString file);
    ~Private();

    // --- GUI thread ---
    /// Runs `job` on the worker's thread, then brings the file up to date and tells what came of it.
    void post(Job job);
    /// The same for work that brings the file up to date itself; `done` runs on the GUI thread.
    template <class Work, class Done>
    void postWork(Work work, Done done);
    void take(DigitCollection::News& news);
    bool takeDigits(DigitCollection::News& news);
    void takeState(bool loaded, const std::optional<QString>& error);
    void takeWriting(quint64 number, const std::optional<QString>& error);
    std::vector<MyDigit>::iterator place(quint64 id)
    {
        return std::lower_bound(digits.begin(), digits.end(), id, before);
    }
    MyDigit* find(quint64 id)
    {
        const auto found = place(id);
        return found != digits.end() && found->id == id ? &*found : nullptr;
    }

    // --- worker thread ---
    void report(quint64 number, const Result<void>& result);

    MyDigits* const q;
    const QString path;
    State state = State::Loading;
    QString message;
    std::vector<MyDigit> digits; ///< By id.
    int otherLines = 0;
    quint64 asked = 0;      ///< Jobs handed to the worker,
    quint64 done = 0;       ///< and those that have come back,
    bool unwritten = false; ///< after the last of which the file still lacked something.
    QString saveProblem;

    std::atomic<quint64> lastId = 0;
    QThread thread;
    QObject worker;
    DigitCollection collection; ///< The worker's alone.
};

MyDigits::Private::Private(MyDigits* owner, QString file)
    : q(owner)
    , path(std::move(file))
    , collection(path, [this] { return ++lastId; })
{
    thread.setObjectName(QStringLiteral("my digits"));
    worker.moveToThread(&thread);
}

/// Lets the worker come to the end of what it was given.
MyDigits::Private::~Private()
{
    if (thread.isRunning()) {
        QMetaObject::invokeMethod(
            &worker, [this] { thread.quit(); }, Qt::QueuedConnection);
        thread.wait();
    }
}

void MyDigits::Private::post(Job job)
{
    thread.start(); // Does nothing where it runs.
    const quint64 number = ++asked;
    QMetaObject::invokeMethod(&worker, [this, number, job = std::move(job)] {
        if (job) {
            job(collection);
        }
        report(number, collection.sync());
    });
}

void MyDigits::Private::report(quint64 number, const Result<void>& result)
{
    auto news = std::make_shared<DigitCollection::News>(collection.takeNews());
    const std::optional<QString> error = result ? std::nullopt : std::optional(sentence(result.error()));
    const auto tell = [=, this, loaded = collection.loaded(), pending = collection.hasUnwrittenChanges(),
                       others = collection.otherLines()] {
        const bool othersChanged = std::exchange(otherLines, others) != others;
        unwritten = pending;
        done = number;
        if (takeDigits(*news) || othersChanged) {
            Q_EMIT q->changed();
        }
        takeState(loaded, error);
        for (const QString& notice : std::as_const(news->notices)) {
            Q_EMIT q->noticed(notice);
        }
        takeWriting(number, error);
    };
    QMetaObject::invokeMethod(q, tell, Qt::QueuedConnection);
}

template <class Work, class Done>
void MyDigits::Private::postWork(Work work, Done whenDone)
{
    auto result = std::make_shared<std::optional<decltype(work(collection))>>();
    post([result, work = std::move(work)](DigitCollection& c) { *result = work(c); });
    // Behind the report of the job, so that digits() is up to date.
    QMetaObject::invokeMethod(&worker, [this, result, whenDone = std::move(whenDone)] {
        QMetaObject::invokeMethod(
            q,
            [this, result, whenDone] {
                if (const auto& value = result->value()) {
                    whenDone(*value);
                } else {
                    Q_EMIT q->failed(sentence(value.error()));
                }
            },
            Qt::QueuedConnection);
    });
}

/// False where nothing is new.
bool MyDigits::Private::takeDigits(DigitCollection::News& news)
{
    for (auto& [id, image] : news.images) {
        if (MyDigit* digit = find(id)) {
            digit->image = std::move(image);
        }
    }
    if (!news.vanished.empty()) {
        const QSet<quint64> gone(news.vanished.begin(), news.vanished.end());
        std::erase_if(digits, [&gone](const MyDigit& digit) { return gone.contains(digit.id); });
    }
    if (digits.empty()) {
        digits = std::move(news.appeared);
        return !digits.empty() || !news.vanished.empty();
    }
    std::move(news.appeared.begin(), news.appeared.end(), std::back_inserter(digits));
    const auto earlier = [](const MyDigit& a, const MyDigit& b) { return a.id < b.id; };
    if (!std::is_sorted(digits.begin(), digits.end(), earlier)) {
        std::sort(digits.begin(), digits.end(),
                  earlier); // Something was added while the file was being read.
    }
    return !news.appeared.empty() || !news.images.empty() || !news.vanished.empty();
}

void MyDigits::Private::takeState(bool loaded, const std::optional<QString>& error)
{
    const State now = loaded ? State::Ready : error ? State::Failed : State::Loading;
    message = loaded ? QString() : error.value_or(QString());
    if (std::exchange(state, now) != now) {
        Q_EMIT q->stateChanged(state);
    }
}

void MyDigits::Private::takeWriting(quint64 number, const std::optional<QString>& error)
{
    if (error) {
        saveProblem = unwritten ? *error : QString();
        Q_EMIT q->failed(*error);
        return;
    }
    saveProblem.clear();
    if (number == asked) {
        Q_EMIT q->saved();
    }
}

QString MyDigits::defaultPath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("my-digits.jsonl"));
}

MyDigits::MyDigits(QString path, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(path)))
{
}

MyDigits::~MyDigits() = default;

void MyDigits::start()
{
    d->post({});
}

MyDigits::State MyDigits::state() const
{
    return d->state;
}

QString MyDigits::message() const
{
    return d->message;
}

QString MyDigits::path() const
{
    return d->path;
}

const std::vector<MyDigit>& MyDigits::digits() const
{
    return d->digits;
}

const MyDigit* MyDigits::find(quint64 id) const
{
    return d->find(id);
}

std::array<int, digitClasses> MyDigits::counts() const
{
    std::array<int, digitClasses> result{};
    for (const MyDigit& digit : d->digits) {
        ++result[static_cast<std::size_t>(digit.digit)];
    }
    return result;
}

int MyDigits::otherLines() const
{
    return d->otherLines;
}

bool MyDigits::hasUnsavedChanges() const
{
    return d->done != d->asked || d->unwritten;
}

QString MyDigits::saveProblem() const
{
    return d->saveProblem;
}

quint64 MyDigits::add(const Ink& ink, int digit)
{
    if (!hasPoints(ink)) {
        return 0;
    }
    const MyDigit added{++d->lastId, ink, digit, QDateTime::currentDateTimeUtc(), nullptr};
    d->digits.insert(d->place(added.id), added);
    d->post([added](DigitCollection& collection) { collection.add(added); });
    Q_EMIT changed();
    return added.id;
}

std::vector<MyDigit> MyDigits::relabel(const std::vector<quint64>& ids, int digit)
{
    std::vector<MyDigit> previous;
    std::vector<quint64> concerned;
    for (const quint64 id : ids) {
        MyDigit* found = d->find(id);
        if (found != nullptr && found->digit != digit) {
            previous.push_back(*found);
            concerned.push_back(id);
            found->digit = digit;
        }
    }
    if (!concerned.empty()) {
        d->post([concerned, digit](DigitCollection& collection) { collection.relabel(concerned, digit); });
        Q_EMIT changed();
    }
    return previous;
}

std::vector<MyDigit> MyDigits::remove(const std::vector<quint64>& ids)
{
    const QSet<quint64> wanted(ids.begin(), ids.end());
    std::vector<MyDigit> previous;
    std::vector<quint64> concerned;
    std::erase_if(d->digits, [&](const MyDigit& digit) {
        if (!wanted.contains(digit.id)) {
            return false;
        }
        previous.push_back(digit);
        concerned.push_back(digit.id);
        return true;
    });
    if (!concerned.empty()) {
        d->post([concerned](DigitCollection& collection) { collection.remove(concerned); });
        Q_EMIT changed();
    }
    return previous;
}

void MyDigits::restore(const std::vector<MyDigit>& before)
{
    std::vector<std::pair<quint64, int>> labels;
    std::vector<MyDigit> missing;
    for (const MyDigit& digit : before) {
        labels.emplace_back(digit.id, digit.digit);
        if (MyDigit* found = d->find(digit.id)) {
            found->digit = digit.digit;
        } else {
            missing.push_back(digit);
        }
    }
    const auto middle = static_cast<std::ptrdiff_t>(d->digits.size());
    std::move(missing.begin(), missing.end(), std::back_inserter(d->digits));
    const auto earlier = [](const MyDigit& a, const MyDigit& b) { return a.id < b.id; };
    std::sort(d->digits.begin() + middle, d->digits.end(), earlier);
    std::inplace_merge(d->digits.begin(), d->digits.begin() + middle, d->digits.end(), earlier);
    d->post([labels](DigitCollection& collection) { collection.restore(labels); });
    Q_EMIT changed();
}

void MyDigits::importFrom(const QString& path)
{
    d->postWork([path](DigitCollection& collection) { return collection.importFrom(path); },
                [this, path](const ImportCounts& counts) {
                    Q_EMIT imported(path, counts.added, counts.duplicates, counts.skipped);
                });
}

void MyDigits::exportTo(const QString& path, const std::vector<quint64>& ids)
{
    d->postWork([path, ids](DigitCollection& collection) { return collection.exportTo(path, ids); },
                [this, path](int count) { Q_EMIT exported(path, count); });
}

void MyDigits::retry()
{
    d->post({});
}

void MyDigits::refresh()
{
    d->post({});
}

} // namespace digitpad
