#include "ui/draw/divergingcolors.h"
#include "ui/draw/saliencymap.h"
#include "ui/draw/verdict.h"
#include "ui/draw/whytext.h"

#include <QTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace digitpad;

namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

/// What a dichromat sees of a colour, in linear RGB (Viénot, Brettel and Mollon, 1999).
Vector seenThrough(const Matrix& matrix, QRgb color)
{
    const auto linear = [](int value) { return std::pow(value / 255.0, 2.2); };
    const Vector rgb{linear(qRed(color)), linear(qGreen(color)), linear(qBlue(color))};
    Vector seen{};
    for (std::size_t row = 0; row < 3; ++row) {
        seen[row] = std::inner_product(rgb.begin(), rgb.end(), matrix[row].begin(), 0.0);
    }
    return seen;
}

} // namespace

Q_DECLARE_METATYPE(Matrix)

class WhyTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strengthInWords_data();
    void strengthInWords();
    void noInkIsSaid();
    void signsAreSaid();
    void verdicts_data();
    void verdicts();
    void theRunnerUpIsTheSecondMostProbable();
    void sharingKeepsTheSumAndStaysOnTheInk();
    void colorsAreApartForEveryEye_data();
    void colorsAreApartForEveryEye();
    void strongerIsMoreColorful();
};

void WhyTextTest::strengthInWords_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<QString>("words");
    QTest::newRow("strongly for") << 0.7F << QStringLiteral("This ink spoke strongly for 7: +0.70 of");
    QTest::newRow("for") << 0.3F << QStringLiteral("This ink spoke for 7: +0.30 of");
    QTest::newRow("slightly for") << 0.1F << QStringLiteral("This ink spoke slightly for 7: +0.10 of");
    QTest::newRow("hardly") << 0.04F << QStringLiteral("This ink hardly mattered: +0.04 of");
    QTest::newRow("slightly against")
        << -0.1F << QStringLiteral("This ink spoke slightly against 7: −0.10 of");
    QTest::newRow("strongly against")
        << -0.9F << QStringLiteral("This ink spoke strongly against 7: −0.90 of");
}

void WhyTextTest::strengthInWords()
{
    QFETCH(float, value);
    QFETCH(QString, words);
    ExplainedImage explained;
    explained.explanation.digit = 7;
    explained.explanation.rival = 1;
    explained.image.pixels.fill(200);
    explained.explanation.forDigit[0] = 1; // The strongest of the map.
    explained.explanation.forDigit[40] = value;
    const QString said = pixelWordsForDigit(explained, 40);
    QVERIFY2(said.startsWith(words), qPrintable(said));
    QVERIFY2(said.endsWith(QStringLiteral("of %1 in all.").arg(signedText(1 + value))), qPrintable(said));
}

void WhyTextTest::noInkIsSaid()
{
    const ExplainedImage explained; // A map of nothing but zeros, too.
    QCOMPARE(pixelWordsForDigit(explained, 0), QStringLiteral("There is no ink here."));
}

void WhyTextTest::signsAreSaid()
{
    QCOMPARE(signedText(1.234F), QStringLiteral("+1.23"));
    QCOMPARE(signedText(-1.236F), QStringLiteral("−1.24"));
    QCOMPARE(signedText(0), QStringLiteral("+0.00"));
}

void WhyTextTest::verdicts_data()
{
    QTest::addColumn<int>("digit");
    QTest::addColumn<float>("confidence");
    QTest::addColumn<float>("score");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<int>("verdict");
    const auto number = [](Verdict verdict) { return static_cast<int>(verdict); };
    QTest::newRow("blank") << -1 << 0.0F << 0.0F << false << number(Verdict::Nothing);
    QTest::newRow("digit") << 7 << 0.9F << 0.9F << true << number(Verdict::Digit);
    QTest::newRow("digit, torn") << 7 << 0.4F << 0.9F << true << number(Verdict::Doubtful);
    QTest::newRow("no digit, sure of it") << 7 << 0.9F << 0.1F << false << number(Verdict::NoDigit);
    QTest::newRow("no digit, torn") << 7 << 0.4F << 0.0F << false << number(Verdict::NoDigit);
    QTest::newRow("without a score, sure") << 7 << 0.9F << -1.0F << true << number(Verdict::Digit);
    QTest::newRow("without a score, torn") << 7 << 0.4F << -1.0F << false << number(Verdict::Doubtful);
}

