// What the buttons below the charts do, and what comes back when the program starts again.
#include "core/learning/runfolder.h"
#include "tests/gui/training/tabfixture.h"
#include "ui/training/epochtable.h"
#include "ui/training/metricschart.h"
#include "ui/training/plotview.h"
#include "ui/training/runsmodel.h"

#include <QMessageBox>
#include <QProgressBar>
#include <QStyleOptionViewItem>
#include <QTabWidget>
#include <QTableView>

using namespace digitpad;

using State = TrainingController::State;

class TestRunControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void buttonsFollowTheRun();
    void keysPauseStepResumeAndStop();
    void padReadsWithTheModelInTraining();
    void padGoesBackToSleepWithTheBox();
    void fullDiskCanBeTriedAgain();
    void divergenceIsExplained();
    void endForWantOfProgressIsSaid();
    void runsAreListed();
    void shownRunsComeBack();
    void interruptedRunsAreOfferedOnce();
    void closingLeavesWhatCanBeResumed();
    void runsCanBeTrainedFurther();

private:
    void startRecognizer();
    [[nodiscard]] std::size_t curvesInTheChart() const;
    [[nodiscard]] RunsModel* runs() const { return m_fixture->window->findChild<RunsModel*>(); }
    [[nodiscard]] QString stateOf(int row) const;
    void openRuns();
    void tickRun(int row);

    std::unique_ptr<TabFixture> m_fixture;
};

void TestRunControls::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_runcontrols"));
}

void TestRunControls::init()
{
    m_fixture = std::make_unique<TabFixture>();
}

void TestRunControls::cleanup()
{
    m_fixture->engine.release();
    m_fixture.reset();
}

/// Its thread hands models over, with the module or without.
void TestRunControls::startRecognizer()
{
    const QByteArray before = qgetenv("DIGITPAD_ENGINE");
    qputenv("DIGITPAD_ENGINE", "/nowhere/libdigitpad_torch.so");
    m_fixture->recognizer.start();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->recognizer.state(), Recognizer::State::Failed, longTime);
    qputenv("DIGITPAD_ENGINE", before);
}

std::size_t TestRunControls::curvesInTheChart() const
{
    auto* charts = m_fixture->window->findChild<MetricsChart*>();
    charts->flush();
    return charts->plot(Metric::Loss)->scene().runs.size();
}

QString TestRunControls::stateOf(int row) const
{
    return runs()->index(row, RunsModel::State).data().toString();
}

void TestRunControls::openRuns()
{
    m_fixture->child<QTabWidget>("lowerTabs")->setCurrentIndex(1);
}

/// Clicks the box before the name, newest run first.
void TestRunControls::tickRun(int row)
{
    openRuns();
    auto* table = m_fixture->child<QTableView>("runs");
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible() && table->model()->rowCount() > row, longTime);
    const QModelIndex index = table->model()->index(row, RunsModel::Name);
    QStyleOptionViewItem option;
    option.initFrom(table);
    option.rect = table->visualRect(index);
    option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
    option.text = index.data().toString();
    const QRect box = table->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, table);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, box.center());
}

void TestRunControls::buttonsFollowTheRun()
{
    const auto enabled = [this] {
        QString names;
        for (const char* name : {"start", "pause", "stepBatch", "stepEpoch", "stop"}) {
            if (m_fixture->child<QPushButton>(name)->isEnabled()) {
                names += QLatin1String(name) + u' ';
            }
        }
        return names.trimmed();
    };
    m_fixture->show();
    QCOMPARE(enabled(), QString());
    m_fixture->giveEngine();
    QCOMPARE(enabled(), QStringLiteral("start"));
    m_fixture->startAndHoldAt(20);
    QCOMPARE(enabled(), QStringLiteral("pause stop"));
    m_fixture->press("pause");
    QCOMPARE(enabled(), QStringLiteral("stop"));
    QVERIFY(m_fixture->status().contains(QStringLiteral("Pausing")));
    m_fixture->engine.release();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, longTime);
    QCOMPARE(enabled(), QStringLiteral("pause stepBatch stepEpoch stop"));
    QCOMPARE(m_fixture->child<QPushButton>("pause")->text(), QStringLiteral("Resume"));
    m_fixture->engine.holdAt(30);
    m_fixture->press("pause");
    QCOMPARE(enabled(), QStringLiteral("pause stop"));
    QCOMPARE(m_fixture->child<QPushButton>("pause")->text(), QStringLiteral("Pause"));
    m_fixture->press("stop");
    QCOMPARE(enabled(), QString());
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(enabled(), QStringLiteral("start"));
}

