#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "tests/support/mnistimages.h"
#include "tests/support/samples.h"

#include <QTest>

#include <limits>

using namespace digitpad;
using namespace digitpad::test;

class NormalizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void picturesComeBackUnchanged_data();
    void picturesComeBackUnchanged();
    void nearlyAllOfMnistComesBack();
    void pictureFillsTwentyPixels_data();
    void pictureFillsTwentyPixels();
    void pictureWithoutInkIsBlank_data();
    void pictureWithoutInkIsBlank();
    void thinLinesStayVisible();
    void faintInkIsNotTakenForThinLines();
    void averagesByArea();
    void inkIsCentred();
    void inkIgnoresSizePlaceAndBrush_data();
    void inkIgnoresSizePlaceAndBrush();
    void inkMatchesItsPicture();
    void dots_data();
    void dots();
    void pointsThatAreNotFiniteAreLeftOut();
    void inkWithoutPointsIsBlank_data();
    void inkWithoutPointsIsBlank();
    void manyStrokes();
    void penWidthIsKept();

private:
    std::vector<DigitImage> m_digits;
};

void NormalizerTest::initTestCase()
{
    // Synthetic digits obey the rule as MNIST's do; where MNIST is there, it is tested with as well.
    const DigitSet set = syntheticDigits(100, 7, {});
    for (std::size_t i = 0; i < set.size(); ++i) {
        m_digits.push_back(set.digitImage(i));
    }
    const auto mnist = mnistTestImages(300);
    m_digits.insert(m_digits.end(), mnist.begin(), mnist.end());
}

void NormalizerTest::picturesComeBackUnchanged_data()
{
    QTest::addColumn<int>("factor");
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("top");
    QTest::newRow("as it is") << 1 << 0 << 0;
    QTest::newRow("moved") << 1 << 9 << 31;
    QTest::newRow("doubled") << 2 << 0 << 0;
    QTest::newRow("five times, moved") << 5 << 13 << 2;
    QTest::newRow("thirteen times, moved far") << 13 << 211 << 170;
}

void NormalizerTest::picturesComeBackUnchanged()
{
    QFETCH(const int, factor);
    QFETCH(const int, left);
    QFETCH(const int, top);
    for (const DigitImage& digit : m_digits) {
        if (inkOf(digit).longerSide() == patchSide) {
            QVERIFY(normalizePicture(magnified(digit, factor, left, top)) == digit);
        }
    }
}

void NormalizerTest::nearlyAllOfMnistComesBack()
{
    const auto images = mnistTestImages(10'000);
    if (images.empty()) {
        QSKIP("MNIST is not in ../shared/mnist.");
    }
    const auto same = std::count_if(images.begin(), images.end(), [](const DigitImage& image) {
        return normalizePicture(magnified(image, 1)) == image;
    });
    QVERIFY2(same >= 9'990, qPrintable(QString::number(same)));
}

void NormalizerTest::pictureFillsTwentyPixels_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("smaller than the patch") << 3 << 7;
    QTest::newRow("just the patch") << 20 << 11;
    QTest::newRow("one more") << 21 << 21;
    QTest::newRow("prime sides") << 97 << 89;
    QTest::newRow("flat") << 4000 << 300;
    QTest::newRow("a line across") << 4000 << 1;
    QTest::newRow("a line down") << 1 << 4000;
    QTest::newRow("a very long line") << 100'000 << 1;
    QTest::newRow("large") << 3000 << 3000;
}

void NormalizerTest::pictureFillsTwentyPixels()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    GrayImage picture(width + 7, height + 5);
    for (int y = 0; y < height; ++y) {
        std::fill_n(picture.row(y + 2) + 3, width, std::uint8_t{255});
    }
    const DigitImage image = normalizePicture(picture);
    QCOMPARE(inkOf(image).longerSide(), patchSide);
    QCOMPARE(brightest(image), 255);
    QVERIFY(isCentred(image));
}

void NormalizerTest::pictureWithoutInkIsBlank_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("no pixels") << 0 << 0;
    QTest::newRow("one pixel of paper") << 1 << 1;
    QTest::newRow("a sheet") << 501 << 300;
}

