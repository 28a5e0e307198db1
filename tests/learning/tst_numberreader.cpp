#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "core/ink/rasterizer.h"
#include "core/learning/engineloader.h"
#include "core/learning/numberreader.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <string_view>

using namespace digitpad;

Q_DECLARE_METATYPE(digitpad::Ink)

namespace {

InkBox boxOf(const Ink& ink)
{
    InkBox box;
    for (const InkPart& part : strokeParts(ink)) {
        box = box.empty() ? part.box : united(box, part.box);
    }
    return box;
}

/// Appends the ink, scaled to a height of 100 × `size`, its left side at x and its foot at y.
float append(Ink& target, const Ink& digit, float x, float y, float size = 1, float width = 0)
{
    const InkBox box = boxOf(digit);
    const float scale = 100 * size / (box.bottom - box.top);
    for (const auto& source : digit.strokes) {
        Stroke stroke = *source;
        stroke.width = width;
        for (InkPoint& point : stroke.points) {
            point.x = x + (point.x - box.left) * scale;
            point.y = y + (point.y - box.bottom) * scale;
        }
        target.add(std::move(stroke));
    }
    return x + (box.right - box.left) * scale;
}

/// The number written with one space between its digits; a blank starts a new line.
Ink written(std::string_view number, float gap = 20, float width = 0, std::uint64_t seed = 3)
{
    Random random(seed);
    Ink ink;
    float x = 150;
    float y = 300;
    for (const char c : number) {
        if (c == ' ') {
            x = 150;
            y += 150;
        } else {
            x = append(ink, syntheticDigit(c - '0', random), x, y, 1, width) + gap;
        }
    }
    return ink;
}

GrayImage painted(const Ink& ink)
{
    GrayImage picture(1000, 1000);
    drawInk(picture, ink, 1);
    return picture;
}

/// Counts what it is asked, and answers as the bundled model does.
class CountingClassifier final : public Classifier
{
public:
    explicit CountingClassifier(Classifier& real)
        : m_real(real)
    {
    }
    Result<Prediction> classify(const DigitImage& image) override
    {
        ++images;
        return m_real.classify(image);
    }
    Result<std::vector<Prediction>> classify(std::span<const DigitImage> batch) override
    {
        images += batch.size();
        if (broken) {
            return Error{ErrorCode::Internal, "The classifier is broken."};
        }
        return m_real.classify(batch);
    }
    std::size_t images = 0;
    bool broken = false;

private:
    Classifier& m_real;
};

} // namespace

/// With the real engine and the bundled model.
class NumberReaderTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Classifier> m_real;
    std::unique_ptr<CountingClassifier> m_classifier;

private Q_SLOTS:
    void initTestCase();
    void init() { m_classifier = std::make_unique<CountingClassifier>(*m_real); }

    void readsInk_data();
    void readsInk();
    void readsPictures_data();
    void readsPictures();
    void boxesAndStrokes();
    void picturesHaveBoxesInPixels();
    void padsHaveBoxesInPadUnits();
    void padsJoinPictureAndInk();
    void digitsInOneStroke();
    void unsureDigitsStandInTheNumber();
    void whatIsKnownIsNotReadAgain();
    void tooManyStrokesAreSaid();
    void stopsWhenNobodyWaits();
    void aBrokenClassifierIsSaid();
};

void NumberReaderTest::initTestCase()
{
    const auto engine = loadEngine();
    QVERIFY2(engine.ok(), engine ? "" : engine.error().message.c_str());
    const auto model = (*engine)->loadModel(DIGITPAD_SOURCE_DIR "/models/digitpad.pt");
    QVERIFY(model.ok());
    auto classifier = (*model)->makeClassifier();
    QVERIFY(classifier.ok());
    m_real = std::move(*classifier);
}

void NumberReaderTest::readsInk_data()
{
    QTest::addColumn<Ink>("ink");
    QTest::addColumn<QString>("number");
    const auto row = [](const char* number, const char* name, float gap) {
        QTest::addRow("%s %s", number, name) << written(number, gap) << QString::fromLatin1(number);
    };
    QTest::newRow("nothing") << Ink() << QString();
    for (const char* number : {"7", "4", "5", "42", "0123456789", "47574", "100", "2024"}) {
        row(number, "with usual spaces", 20);
    }
    row("90210", "with wide spaces", 80);
    row("45745", "with narrow spaces", 6);
    row("12 345", "in two lines", 20);
    Ink bad = written("36");
    bad.strokes.push_back(std::make_shared<const Stroke>());
    Stroke nowhere;
    nowhere.points = {{std::numeric_limits<float>::quiet_NaN(), 1},
                      {std::numeric_limits<float>::infinity(), 2}};
    bad.add(nowhere);
    QTest::newRow("points that are no numbers") << bad << QStringLiteral("36");
}

