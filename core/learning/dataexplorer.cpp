#include "core/learning/dataexplorer.h"

#include "core/learning/backgroundwork.h"
#include "core/learning/errorsentence.h"
#include "core/learning/preparation.h"

#include <QLoggingCategory>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(explorerLog, "digitpad.data")

constexpr std::size_t imagesInABatch = 256;

std::array<std::size_t, labelClasses> countLabels(const DigitSet& set)
{
    std::array<std::size_t, labelClasses> counts{};
    for (const std::uint8_t label : set.labels) {
        ++counts[std::min<std::size_t>(label, noDigitLabel)];
    }
    return counts;
}

QStringList groupsOf(const DigitSet& set)
{
    std::set<std::uint32_t> numbers(set.groups.begin(), set.groups.end());
    numbers.erase(0);
    QStringList names;
    for (const std::uint32_t number : numbers) {
        names += QString::fromStdString(set.groupNames[number - 1]);
    }
    names.sort();
    return names;
}

SplitPreview splitOf(const ExploredData& data, const TrainingOptions& options)
{
    SplitPreview preview;
    const auto prepared = prepareTraining(data.data, data.source, options);
    if (!prepared) {
        preview.problem = sentenceOf(prepared.error(), explorerLog());
        return preview;
    }
    const TrainingData& made = prepared->data;
    preview.training = made.training->size();
    preview.validation = made.validation->size();
    preview.test = made.test->size();
    preview.trainingLabels = countLabels(*made.training);
    preview.validationLabels = countLabels(*made.validation);
    preview.validationGroups = groupsOf(*made.validation);
    return preview;
}

SampleReading readingOf(const Prediction& prediction, int label)
{
    const bool known = prediction.digit >= 0 && label < digitClasses;
    return {prediction.digit, prediction.confidence,
            known ? prediction.probabilities[static_cast<std::size_t>(label)] : 0.0F};
}

/// `goOn` is asked after each batch.
Result<void> readSet(Classifier& classifier, const DigitSet& set, std::vector<SampleReading>& readings,
                     const std::function<bool(std::size_t done)>& goOn)
{
    readings.reserve(set.size());
    std::vector<DigitImage> batch;
    while (readings.size() < set.size()) {
        const std::size_t begin = readings.size();
        const std::size_t end = std::min(begin + imagesInABatch, set.size());
        batch.clear();
        for (std::size_t i = begin; i < end; ++i) {
            batch.push_back(set.digitImage(i));
        }
        const auto predictions = classifier.classify(batch);
        if (!predictions) {
            return predictions.error();
        }
        for (std::size_t i = begin; i < end; ++i) {
            readings.push_back(readingOf((*predictions)[i - begin], set.labels[i]));
        }
        if (!goOn(readings.size())) {
            return Error{ErrorCode::Cancelled, "Reading the images was cancelled."};
        }
    }
    return {};
}

} // namespace

class DataExplorer::Private
{
public:
    explicit Private(DataExplorer* explorer)
        : q(explorer)
        , work(explorer, QStringLiteral("data"))
    {
    }
    ~Private() { endAll(); }
    Q_DISABLE_COPY_MOVE(Private)

    // --- GUI thread ---
    void endAll();
    void startExploring(const DataSource& source, Loader load);

    // --- worker thread ---
    void explore(const DataSource& source, const StopFlag& stop, const Loader& load);
    Result<std::shared_ptr<const ExploredData>> exploredFrom(const DataSource& source, const StopFlag& stop,
                                                             const Loader& load);
    ReadingMonitor monitor(Phase phase, const StopFlag& stop, double begin, double end);
    void read(const ExploredData& data, const std::shared_ptr<const Model>& model, const StopFlag& stop);
    Result<std::shared_ptr<const SetReadings>>
    readingsOf(const ExploredData& data, const std::shared_ptr<const Model>& model, const StopFlag& stop);

    DataExplorer* const q;
    StopFlag exploring;
    StopFlag splitting;
    StopFlag reading;
    Throttle throttle;   ///< The worker's.
    BackgroundWork work; ///< Goes first, so that nothing is being done when the rest goes.
};

void DataExplorer::Private::endAll()
{
    for (StopFlag* stop : {&exploring, &splitting, &reading}) {
        endStop(*stop);
    }
}

void DataExplorer::Private::startExploring(const DataSource& source, Loader load)
{
    endStop(splitting);
    endStop(reading);
    const StopFlag stop = renewStop(exploring);
    work.putInstead([this, source, stop, load = std::move(load)] { explore(source, stop, load); });
}

