// The controller with an engine that does as it is told; tst_trainingruns has the real one.
#include "core/learning/networksummary.h"
#include "core/learning/runfolder.h"
#include "tests/gui/training/fakeengine.h"
#include "tests/learning/runspies.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace digitpad;

namespace {

constexpr int batches = 18; // An epoch's: 200 images, 180 of them to train with, in batches of 10.

using State = TrainingController::State;

} // namespace

class TestTrainingController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void completes();
    void leavesNoFolderUnasked();
    void countsRuns();
    void pausesAndGoesOn();
    void pausesAgainAtOnce();
    void stepsBatches();
    void stepsEpochs();
    void stepOfTheLastBatchEndsTheEpoch();
    void pausesInValidationOnce();
    void snapshotsWhileTraining();
    void snapshotsWhilePaused_data();
    void snapshotsWhilePaused();
    void stopsWhilePaused();
    void stopsWhileLoading();

    void fullDiskPausesUntilThereIsRoom();
    void fullDiskAndStop();
    void deletedFolderEndsNothing();
    void divergedKeepsTheBest();
    void stoppedEarlyIsAnEndByItself();
    void failureIsKeptAndTheNextRunWorks();
    void exceptionsStopAtTheThread();
    void impossibleStartsAreSentences_data();
    void impossibleStartsAreSentences();

private:
    [[nodiscard]] TrainingStart start(int epochs, int folds = 0) const;
    void trainAndHoldAt(std::int64_t step, int epochs = 3);
    void pauseAt(std::int64_t step, int epochs = 3);
    [[nodiscard]] QString onlyRun() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<TrainingController> m_controller;
    std::unique_ptr<RunSpies> m_spies;
};

void TestTrainingController::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeEngine>();
    m_controller = std::make_unique<TrainingController>();
    m_spies = std::make_unique<RunSpies>(m_controller.get());
}

void TestTrainingController::cleanup()
{
    m_engine->release();
    m_controller.reset();
    m_spies.reset();
}

TrainingStart TestTrainingController::start(int epochs, int folds) const
{
    TrainingStart result;
    result.options.data.parts = {QStringLiteral("synthetic")};
    result.options.data.syntheticCount = 200;
    result.options.training.epochs = epochs;
    result.options.training.batchSize = 10;
    result.options.training.folds = folds;
    result.runsFolder = m_folder->path();
    return result;
}

void TestTrainingController::trainAndHoldAt(std::int64_t step, int epochs)
{
    m_engine->holdAt(step);
    m_controller->start(m_engine.get(), start(epochs));
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Training, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->steps.load(), step, longTime);
}

/// The run is paused behind that step.
void TestTrainingController::pauseAt(std::int64_t step, int epochs)
{
    trainAndHoldAt(step, epochs);
    m_controller->pause();
    QCOMPARE(m_controller->state(), State::Pausing);
    m_engine->release();
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
    QCOMPARE(m_engine->steps.load(), step);
}

QString TestTrainingController::onlyRun() const
{
    const auto runs = readRuns(m_folder->path());
    return runs.size() == 1 ? runs.front().folder : QString();
}

void TestTrainingController::completes()
{
    m_controller->start(m_engine.get(), start(3));
    QCOMPARE(m_controller->state(), State::LoadingData);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->completed.size(), 1);
    QCOMPARE(m_controller->state(), State::Idle);
    QCOMPARE(m_spies->began.size(), 1);
    QVERIFY(m_spies->began.first().at(1).value<std::shared_ptr<const RunCurves>>() == nullptr);
    QCOMPARE(m_spies->beginning().trainingImages, 180);
    QCOMPARE(m_spies->beginning().validationImages, 20);
    QCOMPARE(m_spies->beginning().testImages, 20);
    QVERIFY(m_spies->allBatches(1, 3 * batches));
    QCOMPARE(m_spies->epochEnded.size(), 3);
    QCOMPARE(m_spies->result.epochs.size(), std::size_t{3});

    const RunRecord record = readRun(onlyRun());
    QCOMPARE(record.state, RunState::Completed);
    QCOMPARE(record.epochsDone, 3);
    QCOMPARE(record.bestEpoch, 2);
    QCOMPARE(record.testAccuracy, 0.9742);
    QCOMPARE(record.parameters, parameterCount("mlp", {}));
    QCOMPARE(record.dataHash.size(), 64);
    QVERIFY(record.hasBest && record.hasLast);
    QCOMPARE(m_spies->ending().folder, record.folder);
    QCOMPARE(m_spies->ending().state, RunState::Completed);
    const RunCurves curves = readCurves(record.folder);
    QCOMPARE(curves.epochs.size(), std::size_t{3});
    QCOMPARE(curves.batches.size(), std::size_t{3 * batches});
}

