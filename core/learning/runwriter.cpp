#include "core/base/lockedfile.h"
#include "core/learning/rowfile.h"
#include "core/learning/runfile.h"
#include "core/learning/runfolder.h"
#include "core/learning/runlock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <numeric>
#include <optional>
#include <unistd.h>

namespace digitpad {

namespace {

/// For a file's name: "Fast CNN!" becomes "fast-cnn".
QString slug(const QString& text)
{
    constexpr qsizetype longest = 40;
    QString result;
    for (const QChar c : text.toLower()) {
        if (c.isDigit() || (c >= u'a' && c <= u'z')) {
            result += c;
        } else if (!result.isEmpty() && !result.endsWith(u'-')) {
            result += u'-';
        }
    }
    result.truncate(longest);
    return result.endsWith(u'-') ? result.chopped(1) : result;
}

QString idFor(const RunRecord& record)
{
    const QString what = slug(
        record.preset.isEmpty() ? QString::fromStdString(record.options.training.network) : record.preset);
    return record.started.toLocalTime().toString(QStringLiteral("yyyyMMdd-HHmmss-")) +
           (what.isEmpty() ? QStringLiteral("run") : what);
}

/// Moves a finished new folder to the first name that is free; empty with errno set.
QString claimFolder(const QString& made, const QString& wanted)
{
    constexpr int tries = 1000;
    for (int number = 1; number <= tries; ++number) {
        const QString folder = number == 1 ? wanted : QStringLiteral("%1-%2").arg(wanted).arg(number);
        // Never takes the place of a folder that holds something.
        if (rename(QFile::encodeName(made).constData(), QFile::encodeName(folder).constData()) == 0) {
            return folder;
        }
        if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR) {
            break;
        }
    }
    return {};
}

/// Hidden until it is whole, so that nobody sees half a run.
QString newFolderPath(const QString& runsFolder)
{
    static std::atomic<unsigned> counter = 0;
    return QStringLiteral("%1/.new-%2-%3").arg(runsFolder).arg(getpid()).arg(counter++);
}

/// What programs that were killed in the middle of create() left behind.
void removeLeftovers(const QString& runsFolder)
{
    const QDir parent(runsFolder);
    const QStringList names =
        parent.entryList({QStringLiteral(".new-*")}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        const QString folder = parent.absoluteFilePath(name);
        constexpr qint64 longSince = 60; // Seconds; a living program needs a moment of one.
        if (QFileInfo(folder).lastModified().secsTo(QDateTime::currentDateTime()) > longSince) {
            QDir(folder).removeRecursively();
        }
    }
}

std::vector<EpochMetrics>::iterator placeOf(int epoch, std::vector<EpochMetrics>& rows)
{
    return std::lower_bound(rows.begin(), rows.end(), epoch,
                            [](const EpochMetrics& row, int value) { return row.epoch < value; });
}

} // namespace

class RunWriter::Private
{
public:
    explicit Private(RunLock&& trainLock)
        : lock(std::move(trainLock))
    {
    }

    Result<void> writeNew();
    void readRows();
    Result<void> write();
    Result<void> update(const std::function<void(RunRecord&)>& change);
    void addBatch(const BatchPoint& point);
    void thinOut();
    void addEpoch(const EpochMetrics& metrics);
    void mergeEpochs(const std::vector<EpochMetrics>& all);
    void takeEpochs(RunRecord& target) const;
    [[nodiscard]] Result<void> checkFolder() const;

    std::optional<RunLock> lock;
    RunRecord record;
    RowFile<EpochMetrics> epochs;
    RowFile<BatchPoint> batches;
    std::int64_t stride = 1; ///< Every so many batches one is kept.
};

Result<void> RunWriter::Private::writeNew()
{
    if (auto done = epochs.write(metricsPath(record.folder), epochsHeader()); !done) {
        return done;
    }
    if (auto done = batches.write(batchesPath(record.folder), batchesHeader()); !done) {
        return done;
    }
    return writeRunFile(record.folder, record);
}

