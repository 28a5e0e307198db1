#include "core/ink/inkfile.h"
#include "tests/cli/cliprogram.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace Qt::StringLiterals;

/// `classify` on every kind of input, good and bad.
class TestCliClassify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsEveryKind_data();
    void readsEveryKind();
    void plainTextForPeople();
    void usesTheBundledModel();
    void blankPictureHasNoDigit();
    void malformedLinesKeepTheirIndex();
    void badInputs_data();
    void badInputs();
    void badInputStopsNoOther();
    void truncatedGzipGivesWhatCame();
    void textInPicturesNeedsNoDisplay();
    void badModels_data();
    void badModels();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] CliRun classify(const QStringList& inputs, const QByteArray& standardInput = {}) const
    {
        return runCli(QStringList{u"classify"_s, u"--json"_s, u"--model"_s, m_model} + inputs, standardInput);
    }

    QTemporaryDir m_folder;
    QString m_model = path(u"model.pt"_s);
};

void TestCliClassify::initTestCase()
{
    QVERIFY(trainSmallModel(m_model));
}

void TestCliClassify::readsEveryKind_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("maker");
    QTest::addColumn<int>("items");
    const auto row = [](const char* title, const char* name, const char* maker, int items) {
        QTest::newRow(title) << QString::fromUtf8(name) << QString::fromLatin1(maker) << items;
    };
    row("PNG", "one.png", "png", 1);
    row("BMP", "one.bmp", "bmp", 1);
    row("picture without a telling name", "picture", "png", 1);
    row("name to be escaped", "ö \"1\"\\.png", "png", 1);
    row("InkML", "one.inkml", "inkml", 1);
    row("InkML without a telling name", "ink", "inkml", 1);
    row("JSON Lines", "ones.jsonl", "lines", 3);
    row("JSON Lines in gzip", "ones.jsonl.gz", "lines.gz", 3);
    row("JSON Lines without a telling name", "lines", "lines", 3);
    row("JSON Lines in gzip without a telling name", "lines.gz", "lines.gz", 3);
    row("IDX", "one-images-idx3-ubyte", "idx", 5);
    row("IDX in gzip", "one-images-idx3-ubyte.gz", "idx.gz", 5);
    row("IDX without a telling name", "images", "idx", 5);
    row("IDX in gzip without a telling name", "images.gz", "idx.gz", 5);
}

void TestCliClassify::readsEveryKind()
{
    QFETCH(QString, name);
    QFETCH(QString, maker);
    QFETCH(int, items);
    const QString file = path(name);
    const QByteArray lines = oneAsJsonLine().repeated(3);
    if (maker == u"inkml") {
        const auto sample = fromJsonLine(oneAsJsonLine().trimmed());
        QVERIFY(sample && writeInkMl(sample->ink, file));
    } else if (maker.startsWith(u"lines") || maker.startsWith(u"idx")) {
        const QByteArray content = maker.startsWith(u"lines") ? lines : idxImages(5);
        maker.endsWith(u".gz"_s) ? writeGzip(file, content) : writeFile(file, content);
    } else {
        writePictureOfOne(path(u"made."_s + maker));
        QFile::remove(file);
        QVERIFY(QFile::copy(path(u"made."_s + maker), file));
    }

    const CliRun run = classify({file});
    QVERIFY2(run.code == 0 && run.err.isEmpty(), run.err.constData());
    const QList<QJsonObject> objects = run.objects();
    QCOMPARE(objects.size(), items);
    for (int i = 0; i < items; ++i) {
        QCOMPARE(objects[i][u"input"].toString(), file);
        QCOMPARE(objects[i][u"index"], QJsonValue(i));
        QCOMPARE(objects[i][u"digit"], QJsonValue(1));
        QVERIFY(objects[i][u"accepted"].isBool());
        const QJsonArray probabilities = objects[i][u"probabilities"].toArray();
        QCOMPARE(probabilities.size(), 10);
        QCOMPARE(objects[i][u"confidence"], probabilities[1]);
        double sum = 0;
        for (const QJsonValue probability : probabilities) {
            QVERIFY(probability.isDouble());
            sum += probability.toDouble();
        }
        QVERIFY(qAbs(sum - 1) < 1e-4);
        QCOMPARE(objects[i].contains(u"line"_s), maker.startsWith(u"lines"));
        QCOMPARE(objects[i].contains(u"label"_s), maker.startsWith(u"lines"));
    }
}