void TestTrainingController::leavesNoFolderUnasked()
{
    TrainingStart asked = start(1);
    asked.runsFolder.clear();
    m_controller->start(m_engine.get(), asked);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QVERIFY(m_spies->beginning().folder.isEmpty());
    QCOMPARE(m_spies->ending().state, RunState::Completed);
    QVERIFY(QDir(m_folder->path()).isEmpty());
    QCOMPARE(m_engine->writes.load(), 0);
}

void TestTrainingController::countsRuns()
{
    QStringList names;
    for (int i = 1; i <= 3; ++i) {
        TrainingStart asked = start(1);
        asked.name = i == 2 ? QStringLiteral("My own") : QString();
        m_controller->start(m_engine.get(), asked);
        QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), i, longTime);
        names += m_spies->ending().name;
    }
    QVERIFY2(names[0].endsWith(u" 1"), qPrintable(names[0]));
    QCOMPARE(names[1], QStringLiteral("My own"));
    QCOMPARE(names[2], names[0].chopped(1) + u'2');
}

void TestTrainingController::pausesAndGoesOn()
{
    pauseAt(20);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->newest.step, 20, longTime); // What is shown is where the run stands.
    QVERIFY(m_spies->allBatches(1, 20));
    QCOMPARE(m_spies->terminal(), 0);
    m_controller->pause(); // Twice is once.
    QCOMPARE(m_controller->state(), State::Paused);
    m_controller->proceed();
    QCOMPARE(m_controller->state(), State::Training);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QVERIFY(m_spies->allBatches(1, 3 * batches));
}

/// The thread that waits may not even have woken up between the two.
void TestTrainingController::pausesAgainAtOnce()
{
    pauseAt(4, 10'000);
    for (int i = 0; i < 200; ++i) {
        m_controller->proceed();
        m_controller->pause();
        QCOMPARE(m_controller->state(), State::Pausing);
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
    }
}

void TestTrainingController::stepsBatches()
{
    m_controller->stepBatch(); // Idle: nothing happens.
    pauseAt(4);
    for (int step = 5; step <= 8; ++step) {
        m_controller->stepBatch();
        QCOMPARE(m_controller->state(), State::Training);
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
        QCOMPARE(m_engine->steps.load(), step);
        QTRY_VERIFY_WITH_TIMEOUT(m_spies->allBatches(1, step), longTime);
    }
    m_controller->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->stopped.size(), 1, longTime);
}

void TestTrainingController::stepsEpochs()
{
    pauseAt(4);
    for (int epoch = 1; epoch <= 2; ++epoch) {
        m_controller->stepEpoch();
        QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
        QCOMPARE(m_engine->steps.load(), epoch * batches);
        QCOMPARE(m_spies->epochEnded.size(), epoch);
    }
    m_controller->stepEpoch(); // The last one.
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QCOMPARE(m_spies->epochEnded.size(), 3);
}

void TestTrainingController::stepOfTheLastBatchEndsTheEpoch()
{
    pauseAt(batches - 1);
    m_controller->stepBatch();
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
    QCOMPARE(m_engine->steps.load(), batches);
    QCOMPARE(m_spies->epochEnded.size(), 1);
}