void TestRunControls::keysPauseStepResumeAndStop()
{
    m_fixture->showReady();
    m_fixture->activate();
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_fixture->window.get(), key, modifiers);
    };
    m_fixture->engine.holdAt(20);
    press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Training, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->engine.steps.load(), 20, longTime);
    press(Qt::Key_F6); // A button that is pressed by its key takes a moment to come up again.
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Pausing, longTime);
    m_fixture->engine.release();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, longTime);
    QVERIFY(m_fixture->status().startsWith(QStringLiteral("Paused")));
    auto* progress = m_fixture->child<QProgressBar>("progress");
    QTRY_VERIFY_WITH_TIMEOUT(progress->text().contains(QStringLiteral("batch 20 of 45")), longTime);
    press(Qt::Key_F7);
    QTRY_VERIFY_WITH_TIMEOUT(progress->text().contains(QStringLiteral("batch 21 of 45")), longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, longTime);
    QCOMPARE(m_fixture->engine.steps.load(), 21);
    press(Qt::Key_F8);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 1, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, longTime);
    QCOMPARE(m_fixture->engine.steps.load(), 45);
    m_fixture->engine.holdAt(100);
    press(Qt::Key_F6);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->engine.steps.load(), 100, longTime);
    QCOMPARE(m_fixture->state(), State::Training);
    press(Qt::Key_F5, Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Stopping, longTime);
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
    QVERIFY(m_fixture->status().startsWith(QStringLiteral("Stopped after 2 epochs")));
}

void TestRunControls::padReadsWithTheModelInTraining()
{
    startRecognizer();
    m_fixture->showReady();
    QSignalSpy inUse(m_fixture->window->tab, &TrainingTab::modelInUse);
    m_fixture->tick("drawWhileTraining");
    m_fixture->startAndPauseAt(50);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->recognizer.model() != nullptr, longTime);
    QVERIFY(m_fixture->recognizer.modelName().endsWith(QStringLiteral(", in training")));
    // A second later it reads with the newest weights, also of a run that is paused again.
    const auto before = m_fixture->recognizer.model();
    m_fixture->press("stepBatch");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->recognizer.model() != before, longTime);
    QCOMPARE(m_fixture->state(), State::Paused);
    QCOMPARE(inUse.size(), 0);
    m_fixture->press("pause");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->recognizer.modelName().endsWith(QStringLiteral(", best")), longTime);
    QCOMPARE(inUse.size(), 1);
    QCOMPARE(inUse.first().first().toString(), m_fixture->recognizer.modelName());
}

void TestRunControls::padGoesBackToSleepWithTheBox()
{
    startRecognizer();
    m_fixture->showReady();
    m_fixture->startAndPauseAt(50);
    m_fixture->tick("drawWhileTraining"); // In the middle of a run that is paused.
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->recognizer.model() != nullptr, longTime);
    const auto model = m_fixture->recognizer.model();
    m_fixture->tick("drawWhileTraining");
    m_fixture->press("pause");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->recognizer.model(), model);
}

void TestRunControls::fullDiskCanBeTriedAgain()
{
    m_fixture->engine.fullDisk = 1;
    m_fixture->showReady();
    m_fixture->press("start");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->messages()->text().contains(QStringLiteral("disk is full")),
                             longTime);
    QCOMPARE(m_fixture->messages()->tone(), Tone::Error);
    QCOMPARE(m_fixture->state(), State::Paused);
    m_fixture->pressMessageAction();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QVERIFY(m_fixture->status().startsWith(QStringLiteral("Finished")));
    QVERIFY(!m_fixture->messages()->isVisible());
}

void TestRunControls::divergenceIsExplained()
{
    m_fixture->engine.divergesIn = 3;
    m_fixture->showReady();
    m_fixture->completeRun();
    QCOMPARE(m_fixture->messages()->tone(), Tone::Error);
    QVERIFY(m_fixture->messages()->text().contains(QStringLiteral("smaller learning rate")));
    QVERIFY2(m_fixture->status().startsWith(QStringLiteral("The loss exploded after 2 epochs")),
             qPrintable(m_fixture->status()));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(0), runStateText(RunState::Failed), longTime);
}

