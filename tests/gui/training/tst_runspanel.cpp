// The list of runs: what it shows, and how it is sorted, filtered, ticked and written in.
#include "tests/gui/training/runspanelfixture.h"
#include "ui/widgets/tones.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStyleFactory>

using namespace digitpad;
using namespace digitpad::test;

class TestRunsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void saysThatThereAreNone();
    void listsRuns();
    void sortsNumbersAsNumbers();
    void filters();
    void renamesByKey();
    void writesANote();
    void ticksByMouseAndKey();
    void unreadableRunsSayWhy();
    void reasonsAreSeenAtOrdinaryWidths();
    void showsProgress();
    void keepsSelectionAndPlace();
    void tellsOnlyOfChanges();

private:
    std::unique_ptr<RunsPanelFixture> m_fixture;
};

void TestRunsPanel::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_runspanel"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

void TestRunsPanel::init()
{
    m_fixture = std::make_unique<RunsPanelFixture>();
}

void TestRunsPanel::cleanup()
{
    m_fixture.reset();
}

void TestRunsPanel::saysThatThereAreNone()
{
    m_fixture->show();
    QVERIFY(!m_fixture->table()->isVisible());
    QVERIFY(m_fixture->child<QLabel>("noRuns")->isVisible());
    QVERIFY(m_fixture->child<QLabel>("noRuns")->text().startsWith(QStringLiteral("No runs yet.")));
    for (const char* button : {"copyOptions", "drawWithRun", "goOnWithRun", "compareRuns", "deleteRun"}) {
        QVERIFY2(!m_fixture->child<QPushButton>(button)->isEnabled(), button);
    }
    finishedRun(m_fixture->path(), newRun(QStringLiteral("First")), 1);
    QTRY_VERIFY(m_fixture->table()->isVisible());
    QVERIFY(!m_fixture->child<QLabel>("noRuns")->isVisible());
    QCOMPARE(m_fixture->names(), QStringList{QStringLiteral("First")});
}

void TestRunsPanel::listsRuns()
{
    m_fixture->showSeveral();
    QCOMPARE(m_fixture->names(),
             (QStringList{QStringLiteral("Cut off"), QStringLiteral("Baseline 1"), QStringLiteral("Tiny one"),
                          QStringLiteral("Wide")})); // Newest first.
    QCOMPARE(m_fixture->text(0, RunsModel::State), QStringLiteral("Interrupted"));
    QCOMPARE(m_fixture->text(0, RunsModel::Epochs), QStringLiteral("7 of 20"));
    QCOMPARE(m_fixture->text(1, RunsModel::State), QStringLiteral("Completed"));
    QCOMPARE(m_fixture->text(1, RunsModel::Parameters), QStringLiteral("109,386"));
    QCOMPARE(m_fixture->text(1, RunsModel::Epochs), QStringLiteral("10"));
    QCOMPARE(m_fixture->text(1, RunsModel::Data), QStringLiteral("MNIST training"));
    QCOMPARE(m_fixture->text(1, RunsModel::Network), QStringLiteral("mlp"));
    QCOMPARE(m_fixture->text(1, RunsModel::Validation), QStringLiteral("99.00\u00A0%"));
    QCOMPARE(m_fixture->text(1, RunsModel::Test), QString()); // Unknown.
    QCOMPARE(m_fixture->text(1, RunsModel::Duration), QStringLiteral("13 s"));
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        const auto header = [column, this](int role) {
            return m_fixture->table()->model()->headerData(column, Qt::Horizontal, role).toString();
        };
        QVERIFY(!header(Qt::DisplayRole).isEmpty() && !header(Qt::ToolTipRole).isEmpty());
    }
    QVERIFY(!m_fixture->table()->accessibleName().isEmpty());
}

void TestRunsPanel::sortsNumbersAsNumbers()
{
    m_fixture->showSeveral();
    const auto sorted = [this](RunsModel::Column column) {
        m_fixture->clickHeader(column);
        return m_fixture->names();
    };
    const QString baseline = QStringLiteral("Baseline 1");
    const QString wide = QStringLiteral("Wide");
    const QString tiny = QStringLiteral("Tiny one");
    const QString cut = QStringLiteral("Cut off");
    QCOMPARE(sorted(RunsModel::Epochs), (QStringList{wide, cut, baseline, tiny})); // 2, 7, 10, 12
    QCOMPARE(sorted(RunsModel::Epochs), (QStringList{tiny, baseline, cut, wide}));
    QCOMPARE(sorted(RunsModel::Parameters).first(), tiny); // 9,850 before 1,535,818
    QCOMPARE(sorted(RunsModel::Parameters).first(), wide);
    QCOMPARE(sorted(RunsModel::Name), (QStringList{baseline, cut, tiny, wide}));
}

