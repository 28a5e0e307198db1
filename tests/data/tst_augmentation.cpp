#include "core/data/augmentation.h"
#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "tests/support/mnistimages.h"
#include "tests/support/samples.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <thread>
#include <utility>

using namespace digitpad;
using namespace digitpad::test;

namespace {

using Kind = SampleOrigin::Kind;

/// Samples of one kind and what they were made of.
struct Samples
{
    std::shared_ptr<const DigitSet> set;
    std::vector<SampleOrigin> origins;

    [[nodiscard]] std::shared_ptr<const SampleRenderer> renderer(const char* variations) const
    {
        return augmenter(set, origins, augmentationFromText(variations).value());
    }
};

Samples samplesOf(Kind kind, std::size_t count)
{
    Random random(3);
    auto set = std::make_shared<DigitSet>();
    Samples samples;
    for (std::size_t i = 0; i < count; ++i) {
        const int digit = static_cast<int>(i % 10);
        const Ink ink = syntheticDigit(digit, random);
        set->add(normalizeInk(ink), digit);
        samples.origins.push_back({kind, kind == Kind::Strokes ? std::make_shared<const Ink>(ink) : nullptr});
    }
    samples.set = std::move(set);
    return samples;
}

DigitImage rendered(const SampleRenderer& renderer, std::size_t index, std::uint64_t seed)
{
    DigitImage image;
    renderer.render(index, seed, image.pixels.data());
    return image;
}

std::vector<DigitImage> allRendered(const SampleRenderer& renderer, std::size_t count, std::uint64_t seed)
{
    std::vector<DigitImage> images;
    for (std::size_t i = 0; i < count; ++i) {
        images.push_back(rendered(renderer, i, seed));
    }
    return images;
}

/// In steps of 0–255, between the samples and what becomes of them.
double meanChange(const Samples& samples, const char* variations)
{
    const auto renderer = samples.renderer(variations);
    double sum = 0;
    for (std::size_t i = 0; i < samples.set->size(); ++i) {
        sum += meanDifference(samples.set->digitImage(i), rendered(*renderer, i, 1));
    }
    return sum / static_cast<double>(samples.set->size());
}

const std::array<std::pair<const char*, Kind>, 4> kinds = {{
    {"pictures", Kind::Picture},
    {"strokes", Kind::Strokes},
    {"synthetic", Kind::SyntheticDigit},
    {"no digits", Kind::SyntheticNoDigit},
}};

} // namespace

class TestAugmentation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotVaryStays_data();
    void whatDoesNotVaryStays();
    void everyKnobVariesWhatItShould_data();
    void everyKnobVariesWhatItShould();
    void strongerVariesMore_data();
    void strongerVariesMore();
    void plainIsAPartOfTheSamples();
    void picturesVaryLess();
    void picturesMayStayPlain();
    void nudgedPicturesMoveByWholePixels();
    void imagesFollowMnistsRule_data();
    void imagesFollowMnistsRule();
    void followsFromItsArguments_data();
    void followsFromItsArguments();
    void keepsTheDigit_data();
    void keepsTheDigit();
    void keepsMnistsBrightness();
    void oddInk_data();
    void oddInk();
    void blankPicture();
    void oldVariationsStayAsTheyWere_data();
    void oldVariationsStayAsTheyWere();
    void zoomingKeepsTheMiddle();
    void noiseReachesEveryPixel();
    void speed_data();
    void speed();
};

void TestAugmentation::whatDoesNotVaryStays_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("variations");
    for (const auto& [name, kind] : kinds) {
        QTest::addRow("%s, nothing", name) << kind << QByteArray("rotate=0");
        QTest::addRow("%s, all plain", name) << kind << QByteArray("all,plain=1");
    }
    QTest::newRow("pictures, what only strokes have")
        << Kind::Picture << QByteArray("jitter,trim,shift,redraw");
    QTest::newRow("pictures, no part of what varies")
        << Kind::Picture << QByteArray("all,plain=0,mild-pictures=1");
    QTest::newRow("pictures, all of them plain")
        << Kind::Picture << QByteArray("all,plain=0,plain-pictures=1");
    QTest::newRow("strokes, nudged") << Kind::Strokes << QByteArray("nudge=3");
    QTest::newRow("synthetic, what only strokes have")
        << Kind::SyntheticDigit << QByteArray("jitter,trim,shift");
}

void TestAugmentation::whatDoesNotVaryStays()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, variations);
    const Samples samples = samplesOf(kind, 30);
    const auto images = allRendered(*samples.renderer(variations.constData()), 30, 5);
    for (std::size_t i = 0; i < images.size(); ++i) {
        QCOMPARE(greatestDifference(images[i], samples.set->digitImage(i)), 0);
    }
}

