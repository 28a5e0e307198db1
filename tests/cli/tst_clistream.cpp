#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace digitpad;
using namespace Qt::StringLiterals;

namespace {

constexpr int manyLines = 100'000;
constexpr qint64 allowedGrowth = 24 << 10; // KiB; the items of so many lines would take more than 90 MiB

/// The largest resident memory that the process has had, in KiB; -1 where unknown.
qint64 peakMemory(const QProcess& process)
{
    QFile status(u"/proc/%1/status"_s.arg(process.processId()));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:")) {
                return line.sliced(6).chopped(2).trimmed().toLongLong();
            }
        }
    }
    return -1;
}

bool isResult(const QByteArray& line, int index)
{
    return line.contains("\"index\":" + QByteArray::number(index) + ",") && line.endsWith("}\n");
}

} // namespace

/// `classify` as a part of pipelines: standard input, many lines, readers that go away, disks that are full.
class TestCliStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsStandardInput();
    void answersEachLineAtOnce();
    void readsANamedPipe();
    void gzipOnStandardInputIsExplained();
    void overlongLineIsLeftOut();
    void memoryStaysWithManyLines_data();
    void memoryStaysWithManyLines();
    void fullDiskIsAnError();
    void goneReaderIsNone();
    void closedOutputIsAnError();

private:
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& inputs) const
    {
        auto process = cliProcess(QStringList{u"classify"_s, u"--json"_s, u"--model"_s, m_model} + inputs);
        process->start();
        return process;
    }
    /// The results of `count` items, which carry on from `first`.
    static void expectLines(QProcess& process, int count, int first = 0);

    QTemporaryDir m_folder;
    QString m_model = m_folder.filePath(u"model.pt"_s);
};

void TestCliStream::initTestCase()
{
    QVERIFY(trainSmallModel(m_model));
}

void TestCliStream::expectLines(QProcess& process, int count, int first)
{
    for (int index = first; index < first + count; ++index) {
        const QByteArray line = nextLine(process);
        QVERIFY2(isResult(line, index),
                 line.isEmpty() ? process.readAllStandardError().constData() : line.constData());
    }
}

void TestCliStream::readsStandardInput()
{
    const QByteArray good = oneAsJsonLine();
    const CliRun run = runCli({u"classify"_s, u"--json"_s, u"--model"_s, m_model, u"-"_s},
                              good + "[1]\r\n\n" + good.trimmed());
    QCOMPARE(run.code, 1);
    const QList<QJsonObject> objects = run.objects();
    QCOMPARE(objects.size(), 2);
    QCOMPARE(objects[0][u"input"].toString(), u"-"_s);
    QCOMPARE(objects[1][u"index"], QJsonValue(2));
    QCOMPARE(objects[1][u"line"], QJsonValue(4));
    QCOMPARE(objects[1][u"label"].toString(), u"1"_s);
    QCOMPARE(run.messages().size(), 1);
    QVERIFY2(run.messages().first().startsWith(u"Line 2 of standard input "), run.err.constData());
}

void TestCliStream::answersEachLineAtOnce()
{
    const auto process = start({u"-"_s});
    for (int index = 0; index < 3; ++index) {
        process->write(oneAsJsonLine());
        expectLines(*process, 1, index);
    }
    process->closeWriteChannel();
    QCOMPARE(finishCli(*process).code, 0);
}

void TestCliStream::readsANamedPipe()
{
    const QString pipe = m_folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const auto process = start({pipe});
    QFile writer(pipe);
    QVERIFY(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered)); // waits for the program to read
    writer.write(oneAsJsonLine());
    expectLines(*process, 1);
    writer.close();
    QCOMPARE(finishCli(*process).code, 0);
}

void TestCliStream::gzipOnStandardInputIsExplained()
{
    const QString packed = m_folder.filePath(u"packed.gz"_s);
    writeGzip(packed, oneAsJsonLine());
    QFile file(packed);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const CliRun run = runCli({u"classify"_s, u"--model"_s, m_model, u"-"_s}, file.readAll());
    QCOMPARE(run.code, 1);
    QCOMPARE(run.messages().size(), 1);
    QVERIFY(run.err.contains("zcat"));
}

