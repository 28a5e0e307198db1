// What goes on after an end: interrupted, continued and folded runs, with an engine that does as it is told.
#include "core/learning/runfolder.h"
#include "tests/gui/training/fakeengine.h"
#include "tests/learning/runspies.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <functional>

using namespace digitpad;

namespace {

constexpr int batches = 18; // An epoch's: 200 images, 180 of them to train with, in batches of 10.

using State = TrainingController::State;

} // namespace

class TestResumedRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void mayGoWhileTraining();
    void interruptedRunsGoOn();
    void withoutACheckpointItBeginsAgain();
    void completedRunsGoOn();
    void stoppedRunsGoOn_data();
    void stoppedRunsGoOn();
    void whatCannotGoOnStaysAsItWas_data();
    void whatCannotGoOnStaysAsItWas();
    void runsOfOthersAreLeftAlone();

    void foldsAreRunsOneAfterTheOther();
    void stopEndsAllFolds();
    void interruptedFoldsGoOn();

    void testsRates();
    void rangeTestPausesAndStops();

private:
    [[nodiscard]] TrainingStart start(int epochs, int folds = 0) const;
    void makeController();
    /// A run of four epochs that was broken off in epoch `epoch`, or behind `steps` from there.
    void interruptIn(
        int epoch, int folds = 0, const std::function<void()>& steps = [] {});
    [[nodiscard]] RunRecord newest() const { return readRuns(m_folder->path()).front(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<TrainingController> m_controller;
    std::unique_ptr<RunSpies> m_spies;
};

void TestResumedRuns::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeEngine>();
    makeController();
}

void TestResumedRuns::cleanup()
{
    m_engine->release();
    m_controller.reset();
    m_spies.reset();
}

/// As a new start of the program.
void TestResumedRuns::makeController()
{
    m_controller.reset();
    m_controller = std::make_unique<TrainingController>();
    m_spies = std::make_unique<RunSpies>(m_controller.get());
}

TrainingStart TestResumedRuns::start(int epochs, int folds) const
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

void TestResumedRuns::interruptIn(int epoch, int folds, const std::function<void()>& steps)
{
    const int step = (epoch - 1) * batches + 5;
    m_engine->holdAt(step);
    m_controller->start(m_engine.get(), start(4, folds));
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Training, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->steps.load(), step, longTime);
    m_controller->pause();
    m_engine->release();
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
    steps();
    makeController();
}