/// Of an existing run. What is not as this program writes it, a row that was cut off for one, is mended with
/// the next writing.
void RunWriter::Private::readRows()
{
    RunCurves curves = readCurves(record.folder);
    epochs = {std::move(curves.epochs), 0, true};
    batches = {std::move(curves.batches), 0, true};
    std::int64_t common = 0;
    for (const BatchPoint& point : batches.rows) {
        common = std::gcd(common, point.step - 1);
    }
    stride = common == 0 ? 1 : common & -common; // The largest power of 2 within.
}

Result<void> RunWriter::Private::checkFolder() const
{
    if (QFileInfo(record.folder).isDir()) {
        return {};
    }
    return Error{ErrorCode::NotFound, "The run's folder “" + record.folder.toStdString() +
                                          "” is no longer there; somebody has moved or deleted it."};
}

Result<void> RunWriter::Private::update(const std::function<void(RunRecord&)>& change)
{
    const auto edit = RunLock::take(record.folder, RunLock::Purpose::Edit);
    if (!edit) {
        return edit.error();
    }
    RunRecord next = record;
    if (const RunRecord there = readRunFile(record.folder); there.state != RunState::Damaged) {
        next.name = there.name;
        next.note = there.note;
    }
    change(next);
    const auto done = writeRunFile(record.folder, next);
    if (done) {
        record = std::move(next);
    }
    return done;
}

void RunWriter::Private::addBatch(const BatchPoint& point)
{
    auto& rows = batches.rows;
    if (!rows.empty() && rows.back().step >= point.step) {
        batches.cut(
            std::lower_bound(rows.begin(), rows.end(), point.step,
                             [](const BatchPoint& row, std::int64_t step) { return row.step < step; }));
    }
    if ((point.step - 1) % stride == 0) {
        rows.push_back(point);
    }
    if (rows.size() > mostBatchPoints) {
        thinOut();
    }
}

void RunWriter::Private::thinOut()
{
    stride *= 2;
    std::erase_if(batches.rows, [this](const BatchPoint& point) { return (point.step - 1) % stride != 0; });
    batches.anew = true;
}

void RunWriter::Private::addEpoch(const EpochMetrics& metrics)
{
    auto& rows = epochs.rows;
    const auto place = placeOf(metrics.epoch, rows);
    if (place != rows.end() && place + 1 == rows.end() && rowOf(*place) == rowOf(metrics)) {
        return; // The same once more, because it could not be written.
    }
    epochs.cut(place);
    rows.push_back(metrics);
}

/// An epoch whose checkpoint was written just before the program was killed is known to the engine alone.
void RunWriter::Private::mergeEpochs(const std::vector<EpochMetrics>& all)
{
    auto& rows = epochs.rows;
    for (const EpochMetrics& epoch : all) {
        auto place = placeOf(epoch.epoch, rows);
        if (place != rows.end() && rowOf(*place) == rowOf(epoch)) {
            continue;
        }
        if (place != rows.end() && place->epoch == epoch.epoch) {
            *place = epoch;
        } else {
            place = rows.insert(place, epoch);
        }
        epochs.anew = epochs.anew || place - rows.begin() < static_cast<std::ptrdiff_t>(epochs.written);
    }
}

void RunWriter::Private::takeEpochs(RunRecord& target) const
{
    target.seconds = 0;
    target.bestEpoch = 0;
    target.bestValidationLoss = -1;
    target.bestValidationAccuracy = -1;
    target.epochsDone = epochs.rows.empty() ? 0 : epochs.rows.back().epoch;
    for (const EpochMetrics& epoch : epochs.rows) {
        target.seconds += epoch.seconds;
        if (epoch.best) {
            target.bestEpoch = epoch.epoch;
            target.bestValidationLoss = epoch.validationLoss;
            target.bestValidationAccuracy = epoch.validationAccuracy;
        }
    }
    target.hasBest = QFileInfo(bestModelPath(target.folder)).size() > 0;
    target.hasLast = QFileInfo(lastModelPath(target.folder)).size() > 0;
}

