#include "tests/torch/testdata.h"

#include <QElapsedTimer>
#include <QThread>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cmath>

using namespace digitpad;

namespace {

/// Pauses for a fifth of a second before one batch.
class PauseObserver final : public TrainingObserver
{
public:
    explicit PauseObserver(int call)
        : m_call(call)
    {
    }
    /// Seconds.
    [[nodiscard]] double paused() const { return m_paused; }

    void onBatch(const BatchProgress&) override {}
    void onEpoch(const EpochMetrics&) override {}
    bool stopRequested() override
    {
        if (--m_call == 0) {
            QElapsedTimer timer;
            timer.start();
            QThread::msleep(200);
            m_paused = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        }
        return false;
    }

private:
    int m_call;
    double m_paused = 0;
};

/// Counts calls, and those from other threads than its maker's.
class ThreadObserver final : public TrainingObserver
{
public:
    [[nodiscard]] int calls() const { return m_calls; }
    [[nodiscard]] int strangers() const { return m_strangers; }

    void onBatch(const BatchProgress&) override { count(); }
    void onEpoch(const EpochMetrics&) override { count(); }
    bool stopRequested() override
    {
        count();
        return false;
    }

private:
    void count()
    {
        ++m_calls;
        m_strangers += QThread::currentThread() == m_thread ? 0 : 1;
    }

    QThread* const m_thread = QThread::currentThread();
    std::atomic<int> m_calls = 0;
    std::atomic<int> m_strangers = 0;
};

/// Asks for a snapshot after one step.
class SnapshotObserver final : public TrainingObserver
{
public:
    explicit SnapshotObserver(int step)
        : m_step(step)
    {
    }

    std::shared_ptr<const Model> model;

    void onBatch(const BatchProgress& progress) override { m_now = progress.step; }
    void onEpoch(const EpochMetrics&) override {}
    bool stopRequested() override { return false; }
    bool snapshotRequested() override { return m_now == m_step; }
    void onSnapshot(const std::shared_ptr<const Model>& snapshot) override { model = snapshot; }

private:
    std::int64_t m_step;
    std::int64_t m_now = 0;
};

} // namespace

class TrainerTest : public QObject
{
    Q_OBJECT

