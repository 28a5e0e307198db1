#include "tests/support/darkpalette.h"
#include "tests/support/runs.h"
#include "tests/testfiles.h"
#include "ui/training/comparedialog.h"
#include "ui/training/runsmodel.h"
#include "ui/training/runspanel.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QStyleOptionViewItem>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// Runs that differ in what can be sorted by; the folders by name.
QHash<QString, QString> severalRuns(const QString& parent)
{
    QHash<QString, QString> folders;
    const auto add = [&](const char* name, const char* preset, int epochs, RunState state, int day,
                         qint64 parameters) {
        RunRecord record = newRun(QLatin1String(name), QLatin1String(preset));
        record.started = QDateTime(QDate(2026, 3, day), QTime(14, 5, 9), Qt::UTC);
        record.parameters = parameters;
        record.options.training.epochs = state == RunState::Stopped ? epochs + 8 : epochs;
        record.options.training.learningRate = 0.001 * day;
        folders[record.name] = finishedRun(parent, record, epochs, state, 0.5 + 0.1 * day);
        writeFile(folders[record.name] + QStringLiteral("/best.pt"), "weights");
        writeFile(folders[record.name] + QStringLiteral("/last.pt"), "weights");
    };
    add("Baseline 1", "baseline", 10, RunState::Completed, 3, 109'386);
    add("Wide", "improved", 2, RunState::Stopped, 1, 1'535'818);
    add("Tiny one", "tiny", 12, RunState::Completed, 2, 9'850);
    auto writer = RunWriter::create(parent, [] {
        RunRecord record = newRun(QStringLiteral("Cut off"), QStringLiteral("fast-cnn"));
        record.started = QDateTime(QDate(2026, 3, 4), QTime(8, 0), Qt::UTC);
        record.options.training.epochs = 20;
        return record;
    }());
    train(**writer, 1, 7);
    folders[QStringLiteral("Cut off")] = (*writer)->record().folder;
    writeFile((*writer)->record().folder + QStringLiteral("/last.pt"), "weights");
    return folders;
}

void damage(const QString& folder)
{
    writeFile(folder + QStringLiteral("/run.json"), "{\"format\": \"DigitPad run\", \"ver");
}

} // namespace

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
    void deletesToTrash();
    void refusesTheLiveRun();
    void copiesOptions();
    void drawsWithModels();
    void goesOn();
    void compares();
    void showsProgress();
    void keepsSelectionAndPlace();
    void tellsOnlyOfChanges();
    void pictures_data();
    void pictures();

private:
    void show();
    template <class T>
    T* child(const char* name) const
    {
        return m_panel->findChild<T*>(QLatin1String(name));
    }
    QTableView* table() const { return child<QTableView>("runs"); }
    QModelIndex cell(int row, RunsModel::Column column) const { return table()->model()->index(row, column); }
    QString text(int row, RunsModel::Column column) const { return cell(row, column).data().toString(); }
    QStringList names() const;
    int rowOf(const QString& name) const { return static_cast<int>(names().indexOf(name)); }
    void clickCell(int row, RunsModel::Column column, Qt::KeyboardModifiers keys = {});
    void clickHeader(RunsModel::Column column);
    void tick(int row);
    void press(const char* button);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RunStore> m_store;
    std::unique_ptr<RunsPanel> m_panel;
    QHash<QString, QString> m_runs;
};

void TestRunsPanel::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_runspanel"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

void TestRunsPanel::init()
{
    QSettings().clear();
    // Beside the home's trash.
    const QString parent = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    QVERIFY(QDir().mkpath(parent));
    m_folder = std::make_unique<QTemporaryDir>(parent + QStringLiteral("/XXXXXX"));
}

void TestRunsPanel::cleanup()
{
    m_panel.reset();
    m_store.reset();
    m_folder.reset();
    m_runs.clear();
}

/// With what is on the disk by now.
void TestRunsPanel::show()
{
    m_store = std::make_unique<RunStore>(m_folder->path());
    m_panel = std::make_unique<RunsPanel>(m_store.get());
    m_panel->resize(1000, 260);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_panel->activateWindow();
    QTRY_VERIFY(m_store->loaded());
    QCOMPARE(m_panel->model()->rowCount(), static_cast<int>(m_store->runs().size()));
}

QStringList TestRunsPanel::names() const
{
    QStringList result;
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        result += text(row, RunsModel::Name);
    }
    return result;
}