void TestAugmentation::everyKnobVariesWhatItShould_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("variations");
    for (const char* knob : {"rotate", "slant", "stretch", "bend", "pen-width", "jitter", "trim", "shift"}) {
        QTest::addRow("strokes, %s", knob) << Kind::Strokes << QByteArray(knob);
    }
    for (const char* knob : {"rotate", "slant", "stretch", "bend", "pen-width"}) {
        QTest::addRow("pictures, %s", knob) << Kind::Picture << QByteArray(knob);
    }
    for (const auto& [name, kind] : kinds) {
        QTest::addRow("%s, zoom", name) << kind << QByteArray("zoom");
        QTest::addRow("%s, noise", name) << kind << QByteArray("noise");
    }
    QTest::newRow("synthetic, redraw") << Kind::SyntheticDigit << QByteArray("redraw");
    QTest::newRow("no digits, redraw") << Kind::SyntheticNoDigit << QByteArray("redraw");
}

void TestAugmentation::everyKnobVariesWhatItShould()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, variations);
    QVERIFY(meanChange(samplesOf(kind, 200), variations.constData()) > 0.1);
}

void TestAugmentation::strongerVariesMore_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("knob");
    for (const char* knob : {"rotate", "slant", "stretch", "bend", "pen-width", "jitter", "trim", "shift"}) {
        QTest::addRow("strokes, %s", knob) << Kind::Strokes << QByteArray(knob);
    }
    for (const char* knob : {"rotate", "slant", "stretch", "bend", "pen-width"}) {
        QTest::addRow("pictures, %s", knob) << Kind::Picture << QByteArray(knob);
    }
}

void TestAugmentation::strongerVariesMore()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, knob);
    const Samples samples = samplesOf(kind, 200);
    const double little = meanChange(samples, knob + "=0.5");
    const double much = meanChange(samples, knob + "=2");
    QVERIFY2(much > 1.15 * little, qPrintable(QStringLiteral("%1 and %2").arg(little).arg(much)));
}

void TestAugmentation::plainIsAPartOfTheSamples()
{
    const Samples samples = samplesOf(Kind::Strokes, 500);
    const auto images = allRendered(*samples.renderer("all,plain=0.4"), 500, 2);
    int plain = 0;
    for (std::size_t i = 0; i < images.size(); ++i) {
        plain += images[i] == samples.set->digitImage(i) ? 1 : 0;
    }
    QVERIFY2(plain > 150 && plain < 250, qPrintable(QString::number(plain)));
}

void TestAugmentation::picturesVaryLess()
{
    const Samples pictures = samplesOf(Kind::Picture, 200);
    const double alike = meanChange(pictures, "rotate,slant,stretch,bend,pen-width");
    const double milder = meanChange(pictures, "rotate,slant,stretch,bend,pen-width,mild-pictures=0.7");
    QVERIFY2(milder < 0.9 * alike, qPrintable(QStringLiteral("%1 and %2").arg(milder).arg(alike)));
    // Strokes know nothing of it.
    const Samples strokes = samplesOf(Kind::Strokes, 50);
    QCOMPARE(meanChange(strokes, "rotate,bend,mild-pictures=0.7"), meanChange(strokes, "rotate,bend"));
}

void TestAugmentation::picturesMayStayPlain()
{
    const Samples samples = samplesOf(Kind::Picture, 500);
    const auto images = allRendered(*samples.renderer("all,plain=0,plain-pictures=0.4"), 500, 2);
    int plain = 0;
    for (std::size_t i = 0; i < images.size(); ++i) {
        plain += images[i] == samples.set->digitImage(i) ? 1 : 0;
    }
    QVERIFY2(plain > 150 && plain < 250, qPrintable(QString::number(plain)));
}

/// Every place within two pixels occurs, and the pixels stay the same.
void TestAugmentation::nudgedPicturesMoveByWholePixels()
{
    const Samples samples = samplesOf(Kind::Picture, 20);
    const auto renderer = samples.renderer("nudge=2");
    std::set<std::pair<int, int>> places;
    for (std::size_t i = 0; i < 20; ++i) {
        const DigitImage before = samples.set->digitImage(i);
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const DigitImage after = rendered(*renderer, i, seed);
            const int right = inkOf(after).left - inkOf(before).left;
            const int down = inkOf(after).top - inkOf(before).top;
            places.insert({right, down});
            for (int y = 2; y < digitSide - 2; ++y) {
                for (int x = 2; x < digitSide - 2; ++x) {
                    QCOMPARE(after.at(x, y), before.at(x - right, y - down));
                }
            }
        }
    }
    QCOMPARE(places.size(), std::size_t{25});
    QCOMPARE(*places.begin(), std::pair(-2, -2));
    QCOMPARE(*places.rbegin(), std::pair(2, 2));
}

