#include "core/base/gzipreader.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

using Status = LineReader::Status;

/// Everything a LineReader says of a file, one entry a call: the text, or what else it said.
QStringList readAll(const QString& path)
{
    auto reader = LineReader::open(path.toStdString());
    if (!reader) {
        return {QStringLiteral("<not opened>")};
    }
    QStringList lines;
    for (;;) {
        switch (reader->next()) {
        case Status::Line:
            lines += QString::fromUtf8(reader->text().data(), static_cast<qsizetype>(reader->text().size()));
            break;
        case Status::TooLong:
            lines += QStringLiteral("<too long %1>").arg(reader->number());
            break;
        case Status::Failed:
            return lines += QStringLiteral("<failed>");
        case Status::End:
            return lines;
        }
    }
}

} // namespace

class TestGzipReader : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString write(const QByteArray& bytes) const
    {
        return writeFile(m_folder.filePath(QStringLiteral("file")), bytes);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void readsLines_data();
    void readsLines();
    void numbersLines();
    void joinsLinesAcrossBuffers();
    void skipsLinesThatAreTooLong();
    void readsAMillionBytesWhole_data();
    void readsAMillionBytesWhole();
    void reportsDamageBehindTheGoodLines_data();
    void reportsDamageBehindTheGoodLines();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void refusesToOpen_data();
    void refusesToOpen();
    void reportsThatADeviceFails();
};

void TestGzipReader::readsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");
    const QStringList ab = {QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("empty") << QByteArray() << QStringList();
    QTest::newRow("ended by newline") << QByteArray("a\nb\n") << ab;
    QTest::newRow("last newline missing") << QByteArray("a\nb") << ab;
    QTest::newRow("Windows endings") << QByteArray("a\r\nb\r\n") << ab;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                   "a\nb")
                                     << ab;
    QTest::newRow("blank lines") << QByteArray("\n\n") << QStringList({QString(), QString()});
    QTest::newRow("gzip") << gzipped("a\nb\n") << ab;
    QTest::newRow("two gzip members") << gzipped("a\n") + gzipped("b\n") << ab;
    QTest::newRow("first gzip byte alone") << QByteArray("\x1F") << QStringList(QStringLiteral("\x1F"));
}

void TestGzipReader::readsLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, lines);
    QCOMPARE(readAll(write(bytes)), lines);
}

void TestGzipReader::numbersLines()
{
    auto reader = LineReader::open(write("a\n\nb").toStdString());
    QVERIFY(reader.ok());
    for (const int number : {1, 2, 3}) {
        QCOMPARE(reader->next(), Status::Line);
        QCOMPARE(reader->number(), number);
    }
    QCOMPARE(reader->next(), Status::End);
    QCOMPARE(reader->next(), Status::End);
}

void TestGzipReader::joinsLinesAcrossBuffers()
{
    QByteArray bytes;
    QStringList expected;
    for (int i = 0; i < 40; ++i) {
        const QByteArray line(50'000 + i, static_cast<char>('a' + i % 26));
        bytes += line + '\n';
        expected += QString::fromLatin1(line);
    }
    QCOMPARE(readAll(write(bytes)), expected);
    QCOMPARE(readAll(write(gzipped(bytes))), expected);
}

void TestGzipReader::skipsLinesThatAreTooLong()
{
    constexpr auto most = static_cast<qsizetype>(LineReader::maximumLineBytes);
    const QByteArray bytes = "a\n" + QByteArray(most, 'x') + '\n' + QByteArray(most + 1, 'y') + "\nb\n" +
                             QByteArray(3 * most, 'z');
    const QStringList lines = readAll(write(gzipped(bytes)));
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[1].size(), most);
    QCOMPARE(lines[2], QStringLiteral("<too long 3>"));
    QCOMPARE(lines[3], QStringLiteral("b"));
    QCOMPARE(lines[4], QStringLiteral("<too long 5>"));
}

void TestGzipReader::readsAMillionBytesWhole_data()
{
    QTest::addColumn<bool>("packed");
    QTest::newRow("plain") << false;
    QTest::newRow("gzip") << true;
}

