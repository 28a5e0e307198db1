// What can be done with the runs of the list.
#include "tests/gui/training/runspanelfixture.h"
#include "ui/training/comparedialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleFactory>
#include <QTableWidget>

using namespace digitpad;
using namespace digitpad::test;

class TestRunActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void deletesToTrash();
    void refusesTheLiveRun();
    void copiesOptions();
    void drawsWithModels();
    void goesOn();
    void compares();

private:
    std::unique_ptr<RunsPanelFixture> m_fixture;
};

void TestRunActions::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_runactions"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

void TestRunActions::init()
{
    m_fixture = std::make_unique<RunsPanelFixture>();
}

void TestRunActions::cleanup()
{
    m_fixture.reset();
}

void TestRunActions::deletesToTrash()
{
    m_fixture->showSeveral();
    QSignalSpy trashed(m_fixture->store.get(), &RunStore::movedToTrash);
    m_fixture->clickCell(1, RunsModel::State);
    m_fixture->clickCell(2, RunsModel::State, Qt::ShiftModifier);
    QTest::keyClick(m_fixture->table(), Qt::Key_Delete);
    QTRY_COMPARE(m_fixture->names(), (QStringList{QStringLiteral("Cut off"), QStringLiteral("Wide")}));
    QCOMPARE(trashed.count(), 2);
    QVERIFY(!QFileInfo::exists(m_fixture->runs[QStringLiteral("Tiny one")]));
    m_fixture->store->restore(trashed.at(0).at(0).toString(), trashed.at(0).at(1).toString());
    QTRY_COMPARE(m_fixture->names().size(), 3);
}

void TestRunActions::refusesTheLiveRun()
{
    auto writer = std::move(*RunWriter::create(m_fixture->path(), newRun(QStringLiteral("Live"))));
    m_fixture->show();
    QSignalSpy messages(m_fixture->panel.get(), &RunsPanel::message);
    m_fixture->panel->setLiveRun(writer->record().folder);
    m_fixture->clickCell(0, RunsModel::State);
    QVERIFY(!m_fixture->child<QPushButton>("goOnWithRun")->isEnabled());
    m_fixture->press("deleteRun");
    QCOMPARE(messages.count(), 1);
    QCOMPARE(messages.at(0).at(1).toString(),
             QStringLiteral("The run in progress cannot be deleted; stop it first."));
    m_fixture->panel->setLiveRun({}); // Another program's run is refused by its lock.
    m_fixture->press("deleteRun");
    QTRY_COMPARE(messages.count(), 2);
    QVERIFY(messages.at(1).at(1).toString().endsWith(u"is being trained; stop that training first."));
    QCOMPARE(m_fixture->names(), QStringList{QStringLiteral("Live")});
}

void TestRunActions::copiesOptions()
{
    m_fixture->showSeveral();
    QSignalSpy wanted(m_fixture->panel.get(), &RunsPanel::optionsRequested);
    m_fixture->clickCell(2, RunsModel::State);
    m_fixture->press("copyOptions");
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.at(0).at(0).value<RunRecord>().options.training.learningRate, 0.002);
    m_fixture->clickCell(1, RunsModel::State, Qt::ControlModifier); // Two are no one's options.
    QVERIFY(!m_fixture->child<QPushButton>("copyOptions")->isEnabled());
}

void TestRunActions::drawsWithModels()
{
    m_fixture->showSeveral();
    QSignalSpy wanted(m_fixture->panel.get(), &RunsPanel::modelRequested);
    const QString baseline = m_fixture->runs[QStringLiteral("Baseline 1")];
    m_fixture->clickCell(m_fixture->rowOf(QStringLiteral("Baseline 1")), RunsModel::State);
    QMenu* menu = m_fixture->child<QPushButton>("drawWithRun")->menu();
    menu->actions().first()->trigger();
    menu->actions().last()->trigger();
    QCOMPARE(wanted.count(), 2);
    QCOMPARE(wanted.at(0).at(0).toString(), bestModelPath(baseline));
    QCOMPARE(wanted.at(0).at(1).toString(), QStringLiteral("Baseline 1, best"));
    QCOMPARE(wanted.at(1).at(0).toString(), lastModelPath(baseline));
    m_fixture->clickCell(m_fixture->rowOf(QStringLiteral("Cut off")), RunsModel::State);
    QVERIFY(!menu->actions().first()->isEnabled()); // It has no best model yet.
    QVERIFY(menu->actions().last()->isEnabled());
}

void TestRunActions::goesOn()
{
    m_fixture->showSeveral();
    QSignalSpy resumed(m_fixture->panel.get(), &RunsPanel::resumeRequested);
    QSignalSpy continued(m_fixture->panel.get(), &RunsPanel::continueRequested);
    m_fixture->clickCell(m_fixture->rowOf(QStringLiteral("Cut off")), RunsModel::State);
    m_fixture->press("goOnWithRun");
    QCOMPARE(resumed.count(), 1);
    QCOMPARE(resumed.at(0).at(0).toString(), m_fixture->runs[QStringLiteral("Cut off")]);

    m_fixture->clickCell(m_fixture->rowOf(QStringLiteral("Wide")), RunsModel::State);
    m_fixture->press("goOnWithRun");
    auto* dialog = m_fixture->panel->findChild<QDialog*>(QStringLiteral("moreEpochs"));
    QVERIFY(dialog != nullptr);
    auto* epochs = dialog->findChild<QSpinBox*>();
    epochs->selectAll();
    QTest::keyClicks(epochs, QStringLiteral("5"));
    QTest::keyClick(dialog, Qt::Key_Enter);
    QCOMPARE(continued.count(), 1);
    QCOMPARE(continued.at(0).at(0).toString(), m_fixture->runs[QStringLiteral("Wide")]);
    QCOMPARE(continued.at(0).at(1).toInt(), 5);
    m_fixture->panel->setLiveRun(m_fixture->runs[QStringLiteral("Cut off")]);
    QVERIFY(!m_fixture->child<QPushButton>("goOnWithRun")->isEnabled());
}

void TestRunActions::compares()
{
    m_fixture->showSeveral();
    m_fixture->clickCell(1, RunsModel::State);
    QVERIFY(!m_fixture->child<QPushButton>("compareRuns")->isEnabled());
    m_fixture->clickCell(2, RunsModel::State, Qt::ControlModifier);
    m_fixture->press("compareRuns");
    auto* dialog = m_fixture->panel->findChild<CompareDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible() && !dialog->isModal());
    QCOMPARE(m_fixture->panel->model()->shownRuns().size(), 2); // Their curves lie over each other.
    auto* rows = dialog->findChild<QTableWidget*>();
    QStringList visible;
    for (int row = 0; row < rows->rowCount(); ++row) {
        const bool differs = rows->item(row, 1)->text() != rows->item(row, 2)->text();
        QCOMPARE(rows->isRowHidden(row), !differs);
        QCOMPARE(rows->item(row, 0)->font().bold(), differs);
        if (differs) {
            visible += rows->item(row, 0)->text();
        }
    }
    QVERIFY(visible.contains(QStringLiteral("≠ learning rate")));
    QVERIFY(!visible.contains(QStringLiteral("≠ batch size")));
    dialog->findChild<QCheckBox*>()->click();
    for (int row = 0; row < rows->rowCount(); ++row) {
        QVERIFY(!rows->isRowHidden(row));
    }
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

QTEST_MAIN(TestRunActions)
#include "tst_runactions.moc"
