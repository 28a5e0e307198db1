#include "core/base/random.h"
#include "core/ink/inkfile.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace digitpad;
using namespace digitpad::test;

namespace {

using Status = InkLinesReader::Status;

bool sameInk(const Ink& one, const Ink& other)
{
    return std::equal(one.strokes.begin(), one.strokes.end(), other.strokes.begin(), other.strokes.end(),
                      [](const auto& a, const auto& b) { return *a == *b; });
}

InkSample sampleOf(std::vector<InkPoint> points, float width = 0)
{
    InkSample sample;
    sample.ink.add({std::move(points), width});
    return sample;
}

/// Any float that a file may hold, tiny and huge ones alike.
float anyCoordinate(Random& random)
{
    for (;;) {
        const auto number = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
        if (std::abs(number) <= 1e7F) {
            return number;
        }
    }
}

} // namespace

class TestInkLines : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString write(const QByteArray& bytes) const
    {
        return writeFile(m_folder.filePath(QStringLiteral("ink.jsonl")), bytes);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void parsesALine();
    void parsesEveryKindOfPoint_data();
    void parsesEveryKindOfPoint();
    void parsesLabels_data();
    void parsesLabels();
    void refusesLines_data();
    void refusesLines();
    void refusesTooManyStrokesAndPoints();
    void countsTimesOfDayFromTheFirst();
    void writesWhatIsNeeded_data();
    void writesWhatIsNeeded();
    void floatsSurviveTheRound();
    void textSurvivesTheRound_data();
    void textSurvivesTheRound();
    void goesOnBehindABadLine();
    void readsGzip();
    void stopsAtDamage();
    void reportsALineThatIsTooLong();
    void refusesToOpen();
    void readsPenDrawings_data();
    void readsPenDrawings();
};

void TestInkLines::parsesALine()
{
    const auto sample = fromJsonLine(R"({"label":"7","strokes":[[[1,2],[3.5,-4e2]],[[5,6]]],"source":"apa",)"
                                     R"("writer":"w1","widths":[2,0.5],"unknown":{"a":[1]}})");
    QVERIFY(sample.ok());
    QCOMPARE(sample->label, std::string("7"));
    QCOMPARE(sample->digit(), 7);
    QCOMPARE(sample->source, std::string("apa"));
    QCOMPARE(sample->writer, std::string("w1"));
    QCOMPARE(sample->ink.strokes.size(), std::size_t{2});
    QCOMPARE(sample->ink.strokes[0]->width, 2.0F);
    QCOMPARE(sample->ink.strokes[1]->width, 0.5F);
    const std::vector<InkPoint> points = {{1, 2, 0, 1}, {3.5F, -400, 0, 1}};
    QVERIFY(sample->ink.strokes[0]->points == points);
}

void TestInkLines::parsesEveryKindOfPoint_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<float>("time");
    QTest::addColumn<float>("pressure");
    QTest::newRow("place") << QByteArray("[1,2]") << 0.0F << 1.0F;
    QTest::newRow("time") << QByteArray("[1,2,8.5]") << 8.5F << 1.0F;
    QTest::newRow("pressure") << QByteArray("[1,2,8.5,0.25]") << 8.5F << 0.25F;
    QTest::newRow("too much pressure") << QByteArray("[1,2,0,1023]") << 0.0F << 1.0F;
    QTest::newRow("negative pressure") << QByteArray("[1,2,0,-1]") << 0.0F << 0.0F;
}

void TestInkLines::parsesEveryKindOfPoint()
{
    QFETCH(QByteArray, json);
    QFETCH(float, time);
    QFETCH(float, pressure);
    const auto sample = fromJsonLine(R"({"strokes":[[)" + json + "]]}");
    QVERIFY(sample.ok());
    const InkPoint expected{1, 2, time, pressure};
    QVERIFY(sample->ink.strokes[0]->points.front() == expected);
    QCOMPARE(sample->digit(), -1);
}

