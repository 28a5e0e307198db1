#include "core/learning/runfolder.h"

#include "core/base/atomicfile.h"
#include "core/base/nearestname.h"
#include "core/learning/runcurves.h"
#include "core/learning/runfile.h"
#include "core/learning/runlock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(runsLog, "digitpad.runs")

constexpr std::size_t largestCurves = 64U << 20U;
constexpr qsizetype longestName = 200;
constexpr qsizetype longestNote = 10'000;

Error invalid(const QString& message)
{
    return Error{ErrorCode::InvalidInput, message.toStdString()};
}

/// Whether a folder holds what only runs hold, or is named as they are.
bool meantToBeRun(const QString& folder)
{
    static const QRegularExpression id(QStringLiteral("^\\d{8}-\\d{6}-"));
    const QStringList names{QStringLiteral("/run.json"), QStringLiteral("/metrics.csv"),
                            QStringLiteral("/last.pt"), QStringLiteral("/best.pt")};
    return id.match(runId(folder)).hasMatch() ||
           std::any_of(names.begin(), names.end(),
                       [&folder](const QString& name) { return QFileInfo::exists(folder + name); });
}

std::string curvesText(const QString& path)
{
    const auto text = readWholeFile(path.toStdString(), largestCurves);
    if (!text && text.error().code != ErrorCode::NotFound) {
        qCWarning(runsLog).noquote() << QString::fromStdString(text.error().message + " " +
                                                               text.error().details);
    }
    return text ? *text : std::string();
}

void addSet(QCryptographicHash& hash, const DigitSet& set)
{
    const auto add = [&hash](const std::vector<std::uint8_t>& bytes) {
        hash.addData(QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                             static_cast<qsizetype>(bytes.size())));
    };
    hash.addData(QByteArray::number(static_cast<qulonglong>(set.size())) + '\n');
    add(set.images);
    add(set.labels);
}

QString oneLine(const QString& text)
{
    return text.simplified().left(longestName);
}

/// Those of `runs` for which `matches` says so.
template <class Matches>
std::vector<RunRecord> chosen(const std::vector<RunRecord>& runs, Matches matches)
{
    std::vector<RunRecord> result;
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(result), matches);
    return result;
}

Error ambiguous(const QString& text, const std::vector<RunRecord>& runs)
{
    QStringList ids;
    for (const RunRecord& run : runs) {
        ids += runId(run.folder);
    }
    return invalid(QStringLiteral("“%1” may be any of %2; say which by its whole id.")
                       .arg(text, ids.join(QStringLiteral(", "))));
}

Error notFound(const QString& text, const std::vector<RunRecord>& runs)
{
    std::vector<std::string> names;
    for (const RunRecord& run : runs) {
        names.push_back(run.name.toStdString());
        names.push_back(runId(run.folder).toStdString());
    }
    const std::string near = nearestName(text.toStdString(), names);
    const std::string advice =
        near.empty() ? "list them to see which there are." : "did you mean “" + near + "”?";
    return Error{ErrorCode::NotFound, "There is no run “" + text.toStdString() + "”; " + advice};
}

} // namespace

QString defaultRunsFolder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("runs"));
}

QString bestModelPath(const QString& runFolder)
{
    return runFolder + QStringLiteral("/best.pt");
}

QString lastModelPath(const QString& runFolder)
{
    return runFolder + QStringLiteral("/last.pt");
}

QString dataHash(const DigitSet& training, const DigitSet& validation)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    addSet(hash, training);
    addSet(hash, validation);
    return QString::fromLatin1(hash.result().toHex());
}

RunRecord readRun(const QString& runFolder)
{
    const QString folder = QDir::cleanPath(QFileInfo(runFolder).absoluteFilePath());
    RunRecord record = readRunFile(folder);
    if (record.state == RunState::Running && !RunLock::training(folder)) {
        // Its end may have come between the two looks.
        record = readRunFile(folder);
        if (record.state == RunState::Running) {
            record.state = RunState::Interrupted;
        }
    }
    return record;
}

std::vector<RunRecord> readRuns(const QString& runsFolder)
{
    std::vector<RunRecord> runs;
    for (const QString& folder : runFolders(runsFolder)) {
        runs.push_back(readRun(folder));
    }
    sortRuns(runs);
    return runs;
}

QStringList runFolders(const QString& runsFolder)
{
    QStringList folders;
    const QDir parent(runsFolder);
    const QStringList names = parent.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        const QString folder = QDir::cleanPath(parent.absoluteFilePath(name));
        if (meantToBeRun(folder)) {
            folders += folder;
        }
    }
    return folders;
}

void sortRuns(std::vector<RunRecord>& runs)
{
    std::sort(runs.begin(), runs.end(), [](const RunRecord& a, const RunRecord& b) {
        return a.started != b.started ? a.started > b.started : a.folder > b.folder;
    });
}

RunCurves readCurves(const QString& runFolder)
{
    return {parseEpochs(curvesText(metricsPath(runFolder))),
            parseBatches(curvesText(batchesPath(runFolder)))};
}

Result<RunRecord> findRun(const QString& runsFolder, const QString& text)
{
    if (text.contains(u'/') && QFileInfo(text).isDir()) {
        return readRun(text);
    }
    const std::vector<RunRecord> runs = readRuns(runsFolder);
    std::vector<RunRecord> found =
        chosen(runs, [&text](const RunRecord& run) { return runId(run.folder) == text || run.name == text; });
    if (found.empty() && !text.isEmpty()) {
        found = chosen(runs, [&text](const RunRecord& run) { return runId(run.folder).startsWith(text); });
    }
    if (found.size() > 1) {
        return ambiguous(text, found);
    }
    return found.empty() ? Result<RunRecord>(notFound(text, runs)) : Result<RunRecord>(found.front());
}

Result<void> setRunTexts(const QString& runFolder, const QString& name, const QString& note)
{
    if (oneLine(name).isEmpty()) {
        return invalid(QStringLiteral("A run needs a name; type one."));
    }
    const auto lock = RunLock::take(runFolder, RunLock::Purpose::Edit);
    if (!lock) {
        return lock.error();
    }
    RunRecord record = readRunFile(runFolder);
    if (record.state == RunState::Damaged || record.state == RunState::Newer) {
        return invalid(QStringLiteral("The run “%1” cannot be changed: %2").arg(record.name, record.problem));
    }
    record.name = oneLine(name);
    record.note = note.trimmed().left(longestNote);
    return writeRunFile(runFolder, record);
}

Result<QString> moveRunToTrash(const QString& runFolder)
{
    const auto lock = RunLock::take(runFolder, RunLock::Purpose::Train);
    if (!lock) {
        return lock.error();
    }
    QString inTrash;
    if (!QFile::moveToTrash(runFolder, &inTrash)) {
        return Error{ErrorCode::Io, "The run's folder “" + runFolder.toStdString() +
                                        "” cannot be moved to the trash; delete it in a file manager."};
    }
    return inTrash;
}

Result<void> restoreRun(const QString& inTrash, const QString& runFolder)
{
    if (QFileInfo::exists(runFolder) || !QDir().rename(inTrash, runFolder)) {
        return Error{ErrorCode::Io, "The run cannot be taken out of the trash; look for it there as “" +
                                        inTrash.toStdString() + "”."};
    }
    // The trash's own note of it, see the FreeDesktop.org Trash specification.
    const QFileInfo place(inTrash);
    QFile::remove(QStringLiteral("%1/../info/%2.trashinfo").arg(place.path(), place.fileName()));
    return {};
}

} // namespace digitpad
