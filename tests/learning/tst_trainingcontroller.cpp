#include "core/learning/engineloader.h"
#include "core/learning/trainingcontroller.h"

#include <QSignalSpy>
#include <QtTest>

using namespace digitpad;

namespace {

DataSource syntheticSource(std::size_t count)
{
    DataSource source;
    source.parts = {QStringLiteral("synthetic")};
    source.syntheticCount = count;
    return source;
}

TrainingOptions options(int epochs)
{
    TrainingOptions result;
    result.epochs = epochs;
    result.batchSize = 16;
    return result;
}

/// Everything a controller says, counted.
struct Spies
{
    explicit Spies(TrainingController* controller)
        : started(controller, &TrainingController::started)
        , epochEnded(controller, &TrainingController::epochEnded)
        , completed(controller, &TrainingController::completed)
        , stopped(controller, &TrainingController::stopped)
        , failed(controller, &TrainingController::failed)
    {
    }
    QSignalSpy started;
    QSignalSpy epochEnded;
    QSignalSpy completed;
    QSignalSpy stopped;
    QSignalSpy failed;

    [[nodiscard]] qsizetype terminal() const { return completed.size() + stopped.size() + failed.size(); }
};

} // namespace

class TrainingControllerTest : public QObject
{
    Q_OBJECT

    const Engine* m_engine = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        const auto engine = loadEngine();
        QVERIFY2(engine.ok(), engine ? "" : engine.error().details.c_str());
        m_engine = *engine;
    }

    void completes()
    {
        TrainingController controller;
        const Spies spies(&controller);
        QVector<double> losses;
        BatchProgress newest;
        TrainingResult result;
        connect(&controller, &TrainingController::progressed, this,
                [&](const BatchProgress& progress, const QVector<double>& batch) {
                    QCOMPARE(QThread::currentThread(), qApp->thread());
                    newest = progress;
                    losses += batch;
                });
        connect(&controller, &TrainingController::completed, this,
                [&](const TrainingResult& ended) { result = ended; });
        controller.start(m_engine, syntheticSource(400), options(3));
        QCOMPARE(controller.state(), TrainingController::State::LoadingData);
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.completed.size(), 1);
        QCOMPARE(controller.state(), TrainingController::State::Idle);
        QCOMPARE(spies.started.size(), 1);
        QCOMPARE(spies.started.first().at(0).toLongLong(), 360);
        QCOMPARE(spies.started.first().at(1).toLongLong(), 40);
        QCOMPARE(spies.started.first().at(2).toLongLong(), 40);
        QCOMPARE(spies.epochEnded.size(), 3);
        QCOMPARE(losses.size(), qsizetype{3 * 23}); // Every batch's loss, none left out.
        QCOMPARE(newest.step, std::int64_t{3 * 23});
        QCOMPARE(result.epochs.size(), std::size_t{3});
        QVERIFY(result.best->info().testAccuracy >= 0);
    }

    void stopsAndKeepsTheModel()
    {
        TrainingController controller;
        const Spies spies(&controller);
        TrainingResult result;
        connect(&controller, &TrainingController::stopped, this,
                [&](const TrainingResult& ended) { result = ended; });
        connect(&controller, &TrainingController::epochEnded, &controller, &TrainingController::stop);
        controller.start(m_engine, syntheticSource(400), options(10'000));
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.stopped.size(), 1);
        QVERIFY(result.best != nullptr);
        QVERIFY(result.epochs.size() < 10'000);
    }

    void stopWhileLoadingGivesNoModel()
    {
        TrainingController controller;
        const Spies spies(&controller);
        TrainingResult result;
        connect(&controller, &TrainingController::stopped, this,
                [&](const TrainingResult& ended) { result = ended; });
        controller.start(m_engine, syntheticSource(5'000'000), options(1));
        controller.stop();
        QCOMPARE(controller.state(), TrainingController::State::Stopping);
        controller.stop(); // Twice is once.
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.stopped.size(), 1);
        QCOMPARE(spies.started.size(), 0);
        QVERIFY(result.best == nullptr);
    }

    void failuresAreSentences_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("batchSize");
        QTest::addColumn<QString>("mention");
        QTest::newRow("no such data") << "/nonexistent/ink.jsonl" << 16 << "ink.jsonl";
        QTest::newRow("batch larger than the data") << "synthetic" << 100'000 << "100000";
    }
    void failuresAreSentences()
    {
        QFETCH(QString, part);
        QFETCH(int, batchSize);
        QFETCH(QString, mention);
        TrainingController controller;
        const Spies spies(&controller);
        DataSource source = syntheticSource(200);
        source.parts = {part};
        TrainingOptions asked = options(1);
        asked.batchSize = batchSize;
        controller.start(m_engine, source, asked);
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.failed.size(), 1);
        const QString message = spies.failed.first().first().toString();
        QVERIFY2(message.contains(mention), qPrintable(message));
        QCOMPARE(controller.state(), TrainingController::State::Idle);
        // And the next run works.
        controller.start(m_engine, syntheticSource(200), options(1));
        QTRY_COMPARE(spies.completed.size(), 1);
    }

    void mayGoWhileTraining()
    {
        TrainingController controller;
        const Spies spies(&controller);
        controller.start(m_engine, syntheticSource(400), options(10'000));
        QTRY_VERIFY(!spies.epochEnded.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TrainingControllerTest)
#include "tst_trainingcontroller.moc"