    TrainingData m_data;

private Q_SLOTS:
    void initTestCase() { m_data = syntheticTrainingData(1'000, 200, 200); }

    void learns_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("wantedAccuracy");
        // A guess at random is right in 0.1 of the cases.
        QTest::newRow("mlp, adam") << "mlp"
                                   << "adam" << 0.003 << 0.7;
        QTest::newRow("mlp, adamw") << "mlp"
                                    << "adamw" << 0.003 << 0.7;
        QTest::newRow("mlp, rmsprop") << "mlp"
                                      << "rmsprop" << 0.0005 << 0.7;
        QTest::newRow("mlp, sgd") << "mlp"
                                  << "sgd" << 0.05 << 0.6;
        QTest::newRow("mlp-dropout, adam") << "mlp-dropout"
                                           << "adam" << 0.001 << 0.7;
        QTest::newRow("cnn, adam") << "cnn"
                                   << "adam" << 0.002 << 0.8;
    }

    void learns()
    {
        QFETCH(QString, network);
        QFETCH(QString, optimizer);
        QFETCH(double, rate);
        QFETCH(double, wantedAccuracy);
        TrainingOptions options = quickOptions();
        options.network = network.toStdString();
        options.optimizer = optimizer.toStdString();
        options.learningRate = rate;
        options.epochs = 4;
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QCOMPARE(result->outcome, TrainingOutcome::Completed);
        QCOMPARE(result->epochs.size(), std::size_t{4});
        QVERIFY(result->epochs.back().trainingLoss < result->epochs.front().trainingLoss);
        QVERIFY2(result->best->info().testAccuracy > wantedAccuracy,
                 qPrintable(QString::number(result->best->info().testAccuracy)));
    }

    void reportsEveryBatchAndEpoch()
    {
        RecordingObserver observer;
        const auto result = trained(quickOptions(), m_data, observer);
        QVERIFY(result.ok());
        const std::int64_t batches = (1'000 + 31) / 32;
        QCOMPARE(observer.batches.size(), std::size_t(2 * batches));
        QCOMPARE(observer.epochs.size(), std::size_t{2});
        QCOMPARE(observer.batches.back().epoch, 2);
        QCOMPARE(observer.batches.back().batch, batches);
        QCOMPARE(observer.batches.back().step, 2 * batches);
        QVERIFY(observer.batches.back().imagesPerSecond > 0);
        QVERIFY(observer.batches.back().accuracy > observer.batches.front().accuracy);
        QVERIFY(observer.batches.back().accuracy <= 1);
        QCOMPARE(observer.batches.back().learningRate, 0.003);
        QCOMPARE(observer.epochs.back().learningRate, 0.003);
        double norms = 0;
        for (std::int64_t i = batches; i < 2 * batches; ++i) {
            const double norm = observer.batches[static_cast<std::size_t>(i)].gradientNorm;
            QVERIFY(norm > 0 && std::isfinite(norm));
            norms += norm;
        }
        QVERIFY(std::abs(observer.epochs.back().gradientNorm - norms / static_cast<double>(batches)) < 1e-9);
        QCOMPARE(observer.batches.back().secondsLeft, 0.0);
        // Before learning, ten classes are equally likely: ln 10.
        QVERIFY(std::abs(observer.batches.front().loss - std::log(10.0)) < 0.3);
    }

    void sameSeedGivesTheSameBits_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("threads");
        for (const char* network : {"mlp", "mlp-dropout", "cnn"}) {
            for (const int threads : {1, 3}) {
                QTest::addRow("%s, %d threads", network, threads) << network << threads;
            }
        }
    }

    void sameSeedGivesTheSameBits()
    {
        QFETCH(QString, network);
        QFETCH(int, threads);
        const TrainingData data = syntheticTrainingData(96, 16, 0);
        TrainingOptions options = quickOptions();
        options.network = network.toStdString();
        options.threads = threads;
        RecordingObserver first;
        RecordingObserver second;
        const auto one = trained(options, data, first);
        const auto other = trained(options, data, second);
        QVERIFY(one.ok() && other.ok());
        for (std::size_t i = 0; i < first.batches.size(); ++i) {
            QCOMPARE(first.batches[i].loss, second.batches[i].loss);
        }
        const DigitImage image = data.validation->digitImage(0);
        QVERIFY(readingOf(*one->last, image).probabilities == readingOf(*other->last, image).probabilities);
        options.seed = 2;
        RecordingObserver third;
        QVERIFY(trained(options, data, third).ok());
        QVERIFY(third.batches.back().loss != first.batches.back().loss);
    }

    void replicasComputeWhatOneThreadComputes()
    {
        // Without batch statistics and dropout, the sum over the shares is the batch's gradient up to
        // rounding. Adam would take a whole step where rounding is all that there is of a gradient.
        TrainingOptions options = quickOptions();
        options.epochs = 1;
        options.optimizer = "sgd";
        options.learningRate = 0.05;
        RecordingObserver single;
        options.threads = 1;
        QVERIFY(trained(options, m_data, single).ok());
        RecordingObserver several;
        options.threads = 3;
        QVERIFY(trained(options, m_data, several).ok());
        for (std::size_t i = 0; i < single.batches.size(); ++i) {
            QVERIFY2(std::abs(single.batches[i].loss - several.batches[i].loss) < 1e-4,
                     qPrintable(QStringLiteral("batch %1: %2 and %3")
                                    .arg(i)
                                    .arg(single.batches[i].loss)
                                    .arg(several.batches[i].loss)));
        }
    }

    void stopsBetweenBatchesAndKeepsTheBest()
    {
        RecordingObserver observer;
        const std::int64_t batches = (1'000 + 31) / 32;
        observer.stopAfterSteps = batches + 5;
        const auto result = trained(quickOptions(), m_data, observer);
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, TrainingOutcome::Stopped);
        QCOMPARE(observer.batches.size(), std::size_t(batches + 5));
        QCOMPARE(result->epochs.size(), std::size_t{1});
        QVERIFY(result->best != result->last);
        QCOMPARE(result->best->info().validationAccuracy, result->epochs.front().validationAccuracy);
        const auto again = result->best->evaluate(*m_data.validation, {});
        QCOMPARE(again->accuracy, result->epochs.front().validationAccuracy);
    }

    void stopInTheFirstEpochStillGivesAModel()
    {
        RecordingObserver observer;
        observer.stopAfterSteps = 3;
        const auto result = trained(quickOptions(), m_data, observer);
        QVERIFY(result.ok());
        QCOMPARE(result->outcome, TrainingOutcome::Stopped);
        QVERIFY(result->epochs.empty());
        QVERIFY(result->best != nullptr);
        QVERIFY(result->best->makeClassifier().ok());
    }

    void bestIsTheLowestValidationLoss()
    {
        TrainingOptions options = quickOptions();
        options.epochs = 6;
        options.learningRate = 0.03; // Restless enough that the last epoch is seldom the best.
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        double lowest = INFINITY;
        for (const EpochMetrics& epoch : result->epochs) {
            QCOMPARE(epoch.best, epoch.validationLoss < lowest);
            lowest = std::min(lowest, epoch.validationLoss);
        }
        QVERIFY(std::abs(result->best->evaluate(*m_data.validation, {})->loss - lowest) < 1e-6);
    }

    void aPauseCountsForNothing()
    {
        const TrainingData data = syntheticTrainingData(96, 16, 0);
        PauseObserver observer(5);
        QElapsedTimer timer;
        timer.start();
        const auto result = trained(quickOptions(), data, observer);
        const double wall = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        QVERIFY(result.ok());
        QVERIFY2(result->seconds <= wall - observer.paused(), qPrintable(QString::number(result->seconds)));
        const double epochs = result->epochs[0].seconds + result->epochs[1].seconds;
        QVERIFY(epochs <= result->seconds);
    }

    void theObserverIsAskedOnOneThread()
    {
        ThreadObserver observer;
        QVERIFY(trained(quickOptions(), m_data, observer).ok());
        QVERIFY(observer.calls() > 64);
        QCOMPARE(observer.strangers(), 0);
    }

    void aGpuThatIsNotThereIsAnError()
    {
        if (torchEngine().info().cuda) {
            QSKIP("This machine has a GPU.");
        }
        TrainingOptions options = quickOptions();
        options.device = "cuda";
        RecordingObserver observer;
        const auto result = trained(options, m_data, observer);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QVERIFY(QString::fromStdString(result.error().message).contains(QStringLiteral("choose cpu")));
    }

    void givesASnapshotOfTheMoment_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("in the first epoch") << 10;
        QTest::newRow("in the second epoch") << 40;
    }

