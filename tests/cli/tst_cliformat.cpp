#include "app/cli/classifyformat.h"
#include "app/cli/evaluationformat.h"
#include "app/cli/inputkind.h"
#include "app/cli/jsontext.h"
#include "app/cli/statusline.h"
#include "app/cli/trainingreport.h"
#include "core/report/evaluationdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace digitpad;
using namespace digitpad::cli;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::optional<digitpad::cli::InputKind>)
Q_DECLARE_METATYPE(digitpad::cli::InputKind)

namespace {

Prediction prediction(int digit, float confidence, bool accepted)
{
    Prediction made;
    made.digit = digit;
    made.confidence = confidence;
    made.accepted = accepted;
    if (digit >= 0) {
        made.probabilities[static_cast<std::size_t>(digit)] = confidence;
    }
    return made;
}

BatchProgress halfway()
{
    BatchProgress progress;
    progress.epoch = 2;
    progress.batch = 5;
    progress.batches = 10;
    progress.loss = 0.25;
    progress.imagesPerSecond = 12'345;
    progress.secondsLeft = 83;
    return progress;
}

} // namespace

class TestCliFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonOfAnItem();
    void jsonOfABlankItem();
    void jsonEscapesNames();
    void jsonNumbers_data();
    void jsonNumbers();
    void verdicts_data();
    void verdicts();
    void numbers();
    void plainLinesAlign();
    void bars_data();
    void bars();
    void clockTimes_data();
    void clockTimes();
    void progressFitsTheTerminal_data();
    void progressFitsTheTerminal();
    void progressTellsAll();
    void epochLine();
    void kindsByName_data();
    void kindsByName();
    void kindsByContent_data();
    void kindsByContent();
    void evaluationWithoutAClass();
    void evaluationOfWhatIsNoDigit();
    void evaluationWithoutDigits();
};

