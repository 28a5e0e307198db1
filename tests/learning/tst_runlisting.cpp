#include "tests/learning/runfolderfixture.h"
#include "tests/testfiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTimeZone>
#include <QtTest>

#include <memory>

using namespace digitpad;
using namespace digitpad::test;

class TestRunListing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void trashAndBack();
    void trashOfARunningRun();
    void onlyRunsAreListed();
    void newestFirst();
    void idsAreUnique();
    void found();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_runs;
};

void TestRunListing::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_runs = m_folder->filePath(QStringLiteral("runs"));
}

void TestRunListing::trashAndBack()
{
    // The trash belongs to the home's disk; a temporary folder may be on another.
    const QString parent = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    QVERIFY(QDir().mkpath(parent));
    const QTemporaryDir runs(parent + QStringLiteral("/XXXXXX"));
    const QString folder = finishedRun(runs.path(), newRun(QStringLiteral("Mine")), 2);
    const auto trashed = moveRunToTrash(folder);
    QVERIFY2(trashed.ok(), qPrintable(messageOf(trashed)));
    QVERIFY(!QFileInfo::exists(folder));
    QVERIFY(QFileInfo::exists(runJson(*trashed)));
    const QFileInfo place(*trashed);
    const QString info = QStringLiteral("%1/../info/%2.trashinfo").arg(place.path(), place.fileName());
    QVERIFY(QFileInfo::exists(info));

    const auto back = restoreRun(*trashed, folder);
    QVERIFY2(back.ok(), qPrintable(messageOf(back)));
    QCOMPARE(readRun(folder).state, RunState::Completed);
    QCOMPARE(epochsOf(folder), upTo(2));
    QVERIFY(!QFileInfo::exists(info));
    QVERIFY(messageOf(restoreRun(*trashed, folder)).contains(u"cannot be taken out of the trash"));
}

void TestRunListing::trashOfARunningRun()
{
    const auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    const auto trashed = moveRunToTrash(writer->record().folder);
    QCOMPARE(trashed.error().code, ErrorCode::Unavailable);
    QVERIFY(QFileInfo::exists(writer->record().folder));
}

void TestRunListing::onlyRunsAreListed()
{
    QVERIFY(readRuns(m_runs).empty()); // There is no such folder.
    const QString run = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 1);
    const QDir runs(m_runs);
    for (const char* other : {"pictures", ".new-12-0", "20260101-000000-cut-off", "half"}) {
        QVERIFY(runs.mkpath(QLatin1String(other)));
    }
    writeFile(runs.filePath(QStringLiteral("half/metrics.csv")), "epoch\n");
    writeFile(runs.filePath(QStringLiteral("notes.txt")), "x");
    QMap<QString, RunState> states;
    for (const RunRecord& record : readRuns(m_runs)) {
        states[QFileInfo(record.folder).fileName()] = record.state;
    }
    QCOMPARE(states, (QMap<QString, RunState>{
                         {QFileInfo(run).fileName(), RunState::Completed},
                         {QStringLiteral("20260101-000000-cut-off"), RunState::Damaged},
                         {QStringLiteral("half"), RunState::Damaged},
                     }));
}

void TestRunListing::newestFirst()
{
    for (const int day : {2, 3, 1}) {
        RunRecord record = newRun(QString::number(day));
        record.started = QDateTime(QDate(2026, 1, day), QTime(12, 0), QTimeZone::utc());
        QVERIFY(!finishedRun(m_runs, record, 1).isEmpty());
    }
    QString names;
    for (const RunRecord& record : readRuns(m_runs)) {
        names += record.name;
    }
    QCOMPARE(names, QStringLiteral("321"));
}

void TestRunListing::idsAreUnique()
{
    RunRecord record = newRun(QStringLiteral("Mine"));
    record.started = QDateTime::currentDateTimeUtc();
    const QString first = finishedRun(m_runs, record, 1);
    const QString second = finishedRun(m_runs, record, 2);
    QCOMPARE(second, first + QStringLiteral("-2"));
    QCOMPARE(readRun(first).epochsDone, 1);
    QCOMPARE(readRun(second).epochsDone, 2);
    writeFile(m_folder->filePath(QStringLiteral("file")), "x");
    QVERIFY(!RunWriter::create(m_folder->filePath(QStringLiteral("file")), record).ok());
}

void TestRunListing::found()
{
    const QString a = finishedRun(m_runs, newRun(QStringLiteral("Mine"), QStringLiteral("tiny")), 1);
    const QString b = finishedRun(m_runs, newRun(QStringLiteral("Yours"), QStringLiteral("improved")), 1);
    const auto idOf = [](const QString& folder) { return QFileInfo(folder).fileName(); };
    const auto folderOf = [this](const QString& text) {
        const auto run = findRun(m_runs, text);
        return run ? run->folder : messageOf(run);
    };
    QCOMPARE(folderOf(QStringLiteral("Mine")), a);
    QCOMPARE(folderOf(idOf(b)), b);
    QCOMPARE(folderOf(idOf(b).left(18)), b);
    QCOMPARE(folderOf(b), b);
    QVERIFY(folderOf(QStringLiteral("20")).startsWith(QStringLiteral("“20” may be any of ")));
    QCOMPARE(folderOf(QStringLiteral("Yuors")),
             QStringLiteral("There is no run “Yuors”; did you mean “Yours”?"));
    QCOMPARE(folderOf(QStringLiteral("something else")),
             QStringLiteral("There is no run “something else”; list them to see which there are."));
    QVERIFY(!findRun(m_runs, {}).ok());
}

QTEST_GUILESS_MAIN(TestRunListing)
#include "tst_runlisting.moc"
