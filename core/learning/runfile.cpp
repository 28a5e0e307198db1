#include "core/learning/runfile.h"

#include "core/base/atomicfile.h"
#include "core/base/lockedfile.h"
#include "core/learning/jsonkeys.h"
#include "core/learning/runfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace digitpad {

namespace {

constexpr int formatVersion = 1;
constexpr std::size_t largestFile = 4U << 20U;

QString runFormat()
{
    return QStringLiteral("DigitPad run");
}

struct StateName
{
    RunState state;
    QLatin1String name;
};

/// Those that a file may say.
constexpr std::array<StateName, 4> stateNames = {{{RunState::Running, QLatin1String("running")},
                                                  {RunState::Completed, QLatin1String("completed")},
                                                  {RunState::Stopped, QLatin1String("stopped")},
                                                  {RunState::Failed, QLatin1String("failed")}}};

/// Damaged and the like are no states to write: whoever holds such a record got it from no file.
QJsonValue jsonState(RunState state)
{
    const auto* const found = std::find_if(stateNames.begin(), stateNames.end(),
                                           [state](const StateName& one) { return one.state == state; });
    return found == stateNames.end() ? jsonState(RunState::Running) : QJsonValue(found->name);
}

bool readState(RunState& target, const QJsonValue& value)
{
    const QString text = value.toString();
    const auto* const found = std::find_if(stateNames.begin(), stateNames.end(),
                                           [&text](const StateName& one) { return one.name == text; });
    if (found != stateNames.end()) {
        target = found->state;
    }
    return found != stateNames.end();
}

template <class Value>
JsonKey<RunRecord> optionalKey(const char* name, Value RunRecord::*member)
{
    JsonKey<RunRecord> key = jsonKey(name, member);
    key.mayBeMissing = true;
    return key;
}

/// But for the options.
const JsonKeys<RunRecord>& runKeys()
{
    using Run = RunRecord;
    static const JsonKeys<Run> keys = {
        optionalKey("name", &Run::name),
        optionalKey("note", &Run::note),
        optionalKey("preset", &Run::preset),
        {QStringLiteral("state"), QStringLiteral("“running”, “completed”, “stopped” or “failed”"),
         [](const Run& run) { return jsonState(run.state); },
         [](Run& run, const QJsonValue& value) { return readState(run.state, value); }},
        optionalKey("problem", &Run::problem),
        optionalKey("dataNames", &Run::dataNames),
        optionalKey("dataHash", &Run::dataHash),
        optionalKey("validationSources", &Run::validationSources),
        optionalKey("trainingImages", &Run::trainingImages),
        optionalKey("validationImages", &Run::validationImages),
        optionalKey("testImages", &Run::testImages),
        optionalKey("parameters", &Run::parameters),
        optionalKey("device", &Run::device),
        optionalKey("versions", &Run::versions),
        optionalKey("started", &Run::started),
        optionalKey("seconds", &Run::seconds),
        optionalKey("epochsDone", &Run::epochsDone),
        optionalKey("bestEpoch", &Run::bestEpoch),
        optionalKey("bestValidationLoss", &Run::bestValidationLoss),
        optionalKey("bestValidationAccuracy", &Run::bestValidationAccuracy),
        optionalKey("testAccuracy", &Run::testAccuracy),
    };
    return keys;
}

bool hasContent(const QString& path)
{
    return QFileInfo(path).size() > 0;
}

/// From an id such as "20261126-141503-baseline", in the time of this place.
QDateTime startFromId(const QString& id)
{
    return QDateTime::fromString(id.left(15), QStringLiteral("yyyyMMdd-HHmmss"));
}

RunRecord emptyRun(const QString& runFolder)
{
    RunRecord record;
    record.folder = runFolder;
    record.name = runId(runFolder);
    record.hasBest = hasContent(bestModelPath(runFolder));
    record.hasLast = hasContent(lastModelPath(runFolder));
    return record;
}

RunRecord newerRun(const QString& runFolder)
{
    RunRecord record = damagedRun(
        runFolder,
        QStringLiteral("The run was written by a newer version of DigitPad; update DigitPad to open it."));
    record.state = RunState::Newer;
    return record;
}

/// Empty where all is well.
QString readKeys(RunRecord& record, const QJsonObject& object)
{
    for (const JsonKey<RunRecord>& key : runKeys()) {
        const QJsonValue value = object.value(key.name);
        if (value.isUndefined() ? !key.mayBeMissing : !key.read(record, value)) {
            return QStringLiteral("Its run.json is damaged: “%1” must be %2 and is %3.")
                .arg(key.name, key.kind, value.isUndefined() ? QStringLiteral("missing") : shownValue(value));
        }
    }
    return {};
}

bool isNewer(const QJsonObject& object)
{
    return object.value(u"version").toDouble() > formatVersion;
}

RunRecord runFromJson(const QJsonObject& object, const QString& runFolder)
{
    if (object.value(u"format") != QJsonValue(runFormat())) {
        return damagedRun(runFolder, QStringLiteral("Its run.json is damaged: it is no file of a run."));
    }
    const QJsonObject options = object.value(u"options").toObject();
    if (isNewer(object) || isNewer(options)) {
        return newerRun(runFolder);
    }
    RunRecord record = emptyRun(runFolder);
    if (const QString problem = readKeys(record, object); !problem.isEmpty()) {
        return damagedRun(runFolder, problem);
    }
    const auto read = runOptionsFromJson(options);
    if (!read) {
        return damagedRun(
            runFolder,
            QStringLiteral("Its run.json is damaged: %1").arg(QString::fromStdString(read.error().message)));
    }
    record.options = read->options;
    return record;
}

} // namespace