void TestInkLines::parsesLabels_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("digit");
    QTest::newRow("text") << QByteArray("\"7\"") << QStringLiteral("7") << 7;
    QTest::newRow("number") << QByteArray("7") << QStringLiteral("7") << 7;
    QTest::newRow("number with point") << QByteArray("7.0") << QStringLiteral("7") << 7;
    QTest::newRow("ten") << QByteArray("10") << QStringLiteral("10") << -1;
    QTest::newRow("half") << QByteArray("0.5") << QStringLiteral("0.5") << -1;
    QTest::newRow("letter") << QByteArray("\"A\"") << QStringLiteral("A") << -1;
    QTest::newRow("other script") << QByteArray("\"٧\"") << QStringLiteral("٧") << -1;
    QTest::newRow("null") << QByteArray("null") << QString() << -1;
    QTest::newRow("empty") << QByteArray("\"\"") << QString() << -1;
}

void TestInkLines::parsesLabels()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, label);
    QFETCH(int, digit);
    const auto sample = fromJsonLine(R"({"label":)" + json + R"(,"strokes":[[[1,2]]]})");
    QVERIFY(sample.ok());
    QCOMPARE(QString::fromStdString(sample->label), label);
    QCOMPARE(sample->digit(), digit);
}

void TestInkLines::refusesLines_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const QByteArray& json, const QString& what) {
        QTest::newRow(name) << json << what;
    };
    row("nothing", "", QStringLiteral("is no JSON"));
    row("text", "hello", QStringLiteral("is no JSON"));
    row("cut off", R"({"strokes":[[[1,2],[3)", QStringLiteral("is no JSON"));
    row("two objects", R"({"strokes":[[[1,2]]]} {"strokes":[[[1,2]]]})", QStringLiteral("is no JSON"));
    row("broken UTF-8", "{\"label\":\"\xFF\xFE\",\"strokes\":[[[1,2]]]}", QStringLiteral("is no JSON"));
    row("nested too deep", QByteArray(5000, '['), QStringLiteral("is no JSON"));
    row("array", "[[[1,2]]]", QStringLiteral("is no JSON object"));
    row("no strokes", R"({"label":"7"})", QStringLiteral("has no “strokes” array"));
    row("strokes are text", R"({"strokes":"x"})", QStringLiteral("has no “strokes” array"));
    row("empty ink", R"({"strokes":[]})", QStringLiteral("has no strokes"));
    row("empty stroke", R"({"strokes":[[[1,2]],[]]})", QStringLiteral("has a stroke 2 without points"));
    row("stroke is a number", R"({"strokes":[7]})", QStringLiteral("has a stroke 1 that is no array"));
    row("point is a number", R"({"strokes":[[7]]})",
        QStringLiteral("a point in stroke 1 that is not [x, y]"));
    row("one number", R"({"strokes":[[[1]]]})", QStringLiteral("a point in stroke 1 that is not [x, y]"));
    row("five numbers", R"({"strokes":[[[1,2,3,4,5]]]})",
        QStringLiteral("a point in stroke 1 that is not [x, y]"));
    row("text in a point", R"({"strokes":[[["1","2"]]]})", QStringLiteral("something else than numbers"));
    row("null in a point", R"({"strokes":[[[1,null]]]})", QStringLiteral("something else than numbers"));
    row("too far", R"({"strokes":[[[1,10000001]]]})", QStringLiteral("out of range in stroke 1"));
    row("infinite", R"({"strokes":[[[1e999,1]]]})", QString());
    row("not a number", R"({"strokes":[[[NaN,1]]]})", QStringLiteral("is no JSON"));
    row("time out of range", R"({"strokes":[[[1,1,1e300]]]})", QStringLiteral("out of range"));
    row("label is an array", R"({"label":[7],"strokes":[[[1,2]]]})",
        QStringLiteral("“label” that is neither"));
    row("writer is true", R"({"writer":true,"strokes":[[[1,2]]]})",
        QStringLiteral("“writer” that is neither"));
    row("too few widths", R"({"widths":[],"strokes":[[[1,2]]]})", QStringLiteral("“widths”"));
    row("widths are text", R"({"widths":"2","strokes":[[[1,2]]]})", QStringLiteral("“widths”"));
    row("negative width", R"({"widths":[-1],"strokes":[[[1,2]]]})",
        QStringLiteral("impossible width for stroke 1"));
    row("width is text", R"({"widths":["2"],"strokes":[[[1,2]]]})",
        QStringLiteral("impossible width for stroke 1"));
}