void TestCliFormat::jsonOfAnItem()
{
    const QByteArray text = jsonText({{u"a.jsonl"_s, 3, 5, u"7"_s}, prediction(7, 0.75F, true)});
    QVERIFY(text.endsWith("}\n"));
    QCOMPARE(text.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    QCOMPARE(object.keys(), (QStringList{u"accepted"_s, u"confidence"_s, u"digit"_s, u"digit_score"_s,
                                         u"index"_s, u"input"_s, u"label"_s, u"line"_s, u"probabilities"_s}));
    QCOMPARE(object[u"input"].toString(), u"a.jsonl"_s);
    QCOMPARE(object[u"index"].toInteger(), 3);
    QCOMPARE(object[u"line"].toInteger(), 5);
    QCOMPARE(object[u"digit"].toInteger(), 7);
    QCOMPARE(object[u"confidence"].toDouble(), 0.75);
    QCOMPARE(object[u"accepted"].toBool(), true);
    const QJsonArray probabilities = object[u"probabilities"].toArray();
    QCOMPARE(probabilities.size(), 10);
    QCOMPARE(probabilities[7].toDouble(), 0.75);
    QCOMPARE(probabilities[6].toDouble(), 0.0);
}

void TestCliFormat::jsonOfABlankItem()
{
    const QJsonObject object =
        QJsonDocument::fromJson(jsonText({{u"x.png"_s, 0, 0, {}}, Prediction()})).object();
    QVERIFY(object[u"digit"].isNull());
    QCOMPARE(object[u"confidence"], QJsonValue(0));
    QCOMPARE(object[u"accepted"], QJsonValue(false));
    QVERIFY(object[u"digit_score"].isNull());
    QVERIFY(!object[u"reason"].toString().isEmpty());
    QVERIFY(!object.contains(u"line"_s));
    QVERIFY(!object.contains(u"label"_s));
}

void TestCliFormat::jsonEscapesNames()
{
    const QString name = u"a \"quoted\"\\ näme\n\t.png"_s;
    const QByteArray text = jsonText({{name, 0, 0, u"\"\\"_s}, prediction(1, 1, true)});
    QCOMPARE(text.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    QCOMPARE(object[u"input"].toString(), name);
    QCOMPARE(object[u"label"].toString(), u"\"\\"_s);
}

void TestCliFormat::jsonNumbers_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("zero") << 0.0F << QByteArray("0");
    QTest::newRow("one") << 1.0F << QByteArray("1");
    QTest::newRow("shortest digits") << 0.1F << QByteArray("0.1");
    QTest::newRow("tiny") << 1e-12F << QByteArray("1e-12");
    QTest::newRow("not a number") << std::nanf("") << QByteArray("null");
    QTest::newRow("infinite") << std::numeric_limits<float>::infinity() << QByteArray("null");
}

void TestCliFormat::jsonNumbers()
{
    QFETCH(float, value);
    QTEST(jsonNumber(value), "text");
}

void TestCliFormat::verdicts_data()
{
    QTest::addColumn<int>("digit");
    QTest::addColumn<float>("confidence");
    QTest::addColumn<float>("score");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<QString>("text");
    QTest::newRow("sure") << 7 << 0.998F << -1.0F << true << u"7 (99.8 %)"_s;
    QTest::newRow("sure, and a digit") << 7 << 0.998F << 0.9F << true << u"7 (99.8 %)"_s;
    QTest::newRow("not sure") << 4 << 0.42F << -1.0F << false << u"not sure: 4 (42.0 %)"_s;
    QTest::newRow("a digit, but not sure which") << 4 << 0.42F << 0.9F << true << u"not sure: 4 (42.0 %)"_s;
    QTest::newRow("no digit") << 4 << 0.99F << 0.12F << false
                              << u"no digit (most like 4, digit score 12.0 %)"_s;
    QTest::newRow("blank") << -1 << 0.0F << 0.0F << false << u"no digit (blank)"_s;
}

void TestCliFormat::verdicts()
{
    QFETCH(int, digit);
    QFETCH(float, confidence);
    QFETCH(float, score);
    QFETCH(bool, accepted);
    Prediction made = prediction(digit, confidence, accepted);
    made.digitScore = score;
    QTEST(verdict(made), "text");
}

void TestCliFormat::numbers()
{
    NumberReading reading;
    QCOMPARE(verdict(reading), u"no digits"_s);
    QCOMPARE(jsonText(ItemPlace{u"a"_s, 0, 0, {}}, reading),
             QByteArray("{\"input\":\"a\",\"index\":0,\"number\":\"\",\"accepted\":false,\"digits\":[]}\n"));
    reading.number = "41";
    Prediction four = prediction(4, 0.75F, true);
    four.digitScore = 0.5F;
    reading.digits = {{{10, 20, 40, 80}, four, {0, 1}, 0},
                      {{50.5F, 20, 60.5F, 80}, prediction(1, 0.25F, false), {2}, 0}};
    QCOMPARE(verdict(reading), u"41 (4: 75.0 %, 1?: 25.0 %)"_s);
    const QJsonObject object =
        QJsonDocument::fromJson(jsonText(ItemPlace{u"a"_s, 2, 3, u"41"_s}, reading)).object();
    QCOMPARE(object[u"number"].toString(), u"41"_s);
    QCOMPARE(object[u"line"].toInt(), 3);
    QCOMPARE(object[u"label"].toString(), u"41"_s);
    QCOMPARE(object[u"accepted"], QJsonValue(false));
    const QJsonArray digits = object[u"digits"].toArray();
    QCOMPARE(digits.size(), 2);
    QCOMPARE(digits[0][u"digit"].toInt(), 4);
    QCOMPARE(digits[0][u"digit_score"].toDouble(), 0.5);
    QCOMPARE(digits[0][u"box"].toArray(), (QJsonArray{10, 20, 30, 60}));
    QVERIFY(!digits[0].toObject().contains(u"reason"_s));
    QVERIFY(digits[1][u"digit_score"].isNull());
    QVERIFY(!digits[1][u"reason"].toString().isEmpty());
    QCOMPARE(digits[1][u"box"].toArray(), (QJsonArray{50.5, 20, 10, 60}));
}

void TestCliFormat::plainLinesAlign()
{
    PlainLines lines({u"a.png"_s, u"longer.png"_s});
    const auto line = [&lines](const QString& input, qint64 index) {
        return lines.text({input, index, 0, {}}, u"1 (100.0 %)"_s);
    };
    QCOMPARE(line(u"a.png"_s, 0), QByteArray("a.png[0]:      1 (100.0 %)\n"));
    QCOMPARE(line(u"longer.png"_s, 0), QByteArray("longer.png[0]: 1 (100.0 %)\n"));
    QCOMPARE(line(u"longer.png"_s, 10), QByteArray("longer.png[10]: 1 (100.0 %)\n"));
    QCOMPARE(line(u"a.png"_s, 0), QByteArray("a.png[0]:       1 (100.0 %)\n"));
}

void TestCliFormat::bars_data()
{
    QTest::addColumn<double>("part");
    QTest::addColumn<QString>("bar");
    QTest::newRow("nothing") << 0.0 << u"[    ]"_s;
    QTest::newRow("half") << 0.5 << u"[=>  ]"_s;
    QTest::newRow("all") << 1.0 << u"[====]"_s;
    QTest::newRow("more than all") << 7.0 << u"[====]"_s;
    QTest::newRow("below nothing") << -1.0 << u"[    ]"_s;
}

void TestCliFormat::bars()
{
    QFETCH(double, part);
    QTEST(progressBar(part, 6), "bar");
}

void TestCliFormat::clockTimes_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0.0 << u"0:00"_s;
    QTest::newRow("seconds") << 5.4 << u"0:05"_s;
    QTest::newRow("minutes") << 605.0 << u"10:05"_s;
    QTest::newRow("hours") << 7265.0 << u"2:01:05"_s;
    QTest::newRow("negative") << -3.0 << u"0:00"_s;
}