void TestRunsPanel::filters()
{
    m_fixture->showSeveral();
    m_fixture->table()->setFocus();
    QTest::keyClick(m_fixture->table(), Qt::Key_F, Qt::ControlModifier);
    auto* filter = m_fixture->child<QLineEdit>("runFilter");
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("tinY"));
    QCOMPARE(m_fixture->names(), QStringList{QStringLiteral("Tiny one")});
    QTest::keyClicks(filter, QStringLiteral("?"));
    QVERIFY(!m_fixture->table()->isVisible());
    QCOMPARE(m_fixture->child<QLabel>("noRuns")->text(), QStringLiteral("No run has “tinY?” in any column."));
    QTest::keyClick(filter, Qt::Key_Backspace);
    QVERIFY(m_fixture->table()->isVisible());
    filter->clear();
    QTest::keyClicks(filter, QStringLiteral("interrupted"));
    QCOMPARE(m_fixture->names(), QStringList{QStringLiteral("Cut off")});
}

void TestRunsPanel::renamesByKey()
{
    m_fixture->showSeveral();
    m_fixture->clickCell(2, RunsModel::State); // F2 renames, whichever cell it was.
    QTest::keyClick(m_fixture->table(), Qt::Key_F2);
    auto* editor = m_fixture->table()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    QCOMPARE(editor->text(), QStringLiteral("Tiny one"));
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("Smallest"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(m_fixture->text(2, RunsModel::Name), QStringLiteral("Smallest"));
    QCOMPARE(readRun(m_fixture->runs[QStringLiteral("Tiny one")]).name, QStringLiteral("Smallest"));
    QCOMPARE(m_fixture->panel->selectedRuns(), QStringList{m_fixture->runs[QStringLiteral("Tiny one")]});
    // Escape leaves it.
    QTest::keyClick(m_fixture->table(), Qt::Key_F2);
    editor = m_fixture->table()->findChild<QLineEdit*>();
    QTest::keyClicks(editor, QStringLiteral("x"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(m_fixture->text(2, RunsModel::Name), QStringLiteral("Smallest"));
}

void TestRunsPanel::writesANote()
{
    m_fixture->showSeveral();
    m_fixture->clickCell(1, RunsModel::Note);
    QTest::keyClick(m_fixture->table(), Qt::Key_F2);
    auto* editor = m_fixture->table()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(editor, QStringLiteral("as in the book"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(m_fixture->text(1, RunsModel::Note), QStringLiteral("as in the book"));
    const RunRecord record = readRun(m_fixture->runs[QStringLiteral("Baseline 1")]);
    QCOMPARE(record.note, QStringLiteral("as in the book"));
    QCOMPARE(record.name, QStringLiteral("Baseline 1"));
}

void TestRunsPanel::ticksByMouseAndKey()
{
    m_fixture->showSeveral();
    QSignalSpy shown(m_fixture->panel->model(), &RunsModel::shownRunsChanged);
    m_fixture->tick(1);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(m_fixture->panel->model()->shownRuns(),
             QStringList{m_fixture->runs[QStringLiteral("Baseline 1")]});
    m_fixture->panel->model()->setRunStyle(m_fixture->runs[QStringLiteral("Baseline 1")], 0);
    const auto icon = m_fixture->cell(1, RunsModel::Name).data(Qt::DecorationRole).value<QIcon>();
    const auto sample = [&icon](QIcon::Mode mode, int y) {
        return icon.pixmap(QSize(26, 12), 1, mode).toImage().pixelColor(13, y);
    };
    QVERIFY(sample(QIcon::Normal, 6).alpha() > 0);
    QCOMPARE(sample(QIcon::Normal, 1).alpha(), 0);
    QVERIFY(contrast(sample(QIcon::Selected, 6), sample(QIcon::Selected, 1)) >= 3); // Whatever the highlight.
    // All three that are selected at once, and back.
    m_fixture->clickCell(0, RunsModel::State);
    m_fixture->clickCell(2, RunsModel::State, Qt::ShiftModifier);
    QTest::keyClick(m_fixture->table(), Qt::Key_Space);
    QCOMPARE(m_fixture->panel->model()->shownRuns().size(), 3);
    QTest::keyClick(m_fixture->table(), Qt::Key_Space);
    QCOMPARE(m_fixture->panel->model()->shownRuns(), QStringList());
    // A run that goes takes its curves along.
    m_fixture->tick(1);
    QVERIFY(QDir(m_fixture->runs[QStringLiteral("Baseline 1")]).removeRecursively());
    QTRY_COMPARE(m_fixture->panel->model()->shownRuns(), QStringList());
}

void TestRunsPanel::unreadableRunsSayWhy()
{
    m_fixture->runs = severalRuns(m_fixture->path());
    damage(m_fixture->runs[QStringLiteral("Wide")]);
    m_fixture->show();
    const QString id = QFileInfo(m_fixture->runs[QStringLiteral("Wide")]).fileName();
    const int row = m_fixture->rowOf(id);
    QVERIFY(row >= 0);
    QCOMPARE(m_fixture->text(row, RunsModel::State), QStringLiteral("Damaged"));
    const QString why = m_fixture->text(row, RunsModel::Preset);
    QVERIFY2(why.startsWith(QStringLiteral("Its run.json is damaged: ")), qPrintable(why));
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        const auto index = m_fixture->cell(row, static_cast<RunsModel::Column>(column));
        QCOMPARE(index.data(Qt::ToolTipRole).toString(), why);
    }
    QCOMPARE(m_fixture->text(row, RunsModel::Epochs), QString());
    m_fixture->clickCell(row, RunsModel::State);
    for (const char* button : {"copyOptions", "drawWithRun", "goOnWithRun", "compareRuns"}) {
        QVERIFY2(!m_fixture->child<QPushButton>(button)->isEnabled(), button);
    }
    QVERIFY(m_fixture->child<QPushButton>("deleteRun")->isEnabled());
    QTest::keyClick(m_fixture->table(), Qt::Key_F2);
    QVERIFY(m_fixture->table()->findChild<QLineEdit*>() == nullptr);
    QTest::keyClick(m_fixture->table(), Qt::Key_Space);
    QCOMPARE(m_fixture->panel->model()->shownRuns(), QStringList());
}

/// The sentence runs over the empty cells, and not only into the first: something of it is drawn in each.
void TestRunsPanel::reasonsAreSeenAtOrdinaryWidths()
{
    m_fixture->runs = severalRuns(m_fixture->path());
    damage(m_fixture->runs[QStringLiteral("Wide")]);
    m_fixture->show();
    const int row = m_fixture->rowOf(QFileInfo(m_fixture->runs[QStringLiteral("Wide")]).fileName());
    const QImage picture = m_fixture->table()->viewport()->grab().toImage();
    const auto inkIn = [&](RunsModel::Column column) {
        const QRect cell =
            m_fixture->table()->visualRect(m_fixture->cell(row, column)).adjusted(4, 2, -4, -2);
        const QColor ground = picture.pixelColor(cell.topLeft());
        int inked = 0;
        for (int y = cell.top(); y <= cell.bottom(); ++y) {
            for (int x = cell.left(); x <= cell.right(); ++x) {
                inked += contrast(picture.pixelColor(x, y), ground) > 3 ? 1 : 0;
            }
        }
        return inked;
    };
    QVERIFY(inkIn(RunsModel::Preset) > 20);
    QVERIFY(inkIn(RunsModel::Data) > 20);
    QVERIFY(inkIn(RunsModel::Network) > 20);
}

void TestRunsPanel::showsProgress()
{
    RunRecord record = newRun(QStringLiteral("Live"));
    record.options.training.epochs = 5;
    auto writer = std::move(*RunWriter::create(m_fixture->path(), record));
    m_fixture->show();
    QCOMPARE(m_fixture->text(0, RunsModel::State), QStringLiteral("Running"));
    QCOMPARE(m_fixture->text(0, RunsModel::Epochs), QStringLiteral("0 of 5"));
    train(*writer, 1, 2);
    QTRY_COMPARE(m_fixture->text(0, RunsModel::Epochs), QStringLiteral("2 of 5"));
    train(*writer, 3, 3);
    QVERIFY(writer->finish(RunState::Completed, {}, nullptr).ok());
    QTRY_COMPARE(m_fixture->text(0, RunsModel::State), QStringLiteral("Completed"));
    QCOMPARE(m_fixture->text(0, RunsModel::Epochs), QStringLiteral("5"));
}

void TestRunsPanel::keepsSelectionAndPlace()
{
    m_fixture->showSeveral();
    const QString tiny = m_fixture->runs[QStringLiteral("Tiny one")];
    m_fixture->clickCell(m_fixture->rowOf(QStringLiteral("Tiny one")), RunsModel::State);
    finishedRun(m_fixture->path(), newRun(QStringLiteral("Newest")), 1);
    QTRY_COMPARE(m_fixture->names().size(), 5);
    QCOMPARE(m_fixture->names().first(), QStringLiteral("Newest"));
    QCOMPARE(m_fixture->panel->selectedRuns(), QStringList{tiny});
    QVERIFY(QDir(m_fixture->runs[QStringLiteral("Baseline 1")]).removeRecursively());
    QTRY_COMPARE(m_fixture->names().size(), 4);
    QCOMPARE(m_fixture->panel->selectedRuns(), QStringList{tiny});
}

/// Of 200 runs one changes: the view hears of its row alone.
void TestRunsPanel::tellsOnlyOfChanges()
{
    for (int i = 0; i < 200; ++i) {
        QVERIFY(!finishedRun(m_fixture->path(), newRun(QStringLiteral("Run %1").arg(i)), 1).isEmpty());
    }
    m_fixture->show();
    RunsModel* model = m_fixture->panel->model();
    QCOMPARE(model->rowCount(), 200);
    QSignalSpy changes(model, &QAbstractItemModel::dataChanged);
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    m_fixture->store->setTexts(model->runAt(77)->folder, QStringLiteral("Another name"), {});
    QTRY_COMPARE(model->runAt(77)->name, QStringLiteral("Another name"));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().row(), 77);
    QCOMPARE(changes.at(0).at(1).toModelIndex().row(), 77);
}

QTEST_MAIN(TestRunsPanel)
#include "tst_runspanel.moc"
