#include "core/learning/runstore.h"
#include "tests/support/runs.h"
#include "tests/testfiles.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace digitpad;
using namespace digitpad::test;

class TestRunStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emptyAtFirst();
    void readsWhatIsThere();
    void noticesOthers();
    void noticesADeath();
    void changesTexts();
    void trashAndBack();
    void saysWhatFailed();
    void readsCurves();
    void manyRuns();
    void endsAtOnce();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRunStore::init()
{
    // Beside the home's trash.
    const QString parent = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    QVERIFY(QDir().mkpath(parent));
    m_folder = std::make_unique<QTemporaryDir>(parent + QStringLiteral("/XXXXXX"));
}

void TestRunStore::emptyAtFirst()
{
    RunStore store(m_folder->filePath(QStringLiteral("a/b/runs")));
    QVERIFY(!store.loaded());
    QTRY_VERIFY(store.loaded());
    QVERIFY(store.runs().empty());
    QVERIFY(store.run(QStringLiteral("/nowhere")) == nullptr);
}

void TestRunStore::readsWhatIsThere()
{
    const QString folder = finishedRun(m_folder->path(), newRun(QStringLiteral("Mine")), 2);
    RunStore store(m_folder->path());
    QTRY_COMPARE(store.runs().size(), std::size_t{1});
    QCOMPARE(store.runs().front().folder, folder);
    QVERIFY(store.run(folder) != nullptr);
    QCOMPARE(store.run(folder)->epochsDone, 2);
}

void TestRunStore::noticesOthers()
{
    RunStore store(m_folder->path());
    QTRY_VERIFY(store.loaded());
    auto writer = std::move(*RunWriter::create(m_folder->path(), newRun(QStringLiteral("Mine"))));
    const QString folder = writer->record().folder;
    QTRY_VERIFY(store.run(folder) != nullptr);
    QCOMPARE(store.run(folder)->state, RunState::Running);
    train(*writer, 1, 1);
    QTRY_COMPARE(store.run(folder)->epochsDone, 1);
    writeFile(folder + QStringLiteral("/best.pt"), "weights");
    QTRY_VERIFY(store.run(folder)->hasBest);
    QVERIFY(writer->finish(RunState::Completed, {}, nullptr).ok());
    QTRY_COMPARE(store.run(folder)->state, RunState::Completed);
    QVERIFY(QFile::remove(folder + QStringLiteral("/run.json")));
    writeFile(folder + QStringLiteral("/run.json"), "{");
    QTRY_COMPARE(store.run(folder)->state, RunState::Damaged);
    QVERIFY(QDir(folder).removeRecursively());
    QTRY_VERIFY(store.run(folder) == nullptr);
}

/// It changes no file.
void TestRunStore::noticesADeath()
{
    RunStore store(m_folder->path());
    auto writer = std::move(*RunWriter::create(m_folder->path(), newRun(QStringLiteral("Mine"))));
    const QString folder = writer->record().folder;
    QTRY_VERIFY(store.run(folder) != nullptr);
    QCOMPARE(store.run(folder)->state, RunState::Running);
    writer.reset();
    QTRY_COMPARE(store.run(folder)->state, RunState::Interrupted);
}

void TestRunStore::changesTexts()
{
    const QString folder = finishedRun(m_folder->path(), newRun(QStringLiteral("Mine")), 1);
    RunStore store(m_folder->path());
    QTRY_VERIFY(store.run(folder) != nullptr);
    store.setTexts(folder, QStringLiteral("Yours"), QStringLiteral("The best"));
    QTRY_COMPARE(store.run(folder)->name, QStringLiteral("Yours"));
    QCOMPARE(store.run(folder)->note, QStringLiteral("The best"));
    QCOMPARE(readRun(folder).name, QStringLiteral("Yours"));
}

void TestRunStore::trashAndBack()
{
    const QString folder = finishedRun(m_folder->path(), newRun(QStringLiteral("Mine")), 1);
    RunStore store(m_folder->path());
    QTRY_VERIFY(store.run(folder) != nullptr);
    QSignalSpy trashed(&store, &RunStore::movedToTrash);
    store.moveToTrash(folder);
    QTRY_COMPARE(trashed.count(), 1);
    QCOMPARE(trashed.at(0).at(0).toString(), folder);
    QTRY_VERIFY(store.run(folder) == nullptr);
    store.restore(folder, trashed.at(0).at(1).toString());
    QTRY_VERIFY(store.run(folder) != nullptr);
    QCOMPARE(store.run(folder)->state, RunState::Completed);
}

void TestRunStore::saysWhatFailed()
{
    const auto writer = std::move(*RunWriter::create(m_folder->path(), newRun(QStringLiteral("Mine"))));
    RunStore store(m_folder->path());
    QSignalSpy failed(&store, &RunStore::failed);
    store.moveToTrash(writer->record().folder);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.at(0).at(0).toString().endsWith(u"is being trained; stop that training first."));
    store.setTexts(m_folder->filePath(QStringLiteral("nowhere")), QStringLiteral("x"), {});
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed.at(1).at(0).toString().contains(u"is no longer there"));
}

void TestRunStore::readsCurves()
{
    const QString folder = finishedRun(m_folder->path(), newRun(QStringLiteral("Mine")), 3);
    RunStore store(m_folder->path());
    QSignalSpy read(&store, &RunStore::curvesRead);
    store.readCurves(folder);
    QTRY_COMPARE(read.count(), 1);
    QCOMPARE(read.at(0).at(0).toString(), folder);
    const auto curves = read.at(0).at(1).value<std::shared_ptr<const RunCurves>>();
    QCOMPARE(curves->epochs.size(), std::size_t{3});
    QCOMPARE(curves->batches.size(), std::size_t{30});
}

void TestRunStore::manyRuns()
{
    constexpr int count = 200;
    for (int i = 0; i < count; ++i) {
        QVERIFY(!finishedRun(m_folder->path(), newRun(QString::number(i)), 1).isEmpty());
    }
    RunStore store(m_folder->path());
    QTRY_COMPARE(store.runs().size(), std::size_t{count});
    QSignalSpy changed(&store, &RunStore::changed);
    const QString one = store.runs().at(77).folder;
    store.setTexts(one, QStringLiteral("One of many"), {});
    QTRY_COMPARE(store.run(one)->name, QStringLiteral("One of many"));
    QCOMPARE(store.runs().size(), std::size_t{count});
    store.refresh();
    store.readCurves(one); // Behind the refreshing.
    QSignalSpy read(&store, &RunStore::curvesRead);
    QTRY_COMPARE(read.count(), 1);
    QVERIFY(changed.count() <= 2); // Nothing new, nothing said.
}

void TestRunStore::endsAtOnce()
{
    for (int i = 0; i < 20; ++i) {
        RunStore store(m_folder->path());
        store.refresh();
        store.readCurves(m_folder->path());
    }
}

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_runstore.moc"
