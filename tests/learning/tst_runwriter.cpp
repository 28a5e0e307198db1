#include "tests/learning/runfolderfixture.h"
#include "tests/support/fulldisk.h"
#include "tests/testfiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// Trains in a process of its own until it is killed; tells a byte an epoch. Never returns in the child.
pid_t trainUntilKilled(const QString& runsFolder, int* epochs)
{
    int ends[2] = {};
    if (pipe(ends) != 0) {
        return -1;
    }
    const pid_t child = fork();
    if (child != 0) {
        close(ends[1]);
        *epochs = ends[0];
        return child;
    }
    const auto writer = newWriter(runsFolder, newRun(QStringLiteral("Killed")));
    for (int epoch = 1; writer; ++epoch) {
        for (int batch = 1; batch <= 10; ++batch) {
            writer->addBatch(batchPoint(100 * (epoch - 1) + 10 * batch));
        }
        if (!writer->addEpoch(epochMetrics(epoch)) || write(ends[1], "e", 1) != 1) {
            break;
        }
    }
    _exit(1);
}

} // namespace

class TestRunWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void killedAtAnyTime();
    void oneProcessAtATime();
    void goesOnAfterACutRow();
    void takesRowsBack();
    void missedEpochComesWithTheResult();
    void fullDiskAtAnyByte();
    void fullDiskAtTheStart();
    void fullDiskAtTheEnd();
    void deletedMeanwhile();
    void longRunIsThinnedOut();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_runs;
};

void TestRunWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_runs = m_folder->filePath(QStringLiteral("runs"));
}

void TestRunWriter::killedAtAnyTime()
{
    for (int round = 1; round <= 12; ++round) {
        const QString runs = m_runs + QString::number(round);
        int pipe = -1;
        const pid_t child = trainUntilKilled(runs, &pipe);
        QVERIFY(child > 0);
        char byte = 0;
        for (int epoch = 0; epoch < round; ++epoch) {
            QCOMPARE(read(pipe, &byte, 1), ssize_t{1});
        }
        usleep(static_cast<useconds_t>(137 * round)); // Into the middle of something; any moment will do.
        const auto before = readRuns(runs);
        QCOMPARE(before.size(), std::size_t{1});
        QCOMPARE(before.front().state, RunState::Running);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        ssize_t more = round;
        while (read(pipe, &byte, 1) == 1) {
            ++more;
        }
        close(pipe);

        const QString folder = before.front().folder;
        const RunRecord record = readRun(folder);
        QCOMPARE(record.state, RunState::Interrupted);
        QVERIFY(record.epochsDone >= more && record.epochsDone <= more + 1);
        const int epochs = static_cast<int>(epochsOf(folder).size());
        QVERIFY(epochs >= record.epochsDone && epochs <= record.epochsDone + 1);
        QCOMPARE(epochsOf(folder), upTo(epochs));
        auto writer = RunWriter::reopen(folder);
        QVERIFY2(writer.ok(), qPrintable(messageOf(writer)));
        train(**writer, epochs + 1, 1);
        QCOMPARE(epochsOf(folder), upTo(epochs + 1));
        QVERIFY((*writer)->finish(RunState::Completed, {}, nullptr).ok());
    }
}

void TestRunWriter::oneProcessAtATime()
{
    int pipe = -1;
    const pid_t child = trainUntilKilled(m_runs, &pipe);
    char byte = 0;
    QCOMPARE(read(pipe, &byte, 1), ssize_t{1});
    const QString folder = readRuns(m_runs).at(0).folder;
    const auto second = RunWriter::reopen(folder);
    const auto trash = moveRunToTrash(folder);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(pipe);
    QVERIFY(!second.ok());
    QCOMPARE(second.error().code, ErrorCode::Unavailable);
    QVERIFY(messageOf(second).endsWith(u"is being trained; stop that training first."));
    QCOMPARE(messageOf(trash), messageOf(second));
    QVERIFY(QFileInfo::exists(runJson(folder)));
    QVERIFY(RunWriter::reopen(folder).ok());
}

