#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace digitpad;
using namespace Qt::StringLiterals;

namespace {

/// Whether the process would notice a Ctrl+C rather than die of it.
bool catchesCtrlC(const QProcess& process)
{
    QFile status(u"/proc/%1/status"_s.arg(process.processId()));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("SigCgt:")) {
                return ((line.sliced(7).trimmed().toULongLong(nullptr, 16) >> (SIGINT - 1)) & 1U) != 0;
            }
        }
    }
    return false;
}

void sendSignal(const QProcess& process, int signal)
{
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
}

} // namespace

/// `train` and `evaluate` with the real engine, on few synthetic digits.
class TestCliTrain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trainsEvaluatesClassifies();
    void linesForPeople();
    void keepsTheLastWeights();
    void sameSeedSameModel();
    void joinsData();
    void progressBarOnATerminal();
    void ctrlCSaves_data();
    void ctrlCSaves();
    void secondCtrlCEnds();
    void rescuesTheModel();
    void unwritableOutput_data();
    void unwritableOutput();
    void failuresThatDependOnTheData_data();
    void failuresThatDependOnTheData();
    void fullDiskForTheReportLosesNoModel();
    void evaluationTable();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QStringList training(const QString& out, const QStringList& more = {}) const
    {
        return QStringList{u"train"_s, u"--data"_s, u"synthetic"_s, u"--synthetic-count"_s, u"1000"_s,
                           u"--out"_s, out} +
               more;
    }
    /// Started, and behind its first epoch of many.
    std::unique_ptr<QProcess> longTraining(const QString& out, const QString& temporaryFolder = {}) const;

    QTemporaryDir m_folder;
};

std::unique_ptr<QProcess> TestCliTrain::longTraining(const QString& out, const QString& temporaryFolder) const
{
    auto process = cliProcess(training(out, {u"--epochs"_s, u"10000"_s, u"--json"_s}));
    if (!temporaryFolder.isEmpty()) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TMPDIR"_s, temporaryFolder);
        process->setProcessEnvironment(environment);
    }
    process->start();
    const bool started = nextLine(*process).contains("\"started\"");
    const bool epoch = nextLine(*process).contains("\"epoch\"");
    return started && epoch ? std::move(process) : nullptr;
}

void TestCliTrain::trainsEvaluatesClassifies()
{
    const QString model = path(u"round.pt"_s);
    const CliRun trained = runCli({u"train"_s,
                                   u"--data"_s,
                                   u"synthetic"_s,
                                   u"--synthetic-count"_s,
                                   u"3000"_s,
                                   u"--network"_s,
                                   u"mlp-dropout"_s,
                                   u"--optimizer"_s,
                                   u"sgd"_s,
                                   u"--learning-rate"_s,
                                   u"0.05"_s,
                                   u"--schedule"_s,
                                   u"cosine"_s,
                                   u"--batch-size"_s,
                                   u"32"_s,
                                   u"--epochs"_s,
                                   u"3"_s,
                                   u"--validation-split"_s,
                                   u"0.2"_s,
                                   u"--seed"_s,
                                   u"7"_s,
                                   u"--normalization"_s,
                                   u"exact"_s,
                                   u"--threads"_s,
                                   u"1"_s,
                                   u"--out"_s,
                                   model,
                                   u"--json"_s});
    QVERIFY2(trained.code == 0 && trained.err.isEmpty(), trained.err.constData());
    const QList<QJsonObject> objects = trained.objects();
    QCOMPARE(objects.size(), 5);
    const QJsonObject started = objects.first();
    QCOMPARE(started[u"event"].toString(), u"started"_s);
    QCOMPARE(started[u"trainingImages"].toInteger(), 2400);
    QCOMPARE(started[u"validationImages"].toInteger(), 600);
    const QJsonObject options = started[u"options"].toObject();
    QCOMPARE(options[u"network"].toString(), u"mlp-dropout"_s);
    QCOMPARE(options[u"optimizer"].toString(), u"sgd"_s);
    QCOMPARE(options[u"learningRate"].toDouble(), 0.05);
    QCOMPARE(options[u"schedule"].toString(), u"cosine"_s);
    QCOMPARE(options[u"batchSize"].toInteger(), 32);
    QCOMPARE(options[u"seed"].toString(), u"7"_s);
    QCOMPARE(options[u"normalization"].toString(), u"exact"_s);
    QCOMPARE(options[u"threads"].toInteger(), 1);
    for (int epoch = 1; epoch <= 3; ++epoch) {
        QCOMPARE(objects[epoch][u"event"].toString(), u"epoch"_s);
        QCOMPARE(objects[epoch][u"epoch"].toInteger(), epoch);
    }
    const QJsonObject result = objects.last();
    QCOMPARE(result[u"event"].toString(), u"result"_s);
    QCOMPARE(result[u"outcome"].toString(), u"completed"_s);
    QCOMPARE(result[u"model"].toString(), model);
    QVERIFY(result[u"testAccuracy"].toDouble() > 0.5);

    const CliRun evaluated = runCli({u"evaluate"_s, u"--model"_s, model, u"--data"_s, u"synthetic"_s,
                                     u"--synthetic-count"_s, u"3000"_s, u"--json"_s});
    QVERIFY2(evaluated.code == 0 && evaluated.err.isEmpty(), evaluated.err.constData());
    QCOMPARE(evaluated.objects().size(), 1);
    const QJsonObject evaluation = evaluated.objects().first();
    QCOMPARE(evaluation[u"images"].toInteger(), 300);
    QCOMPARE(evaluation[u"accuracy"].toDouble(), result[u"testAccuracy"].toDouble());
    QCOMPARE(evaluation[u"confusion"].toArray().size(), 10);
    QCOMPARE(evaluation[u"classes"].toArray().size(), 10);
    QVERIFY(evaluation[u"imagesPerSecond"].toDouble() > 0);

    const CliRun read = runCli({u"classify"_s, u"--json"_s, u"--model"_s, model, u"-"_s}, oneAsJsonLine());
    QCOMPARE(read.code, 0);
    QCOMPARE(read.objects().first()[u"digit"], QJsonValue(1));
}

