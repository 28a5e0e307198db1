#include "core/learning/runfolder.h"
#include "tests/support/runs.h"
#include "tests/testfiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <limits>
#include <numeric>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace digitpad;
using namespace digitpad::test;

namespace {

QString runJson(const QString& folder)
{
    return folder + QStringLiteral("/run.json");
}

QString metricsCsv(const QString& folder)
{
    return folder + QStringLiteral("/metrics.csv");
}

QString batchesCsv(const QString& folder)
{
    return folder + QStringLiteral("/batches.csv");
}

template <class T>
QString messageOf(const Result<T>& result)
{
    return result ? QStringLiteral("no error") : QString::fromStdString(result.error().message);
}

/// A disk that is full once a file has so many bytes.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
};

std::unique_ptr<RunWriter> newWriter(const QString& runsFolder, const RunRecord& record)
{
    auto writer = RunWriter::create(runsFolder, record);
    return writer ? std::move(*writer) : nullptr;
}

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

std::vector<int> epochsOf(const QString& folder)
{
    std::vector<int> numbers;
    for (const EpochMetrics& epoch : readCurves(folder).epochs) {
        numbers.push_back(epoch.epoch);
    }
    return numbers;
}

std::vector<int> upTo(int last)
{
    std::vector<int> numbers(static_cast<std::size_t>(last));
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

bool sameEpoch(const EpochMetrics& a, const EpochMetrics& b)
{
    return a.epoch == b.epoch && a.step == b.step && a.trainingLoss == b.trainingLoss &&
           a.trainingAccuracy == b.trainingAccuracy && a.validationLoss == b.validationLoss &&
           a.validationAccuracy == b.validationAccuracy && a.learningRate == b.learningRate &&
           a.gradientNorm == b.gradientNorm && a.seconds == b.seconds && a.best == b.best;
}

} // namespace

class TestRunFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void runIsKept();
    void filesAreForPeople();
    void stateFollowsTheProcess();
    void killedAtAnyTime();
    void oneProcessAtATime();
    void runFileCutOffAnywhere();
    void unreadableRuns_data();
    void unreadableRuns();
    void curvesCutOffAnywhere();
    void damagedRowsAreLeftOut();
    void goesOnAfterACutRow();
    void takesRowsBack();
    void missedEpochComesWithTheResult();
    void fullDiskAtAnyByte();
    void fullDiskAtTheStart();
    void fullDiskAtTheEnd();
    void deletedMeanwhile();
    void longRunIsThinnedOut();
    void namesSurviveTheWriter();
    void refusedNames();
    void trashAndBack();
    void trashOfARunningRun();
    void onlyRunsAreListed();
    void newestFirst();
    void idsAreUnique();
    void found();
    void hashTellsData();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_runs;
};

void TestRunFolder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_runs = m_folder->filePath(QStringLiteral("runs"));
}

void TestRunFolder::runIsKept()
{
    RunRecord record = newRun(QStringLiteral("Mine & yours"), QStringLiteral("Fast CNN!"));
    record.note = QStringLiteral("Two lines:\n“second”");
    record.options = unusualOptions();
    const QString folder = finishedRun(m_runs, record, 3);
    QVERIFY(!folder.isEmpty());
    QVERIFY2(QRegularExpression(QStringLiteral("^\\d{8}-\\d{6}-fast-cnn$"))
                 .match(QFileInfo(folder).fileName())
                 .hasMatch(),
             qPrintable(folder));
    const RunRecord read = readRun(folder);
    QCOMPARE(read.problem, QString());
    QCOMPARE(read.state, RunState::Completed);
    QCOMPARE(read.folder, folder);
    QCOMPARE(read.name, record.name);
    QCOMPARE(read.note, record.note);
    QCOMPARE(read.preset, record.preset);
    QVERIFY(read.options == record.options);
    QCOMPARE(read.dataNames, record.dataNames);
    QCOMPARE(read.trainingImages, record.trainingImages);
    QCOMPARE(read.parameters, record.parameters);
    QCOMPARE(read.epochsDone, 3);
    QCOMPARE(read.bestEpoch, 3);
    QCOMPARE(read.bestValidationLoss, epochMetrics(3).validationLoss);
    QCOMPARE(read.bestValidationAccuracy, epochMetrics(3).validationAccuracy);
    QCOMPARE(read.testAccuracy, -1.0);
    QCOMPARE(read.seconds, 3 * 1.25);
    QVERIFY(read.started.isValid());
    QVERIFY(!read.hasBest && !read.hasLast);

    const RunCurves curves = readCurves(folder);
    QCOMPARE(curves.epochs.size(), std::size_t{3});
    for (int epoch = 1; epoch <= 3; ++epoch) {
        QVERIFY(sameEpoch(curves.epochs[static_cast<std::size_t>(epoch - 1)], epochMetrics(epoch)));
    }
    QCOMPARE(curves.batches.size(), std::size_t{30});
    QCOMPARE(curves.batches.back().step, 300);
    QCOMPARE(curves.batches.back().loss, batchPoint(300).loss); // To the bit.
}