void TestRunsPanel::clickCell(int row, RunsModel::Column column, Qt::KeyboardModifiers keys)
{
    const QModelIndex index = cell(row, column);
    QVERIFY(index.isValid());
    table()->scrollTo(index);
    const QRect rect = table()->visualRect(index);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, keys, {rect.right() - 6, rect.center().y()});
}

void TestRunsPanel::clickHeader(RunsModel::Column column)
{
    QHeaderView* header = table()->horizontalHeader();
    const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
}

void TestRunsPanel::tick(int row)
{
    const QModelIndex index = cell(row, RunsModel::Name);
    QStyleOptionViewItem option;
    option.initFrom(table());
    option.rect = table()->visualRect(index);
    option.features = QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDisplay;
    option.text = index.data().toString();
    const QRect box =
        table()->style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, table());
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, box.center());
}

void TestRunsPanel::press(const char* button)
{
    auto* found = child<QPushButton>(button);
    QVERIFY2(found != nullptr && found->isEnabled(), button);
    QTest::mouseClick(found, Qt::LeftButton);
}

void TestRunsPanel::saysThatThereAreNone()
{
    show();
    QVERIFY(!table()->isVisible());
    QVERIFY(child<QLabel>("noRuns")->isVisible());
    QVERIFY(child<QLabel>("noRuns")->text().startsWith(QStringLiteral("No runs yet.")));
    for (const char* button : {"copyOptions", "drawWithRun", "goOnWithRun", "compareRuns", "deleteRun"}) {
        QVERIFY2(!child<QPushButton>(button)->isEnabled(), button);
    }
    finishedRun(m_folder->path(), newRun(QStringLiteral("First")), 1);
    QTRY_VERIFY(table()->isVisible());
    QVERIFY(!child<QLabel>("noRuns")->isVisible());
    QCOMPARE(names(), QStringList{QStringLiteral("First")});
}

void TestRunsPanel::listsRuns()
{
    m_runs = severalRuns(m_folder->path());
    show();
    QCOMPARE(names(), (QStringList{QStringLiteral("Cut off"), QStringLiteral("Baseline 1"),
                                   QStringLiteral("Tiny one"), QStringLiteral("Wide")})); // Newest first.
    QCOMPARE(text(0, RunsModel::State), QStringLiteral("Interrupted"));
    QCOMPARE(text(0, RunsModel::Epochs), QStringLiteral("7 of 20"));
    QCOMPARE(text(1, RunsModel::State), QStringLiteral("Completed"));
    QCOMPARE(text(1, RunsModel::Parameters), QStringLiteral("109,386"));
    QCOMPARE(text(1, RunsModel::Epochs), QStringLiteral("10"));
    QCOMPARE(text(1, RunsModel::Data), QStringLiteral("MNIST training"));
    QCOMPARE(text(1, RunsModel::Network), QStringLiteral("mlp"));
    QCOMPARE(text(1, RunsModel::Validation), QStringLiteral("99.00\u00A0%"));
    QCOMPARE(text(1, RunsModel::Test), QString()); // Unknown.
    QCOMPARE(text(1, RunsModel::Duration), QStringLiteral("13 s"));
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        const auto header = [column, this](int role) {
            return table()->model()->headerData(column, Qt::Horizontal, role).toString();
        };
        QVERIFY(!header(Qt::DisplayRole).isEmpty() && !header(Qt::ToolTipRole).isEmpty());
    }
    QVERIFY(!table()->accessibleName().isEmpty());
}

void TestRunsPanel::sortsNumbersAsNumbers()
{
    m_runs = severalRuns(m_folder->path());
    show();
    const auto sorted = [this](RunsModel::Column column) {
        clickHeader(column);
        return names();
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
    m_runs = severalRuns(m_folder->path());
    show();
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_F, Qt::ControlModifier);
    auto* filter = child<QLineEdit>("runFilter");
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("tinY"));
    QCOMPARE(names(), QStringList{QStringLiteral("Tiny one")});
    QTest::keyClicks(filter, QStringLiteral("?"));
    QVERIFY(!table()->isVisible());
    QCOMPARE(child<QLabel>("noRuns")->text(), QStringLiteral("No run has “tinY?” in any column."));
    QTest::keyClick(filter, Qt::Key_Backspace);
    QVERIFY(table()->isVisible());
    filter->clear();
    QTest::keyClicks(filter, QStringLiteral("interrupted"));
    QCOMPARE(names(), QStringList{QStringLiteral("Cut off")});
}