Result<void> RunWriter::Private::write()
{
    if (auto there = checkFolder(); !there) {
        return there;
    }
    if (auto done = batches.write(batchesPath(record.folder), batchesHeader()); !done) {
        return done;
    }
    return epochs.write(metricsPath(record.folder), epochsHeader());
}

RunWriter::RunWriter(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

RunWriter::~RunWriter() = default;

Result<std::unique_ptr<RunWriter>> RunWriter::create(const QString& runsFolder, RunRecord record)
{
    const QString parent = QDir::cleanPath(QFileInfo(runsFolder).absoluteFilePath());
    const QString made = newFolderPath(parent);
    if (!QDir().mkpath(made)) {
        return storeError(parent.toStdString(), errno);
    }
    removeLeftovers(parent);
    const auto fail = [&made](const Error& error) {
        QDir(made).removeRecursively();
        return error;
    };
    auto lock = RunLock::take(made, RunLock::Purpose::Train);
    if (!lock) {
        return fail(lock.error());
    }
    auto d = std::make_unique<Private>(std::move(lock).value());
    if (!record.started.isValid()) {
        record.started = QDateTime::currentDateTimeUtc();
    }
    record.state = RunState::Running;
    const QString id = idFor(record);
    if (record.name.isEmpty()) {
        record.name = id;
    }
    d->record = std::move(record);
    d->record.folder = made;
    if (const auto done = d->writeNew(); !done) {
        return fail(done.error());
    }
    d->record.folder = claimFolder(made, parent + u'/' + id);
    if (d->record.folder.isEmpty()) {
        return fail(storeError(parent.toStdString(), errno));
    }
    return std::unique_ptr<RunWriter>(new RunWriter(std::move(d)));
}

Result<std::unique_ptr<RunWriter>> RunWriter::reopen(const QString& runFolder)
{
    const QString folder = QDir::cleanPath(QFileInfo(runFolder).absoluteFilePath());
    auto lock = RunLock::take(folder, RunLock::Purpose::Train);
    if (!lock) {
        return lock.error();
    }
    auto d = std::make_unique<Private>(std::move(lock).value());
    d->record = readRunFile(folder);
    if (d->record.state == RunState::Damaged || d->record.state == RunState::Newer) {
        return Error{ErrorCode::InvalidInput, QStringLiteral("The run “%1” cannot go on: %2")
                                                  .arg(d->record.name, d->record.problem)
                                                  .toStdString()};
    }
    d->readRows();
    const auto done = d->update([](RunRecord& record) {
        record.state = RunState::Running;
        record.problem.clear();
    });
    if (!done) {
        return done.error();
    }
    return std::unique_ptr<RunWriter>(new RunWriter(std::move(d)));
}

const RunRecord& RunWriter::record() const
{
    return d->record;
}

TrainingFiles RunWriter::files() const
{
    return {bestModelPath(d->record.folder).toStdString(), lastModelPath(d->record.folder).toStdString()};
}

Result<void> RunWriter::update(const std::function<void(RunRecord&)>& change)
{
    return d->update(change);
}

void RunWriter::addBatch(const BatchPoint& point)
{
    d->addBatch(point);
}

Result<void> RunWriter::addEpoch(const EpochMetrics& metrics)
{
    d->addEpoch(metrics);
    if (auto done = d->write(); !done) {
        return done;
    }
    return d->update([this](RunRecord& record) { d->takeEpochs(record); });
}

Result<void> RunWriter::finish(RunState state, const QString& problem, const TrainingResult* result)
{
    if (result != nullptr) {
        d->mergeEpochs(result->epochs);
    }
    if (auto done = d->write(); !done) {
        return done;
    }
    const auto done = d->update([&](RunRecord& record) {
        d->takeEpochs(record);
        record.state = state;
        record.problem = problem;
        if (result != nullptr) {
            record.seconds = std::max(record.seconds, result->seconds);
            record.testAccuracy = result->best ? result->best->info().testAccuracy : record.testAccuracy;
        }
    });
    if (done) {
        d->lock.reset();
    }
    return done;
}

} // namespace digitpad