void TestRunFolder::filesAreForPeople()
{
    auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    EpochMetrics metrics = epochMetrics(1);
    metrics.validationLoss = std::numeric_limits<double>::quiet_NaN();
    metrics.trainingLoss = std::numeric_limits<double>::infinity();
    metrics.gradientNorm = 0.5;
    QVERIFY(writer->addEpoch(metrics).ok());
    const QString folder = writer->record().folder;
    QCOMPARE(readFile(metricsCsv(folder)),
             QByteArray("epoch,step,training_loss,training_accuracy,validation_loss,validation_accuracy,"
                        "learning_rate,gradient_norm,seconds,best\n"
                        "1,100,inf,0.85,nan,0.976,0.001,0.5,1.25,1\n"));
    QCOMPARE(readFile(batchesCsv(folder)), QByteArray("step,loss,accuracy,learning_rate,gradient_norm\n"));
    QVERIFY(std::isnan(readCurves(folder).epochs.at(0).validationLoss));
    QVERIFY(std::isinf(readCurves(folder).epochs.at(0).trainingLoss));
    QCOMPARE(readRun(folder).bestValidationLoss, -1.0); // No JSON has such a number.
}

void TestRunFolder::stateFollowsTheProcess()
{
    auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    const QString folder = writer->record().folder;
    QCOMPARE(readRun(folder).state, RunState::Running);
    writer.reset(); // As a crash does.
    QCOMPARE(readRun(folder).state, RunState::Interrupted);
    writer = std::move(*RunWriter::reopen(folder));
    QCOMPARE(readRun(folder).state, RunState::Running);
    QVERIFY(
        writer->finish(RunState::Failed, QStringLiteral("The loss grew beyond all numbers."), nullptr).ok());
    QCOMPARE(readRun(folder).state, RunState::Failed);
    QCOMPARE(readRun(folder).problem, QStringLiteral("The loss grew beyond all numbers."));
    writer = std::move(*RunWriter::reopen(folder)); // finish() has given the lock back.
    QCOMPARE(readRun(folder).problem, QString());
    QVERIFY(writer->finish(RunState::Stopped, {}, nullptr).ok());
    QCOMPARE(readRun(folder).state, RunState::Stopped);
}

/// Each time at another moment: the child writes without rest.
void TestRunFolder::killedAtAnyTime()
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

void TestRunFolder::oneProcessAtATime()
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

void TestRunFolder::runFileCutOffAnywhere()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 2);
    const QByteArray whole = readFile(runJson(folder)).trimmed();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        writeFile(runJson(folder), whole.left(size));
        const RunRecord record = readRun(folder);
        QVERIFY2(record.state == RunState::Damaged && !record.problem.isEmpty(),
                 qPrintable(QString::number(size)));
    }
    writeFile(runJson(folder), whole);
    QCOMPARE(readRun(folder).state, RunState::Completed);
}