ReadingMonitor DataExplorer::Private::monitor(Phase phase, const StopFlag& stop, double begin, double end)
{
    return [this, phase, stop, begin, end](const ReadingProgress& now) {
        if (throttle.due()) {
            const double part = now.part < 0 ? -1 : begin + (end - begin) * now.part;
            work.post(stop, [this, phase, progress = ReadingProgress{now.images, part}] {
                Q_EMIT q->progress(phase, progress);
            });
        }
        return !*stop;
    };
}

Result<std::shared_ptr<const ExploredData>>
DataExplorer::Private::exploredFrom(const DataSource& source, const StopFlag& stop, const Loader& load)
{
    auto data = load(monitor(Phase::Reading, stop, 0, 1));
    if (!data) {
        return data.error();
    }
    auto explored = std::make_shared<ExploredData>();
    explored->source = source;
    explored->data = std::move(data).value();
    const auto trainingImages = static_cast<double>(explored->data.training.size());
    const double all = trainingImages + static_cast<double>(explored->data.test.size());
    const double share = all > 0 ? trainingImages / all : 1;
    auto training = digitStatistics(explored->data.training, monitor(Phase::Counting, stop, 0, share));
    if (!training) {
        return training.error();
    }
    auto test = digitStatistics(explored->data.test, monitor(Phase::Counting, stop, share, 1));
    if (!test) {
        return test.error();
    }
    explored->training = std::move(training).value();
    explored->test = std::move(test).value();
    return std::shared_ptr<const ExploredData>(std::move(explored));
}

void DataExplorer::Private::explore(const DataSource& source, const StopFlag& stop, const Loader& load)
{
    if (*stop) {
        return;
    }
    auto data = exploredFrom(source, stop, load);
    work.post(stop, [this, data = std::move(data)] {
        exploring.reset();
        if (data) {
            Q_EMIT q->explored(*data);
        } else {
            Q_EMIT q->failed(sentenceOf(data.error(), explorerLog()));
        }
    });
}

Result<std::shared_ptr<const SetReadings>>
DataExplorer::Private::readingsOf(const ExploredData& data, const std::shared_ptr<const Model>& model,
                                  const StopFlag& stop)
{
    auto classifier = model->makeClassifier();
    if (!classifier) {
        return classifier.error();
    }
    auto readings = std::make_shared<SetReadings>();
    readings->model = model;
    const auto all = static_cast<double>(data.data.training.size() + data.data.test.size());
    std::size_t before = 0;
    const auto goOn = [&](std::size_t done) {
        if (throttle.due()) {
            work.post(stop, [this, part = static_cast<double>(before + done) / all] {
                Q_EMIT q->readingProgress(part);
            });
        }
        return !*stop;
    };
    if (const auto read = readSet(**classifier, data.data.training, readings->training, goOn); !read) {
        return read.error();
    }
    before = data.data.training.size();
    if (const auto read = readSet(**classifier, data.data.test, readings->test, goOn); !read) {
        return read.error();
    }
    return std::shared_ptr<const SetReadings>(std::move(readings));
}

void DataExplorer::Private::read(const ExploredData& data, const std::shared_ptr<const Model>& model,
                                 const StopFlag& stop)
{
    if (*stop) {
        return;
    }
    auto readings = readingsOf(data, model, stop);
    work.post(stop, [this, readings = std::move(readings)] {
        reading.reset();
        if (readings) {
            Q_EMIT q->readingsKnown(*readings);
        } else {
            Q_EMIT q->readingFailed(sentenceOf(readings.error(), explorerLog()));
        }
    });
}

DataExplorer::DataExplorer(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<ReadingProgress>();
}

DataExplorer::~DataExplorer() = default;

void DataExplorer::explore(const DataSource& source)
{
    explore(source, [source](const ReadingMonitor& monitor) { return loadAllData(source, monitor); });
}

void DataExplorer::explore(const DataSource& source, Loader load)
{
    d->startExploring(source, std::move(load));
}

void DataExplorer::cancel()
{
    const bool was = busy();
    d->endAll();
    if (was) {
        Q_EMIT cancelled();
    }
}

bool DataExplorer::busy() const
{
    return d->exploring != nullptr;
}

void DataExplorer::previewSplit(std::shared_ptr<const ExploredData> data, const TrainingOptions& options)
{
    const StopFlag stop = renewStop(d->splitting);
    d->work.put([p = d.get(), stop, data = std::move(data), options] {
        if (!*stop) {
            p->work.post(stop, [p, preview = splitOf(*data, options)] { Q_EMIT p->q->splitKnown(preview); });
        }
    });
}

void DataExplorer::read(std::shared_ptr<const ExploredData> data, std::shared_ptr<const Model> model)
{
    const StopFlag stop = renewStop(d->reading);
    d->work.put([p = d.get(), stop, data = std::move(data), model = std::move(model)] {
        p->read(*data, model, stop);
    });
}

void DataExplorer::cancelReading()
{
    endStop(d->reading);
}

} // namespace digitpad
