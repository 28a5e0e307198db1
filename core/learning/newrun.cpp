#include "core/learning/newrun.h"

#include "core/learning/networksummary.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace digitpad {

namespace {

struct NewRun
{
    Q_DECLARE_TR_FUNCTIONS(NewRun)
};

QStringList validationSources(const TrainingData& data)
{
    const std::set<std::uint32_t> training(data.training->groups.begin(), data.training->groups.end());
    const std::set<std::uint32_t> groups(data.validation->groups.begin(), data.validation->groups.end());
    QStringList names;
    for (const std::uint32_t group : groups) {
        if (group != 0 && !training.contains(group)) {
            names.append(QString::fromStdString(data.validation->groupNames[group - 1]));
        }
    }
    return names;
}

qint64 parametersOf(const TrainingOptions& options, const TrainingData& data)
{
    const auto hasNoDigits = [](const DigitSet& set) {
        return std::find(set.labels.begin(), set.labels.end(), noDigitLabel) != set.labels.end();
    };
    const bool eleven = hasNoDigits(*data.training) || hasNoDigits(*data.validation);
    return parameterCount(options.network, options.details, digitClasses + (eleven ? 1 : 0));
}

QString deviceText(const TrainingOptions& options, const EngineInfo& engine)
{
    if (options.device == "cuda") {
        return QStringLiteral("CUDA, %1").arg(QString::fromStdString(engine.cudaDevice));
    }
    return options.threads > 0 ? NewRun::tr("CPU, threads: %1").arg(options.threads) : NewRun::tr("CPU");
}

} // namespace

RunRecord newRunRecord(const TrainingStart& start, const PreparedTraining& prepared, const EngineInfo& engine)
{
    RunRecord record;
    record.name = start.name;
    record.preset = start.preset;
    record.options = start.options;
    record.dataNames = QString::fromStdString(prepared.data.training->name);
    record.validationSources = validationSources(prepared.data);
    record.trainingImages = static_cast<qint64>(prepared.data.training->size());
    record.validationImages = static_cast<qint64>(prepared.data.validation->size());
    record.testImages = static_cast<qint64>(prepared.data.test->size());
    record.parameters = parametersOf(start.options.training, prepared.data);
    record.device = deviceText(start.options.training, engine);
    record.versions =
        QStringLiteral("DigitPad %1, LibTorch %2")
            .arg(QStringLiteral(DIGITPAD_VERSION), QString::fromStdString(engine.libtorchVersion));
    record.started = QDateTime::currentDateTimeUtc();
    return record;
}

} // namespace digitpad
