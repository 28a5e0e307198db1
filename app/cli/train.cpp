#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/jsontext.h"
#include "app/cli/modelfile.h"
#include "app/cli/modeloutput.h"
#include "app/cli/output.h"
#include "app/cli/trainingreport.h"
#include "core/learning/runfolder.h"
#include "core/learning/trainingsession.h"

#include <QFileInfo>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

int fail(const Error& error)
{
    say(error);
    return Failed;
}

/// Accuracies below 0 are unknown.
QJsonValue knownAccuracy(double accuracy)
{
    return accuracy < 0 ? QJsonValue() : QJsonValue(accuracy);
}

QString outcomeName(TrainingOutcome outcome)
{
    switch (outcome) {
    case TrainingOutcome::Completed:
        return u"completed"_s;
    case TrainingOutcome::Stopped:
        return u"stopped"_s;
    case TrainingOutcome::StoppedEarly:
        return u"stoppedEarly"_s;
    case TrainingOutcome::Diverged:
        return u"diverged"_s;
    }
    return {};
}

QJsonObject foldsObject(const FoldSummary& folds)
{
    return QJsonObject{{u"folds"_s, folds.folds},
                       {u"validationAccuracy"_s, knownAccuracy(folds.validationAccuracy)},
                       {u"validationDeviation"_s, folds.validationDeviation},
                       {u"testAccuracy"_s, knownAccuracy(folds.testAccuracy)},
                       {u"testDeviation"_s, folds.testDeviation}};
}

QByteArray resultJson(const TrainOptions& options, const SessionEnd& end, const ModelInfo& info,
                      const QString& model, const QString& runFolder)
{
    const TrainingResult& result = end.result;
    QJsonObject object{{u"event"_s, u"result"_s},
                       {u"outcome"_s, outcomeName(result.outcome)},
                       {u"epochs"_s, static_cast<qint64>(result.epochs.size())},
                       {u"seconds"_s, result.seconds},
                       {u"imagesPerSecond"_s, result.imagesPerSecond},
                       {u"kept"_s, options.keep == KeptWeights::Best ? u"best"_s : u"last"_s},
                       {u"keptEpoch"_s, info.epochsTrained},
                       {u"validationAccuracy"_s, knownAccuracy(info.validationAccuracy)},
                       {u"testAccuracy"_s, knownAccuracy(info.testAccuracy)},
                       {u"model"_s, model.isEmpty() ? QJsonValue() : QJsonValue(model)},
                       {u"run"_s, runFolder.isEmpty() ? QJsonValue() : QJsonValue(runFolder)}};
    if (end.folds.folds > 0) {
        object[u"crossValidation"_s] = foldsObject(end.folds);
    }
    return jsonLine(object);
}

QString accuracyText(const QString& what, double accuracy)
{
    return accuracy < 0 ? QString() : u"; %1 accuracy %2"_s.arg(what, percent(accuracy, 2));
}

QString foldsText(const FoldSummary& folds)
{
    QString text = u"Over %1 folds: validation accuracy %2 ± %3"_s.arg(folds.folds)
                       .arg(percent(folds.validationAccuracy, 2), percent(folds.validationDeviation, 2));
    if (folds.testAccuracy >= 0) {
        text +=
            u", test accuracy %1 ± %2"_s.arg(percent(folds.testAccuracy, 2), percent(folds.testDeviation, 2));
    }
    return text + u'\n';
}

QByteArray resultText(const SessionEnd& end, const ModelInfo& info, const QString& model,
                      const QString& runFolder)
{
    const TrainingResult& result = end.result;
    QString text =
        u"Trained for %1 s at %2 images/s"_s.arg(number(result.seconds, 1), number(result.imagesPerSecond));
    text += accuracyText(u"validation"_s, info.validationAccuracy);
    text += accuracyText(u"test"_s, info.testAccuracy);
    text += u'\n';
    if (end.folds.folds > 0) {
        text += foldsText(end.folds);
    }
    if (!model.isEmpty()) {
        text += u"Saved the weights after epoch %1 as %2\n"_s.arg(info.epochsTrained).arg(quoted(model));
    }
    if (!runFolder.isEmpty()) {
        text += u"The run is kept in %1\n"_s.arg(quoted(runFolder));
    }
    return text.toUtf8();
}

