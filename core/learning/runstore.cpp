#include "core/learning/runstore.h"

#include "core/base/lockedfile.h"
#include "core/learning/runfile.h"
#include "core/learning/runfolder.h"
#include "core/learning/runlock.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QLoggingCategory>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(storeLog, "digitpad.runs")

constexpr int settleTime = 100; ///< Milliseconds in which changes are gathered.
constexpr int pollTime = 2000;  ///< Milliseconds; the death of a process changes no file.

QString sentence(const Error& error)
{
    if (!error.details.empty()) {
        qCWarning(storeLog).noquote() << QString::fromStdString(error.message + " " + error.details);
    }
    return QString::fromStdString(error.message);
}

/// Tells whether a run is still as it was read, without reading it.
struct RunStamp
{
    FileStamp runFile;
    bool training = false;
    bool best = false;
    bool last = false;

    static RunStamp of(const QString& folder)
    {
        return {FileStamp::of(runFilePath(folder).toStdString()), RunLock::training(folder),
                FileStamp::of(bestModelPath(folder).toStdString()).size > 0,
                FileStamp::of(lastModelPath(folder).toStdString()).size > 0};
    }
    bool operator==(const RunStamp&) const = default;
};

/// Lives on the store's thread.
class RunScanner : public QObject
{
public:
    using Found = std::function<void(std::vector<RunRecord>)>;

    RunScanner(QString runsFolder, Found found);
    void begin();
    void scan();

private:
    struct Known
    {
        RunStamp stamp;
        RunRecord record;
    };

    bool look(const QStringList& folders);
    bool forget(const QStringList& folders);
    void watch(QStringList folders);
    void report();

    const QString m_runsFolder;
    const Found m_found;
    std::unordered_map<QString, Known> m_known;
    bool m_reported = false;
    bool m_blind = false; ///< The system watches no more folders.
    std::optional<QFileSystemWatcher> m_watcher;
    std::optional<QTimer> m_settle;
    std::optional<QTimer> m_poll;
};

RunScanner::RunScanner(QString runsFolder, Found found)
    : m_runsFolder(std::move(runsFolder))
    , m_found(std::move(found))
{
}

void RunScanner::begin()
{
    if (!QDir().mkpath(m_runsFolder)) {
        qCWarning(storeLog) << "no folder for runs:" << m_runsFolder;
    }
    m_watcher.emplace();
    m_settle.emplace();
    m_poll.emplace();
    m_settle->setSingleShot(true);
    m_settle->setInterval(settleTime);
    m_poll->setInterval(pollTime);
    connect(&*m_settle, &QTimer::timeout, this, &RunScanner::scan);
    connect(&*m_poll, &QTimer::timeout, this, &RunScanner::scan);
    connect(&*m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_settle->isActive()) { // A run that never rests is looked at all the same.
            m_settle->start();
        }
    });
    scan();
}

void RunScanner::scan()
{
    const QStringList folders = runFolders(m_runsFolder);
    watch(folders); // Before looking, so that nothing happens in between unseen.
    const bool gone = forget(folders);
    const bool news = look(folders);
    if (gone || news || !m_reported) {
        report();
    }
    const bool training = std::any_of(m_known.begin(), m_known.end(),
                                      [](const auto& one) { return one.second.stamp.training; });
    if (training || m_blind) {
        m_poll->start();
    } else {
        m_poll->stop();
    }
}

/// Whether there is something new.
bool RunScanner::look(const QStringList& folders)
{
    bool news = false;
    for (const QString& folder : folders) {
        const RunStamp stamp = RunStamp::of(folder);
        const auto known = m_known.find(folder);
        if (known == m_known.end() || known->second.stamp != stamp) {
            m_known.insert_or_assign(folder, Known{stamp, readRun(folder)});
            news = true;
        }
    }
    return news;
}

bool RunScanner::forget(const QStringList& folders)
{
    return std::erase_if(m_known, [&folders](const auto& one) { return !folders.contains(one.first); }) > 0;
}

void RunScanner::watch(QStringList folders)
{
    folders += m_runsFolder;
    const QStringList watched = m_watcher->directories();
    QStringList added;
    std::copy_if(folders.begin(), folders.end(), std::back_inserter(added),
                 [&watched](const QString& folder) { return !watched.contains(folder); });
    m_blind = !added.isEmpty() && !m_watcher->addPaths(added).isEmpty();
}