void TestAugmentation::imagesFollowMnistsRule_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("variations");
    for (const auto& [name, kind] : kinds) {
        QTest::addRow("%s", name) << kind << QByteArray("all,plain=0,redraw=0");
    }
    QTest::newRow("synthetic, redrawn") << Kind::SyntheticDigit << QByteArray("redraw");
    const QByteArray strongest =
        "rotate=3,slant=3,stretch=3,bend=3,pen-width=3,jitter=3,trim=3,shift=3,redraw=0";
    QTest::newRow("pictures, strongest") << Kind::Picture << strongest;
    QTest::newRow("strokes, strongest") << Kind::Strokes << strongest;
}

void TestAugmentation::imagesFollowMnistsRule()
{
    QFETCH(Kind, kind);
    QFETCH(QByteArray, variations);
    const auto images = allRendered(*samplesOf(kind, 500).renderer(variations.constData()), 500, 9);
    for (const DigitImage& image : images) {
        QCOMPARE(inkOf(image).longerSide(), 20);
        QVERIFY(isCentred(image));
        QVERIFY(brightest(image) > 150);
    }
}

void TestAugmentation::followsFromItsArguments_data()
{
    QTest::addColumn<Kind>("kind");
    for (const auto& [name, kind] : kinds) {
        QTest::addRow("%s", name) << kind;
    }
}

/// On four threads at once as on one; another seed or another sample gives another image.
void TestAugmentation::followsFromItsArguments()
{
    QFETCH(Kind, kind);
    const Samples samples = samplesOf(kind, 100);
    const auto renderer = samples.renderer("all,plain=0");
    const auto expected = allRendered(*renderer, 100, 7);
    std::array<std::vector<DigitImage>, 4> results;
    std::array<std::thread, 4> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([&, i] { results[i] = allRendered(*renderer, 100, 7); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const auto& result : results) {
        QVERIFY(result == expected);
    }
    const auto other = allRendered(*renderer, 100, 8);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY(other[i] != expected[i]);
    }
}

void TestAugmentation::keepsTheDigit_data()
{
    followsFromItsArguments_data();
}

/// A varied sample is nearer to what it was, or to another of its digit, than to other digits.
void TestAugmentation::keepsTheDigit()
{
    QFETCH(Kind, kind);
    const Samples samples = samplesOf(kind, 1500);
    const auto renderer = samples.renderer("all,plain=0,redraw=0");
    int right = 0;
    for (std::size_t i = 0; i < 200; ++i) {
        const DigitImage image = rendered(*renderer, i, 4);
        std::size_t nearest = 0;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < samples.set->size(); ++j) {
            if (const double far = meanDifference(image, samples.set->digitImage(j)); far < least) {
                least = far;
                nearest = j;
            }
        }
        right += samples.set->labels[nearest] == samples.set->labels[i] ? 1 : 0;
    }
    QVERIFY2(right >= 188, qPrintable(QString::number(right)));
}

/// A picture that hardly moves keeps its brightness; sampling twice would blur it.
void TestAugmentation::keepsMnistsBrightness()
{
    auto set = std::make_shared<DigitSet>();
    for (const DigitImage& image : mnistTestImages(1000)) {
        set->add(image, 0);
    }
    if (set->size() == 0) {
        QSKIP("MNIST is not beside the project.");
    }
    const Samples samples{set, std::vector<SampleOrigin>(set->size())};
    DigitSet varied;
    for (const DigitImage& image : allRendered(*samples.renderer("rotate=0.001"), 1000, 1)) {
        varied.add(image, 0);
    }
    const PixelStatistics before = pixelStatistics(*samples.set);
    const PixelStatistics after = pixelStatistics(varied);
    QVERIFY2(std::abs(after.mean / before.mean - 1) < 0.02, qPrintable(QString::number(after.mean)));
    QVERIFY2(std::abs(after.standardDeviation / before.standardDeviation - 1) < 0.03,
             qPrintable(QString::number(after.standardDeviation)));
}

void TestAugmentation::oddInk_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("a dot") << 0;
    QTest::newRow("a dot in two points") << 1;
    QTest::newRow("a point that is not finite") << 2;
    QTest::newRow("tiny") << 3;
    QTest::newRow("huge") << 4;
    QTest::newRow("nothing finite") << 5;
    QTest::newRow("an upright line") << 6;
}

void TestAugmentation::oddInk()
{
    QFETCH(int, which);
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    Ink ink;
    ink.add(std::array{strokeOf({{5, 5}}, 3), strokeOf({{5, 5}, {5, 5}}),
                       strokeOf({{0, 0}, {nan, 3}, {9, 9}}), strokeOf({{0, 0}, {1e-30F, 2e-30F}}),
                       strokeOf({{-1e7F, 0}, {1e7F, 1e7F}}), strokeOf({{nan, nan}}),
                       strokeOf({{4, 0}, {4, 100}})}[static_cast<std::size_t>(which)]);
    auto set = std::make_shared<DigitSet>();
    set->add(normalizeInk(ink), 1);
    const auto renderer =
        augmenter(set, {{Kind::Strokes, std::make_shared<const Ink>(ink)}}, AugmentationOptions::usual());
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        QCOMPARE(rendered(*renderer, 0, seed).blank(), normalizeInk(ink).blank());
    }
}