void TestTrainingController::pausesInValidationOnce()
{
    m_engine->validationThreads = 4;
    pauseAt(batches);
    QCOMPARE(m_spies->epochEnded.size(), 0);
    QCOMPARE(m_spies->state.size(), 4); // Loading, training, pausing, paused.
    m_controller->stepBatch();          // Its end belongs to the batch.
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
    QCOMPARE(m_spies->epochEnded.size(), 1);
    QCOMPARE(m_engine->steps.load(), batches);
    m_controller->proceed();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
}

void TestTrainingController::snapshotsWhileTraining()
{
    trainAndHoldAt(2 * batches + 3);
    QCOMPARE(m_spies->snapshot.size(), 0); // Nobody asked.
    m_controller->requestSnapshot();
    m_engine->release();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->snapshot.size(), 1, longTime);
    QCOMPARE(m_spies->snapshot.first().first().value<std::shared_ptr<const Model>>()->info().epochsTrained,
             2);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QCOMPARE(m_spies->snapshot.size(), 1);
}

void TestTrainingController::snapshotsWhilePaused_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("epochs");
    QTest::newRow("in an epoch") << 5 << 0;
    QTest::newRow("in validation") << batches << 0;
    QTest::newRow("in the second epoch") << batches + 1 << 1;
}

void TestTrainingController::snapshotsWhilePaused()
{
    QFETCH(int, step);
    QFETCH(int, epochs);
    m_engine->validationThreads = 2;
    pauseAt(step);
    for (int i = 1; i <= 2; ++i) {
        m_controller->requestSnapshot();
        QTRY_COMPARE_WITH_TIMEOUT(m_spies->snapshot.size(), i, longTime);
    }
    QCOMPARE(m_controller->state(), State::Paused);
    QCOMPARE(m_engine->steps.load(), step);
    const auto model = m_spies->snapshot.last().first().value<std::shared_ptr<const Model>>();
    QCOMPARE(model->info().epochsTrained, epochs);
}

void TestTrainingController::stopsWhilePaused()
{
    pauseAt(batches + 5);
    m_controller->stop();
    QCOMPARE(m_controller->state(), State::Stopping);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->stopped.size(), 1);
    QCOMPARE(m_engine->steps.load(), batches + 5);
    QVERIFY(m_spies->result.best != nullptr);
    QCOMPARE(readRun(onlyRun()).state, RunState::Stopped);
}

void TestTrainingController::stopsWhileLoading()
{
    TrainingStart asked = start(1);
    asked.options.data.syntheticCount = 5'000'000;
    m_controller->start(m_engine.get(), asked);
    m_controller->pause(); // There is nothing to pause yet.
    QCOMPARE(m_controller->state(), State::LoadingData);
    m_controller->stop();
    QCOMPARE(m_controller->state(), State::Stopping);
    m_controller->stop(); // Twice is once.
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->stopped.size(), 1);
    QCOMPARE(m_spies->began.size(), 0);
    QVERIFY(m_spies->result.best == nullptr);
    QVERIFY(onlyRun().isEmpty());
}

void TestTrainingController::fullDiskPausesUntilThereIsRoom()
{
    m_engine->fullDisk = 2;
    m_controller->start(m_engine.get(), start(3));
    for (int i = 1; i <= 2; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(m_spies->problem.size(), i, longTime);
        QVERIFY(m_spies->problem.last().first().toString().contains(QStringLiteral("disk is full")));
        QCOMPARE(m_controller->state(), State::Paused);
        QCOMPARE(m_engine->writes.load(), i);
        QVERIFY(m_spies->allBatches(1, batches)); // What is shown is where the run stands.
        m_controller->requestSnapshot();          // The model can be had all the same.
        QTRY_COMPARE_WITH_TIMEOUT(m_spies->snapshot.size(), i, longTime);
        m_controller->proceed();
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QCOMPARE(m_spies->problem.size(), 2);
    QCOMPARE(readRun(onlyRun()).epochsDone, 3);
}

void TestTrainingController::fullDiskAndStop()
{
    m_engine->fullDisk = 100;
    m_controller->start(m_engine.get(), start(3));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->problem.size(), 1, longTime);
    m_controller->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->stopped.size(), 1);
    QCOMPARE(m_spies->result.epochs.size(), std::size_t{1});
    QCOMPARE(m_spies->problem.size(), 1);
    QVERIFY(m_spies->result.best != nullptr);
}