void NormalizerTest::pictureWithoutInkIsBlank()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    QVERIFY(normalizePicture(GrayImage(width, height)).blank());
}

void NormalizerTest::thinLinesStayVisible()
{
    // A seven of one-pixel lines, 900 pixels high: by area alone its brightest pixel would be 8.
    GrayImage picture(1000, 1000);
    drawInk(picture, seven(9, 50, 50), 1);
    const DigitImage image = normalizePicture(picture);
    QVERIFY2(brightest(image) > 240, qPrintable(QString::number(brightest(image))));
    QCOMPARE(inkOf(image).longerSide(), patchSide);
    QVERIFY(isCentred(image));
    QVERIFY(meanDifference(image, normalizeInk(seven())) < 8);
}

void NormalizerTest::faintInkIsNotTakenForThinLines()
{
    GrayImage picture(200, 200);
    drawInk(picture, seven(1.8F, 10, 10, 24), 1);
    const DigitImage full = normalizePicture(picture);
    for (std::uint8_t& pixel : picture.pixels) {
        pixel = static_cast<std::uint8_t>(pixel / 4);
    }
    const DigitImage faint = normalizePicture(picture);
    QCOMPARE(brightest(faint), 63);
    QVERIFY(inkOf(faint).longerSide() == patchSide);
    QVERIFY(full.at(14, 14) / 4 - faint.at(14, 14) <= 1);
}

void NormalizerTest::averagesByArea()
{
    // 30 pixels become 20: each covers one and a half. Columns of 200 and 100 in turn give 2/3 and 1/3
    // mixtures.
    GrayImage picture(30, 30);
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 30; ++x) {
            picture.row(y)[x] = x % 3 == 0 ? 240 : 120;
        }
    }
    const DigitImage image = normalizePicture(picture);
    const Box box = inkOf(image);
    QCOMPARE(int{image.at(box.left, box.top)}, 200);
    QCOMPARE(int{image.at(box.left + 1, box.top)}, 120);
    QCOMPARE(int{image.at(box.left + 2, box.top)}, 200);
}

void NormalizerTest::inkIsCentred()
{
    Random random(3);
    for (int i = 0; i < 500; ++i) {
        const DigitImage image = normalizeInk(syntheticDigit(i % 10, random));
        QCOMPARE(inkOf(image).longerSide(), patchSide);
        QVERIFY(isCentred(image));
    }
}

void NormalizerTest::inkIgnoresSizePlaceAndBrush_data()
{
    QTest::addColumn<float>("scale");
    QTest::addColumn<float>("left");
    QTest::addColumn<float>("top");
    QTest::addColumn<float>("width");
    QTest::newRow("tiny") << 0.001F << 0.0F << 0.0F << 0.0F;
    QTest::newRow("in a corner") << 1.0F << 900.0F << 880.0F << 0.0F;
    QTest::newRow("large") << 9.0F << 30.0F << 50.0F << 0.0F;
    QTest::newRow("thin brush") << 4.0F << 30.0F << 50.0F << 1.0F;
    QTest::newRow("thick brush") << 4.0F << 30.0F << 50.0F << 200.0F;
    QTest::newRow("negative places") << 2.0F << -5000.0F << -300.0F << 9.0F;
    QTest::newRow("very large") << 1e5F << 0.0F << 0.0F << 9.0F;
    QTest::newRow("very large and far") << 1e4F << 1e7F << -1e7F << 9.0F;
    QTest::newRow("as large as floats go") << 3e36F << 0.0F << 0.0F << 9.0F;
}

void NormalizerTest::inkIgnoresSizePlaceAndBrush()
{
    QFETCH(const float, scale);
    QFETCH(const float, left);
    QFETCH(const float, top);
    QFETCH(const float, width);
    const DigitImage image = normalizeInk(seven(scale, left, top, width));
    QVERIFY(greatestDifference(image, normalizeInk(seven())) <= 2);
}

