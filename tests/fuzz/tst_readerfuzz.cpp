#include "core/base/gzipreader.h"
#include "core/base/random.h"
#include "core/data/digitcollection.h"
#include "core/data/idxfile.h"
#include "core/ink/inkfile.h"
#include "tests/testfiles.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// No single damaged file may take longer; the sanitizers' builds and busy machines included.
constexpr qint64 longestMs = 5000;

/// One damage: flipped bits, another byte, a cut, something inserted, a part doubled or taken out.
QByteArray damaged(QByteArray bytes, Random& random)
{
    const auto at = static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(bytes.size()) + 1));
    const auto length = std::min(static_cast<qsizetype>(random.below(16) + 1), bytes.size() - at);
    switch (random.below(6)) {
    case 0:
        if (at < bytes.size()) {
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        }
        return bytes;
    case 1:
        return bytes.first(at);
    case 2: {
        // Signs that mean something in one of the formats.
        static constexpr std::string_view signs = "\xFF[]{},:\"'\\<>&;#!*?-+.eE0179TF/ \n";
        return bytes.insert(at, signs[random.below(signs.size())]);
    }
    case 3:
        return bytes.insert(at, bytes.mid(at, length));
    case 4:
        return bytes.remove(at, length);
    default:
        if (at < bytes.size()) {
            bytes[at] = static_cast<char>(random.next());
        }
        return bytes;
    }
}

QByteArray seriouslyDamaged(QByteArray bytes, Random& random)
{
    for (std::uint64_t i = random.below(4) + 1; i > 0; --i) {
        bytes = damaged(bytes, random);
    }
    return bytes;
}

/// Reads a file to its end; false where it was refused with a sentence. A refusal without one ends the
/// program.
using Reader = std::function<bool(const QString&)>;

bool refused(const Error& error)
{
    if (error.message.empty() || error.message.find('\n') != std::string::npos) {
        qFatal("An error without a sentence of one line.");
    }
    return false;
}

bool readIdx(const QString& path)
{
    const auto reader = IdxImageReader::open(path.toStdString());
    if (!reader) {
        return refused(reader.error());
    }
    GrayImage image;
    for (;;) {
        const auto more = (*reader)->next(image);
        if (!more) {
            return refused(more.error());
        }
        if (!*more) {
            return true;
        }
    }
}

bool readLabels(const QString& path)
{
    const auto labels = readIdxLabels(path.toStdString());
    return labels.ok() || refused(labels.error());
}

bool readLines(const QString& path)
{
    const auto reader = InkLinesReader::open(path);
    if (!reader) {
        return refused(reader.error());
    }
    bool whole = true;
    for (;;) {
        const auto item = (*reader)->next();
        switch (item.status) {
        case InkLinesReader::Status::Sample:
            if (item.sample.ink.empty()) {
                qFatal("A sample without ink.");
            }
            break;
        case InkLinesReader::Status::Bad:
            whole = refused(item.error);
            break;
        case InkLinesReader::Status::Failed:
            return refused(item.error);
        case InkLinesReader::Status::End:
            return whole;
        }
    }
}

bool readInk(const QString& path)
{
    const auto ink = readInkMl(path);
    return ink.ok() || refused(ink.error());
}

qsizetype linesIn(const QByteArray& bytes)
{
    const QList<QByteArray> lines = bytes.split('\n');
    return std::count_if(lines.begin(), lines.end(), [](const QByteArray& line) { return !line.isEmpty(); });
}

/// Opens the person's own collection, relabels all of it and adds one: no line may get lost by that.
bool changeCollection(const QString& path)
{
    const QString aside = path + QStringLiteral(".cut-off");
    QFile::remove(aside);
    const qsizetype before = linesIn(readFile(path));
    quint64 lastId = 0;
    DigitCollection collection(path, [&lastId] { return ++lastId; });
    if (const auto read = collection.sync(); !read) {
        return refused(read.error());
    }
    const auto news = collection.takeNews();
    for (const MyDigit& digit : news.appeared) {
        collection.relabel({digit.id}, 5);
    }
    Ink dot;
    dot.add({{{1, 2}}, 3});
    collection.add({++lastId, dot, 5, {}, nullptr});
    if (!collection.sync() || linesIn(readFile(path)) + linesIn(readFile(aside)) != before + 1) {
        qFatal("A damaged collection lost a line.");
    }
    return news.notices.isEmpty() && collection.otherLines() == 0;
}

