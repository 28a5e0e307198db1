// Time, test accuracy and memory of the presets: bench_recipes DATA PRESET FIRST-SEED[-LAST] [KEY=VALUE ...]
// DATA is a folder with MNIST. KEY=VALUE changes an option of the preset, named as in an options file
// ("epochs=1", "details.dropout=0.1", "data.augmentation=all"). The seconds are those of Engine::train() as
// the program calls it, validation and calibration included, the test set left out. With target=0.9742 the
// time after which the test accuracy first reached it, looked at after every epoch.
#include "core/learning/engineloader.h"
#include "core/learning/preparation.h"
#include "core/learning/runoptions.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <utility>
#include <vector>

using namespace digitpad;

namespace {

using Clock = std::chrono::steady_clock;

template <class Value>
Value need(Result<Value> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(result).value();
}

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Takes the model after every epoch, where that is wanted.
class Watch final : public TrainingObserver
{
public:
    explicit Watch(bool everyEpoch)
        : m_everyEpoch(everyEpoch)
    {
    }

    std::vector<std::pair<double, std::shared_ptr<const Model>>> models;

    void onBatch(const BatchProgress& progress) override
    {
        m_wanted = m_everyEpoch && progress.batch == progress.batches;
    }
    void onEpoch(const EpochMetrics&) override {}
    bool stopRequested() override { return false; }
    bool snapshotRequested() override { return m_wanted; }
    void onSnapshot(const std::shared_ptr<const Model>& model) override
    {
        models.emplace_back(secondsSince(m_start), model);
    }

private:
    const bool m_everyEpoch;
    bool m_wanted = false;
    const Clock::time_point m_start = Clock::now();
};

struct Settings
{
    RunOptions options;
    double target = 0; ///< Test accuracy; 0 for none.
};

/// "epochs=1" into the JSON of the training options.
Settings settingsFrom(const QString& preset, const QString& data, const QStringList& changes)
{
    const Preset* found = findPreset(preset);
    if (found == nullptr) {
        std::fprintf(stderr, "There is no preset of that name.\n");
        std::exit(2);
    }
    Settings settings;
    RunOptions options = withPreset(*found, RunOptions());
    options.data.parts = QStringList{data};
    QJsonObject root = toJson(options);
    for (const QString& change : changes) {
        const QString key = change.section(u'=', 0, 0);
        const QString value = change.section(u'=', 1);
        if (key == QLatin1String("target")) {
            settings.target = value.toDouble();
            continue;
        }
        const QByteArray wrapped = "[" + value.toUtf8() + "]";
        const QJsonDocument parsed = QJsonDocument::fromJson(wrapped);
        const QJsonValue given = parsed.isArray() ? parsed[0] : QJsonValue(value);
        const QString part =
            key.startsWith(QLatin1String("data.")) ? QStringLiteral("data") : QStringLiteral("training");
        QJsonObject object = root.value(part).toObject();
        if (key.startsWith(QLatin1String("details."))) {
            QJsonObject details = object.value(QLatin1String("details")).toObject();
            details.insert(key.section(u'.', 1), given);
            object.insert(QStringLiteral("details"), details);
        } else {
            object.insert(key.section(u'.', -1), given);
        }
        root.insert(part, object);
    }
    settings.options = need(runOptionsFromJson(root)).options;
    return settings;
}

long peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

double accuracyOf(const Model& model, const DigitSet& set)
{
    return need(model.evaluate(set, {})).accuracy;
}

void run(const Engine& engine, const Settings& settings, const LoadedData& loaded, std::uint64_t seed)
{
    TrainingOptions training = settings.options.training;
    training.seed = seed;
    const PreparedTraining prepared = need(prepareTraining(loaded, settings.options.data, training));
    TrainingData data = prepared.data;
    const auto test = std::exchange(data.test, nullptr);
    Watch watch(settings.target > 0);
    const auto start = Clock::now();
    const TrainingResult result = need(engine.train(prepared.options, data, watch));
    const double seconds = secondsSince(start);
    std::printf("%s seed=%d seconds=%.2f images/s=%.0f test best=%.4f last=%.4f peak=%ld MB\n",
                training.network.c_str(), static_cast<int>(seed), seconds, result.imagesPerSecond,
                accuracyOf(*result.best, *test), accuracyOf(*result.last, *test), peakMegabytes());
    for (const auto& [after, model] : watch.models) {
        const double accuracy = accuracyOf(*model, *test);
        std::printf("  after %.2f s: test=%.4f%s\n", after, accuracy,
                    accuracy >= settings.target ? ", target reached" : "");
        if (accuracy >= settings.target) {
            break;
        }
    }
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 4) {
        std::fprintf(stderr, "bench_recipes DATA PRESET FIRST-SEED[-LAST] [KEY=VALUE ...]\n");
        return 2;
    }
    const Settings settings = settingsFrom(arguments[2], arguments[1], arguments.mid(4));
    const Engine& engine = *need(loadEngine());
    const LoadedData loaded = need(loadData(settings.options.data, [] { return true; }));
    const int last = arguments[3].section(u'-', -1).toInt();
    for (int seed = arguments[3].section(u'-', 0, 0).toInt(); seed <= last; ++seed) {
        run(engine, settings, loaded, static_cast<std::uint64_t>(seed));
    }
    return 0;
}