void TestCliTrain::linesForPeople()
{
    const QString model = path(u"people.pt"_s);
    const CliRun run = runCli(training(model, {u"--epochs"_s, u"2"_s}));
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, QByteArray()); // no terminal, no progress bar
    const QStringList lines = QString::fromUtf8(run.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines[0].startsWith(u"Training mlp (109,386 parameters) on 900 images, validating on 100"));
    QVERIFY(lines[1].startsWith(u"Epoch 1/2: training loss "));
    QVERIFY(lines[2].startsWith(u"Epoch 2/2: training loss "));
    QVERIFY(lines[3].contains(u"test accuracy "));
    QVERIFY(lines[4].startsWith(u"Saved the weights after epoch ") && lines[4].contains(model));
    QVERIFY(lines[5].startsWith(u"The run is kept in "));
}

void TestCliTrain::keepsTheLastWeights()
{
    // With so large a step the last epoch is hardly ever the best: over several seeds both kinds must differ.
    bool differed = false;
    for (int seed = 1; seed <= 10 && !differed; ++seed) {
        const QStringList options = {u"--epochs"_s, u"5"_s,      u"--learning-rate"_s, u"0.03"_s,
                                     u"--json"_s,   u"--seed"_s, QString::number(seed)};
        const CliRun last =
            runCli(training(path(u"last.pt"_s), options + QStringList{u"--keep"_s, u"last"_s}));
        const CliRun best = runCli(training(path(u"best.pt"_s), options));
        QCOMPARE(last.objects().last()[u"kept"].toString(), u"last"_s);
        QCOMPARE(last.objects().last()[u"keptEpoch"].toInteger(), 5);
        QCOMPARE(best.objects().last()[u"kept"].toString(), u"best"_s);
        differed = best.objects().last()[u"keptEpoch"].toInteger() < 5;
    }
    QVERIFY(differed);
}

void TestCliTrain::sameSeedSameModel()
{
    const QStringList options = {u"--epochs"_s, u"1"_s, u"--json"_s, u"--threads"_s, u"1"_s, u"--seed"_s};
    const auto loss = [&](const QString& seed) {
        const CliRun run = runCli(training(path(u"seed.pt"_s), options + QStringList{seed}));
        return run.objects().value(1)[u"validationLoss"].toDouble(-1);
    };
    const double first = loss(u"18446744073709551615"_s);
    QVERIFY(first > 0);
    QCOMPARE(loss(u"18446744073709551615"_s), first);
    QVERIFY(loss(u"2"_s) != first);
}

