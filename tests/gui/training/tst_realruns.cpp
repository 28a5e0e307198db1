// The tab with the real engine: a run through all its buttons, and a program that was killed in the middle.
#include "tests/cli/cliprogram.h"
#include "tests/gui/training/tabfixture.h"
#include "ui/training/epochtable.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"
#include "ui/training/runsmodel.h"

#include <QJsonDocument>
#include <QProgressBar>

using namespace digitpad;

using State = TrainingController::State;

class TestRealRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_fixture = std::make_unique<TabFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void startPauseStepResumeStop();
    void restartAfterKill();

private:
    void showWithEngine();
    void waitFor(State state);

    std::unique_ptr<TabFixture> m_fixture;
};

void TestRealRuns::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_realruns"));
}

void TestRealRuns::showWithEngine()
{
    m_fixture->show();
    m_fixture->recognizer.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->recognizer.engine() != nullptr, longTime);
    m_fixture->activate();
}

void TestRealRuns::waitFor(State state)
{
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), state, longTime);
}

void TestRealRuns::startPauseStepResumeStop()
{
    QSettings settings;
    settings.setValue(QStringLiteral("training/syntheticCount"), 2000);
    settings.setValue(QStringLiteral("training/batchSize"), 50);
    settings.setValue(QStringLiteral("training/epochs"), 10'000);
    showWithEngine();
    BatchProgress newest;
    connect(m_fixture->controller(), &TrainingController::progressed, this,
            [&newest](const BatchProgress& progress) { newest = progress; });
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_fixture->window.get(), key, modifiers);
    };
    press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(newest.step > 3, longTime);
    press(Qt::Key_F6);
    waitFor(State::Paused);
    const auto* epochs = m_fixture->window->findChild<EpochTable*>()->model();
    const int epochsBefore = epochs->rowCount();
    press(Qt::Key_F8);
    QTRY_COMPARE_WITH_TIMEOUT(epochs->rowCount(), epochsBefore + 1, longTime);
    waitFor(State::Paused);
    QCOMPARE(newest.batch, std::int64_t{36});
    QCOMPARE(newest.epoch, epochsBefore + 1);
    const std::int64_t step = newest.step;
    press(Qt::Key_F7);
    QTRY_COMPARE_WITH_TIMEOUT(newest.step, step + 1, longTime);
    waitFor(State::Paused);
    QCOMPARE(newest.batch, std::int64_t{1});
    QVERIFY(m_fixture->child<QProgressBar>("progress")->text().contains(QStringLiteral("batch 1 of 36")));
    press(Qt::Key_F6);
    QTRY_VERIFY_WITH_TIMEOUT(newest.step > step + 100, longTime);
    press(Qt::Key_F5, Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
    QVERIFY2(m_fixture->status().startsWith(QStringLiteral("Stopped after")),
             qPrintable(m_fixture->status()));

    auto* charts = m_fixture->window->findChild<MetricsChart*>();
    const RunCurves& curves = *charts->plot(Metric::Loss)->scene().runs.front().curves;
    QCOMPARE(curves.batches.back().step, newest.step);
    QCOMPARE(curves.batches.size(), static_cast<std::size_t>(newest.step)); // None is missing.
    const auto runs = readRuns(defaultRunsFolder());
    QCOMPARE(runs.size(), std::size_t{1});
    QCOMPARE(runs.front().state, RunState::Stopped);
    QVERIFY(runs.front().testAccuracy > 0.3);
}

void TestRealRuns::restartAfterKill()
{
    const auto process =
        cliProcess({QStringLiteral("train"), QStringLiteral("--data"), QStringLiteral("synthetic"),
                    QStringLiteral("--synthetic-count"), QStringLiteral("1000"), QStringLiteral("--epochs"),
                    QStringLiteral("30"), QStringLiteral("--name"), QStringLiteral("Killed"),
                    QStringLiteral("--json"), QStringLiteral("--runs-folder"), defaultRunsFolder()});
    process->start();
    QByteArray line;
    int epochs = 0;
    do {
        line = nextLine(*process);
        epochs += QJsonDocument::fromJson(line)[QStringLiteral("event")] == QStringLiteral("epoch") ? 1 : 0;
    } while (!line.isEmpty() && epochs < 2);
    process->kill();
    QVERIFY(process->waitForFinished(longTime));
    QVERIFY2(epochs == 2, process->readAllStandardError().constData());

    showWithEngine();
    QTRY_VERIFY_WITH_TIMEOUT(
        m_fixture->messages()->text().contains(QStringLiteral("“Killed” was interrupted")), longTime);
    const RunRecord killed = readRuns(defaultRunsFolder()).front();
    QCOMPARE(killed.state, RunState::Interrupted);
    QVERIFY(killed.epochsDone >= 2 && killed.epochsDone < 30);
    m_fixture->pressMessageAction();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->ends == 1 && m_fixture->idle(), longTime);
    QVERIFY2(m_fixture->status().startsWith(QStringLiteral("Finished: test accuracy")),
             qPrintable(m_fixture->status()));
    QCOMPARE(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 30);
    auto* charts = m_fixture->window->findChild<MetricsChart*>();
    charts->flush();
    QCOMPARE(charts->plot(Metric::Loss)->scene().runs.front().curves->epochs.size(), std::size_t{30});
    QCOMPARE(readRun(killed.folder).state, RunState::Completed);
    auto* model = m_fixture->window->findChild<RunsModel*>();
    QTRY_COMPARE_WITH_TIMEOUT(model->index(0, RunsModel::State).data().toString(),
                              runStateText(RunState::Completed), longTime);
}

QTEST_MAIN(TestRealRuns)
#include "tst_realruns.moc"