void TestRunFolder::unreadableRuns_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<RunState>("state");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const char* from, const char* to, RunState state,
                        const char* problem) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << state << QString::fromUtf8(problem);
    };
    const char* const newer =
        "The run was written by a newer version of DigitPad; update DigitPad to open it.";
    row("unknown key", "\"DigitPad run\",", "\"DigitPad run\", \"colour\": 1,", RunState::Completed, "");
    row("newer format", "    \"version\": 1,\n    \"versions\"", "    \"version\": 2,\n    \"versions\"",
        RunState::Newer, newer);
    row("newer options", "            \"weightDecay\": 0\n        },\n        \"version\": 1",
        "            \"weightDecay\": 0\n        },\n        \"version\": 7", RunState::Newer, newer);
    row("other file", "\"DigitPad run\"", "\"DigitPad fun\"", RunState::Damaged,
        "Its run.json is damaged: it is no file of a run.");
    row("state", "\"completed\"", "\"flying\"", RunState::Damaged,
        "Its run.json is damaged: “state” must be “running”, “completed”, “stopped” or “failed” and is "
        "\"flying\".");
    row("no state", "\"state\"", "\"stat\"", RunState::Damaged,
        "Its run.json is damaged: “state” must be “running”, “completed”, “stopped” or “failed” and is "
        "missing.");
    row("number", "\"epochsDone\": 2", "\"epochsDone\": \"two\"", RunState::Damaged,
        "Its run.json is damaged: “epochsDone” must be a whole number and is \"two\".");
    row("option", "\"momentum\"", "\"momentun\"", RunState::Damaged,
        "Its run.json is damaged: There is no option “momentun” of “training”; did you mean “momentum”?");
}

void TestRunFolder::unreadableRuns()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(RunState, state);
    QFETCH(QString, problem);
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 2);
    QByteArray text = readFile(runJson(folder));
    QCOMPARE(text.count(from), 1);
    writeFile(runJson(folder), text.replace(from, to));
    const RunRecord record = readRun(folder);
    QCOMPARE(record.problem, problem);
    QCOMPARE(record.state, state);
    if (state != RunState::Completed) {
        QCOMPARE(record.name, QFileInfo(folder).fileName());
        QVERIFY(record.started.isValid()); // The folder's name tells.
        QVERIFY(!RunWriter::reopen(folder).ok());
        QVERIFY(!setRunTexts(folder, QStringLiteral("New"), {}).ok());
        QCOMPARE(readFile(runJson(folder)), text);
        QCOMPARE(readCurves(folder).epochs.size(), std::size_t{2});
    }
}

void TestRunFolder::curvesCutOffAnywhere()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 3);
    const QByteArray whole = readFile(metricsCsv(folder));
    for (qsizetype size = 0; size <= whole.size(); ++size) {
        writeFile(metricsCsv(folder), whole.left(size));
        const auto rows = std::max<qsizetype>(0, whole.left(size).count('\n') - 1);
        QCOMPARE(epochsOf(folder), upTo(static_cast<int>(rows)));
    }
}

void TestRunFolder::damagedRowsAreLeftOut()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 1);
    const QByteArray noText("\0\xff,,,\r\n", 7);
    writeFile(metricsCsv(folder), "note,epoch,validation_loss\r\n" // As a spreadsheet saves it.
                                  "first,1,0.5\r\n"
                                  "cut,2\r\n"
                                  "no number,3,half\r\n"
                                  "\r\n" +
                                      noText +
                                      "again,1,0.4\r\n"
                                      "huge,99999999999999999999,0.3\r\n"
                                      "last,4,0.25\r\n");
    const RunCurves curves = readCurves(folder);
    QCOMPARE(epochsOf(folder), (std::vector<int>{1, 4}));
    QCOMPARE(curves.epochs.back().validationLoss, 0.25);
    writeFile(metricsCsv(folder), QByteArray(1 << 20, '\xff'));
    QCOMPARE(readCurves(folder).epochs.size(), std::size_t{0});
    QFile::remove(metricsCsv(folder));
    QVERIFY(QDir().mkpath(metricsCsv(folder))); // A folder in the file's place.
    QCOMPARE(readCurves(folder).epochs.size(), std::size_t{0});
}