void TestRunWriter::goesOnAfterACutRow()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 3);
    const QByteArray whole = readFile(metricsCsv(folder));
    for (const qsizetype cut : {1, 20, 60}) {
        writeFile(metricsCsv(folder), whole.chopped(cut));
        auto writer = RunWriter::reopen(folder);
        QVERIFY(writer.ok());
        train(**writer, 3, 1);
        QCOMPARE(readFile(metricsCsv(folder)), whole);
    }
}

void TestRunWriter::takesRowsBack()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 10, RunState::Stopped);
    auto writer = std::move(*RunWriter::reopen(folder));
    QCOMPARE(epochsOf(folder), upTo(10)); // Nobody knows yet how far the checkpoint goes.
    train(*writer, 5, 2);                 // To epoch 4, it turns out.
    QCOMPARE(epochsOf(folder), upTo(6));
    const auto batches = readCurves(folder).batches;
    QCOMPARE(batches.size(), std::size_t{60});
    QVERIFY(std::is_sorted(batches.begin(), batches.end(),
                           [](const BatchPoint& a, const BatchPoint& b) { return a.step < b.step; }));
    QCOMPARE(writer->record().epochsDone, 6);
    QCOMPARE(writer->record().bestEpoch, 6);
    QCOMPARE(writer->record().seconds, 6 * 1.25);
}

void TestRunWriter::missedEpochComesWithTheResult()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 2, RunState::Stopped);
    auto writer = std::move(*RunWriter::reopen(folder));
    train(*writer, 4, 1);
    QCOMPARE(epochsOf(folder), (std::vector<int>{1, 2, 4}));
    TrainingResult result;
    for (int epoch = 1; epoch <= 4; ++epoch) {
        result.epochs.push_back(epochMetrics(epoch));
    }
    result.seconds = 7.5;
    QVERIFY(writer->finish(RunState::Completed, {}, &result).ok());
    QCOMPARE(epochsOf(folder), upTo(4));
    QCOMPARE(readRun(folder).seconds, 7.5);
}

void TestRunWriter::fullDiskAtAnyByte()
{
    RunRecord record = newRun(QStringLiteral("Mine"));
    record.started = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
    const QString expected = finishedRun(m_runs, record, 3);
    const auto textsOf = [](const QString& folder) {
        return QList<QByteArray>{readFile(runJson(folder)), readFile(metricsCsv(folder)),
                                 readFile(batchesCsv(folder))};
    };
    int failures = 0;
    for (rlim_t bytes = 0; bytes < 3000; bytes += 23) {
        auto writer = newWriter(m_runs, record);
        const QString folder = writer->record().folder;
        train(*writer, 1, 2);
        const auto before = textsOf(folder);
        for (int batch = 1; batch <= 10; ++batch) {
            writer->addBatch(batchPoint(200 + 10 * batch));
        }
        bool failed = false;
        {
            const FullDisk disk(bytes);
            const auto added = writer->addEpoch(epochMetrics(3));
            failed = !added && QString::fromStdString(added.error().message).contains(u"the disk is full");
            if (!added && !failed) {
                QFAIL(added.error().message.c_str());
            }
        }
        failures += failed ? 1 : 0;
        QVERIFY(!failed || textsOf(folder)[0] == before[0]);
        QCOMPARE(readRun(folder).state, RunState::Running);
        QVERIFY(writer->addEpoch(epochMetrics(3)).ok());
        QVERIFY(writer->finish(RunState::Completed, {}, nullptr).ok());
        QCOMPARE(textsOf(folder), textsOf(expected));
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 4); // No leftovers.
        QVERIFY(QDir(folder).removeRecursively());
    }
    QVERIFY2(failures > 50, qPrintable(QString::number(failures)));
}

