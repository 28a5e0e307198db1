// Whole runs with the real engine: what the buttons do, and a program that is killed in the middle.
#include "core/base/atomicfile.h"
#include "core/learning/engineloader.h"
#include "core/learning/runfolder.h"
#include "tests/cli/cliprogram.h"
#include "tests/learning/runspies.h"

#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

#include <ctime>

using namespace digitpad;

namespace {

using State = TrainingController::State;

/// Dropout, momentum, a schedule and an average: all that a checkpoint has to keep.
RunOptions demandingOptions(int epochs)
{
    RunOptions options;
    options.data.parts = {QStringLiteral("synthetic")};
    options.data.syntheticCount = 300;
    options.data.augmentation = AugmentationOptions::usual();
    options.training.network = "mlp-dropout";
    options.training.optimizer = "sgd";
    options.training.learningRate = 0.05;
    options.training.nesterov = true;
    options.training.schedule = "cosine";
    options.training.weightAverage = 0.9;
    options.training.batchSize = 20;
    options.training.epochs = epochs;
    options.training.threads = 2;
    return options;
}

double processSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// A model file's bytes follow from its weights and from how they were trained, nothing else.
QByteArray bytesOf(const Model& model)
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("model.pt")).toStdString();
    const auto saved = model.save(path);
    const auto bytes = saved ? readWholeFile(path, 64U << 20U) : Result<std::string>(saved.error());
    return bytes ? QByteArray::fromStdString(*bytes) : QByteArray();
}

} // namespace

class TestTrainingRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void pausedSteppedAndStopped();
    void pauseCostsNothing();
    void pausesAndSnapshotsChangeNoBit();
    void killedAndResumed();
    void brokenOffAndResumed();

private:
    [[nodiscard]] TrainingStart start(const RunOptions& options, const QString& name) const;
    /// Trains to the end without a stop.
    TrainingResult uninterrupted(const RunOptions& options);

    const Engine* m_engine = nullptr;
    QTemporaryDir m_folder;
};

void TestTrainingRuns::initTestCase()
{
    const auto engine = loadEngine();
    QVERIFY2(engine.ok(), engine ? "" : engine.error().details.c_str());
    m_engine = *engine;
}

TrainingStart TestTrainingRuns::start(const RunOptions& options, const QString& name) const
{
    return {options, name, {}, m_folder.path()};
}

TrainingResult TestTrainingRuns::uninterrupted(const RunOptions& options)
{
    TrainingController controller;
    const RunSpies spies(&controller);
    controller.start(m_engine, start(options, QStringLiteral("Uninterrupted")));
    [&] { QTRY_COMPARE_WITH_TIMEOUT(spies.terminal(), 1, longTime); }();
    return spies.result;
}