    void givesASnapshotOfTheMoment()
    {
        QFETCH(int, step);
        SnapshotObserver observer(step);
        TrainingOptions options = quickOptions();
        options.epochs = 2;
        const auto result = trained(options, m_data, observer);
        QVERIFY(result.ok());
        QVERIFY(observer.model != nullptr);
        QVERIFY(observer.model->info().digitScoring.has_value());
        QVERIFY(observer.model->info().temperature > 0);
        QCOMPARE(observer.model->info().epochsTrained, step / 32);
        // Asking for it changes nothing.
        RecordingObserver plain;
        const auto other = trained(options, m_data, plain);
        const DigitImage image = m_data.validation->digitImage(0);
        QVERIFY(readingOf(*result->last, image).probabilities ==
                readingOf(*other->last, image).probabilities);
        QVERIFY(readingOf(*observer.model, image).probabilities !=
                readingOf(*other->last, image).probabilities);
    }

    void aBatchMayBeSmallerThanTheThreads()
    {
        const TrainingData data = syntheticTrainingData(5, 2, 0);
        TrainingOptions options = quickOptions();
        options.network = "cnn";
        options.batchSize = 2;
        options.threads = 4;
        RecordingObserver observer;
        QVERIFY(trained(options, data, observer).ok());
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "tst_trainer.moc"