void TestResumedRuns::mayGoWhileTraining()
{
    m_controller->start(m_engine.get(), start(10'000));
    QTRY_VERIFY_WITH_TIMEOUT(!m_spies->epochEnded.isEmpty(), longTime);
    makeController();
    QCOMPARE(newest().state, RunState::Interrupted);
    QVERIFY(newest().epochsDone >= 1);
    QVERIFY(newest().hasLast);
}

void TestResumedRuns::interruptedRunsGoOn()
{
    interruptIn(3);
    const RunRecord interrupted = newest();
    QCOMPARE(interrupted.state, RunState::Interrupted);
    QCOMPARE(interrupted.epochsDone, 2);
    m_controller->resumeRun(m_engine.get(), interrupted.folder);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->completed.size(), 1);
    QCOMPARE(m_spies->beginning().folder, interrupted.folder);
    const auto soFar = m_spies->began.first().at(1).value<std::shared_ptr<const RunCurves>>();
    QVERIFY(soFar != nullptr);
    QCOMPARE(soFar->epochs.size(), std::size_t{2});
    QCOMPARE(m_spies->epochEnded.size(), 2);
    QVERIFY(m_spies->allBatches(2 * batches + 1, 4 * batches));

    const RunRecord record = newest();
    QCOMPARE(record.folder, interrupted.folder);
    QCOMPARE(record.state, RunState::Completed);
    QCOMPARE(record.epochsDone, 4);
    const RunCurves curves = readCurves(record.folder);
    QCOMPARE(curves.epochs.size(), std::size_t{4});
    QCOMPARE(curves.batches.size(), std::size_t{4 * batches});
    for (std::size_t i = 0; i < curves.batches.size(); ++i) {
        QCOMPARE(curves.batches[i].step, static_cast<std::int64_t>(i + 1));
    }
}

void TestResumedRuns::withoutACheckpointItBeginsAgain()
{
    interruptIn(1);
    QVERIFY(!newest().hasLast);
    m_controller->resumeRun(m_engine.get(), newest().folder);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QVERIFY(m_spies->began.first().at(1).value<std::shared_ptr<const RunCurves>>() == nullptr);
    QVERIFY(m_spies->allBatches(1, 4 * batches));
    QCOMPARE(readRuns(m_folder->path()).size(), std::size_t{1});
    QCOMPARE(newest().state, RunState::Completed);
}

void TestResumedRuns::completedRunsGoOn()
{
    m_controller->start(m_engine.get(), start(3));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    m_controller->continueRun(m_engine.get(), newest().folder, 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 2, longTime);
    QCOMPARE(m_spies->beginning().options.training.epochs, 5);
    const RunRecord record = newest();
    QCOMPARE(record.state, RunState::Completed);
    QCOMPARE(record.epochsDone, 5);
    QCOMPARE(record.options.training.epochs, 5);
    QCOMPARE(readCurves(record.folder).epochs.size(), std::size_t{5});
}

void TestResumedRuns::stoppedRunsGoOn_data()
{
    QTest::addColumn<int>("more");
    QTest::addColumn<int>("epochs");
    QTest::newRow("to their end") << 1 << 4;
    QTest::newRow("beyond their end") << 5 << 6;
}

void TestResumedRuns::stoppedRunsGoOn()
{
    QFETCH(int, more);
    QFETCH(int, epochs);
    m_engine->holdAt(batches + 5);
    m_controller->start(m_engine.get(), start(4));
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->steps.load(), batches + 5, longTime);
    m_controller->stop();
    m_engine->release();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->stopped.size(), 1, longTime);
    m_controller->continueRun(m_engine.get(), newest().folder, more);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QCOMPARE(newest().epochsDone, epochs);
}

void TestResumedRuns::whatCannotGoOnStaysAsItWas_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("mention");
    QTest::newRow("other data") << QByteArray("\"syntheticSeed\": \"1\"")
                                << QByteArray("\"syntheticSeed\": \"2\"") << QStringLiteral("have changed");
    QTest::newRow("data that are gone")
        << QByteArray("\"synthetic\"") << QByteArray("\"/nowhere/ink.jsonl\"") << QStringLiteral("ink.jsonl");
}

void TestResumedRuns::whatCannotGoOnStaysAsItWas()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, mention);
    m_controller->start(m_engine.get(), start(2));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    const QString folder = newest().folder;
    QFile file(folder + QStringLiteral("/run.json"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray text = file.readAll();
    QVERIFY2(text.contains(from), text.constData());
    text.replace(from, to);
    file.resize(0);
    file.write(text);
    file.close();

    m_controller->continueRun(m_engine.get(), folder, 2);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 2, longTime);
    const QString message = m_spies->failed.first().first().toString();
    QVERIFY2(message.contains(mention), qPrintable(message));
    QCOMPARE(m_spies->began.size(), 1);
    const RunRecord record = newest();
    QCOMPARE(record.state, RunState::Completed);
    QCOMPARE(record.options.training.epochs, 2);
    QCOMPARE(m_controller->state(), State::Idle);
}

void TestResumedRuns::runsOfOthersAreLeftAlone()
{
    m_controller->resumeRun(m_engine.get(), m_folder->filePath(QStringLiteral("20200101-000000-none")));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->failed.size(), 1, longTime);

    interruptIn(3);
    const auto other = RunWriter::reopen(newest().folder);
    QVERIFY(other.ok());
    m_controller->resumeRun(m_engine.get(), newest().folder);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->failed.size(), 1, longTime);
    QCOMPARE(m_spies->began.size(), 0);
    QVERIFY(!m_spies->failed.first().first().toString().isEmpty());
}