void TestTrainingController::deletedFolderEndsNothing()
{
    trainAndHoldAt(batches + 3);
    QVERIFY(QDir(onlyRun()).removeRecursively());
    m_engine->release();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->completed.size(), 1);
    QCOMPARE(m_spies->epochEnded.size(), 3);
    QCOMPARE(m_spies->problem.size(), 0);
}

void TestTrainingController::divergedKeepsTheBest()
{
    m_engine->divergesIn = 3;
    m_controller->start(m_engine.get(), start(5));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->stopped.size(), 1);
    QCOMPARE(m_spies->result.outcome, TrainingOutcome::Diverged);
    QVERIFY(!m_spies->result.explanation.empty());
    const RunRecord record = readRun(onlyRun());
    QCOMPARE(record.state, RunState::Failed);
    QCOMPARE(record.problem.toStdString(), m_spies->result.explanation);
    QVERIFY(record.hasBest);
    QCOMPARE(record.epochsDone, 2);
}

void TestTrainingController::stoppedEarlyIsAnEndByItself()
{
    m_engine->losesPatienceAfter = 2;
    m_controller->start(m_engine.get(), start(5));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->completed.size(), 1);
    QCOMPARE(m_spies->result.outcome, TrainingOutcome::StoppedEarly);
    QCOMPARE(readRun(onlyRun()).state, RunState::Stopped);
}

void TestTrainingController::failureIsKeptAndTheNextRunWorks()
{
    m_engine->failure =
        Error{ErrorCode::Internal, "The GPU's memory is full; choose a smaller batch.", "CUDA out of memory"};
    m_controller->start(m_engine.get(), start(3));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QVERIFY(m_spies->failed.first().first().toString().contains(QStringLiteral("smaller batch")));
    const RunRecord record = readRun(onlyRun());
    QCOMPARE(record.state, RunState::Failed);
    QCOMPARE(record.problem, m_spies->failed.first().first().toString());
    QCOMPARE(m_controller->state(), State::Idle);

    m_engine->failure.reset();
    m_controller->start(m_engine.get(), start(1));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
}

void TestTrainingController::exceptionsStopAtTheThread()
{
    m_engine->throwing = "bad_alloc";
    m_controller->start(m_engine.get(), start(3));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QVERIFY(m_spies->failed.first().first().toString().contains(QStringLiteral("memory")));
    QCOMPARE(readRun(onlyRun()).state, RunState::Failed);
    QCOMPARE(m_controller->state(), State::Idle);
}

void TestTrainingController::impossibleStartsAreSentences_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("batchSize");
    QTest::addColumn<int>("folds");
    QTest::addColumn<QString>("mention");
    QTest::newRow("no such data") << "/nonexistent/ink.jsonl" << 16 << 0 << "ink.jsonl";
    QTest::newRow("batch larger than the data") << "synthetic" << 100'000 << 0 << "100000";
    QTest::newRow("batch larger than the folds") << "synthetic" << 100'000 << 4 << "100000";
    QTest::newRow("one fold") << "synthetic" << 16 << 1 << "fold";
}

void TestTrainingController::impossibleStartsAreSentences()
{
    QFETCH(QString, part);
    QFETCH(int, batchSize);
    QFETCH(int, folds);
    QFETCH(QString, mention);
    TrainingStart asked = start(1, folds);
    asked.options.data.parts = {part};
    asked.options.training.batchSize = batchSize;
    m_controller->start(m_engine.get(), asked);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->failed.size(), 1);
    const QString message = m_spies->failed.first().first().toString();
    QVERIFY2(message.contains(mention), qPrintable(message));
    QCOMPARE(m_spies->began.size(), 0);
    QCOMPARE(m_controller->state(), State::Idle);
    QVERIFY(readRuns(m_folder->path()).empty());
}

QTEST_GUILESS_MAIN(TestTrainingController)
#include "tst_trainingcontroller.moc"