void NumberReaderTest::readsInk()
{
    QFETCH(Ink, ink);
    QFETCH(QString, number);
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(ink);
    QVERIFY(reading.ok());
    QCOMPARE(QString::fromStdString(reading->number), number);
    QCOMPARE(reading->digits.size(), std::size_t(number.remove(QLatin1Char(' ')).size()));
    for (std::size_t i = 0; i < reading->digits.size(); ++i) {
        QCOMPARE(reading->digits[i].prediction.digit, number[qsizetype(i)].digitValue());
    }
}

void NumberReaderTest::readsPictures_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<float>("gap");
    QTest::addColumn<float>("width");
    QTest::newRow("blank") << QString() << 0.0F << 0.0F;
    QTest::newRow("one digit") << QStringLiteral("4") << 20.0F << 10.0F;
    QTest::newRow("several") << QStringLiteral("35817") << 30.0F << 10.0F;
    QTest::newRow("a thin pen") << QStringLiteral("26045") << 30.0F << 2.0F;
    QTest::newRow("touching") << QStringLiteral("83") << 2.0F << 10.0F;
}

void NumberReaderTest::readsPictures()
{
    QFETCH(QString, number);
    QFETCH(float, gap);
    QFETCH(float, width);
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(painted(written(number.toStdString(), gap, width)));
    QVERIFY(reading.ok());
    QCOMPARE(QString::fromStdString(reading->number), number);
}

void NumberReaderTest::boxesAndStrokes()
{
    Ink ink;
    Random random(5);
    const Ink three = syntheticDigit(3, random);
    const Ink eight = syntheticDigit(8, random);
    const float end = append(ink, three, 40, 200);
    const std::size_t strokes = ink.strokes.size();
    append(ink, eight, end + 30, 210, 1.2F);
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(ink);
    QVERIFY(reading.ok());
    QCOMPARE(reading->digits.size(), std::size_t{2});
    const InkBox& first = reading->digits[0].box;
    QVERIFY(std::abs(first.left - 40) < 0.1F && std::abs(first.right - end) < 0.1F);
    QVERIFY(std::abs(first.top - 100) < 0.1F && std::abs(first.bottom - 200) < 0.1F);
    const InkBox& second = reading->digits[1].box;
    QVERIFY(std::abs(second.left - end - 30) < 0.1F && std::abs(second.top - 90) < 0.1F);
    QCOMPARE(reading->digits[0].strokes.size(), strokes);
    QCOMPARE(reading->digits[1].strokes.front(), strokes);
    QCOMPARE(reading->digits[1].strokes.back(), ink.strokes.size() - 1);
}

void NumberReaderTest::picturesHaveBoxesInPixels()
{
    GrayImage picture(300, 100);
    Ink ink;
    Random random(5);
    const float end = append(ink, syntheticDigit(3, random), 20, 80, 0.6F, 6);
    append(ink, syntheticDigit(2, random), end + 20, 80, 0.6F, 6);
    drawInk(picture, ink, 1);
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(picture);
    QVERIFY(reading.ok());
    QCOMPARE(reading->number, "32");
    const InkBox& box = reading->digits[0].box;
    QVERIFY(std::abs(box.left - 17) <= 1 && std::abs(box.bottom - 83) <= 1);
    QVERIFY(std::abs(box.right - end - 3) <= 1 && std::abs(box.top - 17) <= 1);
    QVERIFY(reading->digits[0].strokes.empty());
}

void NumberReaderTest::padsHaveBoxesInPadUnits()
{
    const Ink ink = written("52", 40, 12);
    NumberReader reader(*m_classifier);
    const auto plain = reader.read(ink);
    const auto pad = reader.read(PadContent{ink, nullptr});
    QVERIFY(plain.ok() && pad.ok());
    QCOMPARE(pad->number, "52");
    QCOMPARE(pad->digits[0].box.left, plain->digits[0].box.left - 6);
    QCOMPARE(pad->digits[0].box.bottom, plain->digits[0].box.bottom + 6);
    // The same as a picture of half the resolution.
    GrayImage picture(500, 500);
    drawInk(picture, ink, 0.5);
    const auto pictured = reader.read(PadContent{{}, std::make_shared<const GrayImage>(picture)});
    QVERIFY(pictured.ok());
    QCOMPARE(pictured->number, "52");
    QVERIFY(std::abs(pictured->digits[1].box.left - pad->digits[1].box.left) < 5);
    QVERIFY(std::abs(pictured->digits[1].box.bottom - pad->digits[1].box.bottom) < 5);
}