void TestRunsPanel::renamesByKey()
{
    m_runs = severalRuns(m_folder->path());
    show();
    clickCell(2, RunsModel::State); // F2 renames, whichever cell it was.
    QTest::keyClick(table(), Qt::Key_F2);
    auto* editor = table()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    QCOMPARE(editor->text(), QStringLiteral("Tiny one"));
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("Smallest"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(text(2, RunsModel::Name), QStringLiteral("Smallest"));
    QCOMPARE(readRun(m_runs[QStringLiteral("Tiny one")]).name, QStringLiteral("Smallest"));
    QCOMPARE(m_panel->selectedRuns(), QStringList{m_runs[QStringLiteral("Tiny one")]});
    // Escape leaves it.
    QTest::keyClick(table(), Qt::Key_F2);
    editor = table()->findChild<QLineEdit*>();
    QTest::keyClicks(editor, QStringLiteral("x"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(text(2, RunsModel::Name), QStringLiteral("Smallest"));
}

void TestRunsPanel::writesANote()
{
    m_runs = severalRuns(m_folder->path());
    show();
    clickCell(1, RunsModel::Note);
    QTest::keyClick(table(), Qt::Key_F2);
    auto* editor = table()->findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(editor, QStringLiteral("as in the book"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(text(1, RunsModel::Note), QStringLiteral("as in the book"));
    const RunRecord record = readRun(m_runs[QStringLiteral("Baseline 1")]);
    QCOMPARE(record.note, QStringLiteral("as in the book"));
    QCOMPARE(record.name, QStringLiteral("Baseline 1"));
}

void TestRunsPanel::ticksByMouseAndKey()
{
    m_runs = severalRuns(m_folder->path());
    show();
    QSignalSpy shown(m_panel->model(), &RunsModel::shownRunsChanged);
    tick(1);
    QCOMPARE(shown.count(), 1);
    QCOMPARE(m_panel->model()->shownRuns(), QStringList{m_runs[QStringLiteral("Baseline 1")]});
    m_panel->model()->setRunStyle(m_runs[QStringLiteral("Baseline 1")], 0);
    const auto sample = cell(1, RunsModel::Name).data(Qt::DecorationRole).value<QPixmap>().toImage();
    QVERIFY(qAlpha(sample.pixel(sample.width() / 2, sample.height() / 2)) > 0);
    // All three that are selected at once, and back.
    clickCell(0, RunsModel::State);
    clickCell(2, RunsModel::State, Qt::ShiftModifier);
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(m_panel->model()->shownRuns().size(), 3);
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(m_panel->model()->shownRuns(), QStringList());
    // A run that goes takes its curves along.
    tick(1);
    QVERIFY(QDir(m_runs[QStringLiteral("Baseline 1")]).removeRecursively());
    QTRY_COMPARE(m_panel->model()->shownRuns(), QStringList());
}

void TestRunsPanel::unreadableRunsSayWhy()
{
    m_runs = severalRuns(m_folder->path());
    damage(m_runs[QStringLiteral("Wide")]);
    show();
    const QString id = QFileInfo(m_runs[QStringLiteral("Wide")]).fileName();
    const int row = rowOf(id);
    QVERIFY(row >= 0);
    QCOMPARE(text(row, RunsModel::State), QStringLiteral("Damaged"));
    QVERIFY(text(row, RunsModel::Note).startsWith(QStringLiteral("Its run.json is damaged: ")));
    QCOMPARE(text(row, RunsModel::Epochs), QString());
    clickCell(row, RunsModel::State);
    for (const char* button : {"copyOptions", "drawWithRun", "goOnWithRun", "compareRuns"}) {
        QVERIFY2(!child<QPushButton>(button)->isEnabled(), button);
    }
    QVERIFY(child<QPushButton>("deleteRun")->isEnabled());
    QTest::keyClick(table(), Qt::Key_F2);
    QVERIFY(table()->findChild<QLineEdit*>() == nullptr);
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(m_panel->model()->shownRuns(), QStringList());
}

void TestRunsPanel::deletesToTrash()
{
    m_runs = severalRuns(m_folder->path());
    show();
    QSignalSpy trashed(m_store.get(), &RunStore::movedToTrash);
    clickCell(1, RunsModel::State);
    clickCell(2, RunsModel::State, Qt::ShiftModifier);
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_COMPARE(names(), (QStringList{QStringLiteral("Cut off"), QStringLiteral("Wide")}));
    QCOMPARE(trashed.count(), 2);
    QVERIFY(!QFileInfo::exists(m_runs[QStringLiteral("Tiny one")]));
    m_store->restore(trashed.at(0).at(0).toString(), trashed.at(0).at(1).toString());
    QTRY_COMPARE(names().size(), 3);
}

void TestRunsPanel::refusesTheLiveRun()
{
    auto writer = std::move(*RunWriter::create(m_folder->path(), newRun(QStringLiteral("Live"))));
    show();
    QSignalSpy messages(m_panel.get(), &RunsPanel::message);
    m_panel->setLiveRun(writer->record().folder);
    clickCell(0, RunsModel::State);
    QVERIFY(!child<QPushButton>("goOnWithRun")->isEnabled());
    press("deleteRun");
    QCOMPARE(messages.count(), 1);
    QCOMPARE(messages.at(0).at(1).toString(),
             QStringLiteral("The run in progress cannot be deleted; stop it first."));
    m_panel->setLiveRun({}); // Another program's run is refused by its lock.
    press("deleteRun");
    QTRY_COMPARE(messages.count(), 2);
    QVERIFY(messages.at(1).at(1).toString().endsWith(u"is being trained; stop that training first."));
    QCOMPARE(names(), QStringList{QStringLiteral("Live")});
}

void TestRunsPanel::copiesOptions()
{
    m_runs = severalRuns(m_folder->path());
    show();
    QSignalSpy wanted(m_panel.get(), &RunsPanel::optionsRequested);
    clickCell(2, RunsModel::State);
    press("copyOptions");
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.at(0).at(0).value<RunRecord>().options.training.learningRate, 0.002);
    clickCell(1, RunsModel::State, Qt::ControlModifier); // Two are no one's options.
    QVERIFY(!child<QPushButton>("copyOptions")->isEnabled());
}

void TestRunsPanel::drawsWithModels()
{
    m_runs = severalRuns(m_folder->path());
    show();
    QSignalSpy wanted(m_panel.get(), &RunsPanel::modelRequested);
    const QString baseline = m_runs[QStringLiteral("Baseline 1")];
    clickCell(rowOf(QStringLiteral("Baseline 1")), RunsModel::State);
    QMenu* menu = child<QPushButton>("drawWithRun")->menu();
    menu->actions().first()->trigger();
    menu->actions().last()->trigger();
    QCOMPARE(wanted.count(), 2);
    QCOMPARE(wanted.at(0).at(0).toString(), bestModelPath(baseline));
    QCOMPARE(wanted.at(0).at(1).toString(), QStringLiteral("Baseline 1, best"));
    QCOMPARE(wanted.at(1).at(0).toString(), lastModelPath(baseline));
    clickCell(rowOf(QStringLiteral("Cut off")), RunsModel::State);
    QVERIFY(!menu->actions().first()->isEnabled()); // It has no best model yet.
    QVERIFY(menu->actions().last()->isEnabled());
}

void TestRunsPanel::goesOn()
{
    m_runs = severalRuns(m_folder->path());
    show();
    QSignalSpy resumed(m_panel.get(), &RunsPanel::resumeRequested);
    QSignalSpy continued(m_panel.get(), &RunsPanel::continueRequested);
    clickCell(rowOf(QStringLiteral("Cut off")), RunsModel::State);
    press("goOnWithRun");
    QCOMPARE(resumed.count(), 1);
    QCOMPARE(resumed.at(0).at(0).toString(), m_runs[QStringLiteral("Cut off")]);

    clickCell(rowOf(QStringLiteral("Wide")), RunsModel::State);
    press("goOnWithRun");
    auto* dialog = m_panel->findChild<QDialog*>(QStringLiteral("moreEpochs"));
    QVERIFY(dialog != nullptr);
    auto* epochs = dialog->findChild<QSpinBox*>();
    epochs->selectAll();
    QTest::keyClicks(epochs, QStringLiteral("5"));
    QTest::keyClick(dialog, Qt::Key_Enter);
    QCOMPARE(continued.count(), 1);
    QCOMPARE(continued.at(0).at(0).toString(), m_runs[QStringLiteral("Wide")]);
    QCOMPARE(continued.at(0).at(1).toInt(), 5);
    m_panel->setLiveRun(m_runs[QStringLiteral("Cut off")]);
    QVERIFY(!child<QPushButton>("goOnWithRun")->isEnabled());
}

void TestRunsPanel::compares()
{
    m_runs = severalRuns(m_folder->path());
    show();
    clickCell(1, RunsModel::State);
    QVERIFY(!child<QPushButton>("compareRuns")->isEnabled());
    clickCell(2, RunsModel::State, Qt::ControlModifier);
    press("compareRuns");
    auto* dialog = m_panel->findChild<CompareDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible() && !dialog->isModal());
    QCOMPARE(m_panel->model()->shownRuns().size(), 2); // Their curves lie over each other.
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

void TestRunsPanel::showsProgress()
{
    RunRecord record = newRun(QStringLiteral("Live"));
    record.options.training.epochs = 5;
    auto writer = std::move(*RunWriter::create(m_folder->path(), record));
    show();
    QCOMPARE(text(0, RunsModel::State), QStringLiteral("Running"));
    QCOMPARE(text(0, RunsModel::Epochs), QStringLiteral("0 of 5"));
    train(*writer, 1, 2);
    QTRY_COMPARE(text(0, RunsModel::Epochs), QStringLiteral("2 of 5"));
    train(*writer, 3, 3);
    QVERIFY(writer->finish(RunState::Completed, {}, nullptr).ok());
    QTRY_COMPARE(text(0, RunsModel::State), QStringLiteral("Completed"));
    QCOMPARE(text(0, RunsModel::Epochs), QStringLiteral("5"));
}

void TestRunsPanel::keepsSelectionAndPlace()
{
    m_runs = severalRuns(m_folder->path());
    show();
    const QString tiny = m_runs[QStringLiteral("Tiny one")];
    clickCell(rowOf(QStringLiteral("Tiny one")), RunsModel::State);
    finishedRun(m_folder->path(), newRun(QStringLiteral("Newest")), 1);
    QTRY_COMPARE(names().size(), 5);
    QCOMPARE(names().first(), QStringLiteral("Newest"));
    QCOMPARE(m_panel->selectedRuns(), QStringList{tiny});
    QVERIFY(QDir(m_runs[QStringLiteral("Baseline 1")]).removeRecursively());
    QTRY_COMPARE(names().size(), 4);
    QCOMPARE(m_panel->selectedRuns(), QStringList{tiny});
}

/// Of 200 runs one changes: the view hears of its row alone.
void TestRunsPanel::tellsOnlyOfChanges()
{
    for (int i = 0; i < 200; ++i) {
        QVERIFY(!finishedRun(m_folder->path(), newRun(QStringLiteral("Run %1").arg(i)), 1).isEmpty());
    }
    show();
    RunsModel* model = m_panel->model();
    QCOMPARE(model->rowCount(), 200);
    QSignalSpy changes(model, &QAbstractItemModel::dataChanged);
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    m_store->setTexts(model->runAt(77)->folder, QStringLiteral("Another name"), {});
    QTRY_COMPARE(model->runAt(77)->name, QStringLiteral("Another name"));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().row(), 77);
    QCOMPARE(changes.at(0).at(1).toModelIndex().row(), 77);
}

void TestRunsPanel::pictures_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"several", "narrow", "empty", "compare"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

/// For people to look at.
void TestRunsPanel::pictures()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    const QPalette before = QApplication::palette();
    QApplication::setPalette(dark ? darkPalette() : QPalette(QColor(0xef, 0xef, 0xef)));
    if (state != u"empty") {
        m_runs = severalRuns(m_folder->path());
        damage(m_runs[QStringLiteral("Wide")]);
        QVERIFY(setRunTexts(m_runs[QStringLiteral("Tiny one")], QStringLiteral("Tiny one"),
                            QStringLiteral("fewest weights so far"))
                    .ok());
    }
    show();
    m_panel->resize(state == u"narrow" ? 640 : 1000, 240);
    QWidget* picture = m_panel.get();
    if (state != u"empty") {
        m_panel->model()->setShownRuns(
            {m_runs[QStringLiteral("Baseline 1")], m_runs[QStringLiteral("Tiny one")]});
        m_panel->model()->setRunStyle(m_runs[QStringLiteral("Baseline 1")], 0);
        m_panel->model()->setRunStyle(m_runs[QStringLiteral("Tiny one")], 1);
        clickCell(1, RunsModel::State);
    }
    if (state == u"compare") {
        clickCell(2, RunsModel::State, Qt::ControlModifier);
        press("compareRuns");
        picture = m_panel->findChild<CompareDialog*>();
    }
    QCoreApplication::processEvents();
    const QPixmap image = picture->grab();
    const QDir folder(QStringLiteral(DIGITPAD_BINARY_DIR "/screenshots"));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    const QString name = QStringLiteral("runs-%1-%2%3.png")
                             .arg(state, dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                  image.devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString());
    QVERIFY(image.save(folder.filePath(name)));
    QApplication::setPalette(before);
}

QTEST_MAIN(TestRunsPanel)
#include "tst_runspanel.moc"