void TestCliFormat::clockTimes()
{
    QFETCH(double, seconds);
    QTEST(clockTime(seconds), "text");
}

void TestCliFormat::progressFitsTheTerminal_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {30, 40, 79, 120, 300}) {
        QTest::addRow("%d columns", width) << width;
    }
}

void TestCliFormat::progressFitsTheTerminal()
{
    QFETCH(int, width);
    const QString text = progressText(halfway(), 2, width);
    QVERIFY2(text.size() <= width, qPrintable(text));
    QVERIFY(text.startsWith(u"Epoch 2/2 ["));
    QVERIFY(text.contains(u" 75 %"));
}

void TestCliFormat::progressTellsAll()
{
    const QString text = progressText(halfway(), 2, 120);
    for (const QString& part : {u"1:23 left"_s, u"loss 0.2500"_s, u"12,345 images/s"_s}) {
        QVERIFY2(text.contains(part), qPrintable(text));
    }
}

void TestCliFormat::epochLine()
{
    EpochMetrics metrics;
    metrics.epoch = 3;
    metrics.trainingLoss = 0.5;
    metrics.trainingAccuracy = 0.9;
    metrics.validationLoss = 0.25;
    metrics.validationAccuracy = 0.95;
    metrics.seconds = 4.94;
    metrics.best = true;
    QCOMPARE(epochText(metrics, 10),
             u"Epoch  3/10: training loss 0.5000, accuracy 90.00 %; validation loss 0.2500, "
             "accuracy 95.00 %; 4.9 s, best so far"_s);
    metrics.best = false;
    QVERIFY(epochText(metrics, 10).endsWith(u"4.9 s"));
    const QJsonObject object = epochObject(metrics);
    QCOMPARE(object[u"event"].toString(), u"epoch"_s);
    QCOMPARE(object[u"validationLoss"].toDouble(), 0.25);
}

void TestCliFormat::kindsByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::optional<InputKind>>("kind");
    const auto row = [](const char* name, std::optional<InputKind> kind) {
        QTest::newRow(name) << QString::fromLatin1(name) << kind;
    };
    row("a.jsonl", InputKind::InkLines);
    row("A.JSONL.GZ", InputKind::InkLines);
    row("dir.png/a.inkml", InputKind::InkMl);
    row("t10k-images-idx3-ubyte", InputKind::Idx);
    row("t10k-images.idx3-ubyte.gz", InputKind::Idx);
    row("a.idx", InputKind::Idx);
    row("a.png", InputKind::Picture);
    row("a.JPG", InputKind::Picture);
    row("a.gz", std::nullopt);
    row("a.json", std::nullopt);
    row("a", std::nullopt);
}

void TestCliFormat::kindsByName()
{
    QFETCH(QString, name);
    QFETCH(std::optional<InputKind>, kind);
    QCOMPARE(kindByName(name), kind);
}

void TestCliFormat::kindsByContent_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<InputKind>("kind");
    QTest::newRow("JSON") << QByteArray(R"({"strokes": []})") << InputKind::InkLines;
    QTest::newRow("JSON behind a mark and blanks") << QByteArray("\xEF\xBB\xBF \n{") << InputKind::InkLines;
    QTest::newRow("InkML") << QByteArray("<?xml version=\"1.0\"?>\n<ink xmlns=\"x\">") << InputKind::InkMl;
    QTest::newRow("InkML with a prefix") << QByteArray("<inkml:ink >") << InputKind::InkMl;
    QTest::newRow("SVG") << QByteArray("<svg width=\"9\"><inks/></svg>") << InputKind::Picture;
    QTest::newRow("IDX") << QByteArray("\0\0\x08\x03\0\0\0\x01", 8) << InputKind::Idx;
    QTest::newRow("IDX of floats") << QByteArray("\0\0\x0D\x03\0\0\0\x01", 8) << InputKind::Idx;
    QTest::newRow("ICO") << QByteArray("\0\0\x01\0\x01\0", 6) << InputKind::Picture;
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1A\n") << InputKind::Picture;
    QTest::newRow("two bytes") << QByteArray("\0\0", 2) << InputKind::Picture;
}

