#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace Qt::StringLiterals;

/// Command lines that make sense and that do not, and the answers to both.
class TestCliUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongUsage_data();
    void wrongUsage();
    void helpGivesExamples_data();
    void helpGivesExamples();
    void version();
    void downloadWithoutNetwork();
    void sharesTheWindowsDataFolder();

private:
    QTemporaryDir m_folder;
};

void TestCliUsage::wrongUsage_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("message"); // somewhere on standard error
    const auto row = [](const char* name, const char* line, const QString& message) {
        QTest::newRow(name) << QString::fromLatin1(line) << message;
    };
    row("nothing", "", u"Usage: digitpad-cli"_s);
    row("unknown subcommand", "guess x.png", u"--help"_s);
    row("unknown option", "classify --fast x.png", u"--fast"_s);
    row("no input", "classify", u"INPUT"_s);
    row("option without its value", "classify x.png --model", u"--model"_s);
    row("no data", "train --out OUT", u"--data"_s);
    row("nothing to be left", "train --data synthetic --no-run", u"--out"_s);
    row("unknown preset", "train --preset quick", u"fast-cnn"_s);
    row("preset and options", "train --preset tiny --options x.json", u"--options"_s);
    row("resuming with other data", "train --resume x --data synthetic", u"--resume"_s);
    row("evaluate without data", "evaluate", u"--data"_s);
    row("mirror that is no web address", "download-mnist --mirror ftp.example", u"--mirror"_s);

    const QList<std::pair<const char*, QString>> impossible = {
        {"--learning-rate 0", u"learning rate of 0"_s},
        {"--learning-rate -0.1", u"learning rate of -0.1"_s},
        {"--learning-rate nan", u"learning rate of nan"_s},
        {"--learning-rate 11", u"learning rate of 11"_s},
        {"--learning-rate fast", u"--learning-rate"_s},
        {"--learning-rate 0,5", u"--learning-rate"_s},
        {"--batch-size 0", u"batch of 0"_s},
        {"--batch-size -64", u"batch of -64"_s},
        {"--batch-size 99999999999", u"--batch-size"_s},
        {"--epochs 0", u"0 epochs"_s},
        {"--epochs 10001", u"10001 epochs"_s},
        {"--epochs 2.5", u"--epochs"_s},
        {"--validation-split 0", u"split of 0"_s},
        {"--validation-split 1", u"split of 1"_s},
        {"--validation-split nan", u"split of nan"_s},
        {"--network resnet", u"“resnet”"_s},
        {"--optimizer lion", u"“lion”"_s},
        {"--schedule staircase", u"“staircase”"_s},
        {"--nesterov --momentum 0 --optimizer sgd", u"omentum"_s},
        {"--folds 1", u"1"_s},
        {"--hidden-widths 0", u"0"_s},
        {"--network cnn --hidden-widths 64", u"“cnn”"_s},
        {"--activation wave", u"“wave”"_s},
        {"--label-smoothing 1", u"1"_s},
        {"--warm-up 1", u"1"_s},
        {"--device tpu", u"“tpu”"_s},
        {"--normalization none", u"none"_s},
        {"--keep all", u"all"_s},
        {"--threads 65", u"65 threads"_s},
        {"--threads -1", u"-1 threads"_s},
        {"--seed -1", u"-1"_s},
        {"--seed 99999999999999999999", u"--seed"_s},
        {"--synthetic-count 0", u"--synthetic-count"_s},
        {"--no-digit-count 9", u"--no-digit-count"_s},
        {"--repeat-ink 0", u"--repeat-ink"_s},
        {"--augment blur", u"“blur”"_s},
        {"--augment bend=4", u"bend=0 to 3"_s},
        {"--weight-average 1", u"weight average of 1"_s},
        {"--validation-sources", u"--validation-sources"_s},
    };
    for (const auto& [option, message] : impossible) {
        row(option, QByteArray("train --data synthetic --out OUT ").append(option), message);
    }
}

void TestCliUsage::wrongUsage()
{
    QFETCH(QString, line);
    QFETCH(QString, message);
    const QString out = m_folder.filePath(u"never.pt"_s);
    const CliRun run = runCli(line.replace(u"OUT"_s, out).split(u' ', Qt::SkipEmptyParts));
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(QString::fromUtf8(run.err).contains(message), run.err.constData());
    QVERIFY(!QFile::exists(out));
}

void TestCliUsage::helpGivesExamples_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("program") << QStringList{u"--help"_s};
    for (const char* name : {"classify", "train", "runs", "evaluate", "download-mnist"}) {
        QTest::newRow(name) << QStringList{QString::fromLatin1(name), u"--help"_s};
    }
}

void TestCliUsage::helpGivesExamples()
{
    QFETCH(QStringList, arguments);
    const CliRun run = runCli(arguments);
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, QByteArray());
    QVERIFY(run.out.contains("Usage: digitpad-cli"));
    QVERIFY(run.out.contains("Examples:"));
}

void TestCliUsage::version()
{
    const CliRun run = runCli({u"--version"_s});
    QCOMPARE(run.code, 0);
    QVERIFY(run.out.startsWith("DigitPad " DIGITPAD_VERSION "\nQt 6."));
    QVERIFY(run.out.contains("\nLibTorch "));
}

void TestCliUsage::downloadWithoutNetwork()
{
    QTcpServer server; // finds a port, and then lets nobody in
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString mirror = u"http://127.0.0.1:%1/mnist"_s.arg(server.serverPort());
    server.close();
    const QString folder = m_folder.filePath(u"mnist"_s);
    const auto process = cliProcess({u"download-mnist"_s, u"--to"_s, folder, u"--mirror"_s, mirror});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& variable : environment.keys()) {
        if (variable.endsWith(u"_proxy", Qt::CaseInsensitive)) {
            environment.remove(variable);
        }
    }
    process->setProcessEnvironment(environment);
    process->start();
    const CliRun run = finishCli(*process);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.messages().size(), 1);
    QVERIFY(QDir(folder).entryList(QDir::Files | QDir::Hidden).isEmpty());
}

void TestCliUsage::sharesTheWindowsDataFolder()
{
    const auto process =
        cliProcess({u"train"_s, u"--data"_s, u"mnist"_s, u"--out"_s, m_folder.filePath(u"none.pt"_s)});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DIGITPAD_MNIST"_s);
    environment.insert(u"XDG_DATA_HOME"_s, m_folder.filePath(u"data"_s));
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(m_folder.path());
    process->start();
    const CliRun run = finishCli(*process);
    QCOMPARE(run.code, 1);
    QVERIFY2(run.messages().last().contains(m_folder.filePath(u"data/DigitPad/DigitPad/mnist"_s)),
             run.err.constData());
}

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cliusage.moc"