void TestRunControls::endForWantOfProgressIsSaid()
{
    m_fixture->engine.losesPatienceAfter = 3;
    m_fixture->showReady();
    m_fixture->completeRun();
    QVERIFY2(m_fixture->status().startsWith(QStringLiteral("Finished early")),
             qPrintable(m_fixture->status()));
}

void TestRunControls::runsAreListed()
{
    m_fixture->showReady();
    openRuns();
    QTRY_VERIFY_WITH_TIMEOUT(
        m_fixture->child<QLabel>("noRuns")->text().contains(QStringLiteral("No runs yet")), longTime);
    m_fixture->startAndHoldAt(60);
    QTRY_COMPARE_WITH_TIMEOUT(runs()->rowCount(), 1, longTime);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(0), runStateText(RunState::Running), longTime);
    m_fixture->engine.release();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(0), runStateText(RunState::Completed), longTime);
    // The folder says it before the controller has ended.
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    m_fixture->completeRun();
    QTRY_COMPARE_WITH_TIMEOUT(runs()->rowCount(), 2, longTime);
    QVERIFY(runs()->index(0, RunsModel::Name).data().toString().endsWith(u" 2"));
    QVERIFY(m_fixture->window->close()); // All is kept: no question.
}

void TestRunControls::shownRunsComeBack()
{
    m_fixture->showReady();
    for (int i = 1; i <= 3; ++i) {
        m_fixture->completeRun();
        QTRY_COMPARE_WITH_TIMEOUT(runs()->rowCount(), i, longTime);
    }
    QCOMPARE(curvesInTheChart(), 1u);
    tickRun(2);
    QTRY_COMPARE_WITH_TIMEOUT(curvesInTheChart(), 2u, longTime);
    m_fixture->restart();
    QTRY_COMPARE_WITH_TIMEOUT(curvesInTheChart(), 2u, longTime); // The ticked one, and that of the last run.
    QCOMPARE(runs()->shownRuns().size(), 2);
    tickRun(2);
    QTRY_COMPARE_WITH_TIMEOUT(curvesInTheChart(), 1u, longTime);
}

void TestRunControls::interruptedRunsAreOfferedOnce()
{
    m_fixture->showReady();
    m_fixture->startAndPauseAt(45 + 5);
    m_fixture->restart();
    QTRY_VERIFY_WITH_TIMEOUT(
        m_fixture->messages()->text().contains(QStringLiteral("interrupted after 1 of 4 epochs")), longTime);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(0), runStateText(RunState::Interrupted), longTime);
    const int endsBefore = m_fixture->ends;
    m_fixture->pressMessageAction();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->ends == endsBefore + 1 && m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 4);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(0), runStateText(RunState::Completed), longTime);
    QCOMPARE(runs()->rowCount(), 1);
    QVERIFY(!m_fixture->messages()->isVisible());
    m_fixture->restart();
    QTRY_COMPARE_WITH_TIMEOUT(runs()->rowCount(), 1, longTime);
    QVERIFY(!m_fixture->messages()->isVisible());
}

void TestRunControls::closingLeavesWhatCanBeResumed()
{
    m_fixture->showReady();
    m_fixture->startAndPauseAt(45 + 5);
    QVERIFY(!m_fixture->window->close());
    auto* question = m_fixture->child<QMessageBox>("closeQuestion");
    QVERIFY(question->informativeText().contains(QStringLiteral("resumed")));
    const auto buttons = question->buttons();
    for (QAbstractButton* button : buttons) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QVERIFY(!m_fixture->window->isVisible());
    m_fixture->window.reset();
    const auto left = readRuns(defaultRunsFolder());
    QCOMPARE(left.size(), std::size_t{1});
    QCOMPARE(left.front().state, RunState::Interrupted);
    QCOMPARE(left.front().epochsDone, 1);
}

void TestRunControls::runsCanBeTrainedFurther()
{
    m_fixture->showReady();
    m_fixture->completeRun();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(0), runStateText(RunState::Completed), longTime);
    openRuns();
    auto* table = m_fixture->child<QTableView>("runs");
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible(), longTime);
    table->selectRow(0);
    m_fixture->press("goOnWithRun");
    auto* dialog = m_fixture->child<QDialog>("moreEpochs");
    QTest::keyClick(dialog, Qt::Key_Enter); // As many again.
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->ends, 2, longTime);
    QCOMPARE(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 8);
    QCOMPARE(readRuns(defaultRunsFolder()).front().epochsDone, 8);
}

QTEST_MAIN(TestRunControls)
#include "tst_runcontrols.moc"