void TestCliClassify::plainTextForPeople()
{
    const QString picture = path(u"plain.png"_s);
    writePictureOfOne(picture);
    const CliRun run = runCli({u"classify"_s, u"--model"_s, m_model, picture});
    QCOMPARE(run.code, 0);
    QVERIFY(QString::fromUtf8(run.out).startsWith(picture + u"[0]: "_s));
    QVERIFY(run.out.contains("1 ("));
    QVERIFY(run.out.endsWith(" %)\n"));
}

void TestCliClassify::usesTheBundledModel()
{
    const QString picture = path(u"bundled.png"_s);
    writePictureOfOne(picture);
    const auto process = cliProcess({u"classify"_s, u"--json"_s, picture});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DIGITPAD_MODEL"_s, m_model);
    environment.insert(u"LC_ALL"_s,
                       u"C"_s); // also that another locale changes nothing and is not complained about
    process->setProcessEnvironment(environment);
    process->start();
    const CliRun run = finishCli(*process);
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.code, 0);
    QCOMPARE(run.out, classify({picture}).out);
}

void TestCliClassify::blankPictureHasNoDigit()
{
    const QString picture = path(u"blank.png"_s);
    QImage blank(50, 50, QImage::Format_RGB32);
    blank.fill(Qt::white);
    QVERIFY(blank.save(picture));
    const CliRun run = classify({picture});
    QCOMPARE(run.code, 0);
    QCOMPARE(run.objects().size(), 1);
    const QJsonObject object = run.objects().first();
    QVERIFY(object[u"digit"].isNull());
    QCOMPARE(object[u"confidence"], QJsonValue(0));
    QCOMPARE(object[u"accepted"], QJsonValue(false));
    QCOMPARE(object[u"probabilities"].toArray().size(), 10);
    QCOMPARE(runCli({u"classify"_s, u"--model"_s, m_model, picture}).out,
             picture.toUtf8() + "[0]: no digit (blank)\n");
}

void TestCliClassify::malformedLinesKeepTheirIndex()
{
    const QString file = path(u"broken.jsonl"_s);
    const QByteArray good = oneAsJsonLine();
    writeFile(file, good + "{\"strokes\": 7}\n" + good + "\n" + "no JSON at all\n" + good);
    const CliRun run = classify({file});
    QCOMPARE(run.code, 1);
    const QList<QJsonObject> objects = run.objects();
    QCOMPARE(objects.size(), 3);
    const QList<std::pair<int, int>> expected = {
        {0, 1}, {2, 3}, {4, 6}}; // a blank line is a line, but no item
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(objects[i][u"index"], QJsonValue(expected[i].first));
        QCOMPARE(objects[i][u"line"], QJsonValue(expected[i].second));
    }
    const QStringList messages = run.messages();
    QCOMPARE(messages.size(), 2);
    QVERIFY(messages[0].contains(file) && messages[0].contains(u"ine 2 "));
    QVERIFY(messages[1].contains(file) && messages[1].contains(u"ine 5 "));
}