QByteArray collectionExample()
{
    return R"({"label":"7","strokes":[[[1,2],[3.5,-4e2,8,0.5]],[[5,6]]],"added":"2026-01-31T12:00:00Z"})"
           "\n"
           R"({"label":0,"strokes":[[[0.1,1e-5]]],"more":{"a":[null,true,"\n\t"]}})"
           "\n"
           R"({"strokes":[[[1,2],[3,4]]],"label":"1"})"
           "\n";
}

QByteArray inkMlExample()
{
    return R"(<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ink [<!ENTITY a "1 2 3 4">]>)"
           "\n"
           R"(<ink xmlns="http://www.w3.org/2003/InkML"><definitions><traceFormat xml:id="f"><channel name="X" units="cm"/>)"
           "\n"
           R"(<channel name="Y" orientation="-ve"/><channel name="T" units="s"/><channel name="F" max="256"/>)"
           "\n"
           R"(<intermittentChannels><channel name="B"/></intermittentChannels></traceFormat>)"
           "\n"
           R"(<context xml:id="c" traceFormatRef="#f"/><brush xml:id="b">)"
           "\n"
           R"(<brushProperty name="width" value="4.5" units="cm"/></brush></definitions><traceGroup contextRef="#c">)"
           "\n"
           R"(<trace brushRef="#b">10 20 0 0.5 T,'1'2'0.1'0,"1"-1 * ?,!5 !6 !7 !8,#1F #a 1 1</trace>)"
           "\n"
           R"(<trace>&a;, 1 2 3 4</trace></traceGroup></ink>)"
           "\n";
}

QByteArray linesExample()
{
    return R"({"label":"7","strokes":[[[1,2],[3.5,-4e2,8,0.5]],[[5,6]]],"source":"apa","writer":"w\u0031","widths":[2,0.5]})"
           "\n"
           R"({"label":7,"strokes":[[[1,2,1700000000000],[3,4,1700000000008]]],"more":{"a":[null,true,"\n\t"]}})"
           "\n"
           "\n"
           R"({"strokes":[[[0.1,1e-5]]]})"
           "\n";
}

} // namespace

/// Damaged files end in a value or an error, in time. The same damages in every run.
class TestReaderFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWithEveryDamage_data();
    void endsWithEveryDamage();
};

void TestReaderFuzz::endsWithEveryDamage_data()
{
    QByteArray picture(28 * 28 * 3, '\0');
    for (qsizetype i = 0; i < picture.size(); ++i) {
        picture[i] = static_cast<char>(i % 255);
    }
    const QByteArray images = idx({3, 28, 28}, picture);
    const QByteArray labels = idx({20}, QByteArray("\0\1\2\3\4\5\6\7\x8\x9", 10).repeated(2));
    QTest::addColumn<QByteArray>("whole");
    QTest::addColumn<Reader>("reader");
    QTest::addColumn<int>("rounds");
    QTest::newRow("IDX images") << images << Reader(readIdx) << 1000;
    QTest::newRow("IDX images, gzip") << gzipped(images) << Reader(readIdx) << 1000;
    QTest::newRow("IDX header alone") << idx({0, 28, 28}, {}) << Reader(readIdx) << 1000;
    QTest::newRow("IDX labels") << labels << Reader(readLabels) << 1000;
    QTest::newRow("ink lines") << linesExample() << Reader(readLines) << 4000;
    QTest::newRow("ink lines, gzip") << gzipped(linesExample()) << Reader(readLines) << 1000;
    QTest::newRow("own collection") << collectionExample() << Reader(changeCollection) << 300;
    QTest::newRow("InkML") << inkMlExample() << Reader(readInk) << 4000;
}

void TestReaderFuzz::endsWithEveryDamage()
{
    QFETCH(QByteArray, whole);
    QFETCH(Reader, reader);
    QFETCH(int, rounds);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file"));
    QVERIFY(reader(writeFile(path, whole)));
    Random random(2024);
    int refusals = 0;
    for (int round = 0; round < rounds; ++round) {
        const QByteArray bytes = seriouslyDamaged(whole, random);
        // Removed, not truncated: some file systems wait for the disk when a file is written over.
        QVERIFY(QFile::remove(path));
        QCOMPARE(writeFile(path, bytes), path);
        QElapsedTimer timer;
        timer.start();
        refusals += reader(path) ? 0 : 1;
        QVERIFY2(timer.elapsed() < longestMs, bytes.toPercentEncoding().constData());
    }
    QVERIFY2(refusals > rounds / 10, qPrintable(QString::number(refusals)));
}

QTEST_GUILESS_MAIN(TestReaderFuzz)
#include "tst_readerfuzz.moc"