void TestCliFormat::kindsByContent()
{
    QFETCH(QByteArray, head);
    QFETCH(InputKind, kind);
    QCOMPARE(kindByContent(head), kind);
}

namespace {

/// Each reading's truth and guess, with a confidence of 0.9 for all.
EvaluationFigures figuresOf(const std::vector<std::pair<int, int>>& readings, int noDigits = 0)
{
    DigitSet set;
    Logits logits;
    DigitImage image;
    image.pixels.fill(200);
    const auto add = [&](int label, int guess) {
        set.add(image, label);
        std::vector<float> row(digitClasses, static_cast<float>(std::log(0.1 / 9)));
        row[static_cast<std::size_t>(guess)] = static_cast<float>(std::log(0.9));
        logits.values.insert(logits.values.end(), row.begin(), row.end());
    };
    for (const auto& [truth, guess] : readings) {
        add(truth, guess);
    }
    for (int i = 0; i < noDigits; ++i) {
        add(noDigitLabel, 1);
    }
    const ModelInfo info;
    return evaluationFigures(logits, set, info, readingsOf(logits, set, info), 2);
}

} // namespace

void TestCliFormat::evaluationWithoutAClass()
{
    const EvaluationFigures figures = figuresOf({{1, 1}, {1, 1}, {1, 1}, {1, 2}});
    const QJsonObject object = evaluationJson(figures);
    QCOMPARE(object[u"imagesPerSecond"].toDouble(), 2.0);
    const QJsonArray classes = object[u"classes"].toArray();
    QCOMPARE(classes.size(), 10);
    QVERIFY(classes[9][u"precision"].isNull());
    QVERIFY(classes[9][u"recall"].isNull());
    QVERIFY(classes[9][u"f1"].isNull());
    QCOMPARE(classes[2][u"precision"].toDouble(-1), 0.0);
    QCOMPARE(object[u"confusion"][1][2].toInteger(), 1);
    QCOMPARE(object[u"accuracyInterval"].toArray().size(), 2);

    const QStringList lines = evaluationText(figures).split(u'\n');
    QVERIFY(
        lines.contains(u"Accuracy     75.00 % (1 of 4 images misread), 95 % interval 30.06 % to 95.44 %"));
    QVERIFY(lines.contains(u"    1        4   100.00 %   75.00 %   85.71 %"));
    QVERIFY(lines.contains(u"    9        0          –         –         –"));
    QVERIFY(lines.contains(u"    1  0  3  1  0  0  0  0  0  0  0"));
}

void TestCliFormat::evaluationOfWhatIsNoDigit()
{
    const EvaluationFigures figures = figuresOf({{3, 3}, {4, 4}}, 3);
    const QJsonObject object = evaluationJson(figures);
    QVERIFY(std::abs(object[u"calibrationError"].toDouble() - 0.1) < 1e-6);
    QCOMPARE(object[u"turnedAway"].toInteger(), 0);
    QCOMPARE(object[u"noDigits"].toInteger(), 3);
    QCOMPARE(object[u"noDigitsAccepted"].toInteger(), 3);
    QCOMPARE(object[u"auroc"].toDouble(), 0.5);
    QCOMPARE(object[u"imagesPerSecond"].toDouble(), 2.5);
    const QStringList lines = evaluationText(figures).split(u'\n');
    QVERIFY(lines.contains(u"Turned away  0 (0.00 %) of the digits"));
    QVERIFY(lines.contains(u"No digits    3, of which 3 (100.00 %) were taken for one"));
    QVERIFY(lines.contains(u"AUROC        0.5000, digits against the rest"));
}

/// Letters alone: there is nothing to say of digits.
void TestCliFormat::evaluationWithoutDigits()
{
    const EvaluationFigures figures = figuresOf({}, 40);
    const QJsonObject object = evaluationJson(figures);
    for (const auto& key :
         {u"accuracy"_s, u"loss"_s, u"calibrationError"_s, u"auroc"_s, u"accuracyInterval"_s}) {
        QVERIFY2(object[key].isNull(), qPrintable(key));
    }
    const QString text = evaluationText(figures);
    QVERIFY(text.startsWith(u"No digits    40"));
    QVERIFY(!text.contains(u"Accuracy") && !text.contains(u"Confusion") && !text.contains(u"AUROC"));
}

QTEST_GUILESS_MAIN(TestCliFormat)
#include "tst_cliformat.moc"