void TestResumedRuns::foldsAreRunsOneAfterTheOther()
{
    m_controller->start(m_engine.get(), start(2, 3));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->completed.size(), 1);
    QCOMPARE(m_spies->began.size(), 3);
    QCOMPARE(m_spies->ended.size(), 3);
    const auto runs = readRuns(m_folder->path());
    QCOMPARE(runs.size(), std::size_t{3});
    QSet<QString> hashes;
    for (const RunRecord& run : runs) {
        const TrainingOptions& options = run.options.training;
        QCOMPARE(run.state, RunState::Completed);
        QVERIFY(run.name.endsWith(QStringLiteral(" 1 · fold %1 of 3").arg(options.fold)));
        QVERIFY(run.validationImages == 66 || run.validationImages == 67);
        QCOMPARE(run.validationImages + run.trainingImages, 200);
        hashes.insert(run.dataHash);
    }
    QCOMPARE(hashes.size(), 3);
    QCOMPARE(m_spies->folds.size(), 1);
    const auto summary = m_spies->folds.first().first().value<FoldSummary>();
    QCOMPARE(summary.folds, 3);
    QVERIFY(std::abs(summary.testAccuracy - 0.9642) < 1e-9);
    QVERIFY(std::abs(summary.testDeviation - 0.01) < 1e-9);
    QVERIFY(std::abs(summary.validationAccuracy - 0.965) < 1e-9);
    QVERIFY(summary.validationDeviation < 1e-9);
}

void TestResumedRuns::stopEndsAllFolds()
{
    connect(m_controller.get(), &TrainingController::epochEnded, m_controller.get(),
            &TrainingController::stop);
    m_controller->start(m_engine.get(), start(10'000, 3));
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->stopped.size(), 1);
    QCOMPARE(m_spies->began.size(), 1);
    QCOMPARE(m_spies->folds.size(), 0);
}

void TestResumedRuns::interruptedFoldsGoOn()
{
    interruptIn(1, 3, [this] {
        for (int epoch = 1; epoch <= 5; ++epoch) { // Four of the first fold and one of the second.
            m_controller->stepEpoch();
            QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
        }
    });
    const RunRecord interrupted = newest();
    QCOMPARE(interrupted.state, RunState::Interrupted);
    QCOMPARE(interrupted.epochsDone, 1);
    QCOMPARE(interrupted.options.training.fold, 2);
    m_controller->resumeRun(m_engine.get(), interrupted.folder);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->completed.size(), 1, longTime);
    QCOMPARE(m_spies->began.size(), 2);
    QCOMPARE(readRuns(m_folder->path()).size(), std::size_t{3});
    const auto summary = m_spies->folds.first().first().value<FoldSummary>();
    QCOMPARE(summary.folds, 3);
    QVERIFY(std::abs(summary.testAccuracy - 0.9642) < 1e-9);
}

void TestResumedRuns::testsRates()
{
    m_controller->testRates(m_engine.get(), start(3).options);
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->ratesTested.size(), 1);
    const auto test = m_spies->ratesTested.first().first().value<RateRangeTest>();
    QVERIFY(test.points.size() > 100);
    QVERIFY(test.points.front().rate <= 1e-5 && test.points.back().rate >= 1);
    QCOMPARE(test.suggestion, 0.01);
    QCOMPARE(m_spies->began.size(), 0);
    QVERIFY(readRuns(m_folder->path()).empty());
    QCOMPARE(m_controller->state(), State::Idle);
}

void TestResumedRuns::rangeTestPausesAndStops()
{
    m_engine->holdAt(7);
    m_controller->testRates(m_engine.get(), start(3).options);
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Training, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->steps.load(), 7, longTime);
    m_controller->pause();
    m_engine->release();
    QTRY_COMPARE_WITH_TIMEOUT(m_controller->state(), State::Paused, longTime);
    QCOMPARE(m_engine->steps.load(), 7);
    m_controller->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_spies->terminal(), 1, longTime);
    QCOMPARE(m_spies->stopped.size(), 1);
}

QTEST_GUILESS_MAIN(TestResumedRuns)
#include "tst_resumedruns.moc"