void TestInkLines::refusesLines()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, what);
    const auto sample = fromJsonLine(json);
    QVERIFY(!sample.ok());
    QCOMPARE(sample.error().code, ErrorCode::InvalidInput);
    const QString message = QString::fromStdString(sample.error().message);
    QVERIFY2(!message.isEmpty() && message.contains(what), qPrintable(message));
}

void TestInkLines::refusesTooManyStrokesAndPoints()
{
    const auto repeated = [](const QByteArray& part, int count) {
        return (part + ',').repeated(count - 1) + part;
    };
    QVERIFY(fromJsonLine(R"({"strokes":[)" + repeated("[[1,2]]", 10'000) + "]}").ok());
    QVERIFY(!fromJsonLine(R"({"strokes":[)" + repeated("[[1,2]]", 10'001) + "]}").ok());
    QVERIFY(fromJsonLine(R"({"strokes":[[)" + repeated("[1,2]", 1'000'000) + "]]}").ok());
    QVERIFY(!fromJsonLine(R"({"strokes":[[)" + repeated("[1,2]", 1'000'000) + "],[[1,2]]]}").ok());
}

void TestInkLines::countsTimesOfDayFromTheFirst()
{
    const auto sample =
        fromJsonLine(R"({"strokes":[[[1,2,1700000000000],[1,2,1700000000008]],[[1,2,1700000000500.5]]]})");
    QVERIFY(sample.ok());
    QCOMPARE(sample->ink.strokes[0]->points[0].time, 0.0F);
    QCOMPARE(sample->ink.strokes[0]->points[1].time, 8.0F);
    QCOMPARE(sample->ink.strokes[1]->points[0].time, 500.5F);
}

void TestInkLines::writesWhatIsNeeded_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("strokes alone") << QByteArray(R"({"strokes":[[[1,2],[3,4]],[[5,6.25]]]})");
    QTest::newRow("time") << QByteArray(R"({"strokes":[[[1,2,0],[3,4,8]]]})");
    QTest::newRow("pressure") << QByteArray(R"({"strokes":[[[1,2,0,1],[3,4,0,0.5]]]})");
    QTest::newRow("everything") << QByteArray(
        R"({"label":"7","strokes":[[[1,2]],[[0.1,-3]]],"source":"a","writer":"b","widths":[0,4.5]})");
}

void TestInkLines::writesWhatIsNeeded()
{
    QFETCH(QByteArray, json);
    const auto sample = fromJsonLine(json);
    QVERIFY(sample.ok());
    QCOMPARE(toJsonLine(*sample), json);
}

void TestInkLines::floatsSurviveTheRound()
{
    Random random(11);
    for (int round = 0; round < 200; ++round) {
        InkSample sample;
        for (int stroke = 0; stroke < 3; ++stroke) {
            Stroke made;
            made.width = std::abs(anyCoordinate(random));
            for (int i = 0; i < 20; ++i) {
                made.points.push_back({anyCoordinate(random), anyCoordinate(random),
                                       static_cast<float>(random.uniform(0, 1e6)),
                                       static_cast<float>(random.uniform())});
            }
            sample.ink.add(std::move(made));
        }
        const auto back = fromJsonLine(toJsonLine(sample));
        QVERIFY(back.ok());
        QVERIFY2(sameInk(back->ink, sample.ink), toJsonLine(sample).constData());
    }
    const float endless = std::numeric_limits<float>::infinity();
    const auto back =
        fromJsonLine(toJsonLine(sampleOf({{1, endless}, {2, 3}, {NAN, 4}, {5, 1e8F}}, endless)));
    QVERIFY(back.ok());
    QVERIFY(sameInk(back->ink, sampleOf({{2, 3}}).ink));
}

void TestInkLines::textSurvivesTheRound_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("quotes") << QStringLiteral("a\"b\\c/d");
    QTest::newRow("control characters") << QStringLiteral("a\nb\tc\r\x01");
    QTest::newRow("other scripts") << QStringLiteral("七 ٧ é 😀");
    QTest::newRow("brackets") << QStringLiteral("[{,}]");
}

void TestInkLines::textSurvivesTheRound()
{
    QFETCH(QString, text);
    InkSample sample = sampleOf({{1, 2}});
    sample.label = sample.source = sample.writer = text.toStdString();
    const QByteArray json = toJsonLine(sample);
    QVERIFY(!json.contains('\n'));
    const auto back = fromJsonLine(json);
    QVERIFY(back.ok());
    QCOMPARE(back->label, sample.label);
    QCOMPARE(back->source, sample.source);
    QCOMPARE(back->writer, sample.writer);
}

void TestInkLines::goesOnBehindABadLine()
{
    const QString path = write("{\"strokes\":[[[1,2]]]}\r\n\n  \t\nbad\n{\"label\":3,\"strokes\":[[[1,2]]]}");
    const auto reader = InkLinesReader::open(path);
    QVERIFY(reader.ok());
    auto item = (*reader)->next();
    QCOMPARE(item.status, Status::Sample);
    QCOMPARE(item.line, 1);
    item = (*reader)->next();
    QCOMPARE(item.status, Status::Bad);
    QCOMPARE(item.line, 4);
    const QString message = QString::fromStdString(item.error.message);
    QVERIFY2(message.startsWith(QStringLiteral("Line 4 of “%1” is no JSON").arg(path)), qPrintable(message));
    item = (*reader)->next();
    QCOMPARE(item.status, Status::Sample);
    QCOMPARE(item.line, 5);
    QCOMPARE(item.sample.digit(), 3);
    QCOMPARE((*reader)->next().status, Status::End);
    QCOMPARE((*reader)->next().status, Status::End);
}

void TestInkLines::readsGzip()
{
    const auto reader = InkLinesReader::open(write(gzipped("{\"strokes\":[[[1,2]]]}\n")));
    QVERIFY(reader.ok());
    QCOMPARE((*reader)->next().status, Status::Sample);
    QCOMPARE((*reader)->next().status, Status::End);
}

void TestInkLines::stopsAtDamage()
{
    const QString path = write(gzipped(QByteArray("{\"strokes\":[[[1,2]]]}\n").repeated(10)).chopped(8));
    const auto reader = InkLinesReader::open(path);
    QVERIFY(reader.ok());
    auto item = (*reader)->next();
    while (item.status == Status::Sample) {
        item = (*reader)->next();
    }
    QCOMPARE(item.status, Status::Failed);
    QVERIFY(QString::fromStdString(item.error.message).contains(path));
}

void TestInkLines::reportsALineThatIsTooLong()
{
    const QString path = write(gzipped(QByteArray(17 << 20, '[') + "\n{\"strokes\":[[[1,2]]]}\n"));
    const auto reader = InkLinesReader::open(path);
    QVERIFY(reader.ok());
    const auto item = (*reader)->next();
    QCOMPARE(item.status, Status::Bad);
    QCOMPARE(QString::fromStdString(item.error.message),
             QStringLiteral("Line 1 of “%1” is longer than 16 MiB.").arg(path));
    QCOMPARE((*reader)->next().status, Status::Sample);
}

void TestInkLines::refusesToOpen()
{
    const QString missing = m_folder.filePath(QStringLiteral("missing.jsonl"));
    QCOMPARE(InkLinesReader::open(missing).error().code, ErrorCode::NotFound);
    QCOMPARE(InkLinesReader::open(m_folder.path()).error().code, ErrorCode::InvalidInput);
}

void TestInkLines::readsPenDrawings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("digits");
    QTest::addColumn<int>("others");
    QTest::newRow("digits") << QStringLiteral("unipen-dev-digits.jsonl.gz") << 7861 << 0;
    QTest::newRow("other characters") << QStringLiteral("unipen-dev-other.jsonl.gz") << 0 << 5000;
}

void TestInkLines::readsPenDrawings()
{
    QFETCH(QString, name);
    QFETCH(int, digits);
    QFETCH(int, others);
    const QString folder = sharedFolder(QStringLiteral("pen"));
    if (folder.isEmpty()) {
        QSKIP("The pen-drawn characters are not beside the project.");
    }
    const auto reader = InkLinesReader::open(folder + u'/' + name);
    QVERIFY(reader.ok());
    int digitCount = 0;
    int otherCount = 0;
    auto item = (*reader)->next();
    for (; item.status == Status::Sample; item = (*reader)->next()) {
        ++(item.sample.digit() >= 0 ? digitCount : otherCount);
    }
    QCOMPARE(item.status, Status::End);
    QCOMPARE(digitCount, digits);
    QCOMPARE(otherCount, others);
}

QTEST_GUILESS_MAIN(TestInkLines)
#include "tst_inklines.moc"