void TestTrainingRuns::pausedSteppedAndStopped()
{
    TrainingController controller;
    const RunSpies spies(&controller);
    const int batches = 14; // Of 270 images, 20 each.
    controller.start(m_engine, start(demandingOptions(10'000), QStringLiteral("Stepped")));
    QTRY_VERIFY_WITH_TIMEOUT(spies.newest.step > 0, longTime);
    controller.pause();
    QTRY_COMPARE_WITH_TIMEOUT(controller.state(), State::Paused, longTime);

    controller.stepEpoch();
    QTRY_COMPARE_WITH_TIMEOUT(controller.state(), State::Paused, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(spies.newest.batch, batches, longTime);
    const std::int64_t step = spies.newest.step;
    const auto epochs = spies.epochEnded.size();
    QVERIFY(epochs >= 1);
    for (int i = 1; i <= 3; ++i) {
        controller.stepBatch();
        QTRY_COMPARE_WITH_TIMEOUT(controller.state(), State::Paused, longTime);
        QCOMPARE(spies.newest.step, step + i);
        QCOMPARE(spies.newest.batch, i);
    }
    QCOMPARE(spies.epochEnded.size(), epochs);

    controller.requestSnapshot();
    QTRY_COMPARE_WITH_TIMEOUT(spies.snapshot.size(), 1, longTime);
    const auto snapshot = spies.snapshot.first().first().value<std::shared_ptr<const Model>>();
    QVERIFY(snapshot->makeClassifier().ok());
    QCOMPARE(snapshot->info().epochsTrained, static_cast<int>(epochs));

    controller.proceed();
    QTRY_VERIFY_WITH_TIMEOUT(spies.epochEnded.size() > epochs + 1, longTime);
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(spies.terminal(), 1, longTime);
    QCOMPARE(spies.stopped.size(), 1);
    QVERIFY(spies.allBatches(1, spies.newest.step));
    const RunRecord record = readRun(spies.ending().folder);
    QCOMPARE(record.state, RunState::Stopped);
    QVERIFY(record.hasBest && record.hasLast && record.testAccuracy >= 0);
    QVERIFY(m_engine->loadModel(bestModelPath(record.folder).toStdString()).ok());
}

/// While paused no thread of the process spins.
void TestTrainingRuns::pauseCostsNothing()
{
    TrainingController controller;
    const RunSpies spies(&controller);
    controller.start(m_engine, start(demandingOptions(10'000), QStringLiteral("Paused")));
    QTRY_VERIFY_WITH_TIMEOUT(!spies.epochEnded.isEmpty(), longTime);
    controller.pause();
    QTRY_COMPARE_WITH_TIMEOUT(controller.state(), State::Paused, longTime);
    QElapsedTimer clock;
    clock.start();
    const double before = processSeconds();
    QTest::qWait(1'000);
    const double used = processSeconds() - before;
    qInfo("Paused for %lld ms, %.1f ms of the processor.", clock.elapsed(), 1e3 * used);
    QVERIFY(used < 0.2 * static_cast<double>(clock.elapsed()) / 1e3);
    QCOMPARE(controller.state(), State::Paused);
}

void TestTrainingRuns::pausesAndSnapshotsChangeNoBit()
{
    const TrainingResult plain = uninterrupted(demandingOptions(3));
    TrainingController controller;
    const RunSpies spies(&controller);
    connect(&controller, &TrainingController::stateChanged, this, [&](State state) {
        if (state == State::Paused) {
            controller.requestSnapshot();
            controller.stepBatch();
        }
    });
    controller.start(m_engine, start(demandingOptions(3), QStringLiteral("Stepped to the end")));
    connect(&controller, &TrainingController::runBegan, &controller, &TrainingController::pause);
    QTRY_COMPARE_WITH_TIMEOUT(spies.terminal(), 1, longTime);
    QCOMPARE(spies.completed.size(), 1);
    QVERIFY(spies.snapshot.size() > 3);
    QVERIFY(!bytesOf(*plain.last).isEmpty());
    QCOMPARE(bytesOf(*spies.result.last), bytesOf(*plain.last));
    QCOMPARE(bytesOf(*spies.result.best), bytesOf(*plain.best));
}

/// The command line's program, killed with no chance to tidy up; the window's controller goes on with its
/// run.
void TestTrainingRuns::killedAndResumed()
{
    const RunOptions options = demandingOptions(30);
    const QTemporaryDir home;
    const QString file = m_folder.filePath(QStringLiteral("options.json"));
    QVERIFY(writeOptionsFile(file, options).ok());
    const auto process = cliProcess({QStringLiteral("train"), QStringLiteral("--options"), file,
                                     QStringLiteral("--json"), QStringLiteral("--runs-folder"), home.path(),
                                     QStringLiteral("--name"), QStringLiteral("Killed")});
    process->start();
    QByteArray line;
    int epochs = 0;
    do {
        line = nextLine(*process);
        epochs += QJsonDocument::fromJson(line)[QStringLiteral("event")] == QStringLiteral("epoch") ? 1 : 0;
    } while (!line.isEmpty() && epochs < 3);
    process->kill();
    QVERIFY(process->waitForFinished(longTime));
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    QVERIFY2(epochs >= 3, process->readAllStandardError().constData());

    QCOMPARE(readRuns(home.path()).size(), std::size_t{1});
    const RunRecord killed = readRuns(home.path()).front();
    QCOMPARE(killed.name, QStringLiteral("Killed"));
    QCOMPARE(killed.state, RunState::Interrupted);
    QVERIFY(killed.hasLast && killed.epochsDone >= 3 && killed.epochsDone < 30);

    TrainingController controller;
    const RunSpies spies(&controller);
    controller.resumeRun(m_engine, killed.folder);
    QTRY_COMPARE_WITH_TIMEOUT(spies.terminal(), 1, longTime);
    QCOMPARE(spies.completed.size(), 1);
    QVERIFY(spies.epochEnded.size() < 30); // It did go on, and not begin again.

    const TrainingResult plain = uninterrupted(options);
    QCOMPARE(plain.epochs.size(), std::size_t{30});
    QCOMPARE(bytesOf(*spies.result.last), bytesOf(*plain.last));
    QCOMPARE(bytesOf(*spies.result.best), bytesOf(*plain.best));
    const RunCurves curves = readCurves(killed.folder);
    QCOMPARE(curves.epochs.size(), std::size_t{30});
    for (std::size_t i = 0; i < curves.epochs.size(); ++i) {
        QCOMPARE(curves.epochs[i].epoch, static_cast<int>(i + 1));
        QCOMPARE(spies.result.epochs[i].validationLoss, plain.epochs[i].validationLoss);
    }
    QCOMPARE(curves.batches.size(), std::size_t{30 * 14});
    QCOMPARE(readRun(killed.folder).state, RunState::Completed);

    RunOptions other = options;
    other.training.seed = 2;
    QVERIFY(bytesOf(*uninterrupted(other).last) != bytesOf(*plain.last)); // The comparison can tell.
}

/// Closing the window is a kill with better manners.
void TestTrainingRuns::brokenOffAndResumed()
{
    const RunOptions options = demandingOptions(12);
    QString folder;
    {
        TrainingController controller;
        const RunSpies spies(&controller);
        controller.start(m_engine, start(options, QStringLiteral("Broken off")));
        QTRY_VERIFY_WITH_TIMEOUT(!spies.epochEnded.isEmpty(), longTime);
        controller.pause();
        QTRY_VERIFY_WITH_TIMEOUT(controller.state() == State::Paused || spies.terminal() > 0, longTime);
        QCOMPARE(controller.state(), State::Paused);
        folder = spies.beginning().folder;
    }
    QCOMPARE(readRun(folder).state, RunState::Interrupted);
    TrainingController controller;
    const RunSpies spies(&controller);
    controller.resumeRun(m_engine, folder);
    QTRY_COMPARE_WITH_TIMEOUT(spies.completed.size(), 1, longTime);
    QCOMPARE(bytesOf(*spies.result.last), bytesOf(*uninterrupted(options).last));
}

QTEST_GUILESS_MAIN(TestTrainingRuns)
#include "tst_trainingruns.moc"