void TestCliTrain::joinsData()
{
    const QString ink = path(u"ink.jsonl"_s);
    writeFile(ink, oneAsJsonLine().repeated(50) + "malformed\n");
    const CliRun run = runCli({u"train"_s, u"--data"_s, u"synthetic"_s, ink, u"--synthetic-count"_s, u"150"_s,
                               u"--epochs"_s, u"1"_s, u"--json"_s, u"--out"_s, path(u"joined.pt"_s)});
    QVERIFY2(run.code == 0, run.err.constData());
    QCOMPARE(run.objects().first()[u"trainingImages"].toInteger(), 180);
    QCOMPARE(run.messages().size(), 1);
    QVERIFY(run.err.contains("51"));
}

void TestCliTrain::progressBarOnATerminal()
{
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const int far = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(far >= 0);
    const winsize size{24, 60, 0, 0};
    QCOMPARE(::ioctl(far, TIOCSWINSZ, &size), 0);

    const auto process = cliProcess(training(path(u"terminal.pt"_s), {u"--epochs"_s, u"2"_s}));
    process->setChildProcessModifier([far] { ::dup2(far, STDERR_FILENO); });
    process->start();
    const CliRun run = finishCli(*process);
    QCOMPARE(run.code, 0);
    QVERIFY(!run.out.contains('\r'));
    std::array<char, 1 << 16> shown;
    const ssize_t got = ::read(terminal, shown.data(), shown.size());
    ::close(far);
    ::close(terminal);
    QVERIFY(got > 0);
    const QByteArray text(shown.data(), got);
    QVERIFY(text.endsWith("\r\033[K")); // it is gone at the end
    for (QByteArray line : text.split('\r')) {
        line.replace("\033[K", "");
        QVERIFY2(line.isEmpty() || line.startsWith("Epoch "), line.constData());
        QVERIFY(QString::fromUtf8(line).size() < 60);
    }
}

void TestCliTrain::ctrlCSaves_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("termination") << SIGTERM;
}

void TestCliTrain::ctrlCSaves()
{
    QFETCH(int, signal);
    const QString model = path(u"stopped.pt"_s);
    QFile::remove(model);
    const auto process = longTraining(model);
    QVERIFY(process);
    sendSignal(*process, signal);
    const CliRun run = finishCli(*process);
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 0);
    const QJsonObject result = run.objects().last();
    QCOMPARE(result[u"outcome"].toString(), u"stopped"_s);
    QVERIFY(result[u"keptEpoch"].toInteger() >= 1);
    QVERIFY(run.err.contains("Stopped"));
    QCOMPARE(runCli({u"classify"_s, u"--model"_s, model, u"-"_s}, oneAsJsonLine()).code, 0);
}