void RunScanner::report()
{
    std::vector<RunRecord> runs;
    runs.reserve(m_known.size());
    for (const auto& [folder, known] : m_known) {
        runs.push_back(known.record);
    }
    sortRuns(runs);
    m_reported = true;
    m_found(std::move(runs));
}

} // namespace

class RunStore::Private
{
public:
    Private(RunStore* store, const QString& runsFolder);
    ~Private();

    void take(std::vector<RunRecord> found);
    /// Runs `job` on the worker's thread, then looks at what it changed.
    template <class Job>
    void post(Job job);
    /// From the worker's thread to the GUI's.
    template <class Function>
    void tell(Function function)
    {
        QMetaObject::invokeMethod(q, std::move(function), Qt::QueuedConnection);
    }
    void tellIfFailed(const Result<void>& result);

    RunStore* const q;
    const QString folder;
    std::vector<RunRecord> runs;
    bool loaded = false;
    QThread thread;
    RunScanner* scanner; ///< Deleted by its thread.
};

RunStore::Private::Private(RunStore* store, const QString& runsFolder)
    : q(store)
    , folder(QDir::cleanPath(QFileInfo(runsFolder).absoluteFilePath()))
    , scanner(new RunScanner(folder, [this](std::vector<RunRecord> found) {
        tell([this, found = std::move(found)]() mutable { take(std::move(found)); });
    }))
{
    thread.setObjectName(QStringLiteral("runs"));
    scanner->moveToThread(&thread);
    QObject::connect(&thread, &QThread::started, scanner, &RunScanner::begin);
    QObject::connect(&thread, &QThread::finished, scanner, &QObject::deleteLater);
    thread.start();
}

/// Lets the worker come to the end of what it was given.
RunStore::Private::~Private()
{
    QMetaObject::invokeMethod(
        scanner, [this] { thread.quit(); }, Qt::QueuedConnection);
    thread.wait();
}

void RunStore::Private::take(std::vector<RunRecord> found)
{
    runs = std::move(found);
    loaded = true;
    Q_EMIT q->changed();
}

template <class Job>
void RunStore::Private::post(Job job)
{
    QMetaObject::invokeMethod(
        scanner,
        [this, job = std::move(job)] {
            job();
            scanner->scan();
        },
        Qt::QueuedConnection);
}

void RunStore::Private::tellIfFailed(const Result<void>& result)
{
    if (!result) {
        tell([this, text = sentence(result.error())] { Q_EMIT q->failed(text); });
    }
}

RunStore::RunStore(const QString& runsFolder, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, runsFolder))
{
}

RunStore::~RunStore() = default;

QString RunStore::runsFolder() const
{
    return d->folder;
}

bool RunStore::loaded() const
{
    return d->loaded;
}

const std::vector<RunRecord>& RunStore::runs() const
{
    return d->runs;
}

const RunRecord* RunStore::run(const QString& folder) const
{
    const auto found = std::find_if(d->runs.begin(), d->runs.end(),
                                    [&folder](const RunRecord& run) { return run.folder == folder; });
    return found == d->runs.end() ? nullptr : &*found;
}

void RunStore::refresh()
{
    d->post([] {});
}

void RunStore::readCurves(const QString& folder)
{
    d->post([this, folder] {
        auto curves = std::make_shared<const RunCurves>(digitpad::readCurves(folder));
        d->tell([this, folder, curves = std::move(curves)] { Q_EMIT curvesRead(folder, curves); });
    });
}

void RunStore::setTexts(const QString& folder, const QString& name, const QString& note)
{
    d->post([this, folder, name, note] { d->tellIfFailed(setRunTexts(folder, name, note)); });
}

void RunStore::moveToTrash(const QString& folder)
{
    d->post([this, folder] {
        if (const auto inTrash = moveRunToTrash(folder)) {
            d->tell([this, folder, place = *inTrash] { Q_EMIT movedToTrash(folder, place); });
        } else {
            d->tellIfFailed(inTrash.error());
        }
    });
}

void RunStore::restore(const QString& folder, const QString& inTrash)
{
    d->post([this, folder, inTrash] { d->tellIfFailed(restoreRun(inTrash, folder)); });
}

} // namespace digitpad