void WhyTextTest::verdicts()
{
    QFETCH(int, digit);
    QFETCH(float, confidence);
    QFETCH(float, score);
    QFETCH(bool, accepted);
    QFETCH(int, verdict);
    Prediction prediction;
    prediction.digit = digit;
    prediction.confidence = confidence;
    prediction.digitScore = score;
    prediction.accepted = accepted;
    QCOMPARE(static_cast<int>(verdictOf(prediction)), verdict);
}

void WhyTextTest::theRunnerUpIsTheSecondMostProbable()
{
    Prediction prediction;
    QCOMPARE(runnerUp(prediction), -1);
    prediction.digit = 0;
    prediction.probabilities = {0.5F, 0.1F, 0, 0, 0, 0, 0, 0, 0, 0.4F};
    QCOMPARE(runnerUp(prediction), 9);
    prediction.probabilities = {1};
    QCOMPARE(runnerUp(prediction), 1);
}

void WhyTextTest::sharingKeepsTheSumAndStaysOnTheInk()
{
    DigitImage image;
    SaliencyMap::Values values{};
    for (std::size_t pixel = 0; pixel < digitPixels; pixel += 3) {
        image.pixels[pixel] = static_cast<std::uint8_t>(1 + pixel % 255);
        values[pixel] = pixel % 2 == 0 ? 1.0F : -0.5F;
    }
    values[1] = 0.25F; // Beside ink, but without any: the ink around it gets it.
    const auto shared = sharedAlongInk(image, values);
    const auto sum = [](const SaliencyMap::Values& map) {
        return std::accumulate(map.begin(), map.end(), 0.0);
    };
    QVERIFY(std::abs(sum(shared) - sum(values)) < 1e-3);
    for (std::size_t pixel = 0; pixel < digitPixels; ++pixel) {
        QVERIFY(image.pixels[pixel] > 0 || shared[pixel] == 0.0F);
    }
    QVERIFY(shared != values);
    SaliencyMap::Values lonely{};
    lonely[500] = 1;
    QCOMPARE(sharedAlongInk(DigitImage{}, lonely), lonely);
}

void WhyTextTest::colorsAreApartForEveryEye_data()
{
    QTest::addColumn<Matrix>("matrix");
    QTest::newRow("all cones") << Matrix{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    QTest::newRow("protanopia") << Matrix{
        {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}}};
    QTest::newRow("deuteranopia") << Matrix{
        {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}}};
}

void WhyTextTest::colorsAreApartForEveryEye()
{
    QFETCH(Matrix, matrix);
    for (const float strength : {0.3F, 1.0F}) {
        const Vector positive = seenThrough(matrix, divergingColorOnInk(strength, 255));
        const Vector negative = seenThrough(matrix, divergingColorOnInk(-strength, 255));
        // Blue stays bluer than it is yellow, orange the other way round.
        QVERIFY(positive[2] - positive[1] > 0.1);
        QVERIFY(negative[1] - negative[2] > 0.05);
    }
}

void WhyTextTest::strongerIsMoreColorful()
{
    const auto colorfulness = [](QRgb color) { return std::abs(qBlue(color) - qRed(color)); };
    for (const int sign : {-1, 1}) {
        int before = -1;
        for (const float strength : {0.0F, 0.1F, 0.5F, 1.0F}) {
            const int now = colorfulness(divergingColorOnInk(float(sign) * strength, 255));
            QVERIFY(now > before);
            before = now;
        }
    }
    QCOMPARE(divergingColor(5), divergingColor(1)); // Beyond the scale is its end.
    QVERIFY(qGray(divergingColorOnInk(0, 255)) > qGray(divergingColorOnInk(0, 0)) + 50); // Ink stays visible.
}

QTEST_MAIN(WhyTextTest)
#include "tst_whytext.moc"