void TestCliClassify::badInputs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content"); // null: no such file
    QTest::addColumn<int>("results");
    const QByteArray idx = idxImages(3);
    const auto row = [](const char* title, const char* name, const QByteArray& content, int results = 0) {
        QTest::newRow(title) << QString::fromLatin1(name) << content << results;
    };
    row("missing", "missing.png", {});
    row("empty picture", "empty.png", "");
    row("empty without a telling name", "empty", "");
    row("text as a picture", "text.png", "this is no picture");
    row("text without a telling name", "text", "this is nothing at all");
    row("beginning of a PNG", "cut.png", QByteArray("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16));
    row("broken InkML", "broken.inkml", "<ink><trace>1 2, 3 4</tra");
    row("InkML without traces", "none.inkml", "<ink xmlns=\"http://www.w3.org/2003/InkML\"></ink>");
    row("other XML", "other.inkml", "<svg/>");
    row("IDX of another kind", "labels-idx3-ubyte", QByteArray("\0\0\x08\x01\0\0\0\x01\x07", 9));
    row("IDX cut in its header", "header-idx3-ubyte", idx.first(7));
    row("IDX cut in an image", "cut-idx3-ubyte", idx.chopped(5), 2);
    row("IDX with more than it says", "long-idx3-ubyte", idx + "more", 3);
    row("IDX without a telling name, cut", "cutidx", idx.first(17));
    row("garbage as gzip", "garbage.jsonl.gz", QByteArray("\x1F\x8B\x08\0garbagegarbagegarbage", 25));
}

void TestCliClassify::badInputs()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(int, results);
    const QString file = path(name);
    if (!content.isNull()) {
        writeFile(file, content);
    }
    const CliRun run = classify({file});
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.messages().size(), 1);
    QVERIFY2(run.messages().first().contains(name), run.err.constData());
    QCOMPARE(run.objects().size(), results);
}

void TestCliClassify::badInputStopsNoOther()
{
    const QString good = path(u"between.png"_s);
    writePictureOfOne(good);
    const CliRun run = classify({path(u"not there.png"_s), good, m_folder.path(), good});
    QCOMPARE(run.code, 1);
    QCOMPARE(run.objects().size(), 2);
    QCOMPARE(run.messages().size(), 2);
}

void TestCliClassify::truncatedGzipGivesWhatCame()
{
    const QString file = path(u"whole.jsonl.gz"_s);
    QByteArray lines;
    for (int i = 0; i < 5000; ++i) { // different ones, so that they do not compress to nothing
        lines += QByteArray(R"({"strokes": [[[50, 10], [51, %], [50, 90]]]})")
                     .replace('%', QByteArray::number(i * 7919 % 5000));
        lines += '\n';
    }
    writeGzip(file, lines);
    QFile whole(file);
    QVERIFY(whole.resize(whole.size() / 2));
    const CliRun run = classify({file});
    QCOMPARE(run.code, 1);
    QVERIFY(run.objects().size() > 100);
    QVERIFY(run.objects().size() < 5000);
    QVERIFY(run.messages().last().contains(file));
}

void TestCliClassify::textInPicturesNeedsNoDisplay()
{
    const QString file = path(u"text.svg"_s);
    writeFile(
        file,
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><text y="90">7</text></svg>)");
    QVERIFY(!classify({file}).crashed);
}

void TestCliClassify::badModels_data()
{
    QTest::addColumn<QByteArray>("content"); // null: no such file
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("garbage") << QByteArray("garbage").repeated(1000);
    QFile model(m_model);
    QVERIFY(model.open(QIODevice::ReadOnly));
    const QByteArray whole = model.readAll();
    QTest::newRow("half of one") << whole.first(whole.size() / 2);
    QTest::newRow("all but the end") << whole.chopped(100);
}

void TestCliClassify::badModels()
{
    QFETCH(QByteArray, content);
    const QString file = path(u"bad.pt"_s);
    QFile::remove(file);
    if (!content.isNull()) {
        writeFile(file, content);
    }
    const CliRun run = runCli({u"classify"_s, u"--model"_s, file, u"-"_s}, oneAsJsonLine());
    QVERIFY(!run.crashed);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.messages().size(), 1);
    QVERIFY2(run.messages().first().contains(file), run.err.constData());
}

QTEST_GUILESS_MAIN(TestCliClassify)
#include "tst_cliclassify.moc"