void TestRunFolder::goesOnAfterACutRow()
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

void TestRunFolder::takesRowsBack()
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

/// last.pt knew of epoch 3, but the program was killed before metrics.csv did.
void TestRunFolder::missedEpochComesWithTheResult()
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

/// Whatever is full when, the same call once more brings the files to where they would have been.
void TestRunFolder::fullDiskAtAnyByte()
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

void TestRunFolder::fullDiskAtTheStart()
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

void TestRunFolder::fullDiskAtTheEnd()
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

void TestRunFolder::deletedMeanwhile()
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

void TestRunFolder::longRunIsThinnedOut()
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

void TestRunFolder::namesSurviveTheWriter()
{
    auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    const QString folder = writer->record().folder;
    QVERIFY(
        setRunTexts(folder, QStringLiteral("  Yours\n too "), QStringLiteral("A note\nof two lines\n")).ok());
    train(*writer, 1, 1);
    QCOMPARE(readRun(folder).name, QStringLiteral("Yours too"));
    QCOMPARE(readRun(folder).note, QStringLiteral("A note\nof two lines"));
    QCOMPARE(readRun(folder).epochsDone, 1);
    QVERIFY(writer->finish(RunState::Completed, {}, nullptr).ok());
    QCOMPARE(readRun(folder).name, QStringLiteral("Yours too"));
    QCOMPARE(readRun(folder).state, RunState::Completed);
}

void TestRunFolder::refusedNames()
{
    const QString folder = finishedRun(m_runs, newRun(QStringLiteral("Mine")), 1);
    QCOMPARE(messageOf(setRunTexts(folder, QStringLiteral(" \n "), {})),
             QStringLiteral("A run needs a name; type one."));
    QVERIFY(setRunTexts(folder, QString(5000, u'x'), QString(50'000, u'y')).ok());
    QCOMPARE(readRun(folder).name.size(), 200);
    QCOMPARE(readRun(folder).note.size(), 10'000);
}

void TestRunFolder::trashAndBack()
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

void TestRunFolder::trashOfARunningRun()
{
    const auto writer = newWriter(m_runs, newRun(QStringLiteral("Mine")));
    const auto trashed = moveRunToTrash(writer->record().folder);
    QCOMPARE(trashed.error().code, ErrorCode::Unavailable);
    QVERIFY(QFileInfo::exists(writer->record().folder));
}

void TestRunFolder::onlyRunsAreListed()
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

void TestRunFolder::newestFirst()
{
    for (const int day : {2, 3, 1}) {
        RunRecord record = newRun(QString::number(day));
        record.started = QDateTime(QDate(2026, 1, day), QTime(12, 0), Qt::UTC);
        QVERIFY(!finishedRun(m_runs, record, 1).isEmpty());
    }
    QString names;
    for (const RunRecord& record : readRuns(m_runs)) {
        names += record.name;
    }
    QCOMPARE(names, QStringLiteral("321"));
}

void TestRunFolder::idsAreUnique()
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

void TestRunFolder::found()
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

void TestRunFolder::hashTellsData()
{
    DigitSet set;
    set.add(DigitImage(), 3);
    DigitImage white;
    white.pixels.fill(255);
    set.add(white, noDigitLabel);
    // printf '2\n', 784 zeros, 784 times 255, 3, 10, '0\n' | sha256sum
    QCOMPARE(dataHash(set, {}),
             QStringLiteral("65118bb039d734dd3e34f221b4e7f2e8ba004dba654d69a2362124fc5226e130"));
    QVERIFY(dataHash(set, {}) != dataHash({}, set));
    DigitSet other = set;
    std::swap(other.labels[0], other.labels[1]);
    QVERIFY(dataHash(set, {}) != dataHash(other, {}));
}

QTEST_GUILESS_MAIN(TestRunFolder)
#include "tst_runfolder.moc"