void TestRunWriter::fullDiskAtTheStart()
{
    for (rlim_t bytes = 0; bytes < 1000; bytes += 37) {
        const auto writer = [&] {
            const FullDisk disk(bytes);
            return RunWriter::create(m_runs, newRun(QStringLiteral("Mine")));
        }();
        QVERIFY(!writer.ok());
        QVERIFY2(messageOf(writer).contains(u"the disk is full"), qPrintable(messageOf(writer)));
        QCOMPARE(QDir(m_runs).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList());
    }
}

void TestRunWriter::fullDiskAtTheEnd()
{
    auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    const QString folder = writer->record().folder;
    {
        const FullDisk disk(100);
        QVERIFY(!writer->addEpoch(epochMetrics(1)).ok());
        QVERIFY(!writer->addEpoch(epochMetrics(2)).ok()); // Somebody went on without.
        QVERIFY(!writer->finish(RunState::Stopped, {}, nullptr).ok());
    }
    QCOMPARE(readRun(folder).state, RunState::Running);
    QVERIFY(writer->finish(RunState::Stopped, {}, nullptr).ok());
    QCOMPARE(epochsOf(folder), upTo(2));
    QCOMPARE(readRun(folder).state, RunState::Stopped);
    QCOMPARE(readRun(folder).epochsDone, 2);
}

void TestRunWriter::deletedMeanwhile()
{
    auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    const QString folder = writer->record().folder;
    QVERIFY(QDir(folder).removeRecursively());
    const auto added = writer->addEpoch(epochMetrics(1));
    QCOMPARE(added.error().code, ErrorCode::NotFound);
    QVERIFY(messageOf(added).contains(u"is no longer there"));
    QCOMPARE(writer->update([](RunRecord&) {}).error().code, ErrorCode::NotFound);
    QCOMPARE(writer->finish(RunState::Completed, {}, nullptr).error().code, ErrorCode::NotFound);
    QVERIFY(!QFileInfo::exists(folder)); // It does not come back by halves.
    QCOMPARE(readRun(folder).state, RunState::Damaged);
    QCOMPARE(readRun(folder).problem, QStringLiteral("Its folder is no longer there."));
    QCOMPARE(readCurves(folder).epochs.size(), std::size_t{0});
    QCOMPARE(RunWriter::reopen(folder).error().code, ErrorCode::NotFound);
    QCOMPARE(setRunTexts(folder, QStringLiteral("New"), {}).error().code, ErrorCode::NotFound);
    QCOMPARE(moveRunToTrash(folder).error().code, ErrorCode::NotFound);
}

void TestRunWriter::longRunIsThinnedOut()
{
    auto writer = newWriter(m_runs, newRun(QStringLiteral("Long")));
    const QString folder = writer->record().folder;
    const auto batches = [&writer](std::int64_t from, std::int64_t to) {
        for (std::int64_t step = from; step <= to; ++step) {
            writer->addBatch(batchPoint(step));
        }
    };
    batches(1, 50'000);
    QVERIFY(writer->addEpoch(epochMetrics(1)).ok());
    QCOMPARE(readCurves(folder).batches.size(), std::size_t{12'500}); // Every 4th.
    writer.reset();
    writer = std::move(*RunWriter::reopen(folder)); // The stride is found again.
    batches(50'001, 100'000);
    QVERIFY(writer->addEpoch(epochMetrics(2)).ok());
    const auto points = readCurves(folder).batches;
    QCOMPARE(points.size(), std::size_t{12'500}); // Every 8th.
    for (std::size_t i = 0; i < points.size(); ++i) {
        QCOMPARE(points[i].step, static_cast<std::int64_t>(1 + 8 * i));
        QCOMPARE(points[i].loss, batchPoint(points[i].step).loss);
    }
}

QTEST_GUILESS_MAIN(TestRunWriter)
#include "tst_runwriter.moc"
