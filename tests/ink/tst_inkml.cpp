#include "core/base/random.h"
#include "core/ink/inkfile.h"
#include "tests/testfiles.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <csignal>
#include <limits>
#include <sys/resource.h>

using namespace digitpad;
using namespace digitpad::test;

namespace {

QByteArray inkMl(const QByteArray& inside)
{
    return R"(<?xml version="1.0"?><ink xmlns="http://www.w3.org/2003/InkML">)" + inside + "</ink>";
}

/// A channel list as it stands in a <traceFormat>.
QByteArray format(const QByteArray& channels)
{
    return "<traceFormat>" + channels + "</traceFormat>";
}

QString describe(const Ink& ink)
{
    QString text;
    for (const auto& stroke : ink.strokes) {
        text += text.isEmpty() ? QString() : QStringLiteral(" | ");
        for (const InkPoint& point : stroke->points) {
            text +=
                QStringLiteral("%1 %2 %3 %4;").arg(point.x).arg(point.y).arg(point.time).arg(point.pressure);
        }
        text += stroke->width > 0 ? QStringLiteral(" w%1").arg(stroke->width) : QString();
    }
    return text;
}

Ink someInk()
{
    Ink ink;
    ink.add({{{1, 2, 0, 0.5F}, {3, 4, 8, 0.75F}}, 40});
    ink.add({{{5.25F, -6, 500, 1}}, 0});
    return ink;
}

} // namespace

class TestInkMl : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString write(const QByteArray& bytes) const
    {
        return writeFile(m_folder.filePath(QStringLiteral("ink.inkml")), bytes);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void refusesLargeFiles();
    void isQuickWithEntityBombs();
    void refusesWhatIsNoFile();
    void inkSurvivesTheRound();
    void writesValidXml();
    void refusesToWriteNothing();
    void keepsTheOldFile_data();
    void keepsTheOldFile();
    void keepsTheOldFileOnAFullDisk();
};

