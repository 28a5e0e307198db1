#include "tests/learning/runfolderfixture.h"
#include "tests/testfiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

using namespace digitpad;
using namespace digitpad::test;

namespace {

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
    void runFileCutOffAnywhere();
    void unreadableRuns_data();
    void unreadableRuns();
    void curvesCutOffAnywhere();
    void damagedRowsAreLeftOut();
    void namesSurviveTheWriter();
    void refusedNames();
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
    row("newer run", "\"DigitPad run\",", "\"DigitPad run\", \"colour\": 1,", RunState::Completed, "");
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
    const QByteArray binary("\0\xff,,,\r\n", 7);
    writeFile(metricsCsv(folder), "note,epoch,validation_loss\r\n" // As a spreadsheet saves it.
                                  "first,1,0.5\r\n"
                                  "cut,2\r\n"
                                  "no number,3,half\r\n"
                                  "\r\n" +
                                      binary +
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