void TestAugmentation::blankPicture()
{
    auto set = std::make_shared<DigitSet>();
    set->add(DigitImage(), noDigitLabel);
    const auto renderer = augmenter(set, {{}}, AugmentationOptions::usual());
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        QVERIFY(rendered(*renderer, 0, seed).blank());
    }
}

void TestAugmentation::oldVariationsStayAsTheyWere_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QList<int>>("sums");
    QTest::newRow("pictures") << Kind::Picture << QList<int>{34112, 18821, 12639, 6920,  23770,
                                                             13600, 33350, 18917, 17971, 10394};
    QTest::newRow("strokes") << Kind::Strokes << QList<int>{27841, 15849, 9592,  5488,  36202,
                                                            20496, 41568, 23738, 27231, 15020};
    QTest::newRow("synthetic") << Kind::SyntheticDigit << QList<int>{29551, 16563, 14284, 8083,  37029,
                                                                     20894, 32826, 18572, 36617, 20694};
    QTest::newRow("no digits") << Kind::SyntheticNoDigit << QList<int>{29554, 16718, 14880, 8310,  7302,
                                                                       4144,  23572, 12770, 30573, 16914};
}

/// The same seed gives the images that it gave before zoom and noise came: their brightness and place then.
/// Another mathematical library may round a pixel otherwise; other random numbers would be far away.
void TestAugmentation::oldVariationsStayAsTheyWere()
{
    QFETCH(Kind, kind);
    QFETCH(QList<int>, sums);
    const auto renderer = samplesOf(kind, 20).renderer("all,plain=0");
    for (std::size_t i = 0; i < 5; ++i) {
        const DigitImage image = rendered(*renderer, i, 7);
        int brightness = 0;
        int place = 0;
        for (int p = 0; p < digitPixels; ++p) {
            const int pixel = image.pixels[static_cast<std::size_t>(p)];
            brightness += pixel;
            place += pixel * (p % digitSide + 3 * (p / digitSide));
        }
        const auto at = static_cast<qsizetype>(2 * i);
        QVERIFY2(std::abs(brightness - sums[at]) <= 40, qPrintable(QString::number(brightness)));
        QVERIFY2(std::abs(place / 100 - sums[at + 1]) <= 40, qPrintable(QString::number(place / 100)));
    }
}

void TestAugmentation::zoomingKeepsTheMiddle()
{
    const Samples samples = samplesOf(Kind::Strokes, 100);
    const auto renderer = samples.renderer("zoom=2");
    int smaller = 0;
    int larger = 0;
    for (std::size_t i = 0; i < 100; ++i) {
        const DigitImage image = rendered(*renderer, i, 3);
        const auto [x, y] = centroid(image);
        QVERIFY(std::abs(x - 14) < 1.2 && std::abs(y - 14) < 1.2);
        const int side = inkOf(image).longerSide();
        QVERIFY(side >= 14 && side <= 28);
        smaller += side < 20 ? 1 : 0;
        larger += side > 21 ? 1 : 0;
    }
    QVERIFY(smaller > 20 && larger > 20);
}

void TestAugmentation::noiseReachesEveryPixel()
{
    auto set = std::make_shared<DigitSet>();
    DigitImage grey;
    grey.pixels.fill(128);
    for (int i = 0; i < 50; ++i) {
        set->add(grey, 1);
    }
    const Samples samples{set, std::vector<SampleOrigin>(50)};
    DigitSet noisy;
    for (const DigitImage& image : allRendered(*samples.renderer("noise=1"), 50, 2)) {
        noisy.add(image, 1);
    }
    const PixelStatistics statistics = pixelStatistics(noisy);
    QVERIFY(std::abs(statistics.mean - 128 / 255.0) < 0.005);
    QVERIFY(std::abs(statistics.standardDeviation - 0.1) < 0.005);
}

void TestAugmentation::speed_data()
{
    followsFromItsArguments_data();
}

void TestAugmentation::speed()
{
    QFETCH(Kind, kind);
    const Samples samples = samplesOf(kind, 100);
    const auto renderer = samples.renderer("all,plain=0");
    QBENCHMARK
    {
        for (std::size_t i = 0; i < 100; ++i) {
            rendered(*renderer, i, 3);
        }
    }
}

QTEST_GUILESS_MAIN(TestAugmentation)
#include "tst_augmentation.moc"