void TestInkMl::reads_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QString>("ink");
    const auto row = [](const char* name, const QByteArray& xml, const QString& ink) {
        QTest::newRow(name) << xml << ink;
    };
    const QByteArray xy = R"(<channel name="X"/><channel name="Y"/>)";
    const QByteArray simple = "<trace>1 2, 3 4</trace>";
    const QString simpleInk = QStringLiteral("1 2 0 1;3 4 0 1;");

    row("X and Y", inkMl(simple), simpleInk);
    row("no namespace", "<ink>" + simple + "</ink>", simpleInk);
    row("namespace prefix",
        R"(<i:ink xmlns:i="http://www.w3.org/2003/InkML"><i:trace>1 2, 3 4</i:trace></i:ink>)", simpleInk);
    row("odd white space", inkMl("<trace>\n 1   2\t,\r\n3 4 , </trace>"), simpleInk);
    row("signs and points", inkMl("<trace>-1.5 +2,.5-3,1e1 - 4</trace>"),
        QStringLiteral("-1.5 2 0 1;0.5 -3 0 1;10 -4 0 1;"));
    row("hexadecimal", inkMl("<trace>#1F #a</trace>"), QStringLiteral("31 10 0 1;"));
    row("a dot", inkMl("<trace>7 8</trace>"), QStringLiteral("7 8 0 1;"));
    row("two traces, an empty one between", inkMl("<trace>1 2</trace><trace> </trace><trace>3 4</trace>"),
        QStringLiteral("1 2 0 1; | 3 4 0 1;"));
    row("traces in groups",
        inkMl("<traceGroup><trace>1 2</trace><traceGroup><trace>3 4</trace></traceGroup></traceGroup>"),
        QStringLiteral("1 2 0 1; | 3 4 0 1;"));
    row("pen up is no ink", inkMl("<trace type=\"penUp\">9 9</trace>" + simple), simpleInk);
    row("traces in definitions are not drawn",
        inkMl("<definitions><trace>9 9</trace></definitions>" + simple), simpleInk);
    row("annotations",
        inkMl("<annotation type=\"truth\">7</annotation><annotationXML><a><b/></a></annotationXML>" + simple),
        simpleInk);

    row("Y before X", inkMl(format(R"(<channel name="Y"/><channel name="X"/>)") + "<trace>2 1, 4 3</trace>"),
        simpleInk);
    row("time and force",
        inkMl(format(xy + R"(<channel name="T" units="ms"/><channel name="F"/>)") +
              "<trace>1 2 8 0.5</trace>"),
        QStringLiteral("1 2 8 0.5;"));
    row("force before time",
        inkMl(format(R"(<channel name="F"/><channel name="T"/>)" + xy) + "<trace>0.5 8 1 2</trace>"),
        QStringLiteral("1 2 8 0.5;"));
    row("seconds", inkMl(format(xy + R"(<channel name="T" units="s"/>)") + "<trace>1 2 0.5</trace>"),
        QStringLiteral("1 2 500 1;"));
    row("force with a range",
        inkMl(format(xy + R"(<channel name="F" max="256"/>)") + "<trace>1 2 64,1 2 512</trace>"),
        QStringLiteral("1 2 0 0.25;1 2 0 1;"));
    row("pressure by its other name",
        inkMl(format(xy + R"(<channel name="P" min="100" max="200"/>)") + "<trace>1 2 150</trace>"),
        QStringLiteral("1 2 0 0.5;"));
    row("unknown channels",
        inkMl(format(R"(<channel name="OTx"/>)" + xy + R"(<channel name="OTy"/>)") +
              "<trace>9 1 2 9</trace>"),
        QStringLiteral("1 2 0 1;"));
    row("Y upwards",
        inkMl(format(R"(<channel name="X"/><channel name="Y" orientation="-ve"/>)") + "<trace>1 2</trace>"),
        QStringLiteral("1 -2 0 1;"));
    row("intermittent channels",
        inkMl(format(xy +
                     R"(<intermittentChannels><channel name="B1" type="boolean"/></intermittentChannels>)") +
              "<trace>1 2,3 4 T,5 6F,7 8</trace>"),
        QStringLiteral("1 2 0 1;3 4 0 1;5 6 0 1;7 8 0 1;"));
    row("a time of day",
        inkMl(format(xy + R"(<channel name="T"/>)") + "<trace>1 2 1700000000000,1 2 1700000000020</trace>"),
        QStringLiteral("1 2 0 1;1 2 20 1;"));

    // The example of the recommendation, section 3.2.1.
    row("differences", inkMl(format(xy) + "<trace>1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,6 8</trace>"),
        QStringLiteral(
            "1125 18432 0 1;1148 18475 0 1;1178 18510 0 1;1211 18540 0 1;1251 18567 0 1;1297 18596 0 1;"
            "1349 18633 0 1;"));
    row("explicit again", inkMl("<trace>10 10,'1'2,3 4,!50 !60,70 80</trace>"),
        QStringLiteral("10 10 0 1;11 12 0 1;14 16 0 1;50 60 0 1;70 80 0 1;"));
    row("wildcards", inkMl("<trace>10 10,* 11,'5 *,* *,\"1 *,* 9</trace>"),
        QStringLiteral("10 10 0 1;10 11 0 1;15 11 0 1;20 11 0 1;26 11 0 1;33 9 0 1;"));
    row("unknown places are left out", inkMl("<trace>1 2,? 5,3 4</trace>"), simpleInk);

    row("format by reference",
        inkMl(R"(<definitions><traceFormat xml:id="f"><channel name="Y"/><channel name="X"/></traceFormat>)"
              R"(<context xml:id="c" traceFormatRef="#f"/><context xml:id="d"/></definitions>)"
              R"(<trace contextRef="#c">2 1</trace><trace contextRef="#d">3 4</trace>)"),
        QStringLiteral("1 2 0 1; | 3 4 0 1;"));
    row("context of a group",
        inkMl(
            R"(<definitions><context xml:id="c"><inkSource><traceFormat><channel name="Y"/><channel name="X"/></traceFormat>)"
            R"(</inkSource></context><context xml:id="d"/></definitions><traceGroup contextRef="#c"><trace>2 1</trace></traceGroup>)"
            R"(<trace>3 4</trace>)"),
        QStringLiteral("1 2 0 1; | 3 4 0 1;"));
    row("brushes",
        inkMl(
            R"(<definitions><brush xml:id="a"><brushProperty name="color" value="#f00"/><brushProperty name="width" value="4.5"/></brush>)"
            R"(<brush xml:id="b" brushRef="#a"/></definitions><trace brushRef="#a">1 2</trace><trace>3 4</trace><trace brushRef="#b">5 6</trace>)"),
        QStringLiteral("1 2 0 1; w4.5 | 3 4 0 1; | 5 6 0 1; w4.5"));
    row("brush with a resolution",
        inkMl(
            R"(<definitions><context xml:id="c"><inkSource><traceFormat><channel name="X" units="cm"/><channel name="Y" units="cm"/></traceFormat>)"
            R"(<channelProperties><channelProperty channel="X" name="resolution" value="1000" units="1/cm"/></channelProperties></inkSource></context>)"
            R"(<brush xml:id="a"><brushProperty name="width" value="0.05" units="cm"/></brush>)"
            R"(<brush xml:id="b"><brushProperty name="width" value="2" units="mm"/></brush></definitions>)"
            R"(<trace contextRef="#c" brushRef="#a">1 2</trace><trace contextRef="#c" brushRef="#b">1 2</trace>)"),
        QStringLiteral("1 2 0 1; w50 | 1 2 0 1;"));
}

void TestInkMl::reads()
{
    QFETCH(QByteArray, xml);
    QFETCH(QString, ink);
    const auto read = readInkMl(write(xml));
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
    QCOMPARE(describe(*read), ink);
}

void TestInkMl::refuses_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const QByteArray& xml, const QString& what) {
        QTest::newRow(name) << xml << what;
    };
    row("empty file", "", QStringLiteral("no well-formed InkML"));
    row("no XML", "hello", QStringLiteral("no well-formed InkML"));
    row("gzip", gzipped(inkMl("<trace>1 2</trace>")), QStringLiteral("no well-formed InkML"));
    row("another root", "<svg><trace>1 2</trace></svg>", QStringLiteral("root element is “svg”"));
    row("cut off", inkMl("<trace>1 2</trace>").chopped(3), QStringLiteral("no well-formed InkML"));
    row("cut off in a trace", inkMl("<trace>1 2</trace>").chopped(14),
        QStringLiteral("no well-formed InkML"));
    row("something behind the end", inkMl("<trace>1 2</trace>") + "<more/>",
        QStringLiteral("no well-formed InkML"));
    row("wrong tag", inkMl("<trace>1 2</trac>"), QStringLiteral("no well-formed InkML"));
    row("no trace", inkMl(""), QStringLiteral("holds no pen strokes"));
    row("empty trace", inkMl("<trace/>"), QStringLiteral("holds no pen strokes"));
    row("words", inkMl("<trace>one two</trace>"), QStringLiteral("something else than numbers"));
    row("nan", inkMl("<trace>nan 2</trace>"), QStringLiteral("something else than numbers"));
    row("inf", inkMl("<trace>1 inf</trace>"), QStringLiteral("something else than numbers"));
    row("prefix alone", inkMl("<trace>1 2,'</trace>"), QStringLiteral("something else than numbers"));
    row("minus alone", inkMl("<trace>1 -</trace>"), QStringLiteral("something else than numbers"));
    row("hash alone", inkMl("<trace>1 #</trace>"), QStringLiteral("something else than numbers"));
    row("endless number", inkMl("<trace>1 1e999</trace>"), QStringLiteral("something else than numbers"));
    row("one value", inkMl("<trace>1,2</trace>"), QStringLiteral("fewer values"));
    row("three values", inkMl("<trace>1 2 3</trace>"), QStringLiteral("more values in a point than the 2"));
    row("too far", inkMl("<trace>1 10000001</trace>"), QStringLiteral("out of range"));
    row("runs away", inkMl("<trace>0 0,\"9e6\"9e6,9e6 9e6</trace>"), QStringLiteral("out of range"));
    row("no Y", inkMl(format(R"(<channel name="X"/>)") + "<trace>1</trace>"),
        QStringLiteral("without the channels X and Y"));
    row("nested too deep", inkMl(QByteArray("<traceGroup>").repeated(100'000)),
        QStringLiteral("nests its elements"));
    row("deep context", inkMl("<context>" + QByteArray("<inkSource>").repeated(100'000)),
        QStringLiteral("nests its elements"));
    row("deep format", inkMl("<traceFormat>" + QByteArray("<regularChannels>").repeated(100'000)),
        QStringLiteral("nests its elements"));
    row("too many points", inkMl("<trace>" + QByteArray("1 2,").repeated(1'000'001) + "</trace>"),
        QStringLiteral("more than 1000000 points"));
    row("too many strokes", inkMl(QByteArray("<trace>1 2</trace>").repeated(10'001)),
        QStringLiteral("more than 10000 strokes"));
    row("too many points in all",
        inkMl(("<trace>" + QByteArray("1 2,").repeated(400'000) + "</trace>").repeated(3)),
        QStringLiteral("1000000 points"));
}

void TestInkMl::refuses()
{
    QFETCH(QByteArray, xml);
    QFETCH(QString, what);
    const QString path = write(xml);
    const auto ink = readInkMl(path);
    QVERIFY(!ink.ok());
    QCOMPARE(ink.error().code, ErrorCode::InvalidInput);
    const QString message = QString::fromStdString(ink.error().message);
    QVERIFY2(message.contains(path) && message.contains(what) && !message.contains(u'\n'),
             qPrintable(message));
}

void TestInkMl::refusesLargeFiles()
{
    const QString path = m_folder.filePath(QStringLiteral("large.inkml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize((64 << 20) + 1));
    const auto ink = readInkMl(path);
    QVERIFY(!ink.ok());
    QVERIFY(ink.error().message.find("64 MiB") != std::string::npos);
    QVERIFY(file.remove());
}

/// Each entity is ten of the one before: a thousand million numbers, if they were written out.
void TestInkMl::isQuickWithEntityBombs()
{
    QByteArray xml = R"(<!DOCTYPE ink [<!ENTITY e0 "1 2,">)";
    for (int i = 1; i < 10; ++i) {
        xml += "<!ENTITY e" + QByteArray::number(i) + " \"" +
               ("&e" + QByteArray::number(i - 1) + ";").repeated(10) + "\">";
    }
    QElapsedTimer timer;
    timer.start();
    const auto ink = readInkMl(write(xml + "]><ink><trace>&e9;</trace></ink>"));
    QVERIFY(!ink.ok());
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void TestInkMl::refusesWhatIsNoFile()
{
    QCOMPARE(readInkMl(m_folder.filePath(QStringLiteral("missing"))).error().code, ErrorCode::NotFound);
    QCOMPARE(readInkMl(m_folder.path()).error().code, ErrorCode::InvalidInput);
}

void TestInkMl::inkSurvivesTheRound()
{
    Random random(5);
    Ink ink = someInk();
    for (int stroke = 0; stroke < 20; ++stroke) {
        Stroke made;
        made.width = static_cast<float>(random.uniform(0.001, 100));
        for (int i = 0; i < 50; ++i) {
            const double size = std::pow(10.0, random.uniform(-30, 7));
            made.points.push_back({static_cast<float>(random.uniform(-size, size)),
                                   static_cast<float>(random.uniform(-size, size)),
                                   static_cast<float>(random.uniform(0, 1e6)),
                                   static_cast<float>(random.uniform())});
        }
        ink.add(std::move(made));
    }
    const QString path = m_folder.filePath(QStringLiteral("round.inkml"));
    QVERIFY(writeInkMl(ink, path).ok());
    const auto back = readInkMl(path);
    QVERIFY(back.ok());
    QCOMPARE(back->strokes.size(), ink.strokes.size());
    for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
        QVERIFY(*back->strokes[i] == *ink.strokes[i]);
    }
}

void TestInkMl::writesValidXml()
{
    Ink ink = someInk();
    ink.add({{{std::numeric_limits<float>::quiet_NaN(), 1}}, 3});
    const QString path = m_folder.filePath(QStringLiteral("valid.inkml"));
    QVERIFY(writeInkMl(ink, path).ok());
    const QByteArray xml = readFile(path);
    QXmlStreamReader reader(xml);
    QVERIFY(reader.readNextStartElement());
    QCOMPARE(reader.name().toString(), QStringLiteral("ink"));
    QCOMPARE(reader.namespaceUri().toString(), QStringLiteral("http://www.w3.org/2003/InkML"));
    while (!reader.atEnd()) {
        reader.readNext();
    }
    QVERIFY(!reader.hasError());
    QVERIFY(!xml.contains("nan"));
    QCOMPARE(readInkMl(path)->strokes.size(), std::size_t{2});
}

void TestInkMl::refusesToWriteNothing()
{
    const QString path = m_folder.filePath(QStringLiteral("nothing.inkml"));
    QVERIFY(!writeInkMl(Ink(), path).ok());
    QVERIFY(!QFile::exists(path));
}

void TestInkMl::keepsTheOldFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("folder that is not there") << QStringLiteral("nowhere/ink.inkml");
    QTest::newRow("folder of that name") << QStringLiteral("folder");
    QTest::newRow("file taken for a folder") << QStringLiteral("folder/file/ink.inkml");
}

void TestInkMl::keepsTheOldFile()
{
    QFETCH(QString, name);
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("folder")));
    const QString kept = writeFile(m_folder.filePath(QStringLiteral("folder/file")), "kept");
    const QString path = m_folder.filePath(name);
    const auto written = writeInkMl(someInk(), path);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::Io);
    QVERIFY2(written.error().message.find(path.toStdString()) != std::string::npos,
             written.error().message.c_str());
    QCOMPARE(readFile(kept), QByteArray("kept"));
}

void TestInkMl::keepsTheOldFileOnAFullDisk()
{
    const QString folder = m_folder.filePath(QStringLiteral("full"));
    QVERIFY(QDir().mkpath(folder));
    const QString path = writeFile(folder + QStringLiteral("/ink.inkml"), "the old file");
    // No file may grow beyond 100 bytes: what a full disk does to a write.
    auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit low{100, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &low);
    const auto written = writeInkMl(someInk(), path);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::Io);
    QCOMPARE(readFile(path), QByteArray("the old file"));
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden), QStringList(QStringLiteral("ink.inkml")));
}

QTEST_GUILESS_MAIN(TestInkMl)
#include "tst_inkml.moc"