void TestGzipReader::readsAMillionBytesWhole()
{
    QFETCH(bool, packed);
    QByteArray bytes(1'000'000, '\0');
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(i * i / 7);
    }
    auto reader = GzipReader::open(write(packed ? gzipped(bytes) : bytes).toStdString());
    QVERIFY(reader.ok());
    QByteArray read(bytes.size() + 10, '\0');
    const auto count = reader->read(read.data(), static_cast<std::size_t>(read.size()));
    QVERIFY(count.ok());
    QCOMPARE(*count, static_cast<std::size_t>(bytes.size()));
    QVERIFY(read.startsWith(bytes));
    const auto atEnd = reader->read(read.data(), 1);
    QVERIFY(atEnd.ok());
    QCOMPARE(*atEnd, std::size_t{0});
}

void TestGzipReader::reportsDamageBehindTheGoodLines_data()
{
    QTest::addColumn<qsizetype>("cut");
    QTest::newRow("trailer missing") << qsizetype{8};
    QTest::newRow("one byte missing") << qsizetype{1};
    QTest::newRow("half missing") << qsizetype{-2};
}

void TestGzipReader::reportsDamageBehindTheGoodLines()
{
    QFETCH(qsizetype, cut);
    QByteArray bytes;
    for (int i = 0; i < 100'000; ++i) {
        bytes += QByteArray::number(i) + '\n';
    }
    const QByteArray whole = gzipped(bytes);
    const QStringList lines = readAll(write(whole.chopped(cut < 0 ? whole.size() / 2 : cut)));
    QCOMPARE(lines.last(), QStringLiteral("<failed>"));
    QVERIFY2(lines.size() > 1000, "The lines before the cut must come.");
    for (int i = 0; i < lines.size() - 1; ++i) {
        QCOMPARE(lines[i], QString::number(i));
    }
}

void TestGzipReader::namesWhatIsWrong_data()
{
    const QByteArray whole = gzipped("some text\nand more\n");
    QByteArray wrongChecksum = whole;
    wrongChecksum[whole.size() - 6] = static_cast<char>(~wrongChecksum[whole.size() - 6]);
    QByteArray wrongBlock = whole;
    wrongBlock[10] = '\x07';
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("cut off in its header") << whole.first(5) << QStringLiteral("cut off");
    QTest::newRow("cut off in its data") << whole.first(15) << QStringLiteral("cut off");
    QTest::newRow("wrong checksum") << wrongChecksum << QStringLiteral("damaged");
    QTest::newRow("no deflate data") << wrongBlock << QStringLiteral("damaged");
    QTest::newRow("unknown method") << QByteArray("\x1F\x8B\x01garbage garbage") << QStringLiteral("damaged");
}

void TestGzipReader::namesWhatIsWrong()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const QString path = write(bytes);
    auto reader = LineReader::open(path.toStdString());
    QVERIFY(reader.ok());
    Status status = reader->next();
    while (status == Status::Line) {
        status = reader->next();
    }
    QCOMPARE(status, Status::Failed);
    const QString message = QString::fromStdString(reader->error().message);
    QVERIFY2(message.contains(path) && message.contains(what), qPrintable(message));
    QCOMPARE(reader->next(), Status::Failed);
}

void TestGzipReader::refusesToOpen_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing") << QStringLiteral("missing") << ErrorCode::NotFound;
    QTest::newRow("a file taken for a folder") << QStringLiteral("file/missing") << ErrorCode::NotFound;
    QTest::newRow("folder") << QStringLiteral(".") << ErrorCode::InvalidInput;
}

void TestGzipReader::refusesToOpen()
{
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    QVERIFY(!write("text").isEmpty());
    const QString path = m_folder.filePath(name);
    const auto reader = GzipReader::open(path.toStdString());
    QVERIFY(!reader.ok());
    QCOMPARE(reader.error().code, code);
    QVERIFY(QString::fromStdString(reader.error().message).contains(path));
}

/// Opens like any file, and then cannot be read: the memory of a process at its address 0.
void TestGzipReader::reportsThatADeviceFails()
{
    auto reader = LineReader::open("/proc/self/mem");
    QVERIFY(reader.ok());
    QCOMPARE(reader->next(), Status::Failed);
    QCOMPARE(reader->error().code, ErrorCode::Io);
    QVERIFY(!reader->error().message.empty());
}

QTEST_GUILESS_MAIN(TestGzipReader)
#include "tst_gzipreader.moc"