void TestCliStream::overlongLineIsLeftOut()
{
    const QByteArray good = oneAsJsonLine();
    const CliRun run = runCli({u"classify"_s, u"--json"_s, u"--model"_s, m_model, u"-"_s},
                              good + QByteArray(17 << 20, 'x') + '\n' + good);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.objects().size(), 2);
    QCOMPARE(run.objects().last()[u"index"], QJsonValue(2));
    QCOMPARE(run.messages().size(), 1);
    QVERIFY(run.err.startsWith("Line 2 of standard input is longer"));
}

void TestCliStream::memoryStaysWithManyLines_data()
{
    QTest::addColumn<QStringList>("inputs");
    QTest::addColumn<QByteArray>("standardInput");
    const QByteArray lines = oneAsJsonLine().repeated(manyLines);
    const QString plain = m_folder.filePath(u"many.jsonl"_s);
    const QString packed = m_folder.filePath(u"many.jsonl.gz"_s);
    const QString images = m_folder.filePath(u"many-images-idx3-ubyte"_s);
    writeFile(plain, lines);
    writeGzip(packed, lines);
    writeFile(images, idxImages(manyLines));
    QTest::newRow("standard input") << QStringList{u"-"_s} << lines;
    QTest::newRow("file") << QStringList{plain, u"-"_s} << QByteArray();
    QTest::newRow("gzip file") << QStringList{packed, u"-"_s} << QByteArray();
    QTest::newRow("IDX images") << QStringList{images, u"-"_s} << QByteArray();
}

/// Standard input stays open to the end and so keeps the program alive to be looked at.
void TestCliStream::memoryStaysWithManyLines()
{
    QFETCH(QStringList, inputs);
    QFETCH(QByteArray, standardInput);
    const auto few = start({u"-"_s});
    few->write(oneAsJsonLine().repeated(1000));
    expectLines(*few, 1000);
    const qint64 before = peakMemory(*few);
    few->closeWriteChannel();
    QCOMPARE(finishCli(*few).code, 0);

    const auto many = start(inputs);
    many->write(standardInput);
    expectLines(*many, manyLines);
    const qint64 after = peakMemory(*many);
    many->closeWriteChannel();
    QCOMPARE(finishCli(*many).code, 0);
    QVERIFY(before > 0 && after > 0);
    QVERIFY2(after < before + allowedGrowth, qPrintable(u"%1 KiB, then %2 KiB"_s.arg(before).arg(after)));
}

void TestCliStream::fullDiskIsAnError()
{
    const auto process = cliProcess({u"classify"_s, u"--json"_s, u"--model"_s, m_model, u"-"_s});
    process->setStandardOutputFile(u"/dev/full"_s);
    process->start();
    process->write(oneAsJsonLine());
    process->closeWriteChannel();
    const CliRun run = finishCli(*process);
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.messages().size(), 1);
    QVERIFY(run.err.contains("could not be written"));
}

void TestCliStream::goneReaderIsNone()
{
    const QString file = m_folder.filePath(u"long.jsonl"_s);
    writeFile(file, oneAsJsonLine().repeated(20'000));
    const auto process = start({file});
    QVERIFY(!nextLine(*process).isEmpty());
    process->closeReadChannel(QProcess::StandardOutput);
    const CliRun run = finishCli(*process);
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 0);
    QCOMPARE(run.err, QByteArray());
}

void TestCliStream::closedOutputIsAnError()
{
    QProcess shell;
    const auto process = cliProcess({});
    shell.setProgram(u"/bin/sh"_s);
    shell.setArguments({u"-c"_s, u"exec \"$0\" --help >&-"_s, process->program()});
    shell.start();
    const CliRun run = finishCli(shell);
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.messages().size(), 1);
}

QTEST_GUILESS_MAIN(TestCliStream)
#include "tst_clistream.moc"
