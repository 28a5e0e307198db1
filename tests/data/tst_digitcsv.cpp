#include "core/data/digitcsv.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// A line of a label and `count` values, the first of them `first`, then 1, 2, 3 … modulo 256.
QByteArray row(const QByteArray& label, const QByteArray& first = "0", int count = 784, char separator = ',')
{
    QByteArray line = label;
    for (int i = 0; i < count; ++i) {
        line += separator;
        line += i == 0 ? first : QByteArray::number(i % 256);
    }
    return line + '\n';
}

QByteArray header(bool labelLast)
{
    QByteArrayList names;
    for (int i = 0; i < 784; ++i) {
        names += "pixel" + QByteArray::number(i);
    }
    names.insert(labelLast ? 784 : 0, labelLast ? "class" : "label");
    return names.join(',') + '\n';
}

} // namespace

class DigitCsvTest : public QObject
{
    Q_OBJECT

private:
    Result<DigitSet> read(const QByteArray& bytes)
    {
        return readDigitCsv(writeFile(m_folder.filePath(QStringLiteral("table.csv")), bytes).toStdString(),
                            "table");
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void reads_data();
    void reads();
    void takesLabelsFromTheLastColumn();
    void refuses_data();
    void refuses();
    void namesMissingFiles();
    void isCancelledAndSaysHowFar();
};

void DigitCsvTest::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray plain = row("7", "9") + row("0", "255");
    QTest::newRow("plain") << plain;
    QTest::newRow("with a header") << header(false) + plain;
    QTest::newRow("with a byte order mark") << "\xEF\xBB\xBF" + plain;
    QTest::newRow("of another system") << QByteArray(plain).replace("\n", "\r\n");
    QTest::newRow("with blank lines") << "\n" + row("7", "9") + "  \n\n" + row("0", "255") + "\n";
    QTest::newRow("without a last newline") << plain.chopped(1);
    QTest::newRow("semicolons") << row("7", "9", 784, ';') + row("0", "255", 784, ';');
    QTest::newRow("tabs") << row("7", "9", 784, '\t') + row("0", "255", 784, '\t');
    QTest::newRow("quoted and spaced") << row("\"7\"", " 9 ") + row("0", "255");
    QTest::newRow("written as fractions") << row("7.0", "9.000") + row("0.", "255.0");
    QTest::newRow("a separator behind the last value") << QByteArray(plain).replace("\n", ",\n");
    QTest::newRow("gzip") << gzipped(header(false) + plain);
}

void DigitCsvTest::reads()
{
    QFETCH(QByteArray, bytes);
    const auto set = read(bytes);
    QVERIFY2(set.ok(), set ? "" : set.error().message.c_str());
    QCOMPARE(set->name, std::string("table"));
    QCOMPARE(set->labels, (std::vector<std::uint8_t>{7, 0}));
    QCOMPARE(set->images.size(), std::size_t{2 * 784});
    QCOMPARE(set->image(0)[0], std::uint8_t{9});
    QCOMPARE(set->image(0)[783], std::uint8_t{783 % 256});
    QCOMPARE(set->image(1)[0], std::uint8_t{255});
}

void DigitCsvTest::takesLabelsFromTheLastColumn()
{
    QByteArray line = row("4", "9").trimmed();
    line = line.mid(2) + ",6\n"; // The label goes, 783 … and a 6 stay.
    const auto set = read(header(true) + line);
    QVERIFY2(set.ok(), set ? "" : set.error().message.c_str());
    QCOMPARE(set->labels, (std::vector<std::uint8_t>{6}));
    QCOMPARE(set->image(0)[0], std::uint8_t{9});
    QCOMPARE(set->image(0)[783], std::uint8_t{783 % 256});
}

void DigitCsvTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("holds no images");
    QTest::newRow("header alone") << header(false) << QStringLiteral("holds no images");
    QTest::newRow("too few columns") << row("1") + row("2", "0", 700)
                                     << QStringLiteral("line 2: there are 701 columns instead of 785");
    QTest::newRow("too many columns")
        << row("1", "0", 900) << QStringLiteral("line 1: there are 901 columns instead of 785");
    QTest::newRow("no label") << row("0", "0", 783) << QStringLiteral("784 values and no label");
    QTest::newRow("text among the values")
        << row("1") + row("2", "abc") << QStringLiteral("line 2: column 2 has “abc”");
    QTest::newRow("too large") << header(false) + row("2", "256")
                               << QStringLiteral("line 2: column 2 has “256”; whole numbers from 0 to 255");
    QTest::newRow("negative") << row("2", "-1") << QStringLiteral("column 2 has “-1”");
    QTest::newRow("a fraction") << row("2", "0.5") << QStringLiteral("column 2 has “0.5”");
    QTest::newRow("a huge number") << row("2", "99999999999999999999") << QStringLiteral("column 2 has");
    QTest::newRow("an empty cell") << row("2", "") << QStringLiteral("column 2 has “”");
    QTest::newRow("label too large") << row("1") + row("10") << QStringLiteral("line 2: the label is “10”");
    QTest::newRow("label is a letter") << row("1") + row("a") << QStringLiteral("line 2: the label is “a”");
    QTest::newRow("long text is cut")
        << row("1", "0") + row(QByteArray("ä").repeated(200)) << QStringLiteral("“ääääääääää…”");
    QTest::newRow("not a table") << QByteArray("Dear all,\nno digits today.\n") << QStringLiteral("columns");
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)
                               << QStringLiteral("table.csv");
    QTest::newRow("a gzip file that is cut off")
        << gzipped(row("1").repeated(50)).chopped(30) << QStringLiteral("cut off");
}

void DigitCsvTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const auto set = read(bytes);
    QVERIFY(!set.ok());
    const QString message = QString::fromStdString(set.error().message);
    QVERIFY2(message.contains(what), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("table.csv")), qPrintable(message));
    QVERIFY(!message.contains(u'\n'));
}

void DigitCsvTest::namesMissingFiles()
{
    const auto set = readDigitCsv("/nonexistent/digits.csv", "");
    QVERIFY(!set.ok());
    QCOMPARE(set.error().code, ErrorCode::NotFound);
}

void DigitCsvTest::isCancelledAndSaysHowFar()
{
    const QString path = writeFile(m_folder.filePath(QStringLiteral("many.csv")), row("3").repeated(2000));
    std::size_t images = 0;
    double part = 0;
    const auto set = readDigitCsv(path.toStdString(), "", [&](const ReadingProgress& progress) {
        images = progress.images;
        part = progress.part;
        return images < 1000;
    });
    QVERIFY(!set.ok());
    QCOMPARE(set.error().code, ErrorCode::Cancelled);
    QVERIFY(images >= 1000 && images < 1100);
    QVERIFY(part > 0.4 && part < 0.8);
}

QTEST_APPLESS_MAIN(DigitCsvTest)
#include "tst_digitcsv.moc"
