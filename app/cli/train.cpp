#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/jsontext.h"
#include "app/cli/modelfile.h"
#include "app/cli/modeloutput.h"
#include "app/cli/output.h"
#include "app/cli/trainingreport.h"
#include "core/learning/networks.h"
#include "core/learning/preparation.h"

#include <QJsonArray>

#include <set>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

int fail(const Error& error)
{
    say(error);
    return Failed;
}

QJsonObject optionsObject(const TrainingOptions& options)
{
    const bool exact = options.normalization == NormalizationChoice::Exact;
    return QJsonObject{{u"network"_s, QString::fromStdString(options.network)},
                       {u"optimizer"_s, QString::fromStdString(options.optimizer)},
                       {u"learningRate"_s, options.learningRate},
                       {u"schedule"_s, QString::fromStdString(options.schedule)},
                       {u"batchSize"_s, options.batchSize},
                       {u"epochs"_s, options.epochs},
                       {u"validationSplit"_s, options.validationSplit},
                       {u"seed"_s, QString::number(options.seed)}, // a JSON number holds 53 bits of it
                       {u"normalization"_s, exact ? u"exact"_s : u"half"_s},
                       {u"weightAverage"_s, options.weightAverage},
                       {u"threads"_s, options.threads}};
}

QJsonObject dataObject(const DataSource& source)
{
    const QString augmentation =
        source.augmentation ? QString::fromStdString(augmentationText(*source.augmentation)) : u"none"_s;
    return QJsonObject{{u"parts"_s, QJsonArray::fromStringList(source.parts)},
                       {u"withNoDigits"_s, source.withNoDigits},
                       {u"inkRepeats"_s, source.inkRepeats},
                       {u"augmentation"_s, augmentation}};
}

/// The sources, or writers, that validation has to itself.
QStringList validationSources(const TrainingData& data)
{
    const std::set<std::uint32_t> training(data.training->groups.begin(), data.training->groups.end());
    const std::set<std::uint32_t> groups(data.validation->groups.begin(), data.validation->groups.end());
    QStringList names;
    for (const std::uint32_t group : groups) {
        if (group != 0 && training.count(group) == 0) {
            names.append(QString::fromStdString(data.validation->groupNames[group - 1]));
        }
    }
    return names;
}

QString validationText(const TrainingData& data)
{
    constexpr qsizetype mostNames = 8;
    const QStringList names = validationSources(data);
    const QString images = number(static_cast<double>(data.validation->size()));
    if (names.isEmpty()) {
        return images;
    }
    return names.size() > mostNames ? u"%1 (of %2 sources of their own)"_s.arg(images).arg(names.size())
                                    : u"%1 (sources of their own: %2)"_s.arg(images, names.join(u", "_s));
}

QByteArray startedText(const TrainOptions& options, const TrainingData& data)
{
    if (options.json) {
        return jsonLine(
            QJsonObject{{u"event"_s, u"started"_s},
                        {u"data"_s, dataObject(options.source)},
                        {u"validationSources"_s, QJsonArray::fromStringList(validationSources(data))},
                        {u"trainingImages"_s, static_cast<qint64>(data.training->size())},
                        {u"validationImages"_s, static_cast<qint64>(data.validation->size())},
                        {u"testImages"_s, static_cast<qint64>(data.test->size())},
                        {u"options"_s, optionsObject(options.training)}});
    }
    const NetworkDescription* network = findNetwork(options.training.network);
    const QString text = u"Training %1 (%2 parameters) on %3 images, validating on %4\n"_s;
    return text
        .arg(QString::fromStdString(network->name), number(static_cast<double>(network->parameters)),
             number(static_cast<double>(data.training->size())), validationText(data))
        .toUtf8();
}

/// Accuracies below 0 are unknown.
QJsonValue knownAccuracy(double accuracy)
{
    return accuracy < 0 ? QJsonValue() : QJsonValue(accuracy);
}

QByteArray resultJson(const TrainOptions& options, const TrainingResult& result, const ModelInfo& info,
                      const QString& path)
{
    const bool completed = result.outcome == TrainingOutcome::Completed;
    return jsonLine(QJsonObject{{u"event"_s, u"result"_s},
                                {u"outcome"_s, completed ? u"completed"_s : u"stopped"_s},
                                {u"epochs"_s, static_cast<qint64>(result.epochs.size())},
                                {u"seconds"_s, result.seconds},
                                {u"imagesPerSecond"_s, result.imagesPerSecond},
                                {u"kept"_s, options.keep == KeptWeights::Best ? u"best"_s : u"last"_s},
                                {u"keptEpoch"_s, info.epochsTrained},
                                {u"validationAccuracy"_s, knownAccuracy(info.validationAccuracy)},
                                {u"testAccuracy"_s, knownAccuracy(info.testAccuracy)},
                                {u"model"_s, path}});
}

QByteArray resultText(const TrainingResult& result, const ModelInfo& info, const QString& path)
{
    QString text =
        u"Trained for %1 s at %2 images/s"_s.arg(number(result.seconds, 1), number(result.imagesPerSecond));
    if (info.validationAccuracy >= 0) {
        text += u"; validation accuracy %1"_s.arg(percent(info.validationAccuracy, 2));
    }
    if (info.testAccuracy >= 0) {
        text += u"; test accuracy %1"_s.arg(percent(info.testAccuracy, 2));
    }
    return (text + u"\nSaved the weights after epoch %1 as %2\n"_s.arg(info.epochsTrained).arg(quoted(path)))
        .toUtf8();
}

/// The progress bar is gone when this returns.
Result<TrainingResult> train(const Engine& engine, const TrainOptions& options,
                             const PreparedTraining& prepared, const Interrupt& interrupt, Output& output)
{
    output.write(startedText(options, prepared.data));
    output.flush();
    TrainingReport report(output, options.json, options.training.epochs, interrupt);
    return engine.train(prepared.options, prepared.data, report);
}

int finish(const TrainOptions& options, const TrainingResult& result, Output& output)
{
    const Model& model = options.keep == KeptWeights::Best ? *result.best : *result.last;
    if (result.outcome == TrainingOutcome::Stopped) {
        say(result.epochs.empty() ? u"Stopped before an epoch ended; saving the weights of the moment."_s
                                  : u"Stopped; saving what was learned so far."_s);
    }
    const Result<SavedModel> saved = saveOrRescue(model, options.out);
    if (!saved) {
        return fail(saved.error());
    }
    output.write(options.json ? resultJson(options, result, model.info(), saved->path)
                              : resultText(result, model.info(), saved->path));
    return saved->asAsked ? Done : Failed;
}

} // namespace

int runTrain(const TrainOptions& options, Output& output)
{
    if (const Result<void> possible = validateAlone(options.training); !possible) {
        say(possible.error());
        return WrongUsage;
    }
    if (const Result<void> writable = checkWritable(options.out); !writable) {
        return fail(writable.error());
    }
    const Result<const Engine*> engine = loadCheckedEngine();
    if (!engine) {
        return fail(engine.error());
    }
    const Interrupt interrupt;
    const auto prepared =
        prepareTraining(options.source, options.training, [&interrupt] { return !interrupt.requested(); });
    if (!prepared) {
        return fail(prepared.error());
    }
    sayAll(prepared->warnings);
    const Result<TrainingResult> result = train(**engine, options, *prepared, interrupt, output);
    return result ? finish(options, *result, output) : fail(result.error());
}

} // namespace digitpad::cli
