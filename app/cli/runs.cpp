#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/jsontext.h"
#include "app/cli/output.h"
#include "app/cli/trainingreport.h"
#include "core/learning/runfolder.h"

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

QString idOf(const RunRecord& record)
{
    return QFileInfo(record.folder).fileName();
}

QString stateName(RunState state)
{
    switch (state) {
    case RunState::Running:
        return u"running"_s;
    case RunState::Interrupted:
        return u"interrupted"_s;
    case RunState::Completed:
        return u"completed"_s;
    case RunState::Stopped:
        return u"stopped"_s;
    case RunState::Failed:
        return u"failed"_s;
    case RunState::Damaged:
        return u"damaged"_s;
    case RunState::Newer:
        return u"newer"_s;
    }
    return {};
}

/// Numbers below 0 are unknown.
QJsonValue known(double number)
{
    return number < 0 ? QJsonValue() : QJsonValue(number);
}

QJsonObject runObject(const RunRecord& record)
{
    return QJsonObject{{u"id"_s, idOf(record)},
                       {u"name"_s, record.name},
                       {u"note"_s, record.note},
                       {u"preset"_s, record.preset},
                       {u"state"_s, stateName(record.state)},
                       {u"problem"_s, record.problem},
                       {u"data"_s, record.dataNames},
                       {u"dataHash"_s, record.dataHash},
                       {u"network"_s, QString::fromStdString(record.options.training.network)},
                       {u"parameters"_s, record.parameters},
                       {u"epochs"_s, record.epochsDone},
                       {u"bestEpoch"_s, record.bestEpoch},
                       {u"bestValidationLoss"_s, known(record.bestValidationLoss)},
                       {u"bestValidationAccuracy"_s, known(record.bestValidationAccuracy)},
                       {u"testAccuracy"_s, known(record.testAccuracy)},
                       {u"seconds"_s, record.seconds},
                       {u"started"_s, record.started.toString(Qt::ISODate)},
                       {u"device"_s, record.device},
                       {u"versions"_s, record.versions},
                       {u"folder"_s, record.folder},
                       {u"options"_s, toJson(record.options)}};
}

QString knownPercent(double part)
{
    return part < 0 ? u"–"_s : percent(part, 2);
}

/// The widths of the columns follow from what is in them; the last one is as long as it likes.
QString table(const QList<QStringList>& rows)
{
    QList<qsizetype> widths(rows.first().size());
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    QString text;
    for (const QStringList& row : rows) {
        for (qsizetype i = 0; i + 1 < row.size(); ++i) {
            text += row[i].leftJustified(widths[i] + 2);
        }
        text += row.last() + u'\n';
    }
    return text;
}

QStringList rowOf(const RunRecord& record)
{
    const QString network = QString::fromStdString(record.options.training.network);
    return {idOf(record),
            stateName(record.state),
            network,
            QString::number(record.epochsDone),
            knownPercent(record.bestValidationAccuracy),
            knownPercent(record.testAccuracy),
            number(record.seconds, 1) + u" s"_s,
            record.problem.isEmpty() ? record.name : record.name + u": "_s + record.problem};
}

QByteArray listText(const std::vector<RunRecord>& records)
{
    QList<QStringList> rows = {
        {u"Run"_s, u"State"_s, u"Network"_s, u"Epochs"_s, u"Validation"_s, u"Test"_s, u"Time"_s, u"Name"_s}};
    for (const RunRecord& record : records) {
        rows.append(rowOf(record));
    }
    return table(rows).toUtf8();
}

QByteArray detailJson(const RunRecord& record)
{
    QJsonObject object = runObject(record);
    QJsonArray epochs;
    for (const EpochMetrics& metrics : readCurves(record.folder).epochs) {
        QJsonObject epoch = epochObject(metrics);
        epoch.remove(u"event"_s);
        epochs.append(epoch);
    }
    object[u"metrics"_s] = epochs;
    return jsonLine(object);
}

QByteArray detailText(const RunRecord& record)
{
    QString text = u"%1 (%2), %3\n"_s.arg(record.name, idOf(record), stateName(record.state));
    if (!record.problem.isEmpty()) {
        text += record.problem + u'\n';
    }
    text += u"%1 on %2, %3; started %4; %5\n"_s.arg(QString::fromStdString(record.options.training.network),
                                                    record.dataNames, record.device,
                                                    record.started.toString(Qt::ISODate), record.folder);
    for (const EpochMetrics& metrics : readCurves(record.folder).epochs) {
        text += epochText(metrics, record.options.training.epochs) + u'\n';
    }
    if (record.testAccuracy >= 0) {
        text += u"Test accuracy %1\n"_s.arg(percent(record.testAccuracy, 2));
    }
    return text.toUtf8();
}

int showSome(const RunsOptions& options, const QString& folder, Output& output)
{
    int code = Done;
    for (const QString& wanted : options.runs) {
        const Result<RunRecord> record = findRun(folder, wanted);
        if (!record) {
            say(record.error());
            code = Failed;
            continue;
        }
        output.write(options.json ? detailJson(*record) : detailText(*record));
    }
    return code;
}

} // namespace

int runRuns(const RunsOptions& options, Output& output)
{
    const QString folder = options.folder.isEmpty() ? defaultRunsFolder() : options.folder;
    if (!options.folder.isEmpty() && !QFileInfo(folder).isDir()) {
        say(u"There is no folder %1; give --runs-folder the one that holds the runs."_s.arg(quoted(folder)));
        return Failed;
    }
    if (!options.runs.isEmpty()) {
        return showSome(options, folder, output);
    }
    const std::vector<RunRecord> records = readRuns(folder);
    if (options.json) {
        for (const RunRecord& record : records) {
            output.write(jsonLine(runObject(record)));
        }
    } else if (records.empty()) {
        say(u"There are no runs in %1 yet; digitpad-cli train makes one."_s.arg(quoted(folder)));
    } else {
        output.write(listText(records));
    }
    return Done;
}

} // namespace digitpad::cli