void TestCliTrain::secondCtrlCEnds()
{
    // A pipe that nobody writes: the program waits there for its data, and for both signals.
    const QString data = path(u"never.jsonl"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(data).constData(), 0600), 0);
    const auto process = cliProcess({u"train"_s, u"--data"_s, data, u"--out"_s, path(u"killed.pt"_s)});
    process->start();
    // Until then it is a copy of this test, whose own handlers would be taken for the program's.
    QVERIFY(process->waitForStarted(60'000));
    QTRY_VERIFY_WITH_TIMEOUT(catchesCtrlC(*process), 60'000);
    sendSignal(*process, SIGINT);
    QTRY_VERIFY_WITH_TIMEOUT(!catchesCtrlC(*process), 60'000);
    QCOMPARE(process->state(), QProcess::Running);
    sendSignal(*process, SIGINT);
    const CliRun run = finishCli(*process);
    QVERIFY(run.crashed);
    QCOMPARE(run.code, SIGINT);
}

void TestCliTrain::rescuesTheModel()
{
    const QDir folder(m_folder.path());
    QVERIFY(folder.mkpath(u"going"_s) && folder.mkpath(u"temporary"_s));
    const auto process = longTraining(path(u"going/model.pt"_s), path(u"temporary"_s));
    QVERIFY(process);
    QVERIFY(QDir(path(u"going"_s)).removeRecursively());
    sendSignal(*process, SIGINT);
    const CliRun run = finishCli(*process);
    QCOMPARE(run.code, 1);
    const QString rescued = run.objects().last()[u"model"].toString();
    QVERIFY2(rescued.startsWith(path(u"temporary"_s)), run.err.constData());
    QVERIFY(run.err.contains(rescued.toUtf8()));
    QCOMPARE(runCli({u"classify"_s, u"--model"_s, rescued, u"-"_s}, oneAsJsonLine()).code, 0);
}

void TestCliTrain::unwritableOutput_data()
{
    QTest::addColumn<QString>("out");
    QTest::newRow("folder that is not there") << path(u"nowhere/model.pt"_s);
    QTest::newRow("folder") << m_folder.path();
    QTest::newRow("device") << u"/dev/null"_s;
    QTest::newRow("folder that takes nothing") << u"/proc/model.pt"_s;
    QTest::newRow("file as a folder") << path(u"file/model.pt"_s);
    writeFile(path(u"file"_s), "");
}

void TestCliTrain::unwritableOutput()
{
    QFETCH(QString, out);
    // With so many epochs, ending at all shows that it ended before the training.
    const CliRun run = runCli(training(out, {u"--epochs"_s, u"10000"_s}));
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.messages().size(), 1);
    QVERIFY2(run.err.contains("--out"), run.err.constData());
}

void TestCliTrain::failuresThatDependOnTheData_data()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("message");
    const QString few = path(u"few.jsonl"_s);
    writeFile(few, oneAsJsonLine().repeated(20));
    const QString letters = path(u"letters.jsonl"_s);
    writeFile(letters, oneAsJsonLine().replace("\"1\"", "\"A\""));
    QTest::newRow("batch beyond the data")
        << u"synthetic"_s << QStringList{u"--batch-size"_s, u"901"_s} << u"batch of 901"_s;
    QTest::newRow("split of nothing")
        << u"synthetic"_s << QStringList{u"--validation-split"_s, u"0.0001"_s} << u"split of 0.0001"_s;
    QTest::newRow("too few for a batch") << few << QStringList{} << u"batch of 64"_s;
    QTest::newRow("no digit at all") << letters << QStringList{} << letters;
    QTest::newRow("no such data") << path(u"nowhere"_s) << QStringList{} << u"nowhere"_s;
    QTest::newRow("folder without data") << m_folder.path() << QStringList{} << m_folder.path();
}

void TestCliTrain::failuresThatDependOnTheData()
{
    QFETCH(QString, data);
    QFETCH(QStringList, options);
    QFETCH(QString, message);
    const QString out = path(u"never.pt"_s);
    const CliRun run = runCli(
        QStringList{u"train"_s, u"--data"_s, data, u"--synthetic-count"_s, u"1000"_s, u"--out"_s, out} +
        options);
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.messages().last().contains(message), run.err.constData());
    QVERIFY(!QFile::exists(out));
}

void TestCliTrain::fullDiskForTheReportLosesNoModel()
{
    const QString model = path(u"unreported.pt"_s);
    const auto process = cliProcess(training(model, {u"--epochs"_s, u"1"_s}));
    process->setStandardOutputFile(u"/dev/full"_s);
    process->start();
    const CliRun run = finishCli(*process);
    QCOMPARE(run.code, 1);
    QVERIFY(run.err.contains("could not be written"));
    QVERIFY(QFile::exists(model));
}

void TestCliTrain::evaluationTable()
{
    const QString model = path(u"table.pt"_s);
    QVERIFY(trainSmallModel(model));
    const CliRun run = runCli({u"evaluate"_s, u"--model"_s, model, u"--data"_s, u"synthetic"_s});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, QByteArray());
    for (const char* part : {"Model     mlp, 109,386 parameters\n", "\nAccuracy  ", "\nLoss  ", " images/s\n",
                             "\nDigit   Images  Precision    Recall        F1\n", "\nConfusion matrix: "}) {
        QVERIFY2(run.out.contains(part), part);
    }
    const CliRun missing = runCli({u"evaluate"_s, u"--model"_s, model, u"--data"_s, path(u"nowhere"_s)});
    QCOMPARE(missing.code, 1);
    QCOMPARE(missing.messages().size(), 1);
}

QTEST_GUILESS_MAIN(TestCliTrain)
#include "tst_clitrain.moc"