QString runFilePath(const QString& runFolder)
{
    return runFolder + QStringLiteral("/run.json");
}

QString metricsPath(const QString& runFolder)
{
    return runFolder + QStringLiteral("/metrics.csv");
}

QString batchesPath(const QString& runFolder)
{
    return runFolder + QStringLiteral("/batches.csv");
}

QString runId(const QString& runFolder)
{
    return runFolder.section(u'/', -1);
}

QByteArray runFileText(const RunRecord& record)
{
    QJsonObject object = jsonObject(runKeys(), record);
    object.insert(QStringLiteral("format"), runFormat());
    object.insert(QStringLiteral("version"), formatVersion);
    object.insert(QStringLiteral("options"), toJson(record.options));
    return QJsonDocument(object).toJson();
}

RunRecord parseRunFile(const QByteArray& text, const QString& runFolder)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (text.isEmpty()) {
        return damagedRun(runFolder, QStringLiteral("Its run.json is empty."));
    }
    if (problem.error != QJsonParseError::NoError) {
        return damagedRun(runFolder,
                          QStringLiteral("Its run.json is damaged: %1.").arg(problem.errorString()));
    }
    return runFromJson(document.object(), runFolder);
}

RunRecord damagedRun(const QString& runFolder, const QString& problem)
{
    RunRecord record = emptyRun(runFolder);
    record.state = RunState::Damaged;
    record.problem = problem;
    record.started = startFromId(runId(runFolder));
    return record;
}

RunRecord readRunFile(const QString& runFolder)
{
    if (!QFileInfo(runFolder).isDir()) {
        return damagedRun(runFolder, QStringLiteral("Its folder is no longer there."));
    }
    const auto text = readWholeFile(runFilePath(runFolder).toStdString(), largestFile);
    if (text) {
        return parseRunFile(QByteArray::fromStdString(*text), runFolder);
    }
    return damagedRun(runFolder, text.error().code == ErrorCode::NotFound
                                     ? QStringLiteral("It has no run.json, so nothing is known of it.")
                                     : QString::fromStdString(text.error().message));
}

Result<void> writeRunFile(const QString& runFolder, const RunRecord& record)
{
    const QByteArray text = runFileText(record);
    const std::string path = runFilePath(runFolder).toStdString();
    const int number = replaceFile(path, {text.constData(), static_cast<std::size_t>(text.size())});
    if (number != 0) {
        return storeError(path, number);
    }
    return {};
}

} // namespace digitpad
