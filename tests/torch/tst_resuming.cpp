#include "tests/torch/resumingfixture.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <functional>
#include <vector>

using namespace digitpad;

namespace {

/// Keeps what a process that is killed after an epoch leaves behind.
class KillObserver final : public TrainingObserver
{
public:
    KillObserver(int epoch, QString from, QString to)
        : m_epoch(epoch)
        , m_from(std::move(from))
        , m_to(std::move(to))
    {
    }
    void onBatch(const BatchProgress&) override {}
    void onEpoch(const EpochMetrics& metrics) override
    {
        if (metrics.epoch == m_epoch) {
            QVERIFY(QFile::copy(m_from, m_to));
        }
    }
    bool stopRequested() override { return false; }

private:
    int m_epoch;
    QString m_from;
    QString m_to;
};

/// Answers failures with one choice after the other, the last one for good.
class FailureObserver final : public TrainingObserver
{
public:
    std::vector<CheckpointChoice> choices;
    std::function<void()> beforeAnswer = [] {};
    std::vector<std::string> failures;
    int epochs = 0;

    void onBatch(const BatchProgress&) override {}
    void onEpoch(const EpochMetrics&) override { ++epochs; }
    bool stopRequested() override { return false; }
    CheckpointChoice onCheckpointFailed(const Error& error) override
    {
        failures.push_back(error.message);
        beforeAnswer();
        return choices.at(std::min(failures.size(), choices.size()) - 1);
    }
};

bool sameTensors(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](const auto& one, const auto& other) { return torch::equal(one, other); });
}

bool sameWeights(const DigitNet& a, const DigitNet& b)
{
    return sameTensors(a.parameters(), b.parameters()) && sameTensors(a.buffers(), b.buffers());
}

bool sameButForTime(EpochMetrics a, const EpochMetrics& b)
{
    a.seconds = b.seconds;
    return torch::equal(epochsToTensor({a}), epochsToTensor({b}));
}

/// Empty, or what differs.
QString difference(const LoadedCheckpoint& a, const LoadedCheckpoint& b)
{
    const Checkpoint& one = a.checkpoint;
    const Checkpoint& other = b.checkpoint;
    if (one.epochs.size() != other.epochs.size()) {
        return QStringLiteral("%1 and %2 epochs").arg(one.epochs.size()).arg(other.epochs.size());
    }
    for (std::size_t i = 0; i < one.epochs.size(); ++i) {
        if (!sameButForTime(one.epochs[i], other.epochs[i])) {
            return QStringLiteral("epoch %1: losses %2 and %3")
                .arg(i + 1)
                .arg(one.epochs[i].trainingLoss, 0, 'g', 17)
                .arg(other.epochs[i].trainingLoss, 0, 'g', 17);
        }
    }
    if (!sameWeights(*a.newest, *b.newest)) {
        return QStringLiteral("weights");
    }
    if ((a.trained == nullptr) != (b.trained == nullptr) ||
        (a.trained && !sameWeights(*a.trained, *b.trained))) {
        return QStringLiteral("weights in training");
    }
    if ((a.best == nullptr) != (b.best == nullptr) ||
        (a.best && !sameWeights(a.best->network(), b.best->network()))) {
        return QStringLiteral("best weights");
    }
    if (one.state.optimizer.steps != other.state.optimizer.steps ||
        !sameTensors(one.state.optimizer.averages, other.state.optimizer.averages)) {
        return QStringLiteral("optimizer");
    }
    if (a.info.temperature != b.info.temperature || a.info.testAccuracy != b.info.testAccuracy) {
        return QStringLiteral("calibration or test accuracy");
    }
    return sameTensors(one.state.dropout, other.state.dropout) ? QString() : QStringLiteral("dropout");
}

} // namespace