void NormalizerTest::inkMatchesItsPicture()
{
    // Drawn large with a brush of 2.4/17.6 of its height, ink and picture are the same thing.
    GrayImage picture(900, 900);
    drawInk(picture, seven(5, 150, 150, 500 * 2.4F / 17.6F), 1);
    QVERIFY(meanDifference(normalizePicture(picture), normalizeInk(seven())) < 1.0);
}

void NormalizerTest::dots_data()
{
    QTest::addColumn<float>("size");
    QTest::addColumn<float>("width");
    QTest::addColumn<bool>("dot");
    QTest::newRow("a point") << 0.0F << 0.0F << true;
    QTest::newRow("a point of a wide brush") << 0.0F << 30.0F << true;
    QTest::newRow("a tremble under the brush") << 0.9F << 10.0F << true;
    QTest::newRow("more than a tremble") << 1.1F << 10.0F << false;
    QTest::newRow("small, brush unknown") << 0.001F << 0.0F << false;
    QTest::newRow("brush is no number") << 5.0F << std::numeric_limits<float>::quiet_NaN() << false;
}

void NormalizerTest::dots()
{
    QFETCH(const float, size);
    QFETCH(const float, width);
    QFETCH(const bool, dot);
    Ink ink;
    ink.add(strokeOf({{100, 100}, {100, 100 + size}}, width));
    const DigitImage image = normalizeInk(ink);
    QVERIFY(isCentred(image));
    QCOMPARE(inkOf(image).longerSide(), dot ? 3 : patchSide);
}

void NormalizerTest::pointsThatAreNotFiniteAreLeftOut()
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    Ink broken;
    broken.add(strokeOf({{nan, 3}, {0, 0}, {60, 2}, {infinity, -infinity}, {20, 100}, {3, nan}}));
    broken.add(strokeOf({{nan, nan}}));
    broken.add(strokeOf({{15, 50}, {55, 48}}));
    QVERIFY(normalizeInk(broken) == normalizeInk(seven()));
}

void NormalizerTest::inkWithoutPointsIsBlank_data()
{
    QTest::addColumn<int>("strokes");
    QTest::addColumn<bool>("points");
    QTest::newRow("no strokes") << 0 << false;
    QTest::newRow("strokes without points") << 3 << false;
    QTest::newRow("nothing finite") << 3 << true;
}

void NormalizerTest::inkWithoutPointsIsBlank()
{
    QFETCH(const int, strokes);
    QFETCH(const bool, points);
    Ink ink;
    for (int i = 0; i < strokes; ++i) {
        Stroke stroke;
        if (points) {
            stroke.points.push_back({std::numeric_limits<float>::quiet_NaN(), 0});
        }
        ink.add(std::move(stroke));
    }
    QVERIFY(normalizeInk(ink).blank());
}

void NormalizerTest::manyStrokes()
{
    // Ten thousand strokes of a hundred points, all within one box.
    Random random(5);
    Ink ink;
    for (int i = 0; i < 10'000; ++i) {
        Stroke stroke;
        const double x = random.uniform(0, 1000);
        const double y = random.uniform(0, 1000);
        for (int j = 0; j < 100; ++j) {
            stroke.points.push_back({static_cast<float>(x + 0.01 * j), static_cast<float>(y)});
        }
        ink.add(std::move(stroke));
    }
    const DigitImage image = normalizeInk(ink);
    QCOMPARE(inkOf(image).longerSide(), patchSide);
    QVERIFY(isCentred(image));
}

void NormalizerTest::penWidthIsKept()
{
    Ink ink;
    ink.add(strokeOf({{0, 0}, {0, 100}}));
    for (const double pen : {1.5, 2.5, 4.0}) {
        const DigitImage image = normalizeInk(ink, pen);
        double width = 0;
        for (int x = 0; x < digitSide; ++x) {
            width += image.at(x, 14) / 255.0;
        }
        QVERIFY(qAbs(width - pen) < 0.08);
        QCOMPARE(inkOf(image).longerSide(), patchSide);
    }
}

QTEST_APPLESS_MAIN(NormalizerTest)
#include "tst_normalizer.moc"