TrainingStart startOf(const TrainOptions& options, const QString& runsFolder)
{
    return TrainingStart{options.run, options.name, options.preset, options.record ? runsFolder : QString()};
}

/// The epochs that a run is to be trained for beyond those it has; 0 for those it was meant to have.
Result<int> epochsMore(const TrainOptions& options, const RunRecord& record)
{
    if (!options.epochs || *options.epochs == record.options.training.epochs) {
        return 0;
    }
    const int more = *options.epochs - record.epochsDone;
    if (more > 0) {
        return more;
    }
    return Error{
        ErrorCode::InvalidInput,
        u"The run %1 has %2 epochs behind it; give --epochs a larger total."_s.arg(quoted(record.name))
            .arg(record.epochsDone)
            .toStdString()};
}

SessionEnd failure(const Error& error)
{
    SessionEnd end;
    end.kind = SessionEnd::Kind::Failed;
    end.problem = QString::fromStdString(error.message);
    return end;
}

SessionEnd goOn(TrainingSession& session, const TrainOptions& options, const QString& runsFolder)
{
    const Result<RunRecord> record = findRun(runsFolder, options.resume);
    if (!record) {
        return failure(record.error());
    }
    const Result<int> more = epochsMore(options, *record);
    if (!more) {
        return failure(more.error());
    }
    if (*more > 0) {
        return session.extend(record->folder, *more);
    }
    if (record->state == RunState::Completed) {
        return failure(Error{ErrorCode::InvalidInput,
                             u"The run %1 is complete; to train it further, give --epochs a larger total."_s
                                 .arg(quoted(record->name))
                                 .toStdString()});
    }
    return session.resume(record->folder);
}

/// What is left of the training: the model where it was asked for, and words.
int finish(const TrainOptions& options, const SessionEnd& end, const QString& runFolder, Output& output)
{
    const TrainingResult& result = end.result;
    if (!result.best) {
        say(u"Stopped before training began; nothing was saved."_s);
        return Failed;
    }
    const Model& model = options.keep == KeptWeights::Best ? *result.best : *result.last;
    if (result.outcome == TrainingOutcome::Stopped) {
        say(result.epochs.empty() ? u"Stopped before an epoch ended; saving the weights of the moment."_s
                                  : u"Stopped; saving what was learned so far."_s);
    } else if (result.outcome == TrainingOutcome::Diverged) {
        say(QString::fromStdString(result.explanation));
    }
    SavedModel saved;
    if (!options.out.isEmpty()) {
        const Result<SavedModel> written = saveOrRescue(model, options.out);
        if (!written) {
            return fail(written.error());
        }
        saved = *written;
    }
    output.write(options.json ? resultJson(options, end, model.info(), saved.path, runFolder)
                              : resultText(end, model.info(), saved.path, runFolder));
    return saved.asAsked && result.outcome != TrainingOutcome::Diverged ? Done : Failed;
}

int train(const Engine& engine, const TrainOptions& options, Output& output)
{
    const QString runsFolder = options.runsFolder.isEmpty() ? defaultRunsFolder() : options.runsFolder;
    const Interrupt interrupt;
    TrainingReport report(output, options.json);
    TrainingSession session(engine, report);
    report.attach(session.control(), interrupt);
    const SessionEnd end = options.resume.isEmpty() ? session.start(startOf(options, runsFolder))
                                                    : goOn(session, options, runsFolder);
    report.detach();
    if (end.kind == SessionEnd::Kind::Failed) {
        say(end.problem);
        return Failed;
    }
    return finish(options, end, report.runFolder(), output);
}

int saveOptions(const TrainOptions& options)
{
    const Result<void> written = writeOptionsFile(options.saveOptions, options.run);
    return written ? int{Done} : fail(written.error());
}

} // namespace

int runTrain(const TrainOptions& options, Output& output)
{
    sayAll(options.warnings);
    if (const Result<void> possible = validateAlone(options.run.training); !possible) {
        say(possible.error());
        return WrongUsage;
    }
    if (!options.saveOptions.isEmpty()) {
        return saveOptions(options);
    }
    if (!options.out.isEmpty()) {
        if (const Result<void> writable = checkWritable(options.out); !writable) {
            return fail(writable.error());
        }
    }
    const Result<const Engine*> engine = loadCheckedEngine();
    return engine ? train(**engine, options, output) : fail(engine.error());
}

} // namespace digitpad::cli
