#include "core/data/syntheticdigits.h"
#include "core/ink/inkfile.h"
#include "core/ink/inkparts.h"
#include "core/ink/rasterizer.h"
#include "tests/cli/cliprogram.h"

#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace Qt::StringLiterals;

namespace {

/// The digits side by side, each 100 units high, 25 apart.
Ink written(const QString& number)
{
    Random random(4);
    Ink ink;
    float x = 50;
    for (const QChar c : number) {
        InkBox box;
        const Ink digit = syntheticDigit(c.digitValue(), random);
        for (const InkPart& part : strokeParts(digit)) {
            box = box.empty() ? part.box : united(box, part.box);
        }
        const float scale = 100 / (box.bottom - box.top);
        for (const auto& source : digit.strokes) {
            Stroke stroke = *source;
            stroke.width = 9;
            for (InkPoint& point : stroke.points) {
                point.x = x + (point.x - box.left) * scale;
                point.y = 50 + (point.y - box.top) * scale;
            }
            ink.add(std::move(stroke));
        }
        x += (box.right - box.left) * scale + 25;
    }
    return ink;
}

QByteArray line(const QString& number)
{
    return toJsonLine({written(number), number.toStdString(), {}, {}}) + '\n';
}

QImage painted(const QString& number)
{
    GrayImage gray(100 + 110 * static_cast<int>(number.size()), 200);
    drawInk(gray, written(number), 1);
    QImage image(gray.width, gray.height, QImage::Format_Grayscale8);
    for (int y = 0; y < gray.height; ++y) {
        for (int x = 0; x < gray.width; ++x) {
            image.scanLine(y)[x] = static_cast<uchar>(255 - gray.row(y)[x]);
        }
    }
    return image;
}

} // namespace

/// `classify --number` with the bundled model.
class TestCliNumber : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKind_data();
    void readsEveryKind();
    void streamsAreAnsweredLineByLine();
    void blankHasNoNumber();
    void plainTextForPeople();
    void tooManyStrokesSpoilNoOther();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] static CliRun classify(const QString& input, const QByteArray& standardInput = {})
    {
        return runCli({u"classify"_s, u"--number"_s, u"--json"_s, u"--model"_s,
                       QStringLiteral(DIGITPAD_SOURCE_DIR "/models/digitpad.pt"), input},
                      standardInput);
    }

    QTemporaryDir m_folder;
};

void TestCliNumber::readsEveryKind_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("picture") << u"number.png"_s;
    QTest::newRow("InkML") << u"number.inkml"_s;
    QTest::newRow("JSON Lines") << u"number.jsonl"_s;
    QTest::newRow("standard input") << u"-"_s;
}

void TestCliNumber::readsEveryKind()
{
    QFETCH(QString, name);
    const QString number = u"4075"_s;
    const QString file = name == u"-" ? name : path(name);
    if (name.endsWith(u".png")) {
        QVERIFY(painted(number).save(file));
    } else if (name.endsWith(u".inkml")) {
        QVERIFY(writeInkMl(written(number), file));
    } else if (name != u"-") {
        writeFile(file, line(number));
    }
    const CliRun run = classify(file, name == u"-" ? line(number) : QByteArray());
    QCOMPARE(run.code, 0);
    QCOMPARE(run.objects().size(), 1);
    const QJsonObject object = run.objects().first();
    QCOMPARE(object[u"input"].toString(), file);
    QCOMPARE(object[u"index"], QJsonValue(0));
    QCOMPARE(object[u"number"].toString(), number);
    QVERIFY(object[u"accepted"].isBool());
    const QJsonArray digits = object[u"digits"].toArray();
    QCOMPARE(digits.size(), number.size());
    double right = 0;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        QCOMPARE(digits[i][u"digit"].toInt(), number[i].digitValue());
        QVERIFY(digits[i][u"confidence"].toDouble() > 0.3);
        QVERIFY(digits[i][u"accepted"].isBool());
        const QJsonArray box = digits[i][u"box"].toArray();
        QCOMPARE(box.size(), 4);
        QVERIFY(box[0].toDouble() > right);
        QVERIFY(qAbs(box[3].toDouble() - 100) < 12); // A picture's box holds the pen's width too.
        right = box[0].toDouble() + box[2].toDouble();
    }
}

void TestCliNumber::streamsAreAnsweredLineByLine()
{
    const auto process = cliProcess({u"classify"_s, u"--number"_s, u"--json"_s, u"--model"_s,
                                     QStringLiteral(DIGITPAD_SOURCE_DIR "/models/digitpad.pt"), u"-"_s});
    process->start();
    for (const QString& number : {u"12"_s, u"365"_s, u"9"_s}) {
        process->write(line(number));
        QVERIFY(nextLine(*process).contains("\"number\":\"" + number.toLatin1() + '"'));
    }
    process->closeWriteChannel();
    QCOMPARE(finishCli(*process).code, 0);
}

void TestCliNumber::blankHasNoNumber()
{
    const QString file = path(u"blank.png"_s);
    QImage blank(50, 50, QImage::Format_RGB32);
    blank.fill(Qt::white);
    QVERIFY(blank.save(file));
    const CliRun run = classify(file);
    QCOMPARE(run.code, 0);
    const QJsonObject object = run.objects().value(0);
    QCOMPARE(object[u"number"], QJsonValue(QString()));
    QCOMPARE(object[u"accepted"], QJsonValue(false));
    QCOMPARE(object[u"digits"].toArray().size(), 0);
}

void TestCliNumber::plainTextForPeople()
{
    const QString file = path(u"plain.jsonl"_s);
    writeFile(file, line(u"83"_s));
    const CliRun run = runCli({u"classify"_s, u"--number"_s, u"--model"_s,
                               QStringLiteral(DIGITPAD_SOURCE_DIR "/models/digitpad.pt"), file});
    QCOMPARE(run.code, 0);
    QVERIFY2(run.out.startsWith(file.toUtf8() + "[0]: 83 (8: "), run.out.constData());
}

void TestCliNumber::tooManyStrokesSpoilNoOther()
{
    Ink ink;
    for (int i = 0; i < 5000; ++i) {
        const auto x = static_cast<float>(i % 100 * 30);
        const auto y = static_cast<float>(i / 100 * 50);
        ink.add({{{x, y}, {x + 5, y + 30}}, 0});
    }
    const QString file = path(u"many.jsonl"_s);
    writeFile(file, line(u"12"_s) + toJsonLine({ink, {}, {}, {}}) + '\n' + line(u"34"_s));
    const CliRun run = classify(file);
    QCOMPARE(run.code, 1);
    QCOMPARE(run.objects().size(), 2);
    QCOMPARE(run.objects()[1][u"number"].toString(), u"34"_s);
    QCOMPARE(run.objects()[1][u"index"], QJsonValue(2));
    QVERIFY(run.messages().last().contains(file));
}

QTEST_GUILESS_MAIN(TestCliNumber)
#include "tst_clinumber.moc"