class ResumingTest : public QObject, protected ResumingFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }
    void init() { setUp(); }

    void goesOnBitForBit_data()
    {
        using Change = std::function<void(TrainingOptions&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("drawn");
        const auto row = [](const char* name, bool drawn, Change change) {
            QTest::newRow(name) << std::move(change) << drawn;
        };
        row("adam", false, [](TrainingOptions&) {});
        row("adam, two threads, drawn images", true, [](TrainingOptions& o) {
            o.threads = 2;
            o.plainEpochs = 1;
        });
        row("cnn with dropout and average, nesterov, cosine, two threads, drawn", true,
            [](TrainingOptions& o) {
                o.network = "cnn";
                o.optimizer = "sgd";
                o.nesterov = true;
                o.learningRate = 0.02;
                o.schedule = "cosine";
                o.warmUp = 0.1;
                o.weightAverage = 0.9;
                o.weightDecay = 1e-4;
                o.threads = 2;
            });
        row("dropout, rmsprop, plateau", false, [](TrainingOptions& o) {
            o.network = "mlp-dropout";
            o.optimizer = "rmsprop";
            o.learningRate = 0.001;
            o.schedule = "plateau";
            o.plateauPatience = 1;
            o.epochs = 6;
        });
        row("adamw, one-cycle, average, clipped, smoothed", false, [](TrainingOptions& o) {
            o.optimizer = "adamw";
            o.schedule = "one-cycle";
            o.weightAverage = 0.95;
            o.weightDecay = 0.05;
            o.gradientClip = 0.5;
            o.labelSmoothing = 0.1;
            o.normalization = NormalizationChoice::Exact;
        });
        row("early stopping", false, [](TrainingOptions& o) {
            o.learningRate = 0.02;
            o.patience = 2;
            o.epochs = 60;
        });
    }

    void goesOnBitForBit()
    {
        QFETCH(std::function<void(TrainingOptions&)>, change);
        QFETCH(bool, drawn);
        TrainingOptions options = someOptions();
        change(options);
        const TrainingData& data = drawn ? m_drawn : m_data;
        KillObserver killed(2, QString::fromStdString(files("whole").last), path("killed.pt"));
        const auto whole = train(options, data, "whole", killed);
        QVERIFY(whole);
        const LoadedCheckpoint expected = read("whole");

        // Killed after the second epoch.
        RecordingObserver onwards;
        const auto resumed = train(options, data, "resumed", onwards, path("killed.pt").toStdString());
        QVERIFY(resumed);
        QCOMPARE(resumed->outcome, whole->outcome);
        QCOMPARE(onwards.batches.front().epoch, 3);
        QCOMPARE(difference(read("resumed"), expected), QString());
        QCOMPARE(resumed->best->info().testAccuracy, whole->best->info().testAccuracy);
        QCOMPARE(resumed->best->info().epochsTrained, whole->best->info().epochsTrained);

        // Stopped in the middle of an epoch, and again before the first batch, and in the next.
        RecordingObserver first;
        first.stopAfterSteps = 14;
        QCOMPARE(train(options, data, "parts", first)->outcome, TrainingOutcome::Stopped);
        RecordingObserver second;
        second.stopAfterSteps = 0;
        QCOMPARE(train(options, data, "parts", second, files("parts").last)->outcome,
                 TrainingOutcome::Stopped);
        RecordingObserver third;
        third.stopAfterSteps = 9;
        QCOMPARE(train(options, data, "parts", third, files("parts").last)->outcome,
                 TrainingOutcome::Stopped);
        QCOMPARE(third.batches.front().step, std::int64_t{15});
        QCOMPARE(third.batches.front().epoch, 2);
        QCOMPARE(third.batches.front().batch, std::int64_t{5});
        RecordingObserver fourth;
        const auto parts = train(options, data, "parts", fourth, files("parts").last);
        QVERIFY(parts);
        QCOMPARE(parts->outcome, whole->outcome);
        QCOMPARE(difference(read("parts"), expected), QString());
        const DigitImage image = data.validation->digitImage(1);
        QVERIFY(readingOf(*parts->best, image).probabilities == readingOf(*whole->best, image).probabilities);
    }

    void aFinishedRunGoesOnForMoreEpochs()
    {
        TrainingOptions options = someOptions();
        options.epochs = 4;
        RecordingObserver observer;
        const auto whole = train(options, m_data, "whole", observer);
        QVERIFY(whole);
        options.epochs = 2;
        QVERIFY(train(options, m_data, "parts", observer));
        options.epochs = 4;
        const auto parts = train(options, m_data, "parts", observer, files("parts").last);
        QVERIFY(parts);
        QCOMPARE(parts->epochs.size(), std::size_t{4});
        QCOMPARE(difference(read("parts"), read("whole")), QString());
    }

    void aRunThatIsDoneIsDoneAtOnce()
    {
        RecordingObserver observer;
        const auto whole = train(someOptions(), m_data, "run", observer);
        RecordingObserver nothing;
        const auto again = train(someOptions(), m_data, "run", nothing, files("run").last);
        QVERIFY(again);
        QCOMPARE(again->outcome, TrainingOutcome::Completed);
        QVERIFY(nothing.batches.empty());
        QCOMPARE(again->epochs.size(), whole->epochs.size());
        QCOMPARE(again->best->info().testAccuracy, whole->best->info().testAccuracy);
    }

    void earlyStoppingBeginsAnewForMoreEpochs()
    {
        TrainingOptions options = someOptions();
        options.learningRate = 0.02;
        options.patience = 2;
        options.epochs = 60;
        RecordingObserver observer;
        const auto whole = train(options, m_data, "run", observer);
        QCOMPARE(whole->outcome, TrainingOutcome::StoppedEarly);
        RecordingObserver nothing;
        QCOMPARE(train(options, m_data, "run", nothing, files("run").last)->outcome,
                 TrainingOutcome::StoppedEarly);
        QVERIFY(nothing.batches.empty());
        options.epochs = 61;
        RecordingObserver more;
        const auto longer = train(options, m_data, "run", more, files("run").last);
        QVERIFY(longer);
        QVERIFY(longer->epochs.size() >= whole->epochs.size() + 2);
    }

    void theFilesAreModels()
    {
        TrainingOptions options = someOptions();
        options.weightAverage = 0.9;
        RecordingObserver observer;
        const auto result = train(options, m_data, "run", observer);
        QVERIFY(result);
        const DigitImage image = m_data.validation->digitImage(0);
        const auto best = torchEngine().loadModel(files("run").best);
        const auto last = torchEngine().loadModel(files("run").last);
        QVERIFY(best.ok() && last.ok());
        QVERIFY(readingOf(**best, image).probabilities == readingOf(*result->best, image).probabilities);
        QVERIFY(readingOf(**last, image).probabilities == readingOf(*result->last, image).probabilities);
        QCOMPARE((*best)->info().testAccuracy, result->best->info().testAccuracy);
    }

    void everyOptionIsKept()
    {
        TrainingOptions options;
        options.network = "mlp-dropout";
        options.details = {{300, 20}, "gelu", true, 0.25};
        options.optimizer = "sgd";
        options.learningRate = 0.1 + 0.2;
        options.nesterov = true;
        options.seed = ~std::uint64_t{0} - 5;
        options.normalization = NormalizationChoice::Own;
        options.epochs = 7;
        QVERIFY(optionsFromDict(optionsToDict(options)) == options);
        QVERIFY(optionsFromDict(optionsToDict(TrainingOptions())) == TrainingOptions());
    }

    void asksWhatToDoWhenAFileCannotBeWritten_data()
    {
        QTest::addColumn<std::vector<CheckpointChoice>>("choices");
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("epochs");
        QTest::addColumn<TrainingOutcome>("outcome");
        using Choices = std::vector<CheckpointChoice>;
        // Two files an epoch at most, and two at the end.
        QTest::newRow("go on") << Choices{CheckpointChoice::GoOn} << 8 << 3 << TrainingOutcome::Completed;
        QTest::newRow("try again, then stop")
            << Choices{CheckpointChoice::TryAgain, CheckpointChoice::TryAgain, CheckpointChoice::Stop} << 4
            << 1 << TrainingOutcome::Stopped;
    }

    void asksWhatToDoWhenAFileCannotBeWritten()
    {
        QFETCH(std::vector<CheckpointChoice>, choices);
        QFETCH(int, failures);
        QFETCH(int, epochs);
        QFETCH(TrainingOutcome, outcome);
        FailureObserver observer;
        observer.choices = choices;
        TrainingJob job = jobOf(someOptions(), m_data);
        job.files = {path("missing/best.pt").toStdString(), path("missing/last.pt").toStdString()};
        const auto result = torchEngine().train(job, observer);
        QVERIFY(result.ok());
        QCOMPARE(static_cast<int>(observer.failures.size()), failures);
        QVERIFY(observer.failures.front().find("missing/best.pt") != std::string::npos);
        QCOMPARE(observer.epochs, epochs);
        QCOMPARE(result->outcome, outcome);
        QVERIFY(result->best != nullptr);
    }

    void triesAgainUntilThereIsRoom()
    {
        FailureObserver observer;
        observer.choices = {CheckpointChoice::TryAgain};
        observer.beforeAnswer = [&] {
            if (observer.failures.size() == 3) {
                QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("later")));
            }
        };
        TrainingJob job = jobOf(someOptions(), m_data);
        job.files = {path("later/best.pt").toStdString(), path("later/last.pt").toStdString()};
        const auto result = torchEngine().train(job, observer);
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, TrainingOutcome::Completed);
        QCOMPARE(observer.failures.size(), std::size_t{3});
        QVERIFY(readCheckpoint(job.files.last).ok());
        QVERIFY(torchEngine().loadModel(job.files.best).ok());
    }

    void aRunThatDivergesKeepsItsLastCheckpoint()
    {
        TrainingOptions options = someOptions();
        options.optimizer = "sgd";
        options.momentum = 0;
        // The rate rises from near 0; once it is above 4, weight decay itself makes the weights grow.
        options.warmUp = 0.9;
        options.weightDecay = 0.5;
        options.learningRate = 10;
        options.epochs = 20;
        RecordingObserver observer;
        const auto result = train(options, m_data, "run", observer);
        QVERIFY(result);
        QCOMPARE(result->outcome, TrainingOutcome::Diverged);
        QVERIFY(!result->epochs.empty());
        QCOMPARE(read("run").checkpoint.epochs.size(), result->epochs.size());
        QVERIFY(torchEngine().loadModel(files("run").best).ok());
    }
};

QTEST_GUILESS_MAIN(ResumingTest)
#include "tst_resuming.moc"
