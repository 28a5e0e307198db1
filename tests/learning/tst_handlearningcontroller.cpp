#include "core/learning/engineloader.h"
#include "core/learning/handlearningcontroller.h"
#include "tests/support/strangehand.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// Everything that a controller says, counted.
struct Spies
{
    explicit Spies(HandLearningController* controller)
        : progressed(controller, &HandLearningController::progressed)
        , completed(controller, &HandLearningController::completed)
        , stopped(controller, &HandLearningController::stopped)
        , failed(controller, &HandLearningController::failed)
    {
    }
    QSignalSpy progressed;
    QSignalSpy completed;
    QSignalSpy stopped;
    QSignalSpy failed;

    [[nodiscard]] qsizetype terminal() const { return completed.size() + stopped.size() + failed.size(); }
};

} // namespace

class HandLearningControllerTest : public QObject
{
    Q_OBJECT

    const QTemporaryDir m_folder;
    HandLearningTask m_task;

private Q_SLOTS:
    void initTestCase()
    {
        const auto engine = loadEngine();
        QVERIFY2(engine.ok(), engine ? "" : engine.error().details.c_str());
        m_task.engine = *engine;
        m_task.start = ordinaryModel(**engine);
        QVERIFY(m_task.start);
        m_task.others = std::make_shared<const OtherHands>(otherHands(600, 200));
        m_task.drawings = strangeHand(3, 1);
        m_task.options.images = 1'280;
        m_task.options.threads = 1;
    }

    void completes()
    {
        HandLearningController controller;
        const Spies spies(&controller);
        HandLearningResult result;
        connect(&controller, &HandLearningController::completed, this,
                [&](const HandLearningResult& ended) { result = ended; });
        controller.start(m_task);
        QCOMPARE(controller.state(), HandLearningController::State::Running);
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.completed.size(), 1);
        QCOMPARE(controller.state(), HandLearningController::State::Idle);
        QVERIFY(!spies.progressed.isEmpty());
        QVERIFY(result.model);
        QCOMPARE(result.others.name, std::string("synthetic digits"));
    }

    void beginsWithAFile()
    {
        const QString path = m_folder.filePath(QStringLiteral("base.pt"));
        QVERIFY(m_task.start->save(path.toStdString()).ok());
        HandLearningTask task = m_task;
        task.start = nullptr;
        task.startPath = path;
        HandLearningController controller;
        const Spies spies(&controller);
        controller.start(task);
        QTRY_COMPARE(spies.completed.size(), 1);
    }

    void stopsWhileReadingTheData()
    {
        HandLearningController controller;
        const Spies spies(&controller);
        HandLearningTask task = m_task;
        task.others = nullptr;
        controller.start(task);
        controller.stop();
        QCOMPARE(controller.state(), HandLearningController::State::Stopping);
        controller.stop(); // Twice is once.
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.stopped.size(), 1);
        QCOMPARE(controller.state(), HandLearningController::State::Idle);
    }

    void stopsWhileLearning()
    {
        HandLearningController controller;
        const Spies spies(&controller);
        HandLearningTask task = m_task;
        task.options.images = 300'000;
        connect(&controller, &HandLearningController::progressed, &controller, &HandLearningController::stop);
        controller.start(task);
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.stopped.size(), 1);
    }

    void failsWithASentenceAndWorksAgain()
    {
        HandLearningController controller;
        const Spies spies(&controller);
        HandLearningTask task = m_task;
        task.start = nullptr;
        task.startPath = m_folder.filePath(QStringLiteral("gone.pt"));
        controller.start(task);
        QTRY_COMPARE(spies.terminal(), qsizetype{1});
        QCOMPARE(spies.failed.size(), 1);
        QVERIFY(spies.failed.first().first().toString().contains(QStringLiteral("gone.pt")));
        controller.start(m_task);
        QTRY_COMPARE(spies.completed.size(), 1);
    }

    void mayGoWhileLearning()
    {
        HandLearningController controller;
        const Spies spies(&controller);
        HandLearningTask task = m_task;
        task.options.images = 300'000;
        controller.start(task);
        QTRY_VERIFY(!spies.progressed.isEmpty());
    }
};

QTEST_GUILESS_MAIN(HandLearningControllerTest)
#include "tst_handlearningcontroller.moc"
