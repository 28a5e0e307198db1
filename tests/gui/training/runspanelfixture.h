#pragma once

#include "tests/support/runs.h"
#include "tests/testfiles.h"
#include "ui/training/runsmodel.h"
#include "ui/training/runspanel.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QStyleOptionViewItem>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <memory>

namespace digitpad::test {

/// Runs that differ in what can be sorted by; the folders by name.
inline QHash<QString, QString> severalRuns(const QString& parent)
{
    QHash<QString, QString> folders;
    const auto add = [&](const char* name, const char* preset, int epochs, RunState state, int day,
                         qint64 parameters) {
        RunRecord record = newRun(QLatin1String(name), QLatin1String(preset));
        record.started = QDateTime(QDate(2026, 3, day), QTime(14, 5, 9), QTimeZone::utc());
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
        record.started = QDateTime(QDate(2026, 3, 4), QTime(8, 0), QTimeZone::utc());
        record.options.training.epochs = 20;
        return record;
    }());
    train(**writer, 1, 7);
    folders[QStringLiteral("Cut off")] = (*writer)->record().folder;
    writeFile((*writer)->record().folder + QStringLiteral("/last.pt"), "weights");
    return folders;
}

inline void damage(const QString& folder)
{
    writeFile(folder + QStringLiteral("/run.json"), "{\"format\": \"DigitPad run\", \"ver");
}

/// A list of runs in a window of its own, and the folder that it lists.
class RunsPanelFixture
{
public:
    /// No settings, no runs.
    RunsPanelFixture()
    {
        QSettings().clear();
        // Beside the home's trash.
        const QString parent = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
        if (!QDir().mkpath(parent)) {
            qFatal("no folder %s", qPrintable(parent));
        }
        m_folder = std::make_unique<QTemporaryDir>(parent + QStringLiteral("/XXXXXX"));
    }
    [[nodiscard]] QString path() const { return m_folder->path(); }

    /// With what is on the disk by now.
    void show()
    {
        panel.reset();
        store = std::make_unique<RunStore>(path());
        panel = std::make_unique<RunsPanel>(store.get());
        panel->resize(1000, 260);
        panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel.get()));
        panel->activateWindow();
        QTRY_VERIFY(store->loaded());
        QCOMPARE(panel->model()->rowCount(), static_cast<int>(store->runs().size()));
    }
    /// Several runs, in `runs`.
    void showSeveral()
    {
        runs = severalRuns(path());
        show();
    }
    template <class T>
    T* child(const char* name) const
    {
        return panel->findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QTableView* table() const { return child<QTableView>("runs"); }
    [[nodiscard]] QModelIndex cell(int row, RunsModel::Column column) const
    {
        return table()->model()->index(row, column);
    }
    [[nodiscard]] QString text(int row, RunsModel::Column column) const
    {
        return cell(row, column).data().toString();
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList result;
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            result += text(row, RunsModel::Name);
        }
        return result;
    }
    [[nodiscard]] int rowOf(const QString& name) const { return static_cast<int>(names().indexOf(name)); }
    void clickCell(int row, RunsModel::Column column, Qt::KeyboardModifiers keys = {}) const
    {
        const QModelIndex index = cell(row, column);
        QVERIFY(index.isValid());
        table()->scrollTo(index);
        const QRect rect = table()->visualRect(index);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, keys, {rect.right() - 6, rect.center().y()});
    }
    void clickHeader(RunsModel::Column column) const
    {
        QHeaderView* header = table()->horizontalHeader();
        const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
    }
    void tick(int row) const
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
    void press(const char* button) const
    {
        auto* found = child<QPushButton>(button);
        QVERIFY2(found != nullptr && found->isEnabled(), button);
        QTest::mouseClick(found, Qt::LeftButton);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder; // Outlives what reads it.

public:
    QHash<QString, QString> runs; ///< The folders by name.
    std::unique_ptr<RunStore> store;
    std::unique_ptr<RunsPanel> panel;
};

} // namespace digitpad::test