void NumberReaderTest::padsJoinPictureAndInk()
{
    const Ink both = written("68", 40, 12);
    const auto boundary = boxOf(both);
    Ink left;
    Ink right;
    for (const auto& stroke : both.strokes) {
        Ink one;
        one.strokes = {stroke};
        const bool isLeft = boxOf(one).right < (boundary.left + boundary.right) / 2 + 10;
        (isLeft ? left : right).strokes.push_back(stroke);
    }
    QVERIFY(!left.empty() && !right.empty());
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(PadContent{right, std::make_shared<const GrayImage>(painted(left))});
    QVERIFY(reading.ok());
    QCOMPARE(reading->number, "68");
}

void NumberReaderTest::digitsInOneStroke()
{
    // Two noughts that the pen joins along the top without being lifted, as in prices.
    Stroke stroke;
    for (const float x : {130.0F, 225.0F}) {
        for (int degrees = 0; degrees <= 360; degrees += 15) {
            const auto turn = static_cast<float>(degrees * std::numbers::pi / 180);
            stroke.points.push_back({x - 30 * std::sin(turn), 250 - 50 * std::cos(turn)});
        }
    }
    Ink ink;
    ink.add(stroke);
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(ink);
    QVERIFY(reading.ok());
    QCOMPARE(QString::fromStdString(reading->number), QStringLiteral("00"));
    QCOMPARE(reading->digits[0].strokes, std::vector<std::size_t>{0});
    QCOMPARE(reading->digits[1].strokes, std::vector<std::size_t>{0});
}

void NumberReaderTest::unsureDigitsStandInTheNumber()
{
    NumberReading reading;
    QVERIFY(!reading.accepted()); // Nothing is no number.
    ReadDigit digit;
    digit.prediction.accepted = true;
    reading.digits = {digit, digit};
    QVERIFY(reading.accepted());
    reading.digits[1].prediction.accepted = false;
    QVERIFY(!reading.accepted());
}

void NumberReaderTest::whatIsKnownIsNotReadAgain()
{
    NumberReader reader(*m_classifier);
    Ink ink = written("1234");
    QVERIFY(reader.read(ink).ok());
    const std::size_t first = m_classifier->images;
    QVERIFY(first >= 4);
    QVERIFY(reader.read(ink).ok());
    QCOMPARE(m_classifier->images, first);
    Random random(9);
    append(ink, syntheticDigit(0, random), 700, 300);
    QCOMPARE(reader.read(ink)->number, "12340");
    QVERIFY(m_classifier->images <= first + 3);
    // A drawing of one stroke is what the recogniser has read already.
    NumberReader fresh(*m_classifier);
    Ink one;
    one.add({{{0, 0}, {3, 50}, {5, 100}}, 0});
    fresh.remember(*m_real->classify(normalizeInk(one)));
    m_classifier->images = 0;
    QCOMPARE(fresh.read(one)->number, "1");
    QCOMPARE(m_classifier->images, std::size_t{0});
}

void NumberReaderTest::tooManyStrokesAreSaid()
{
    Ink ink;
    for (int i = 0; i < 5000; ++i) {
        const auto x = static_cast<float>(i % 100 * 30);
        const auto y = static_cast<float>(i / 100 * 50);
        ink.add({{{x, y}, {x + 5, y + 30}}, 0});
    }
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(ink);
    QVERIFY(!reading.ok());
    QCOMPARE(reading.error().code, ErrorCode::InvalidInput);
    QVERIFY(!reading.error().message.empty());
    QCOMPARE(m_classifier->images, std::size_t{0});
}

void NumberReaderTest::stopsWhenNobodyWaits()
{
    NumberReader reader(*m_classifier);
    bool goOn = false;
    reader.setKeepGoing([&goOn] { return goOn; });
    const auto stopped = reader.read(written("123"));
    QVERIFY(!stopped.ok());
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(m_classifier->images, std::size_t{0});
    goOn = true;
    QCOMPARE(reader.read(written("123"))->number, "123");
}

void NumberReaderTest::aBrokenClassifierIsSaid()
{
    m_classifier->broken = true;
    NumberReader reader(*m_classifier);
    const auto reading = reader.read(written("12"));
    QVERIFY(!reading.ok());
    QCOMPARE(reading.error().code, ErrorCode::Internal);
}

QTEST_GUILESS_MAIN(NumberReaderTest)
#include "tst_numberreader.moc"
