#include "core/data/digitstatistics.h"
#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "tests/support/samples.h"
#include "tests/testfiles.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace digitpad;
using namespace digitpad::test;

class DigitStatisticsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithPlainSums();
    void ofNothing();
    void ofBlankImages();
    void findsDuplicates();
    void inkIsTheSumOfValues();
    void strokeWidthOfBarsAndDiscs_data();
    void strokeWidthOfBarsAndDiscs();
    void strokeWidthFollowsThePen();
    void binsAndQuantiles();
    void saysHowFarAndIsCancelled();
    void agreesWithMnistsKnownFigures();
};

/// Everything counted once more, the plain way.
void DigitStatisticsTest::agreesWithPlainSums()
{
    const DigitSet set = syntheticDigits(500, 3, {});
    const auto counted = digitStatistics(set);
    QVERIFY(counted.ok());
    const DigitStatistics& statistics = *counted;
    QCOMPARE(statistics.images, std::size_t{500});
    QCOMPARE(statistics.bytes, std::size_t{500 * 785});
    std::array<std::uint64_t, 256> values{};
    double sum = 0;
    for (const std::uint8_t value : set.images) {
        ++values[value];
        sum += value / 255.0;
    }
    const double mean = sum / static_cast<double>(set.images.size());
    double squares = 0;
    for (const std::uint8_t value : set.images) {
        squares += (value / 255.0 - mean) * (value / 255.0 - mean);
    }
    QCOMPARE(statistics.values, values);
    QVERIFY(std::abs(statistics.pixels.mean - mean) < 1e-9);
    QVERIFY(std::abs(statistics.pixels.standardDeviation -
                     std::sqrt(squares / static_cast<double>(set.images.size()))) < 1e-9);
    const PixelStatistics before = pixelStatistics(set);
    QVERIFY(std::abs(statistics.pixels.mean - before.mean) < 1e-9);
    QVERIFY(std::abs(statistics.pixels.standardDeviation - before.standardDeviation) < 1e-9);
    QCOMPARE(statistics.lowest, 0);
    QCOMPARE(statistics.highest, 255);
    for (int label = 0; label < digitClasses; ++label) {
        const ClassStatistics& ofClass = statistics.classes[static_cast<std::size_t>(label)];
        QCOMPARE(ofClass.images, std::size_t{50});
        QCOMPARE(ofClass.strokeWidth.total(), std::size_t{50});
        double classSum = 0;
        double squaresAt300 = 0;
        double sumAt300 = 0;
        for (std::size_t i = 0; i < set.size(); ++i) {
            if (set.labels[i] == label) {
                classSum += std::accumulate(set.image(i), set.image(i) + digitPixels, 0.0);
                sumAt300 += set.image(i)[300];
                squaresAt300 += double(set.image(i)[300]) * set.image(i)[300];
            }
        }
        QVERIFY(std::abs(ofClass.meanInk - classSum / 255 / 50) < 1e-6);
        QVERIFY(std::abs(double(ofClass.mean[300]) - sumAt300 / 50) < 1e-3);
        const double deviation = std::sqrt(squaresAt300 / 50 - sumAt300 / 50 * sumAt300 / 50);
        QVERIFY(std::abs(double(ofClass.standardDeviation[300]) - deviation) < 1e-3);
    }
    QCOMPARE(statistics.classes[noDigitLabel].images, std::size_t{0});
    QCOMPARE(statistics.ink.total(), std::size_t{500});
}

void DigitStatisticsTest::ofNothing()
{
    const auto statistics = digitStatistics({});
    QVERIFY(statistics.ok());
    QCOMPARE(statistics->images, std::size_t{0});
    QCOMPARE(statistics->pixels.mean, 0.0);
    QCOMPARE(statistics->highest, 0);
    QCOMPARE(statistics->ink.quantile(0.5), 0.0);
}

void DigitStatisticsTest::ofBlankImages()
{
    DigitSet set;
    set.add(DigitImage(), 3);
    set.add(normalizeInk(seven()), 7);
    set.add(DigitImage(), noDigitLabel);
    const auto statistics = digitStatistics(set);
    QCOMPARE(statistics->blank, (std::vector<std::size_t>{0, 2}));
    QCOMPARE(statistics->duplicates, std::size_t{0}); // Blank ones are told apart from others' copies.
    QCOMPARE(statistics->classes[3].strokeWidth.total(), std::size_t{0});
    QCOMPARE(statistics->classes[noDigitLabel].images, std::size_t{1});
    QCOMPARE(statistics->strokeWidthOfImage[0], 0.0F);
}

void DigitStatisticsTest::findsDuplicates()
{
    DigitSet set = syntheticDigits(20, 1, {});
    set.add(set.digitImage(4), set.labels[4]);
    set.add(set.digitImage(9), (set.labels[9] + 1) % 10);
    set.add(set.digitImage(4), set.labels[4]);
    const auto statistics = digitStatistics(set);
    QCOMPARE(statistics->duplicates, std::size_t{3});
    QCOMPARE(statistics->contradictory, std::size_t{1});
    QCOMPARE(statistics->firstEqual[19], std::uint32_t{19});
    QCOMPARE(statistics->firstEqual[20], std::uint32_t{4});
    QCOMPARE(statistics->firstEqual[21], std::uint32_t{9});
    QCOMPARE(statistics->firstEqual[22], std::uint32_t{4});
}

void DigitStatisticsTest::inkIsTheSumOfValues()
{
    DigitImage image;
    image.pixels[5] = 255;
    image.pixels[700] = 51;
    QVERIFY(std::abs(inkOf(image.pixels.data()) - 1.2) < 1e-9);
}

void DigitStatisticsTest::strokeWidthOfBarsAndDiscs_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("length");
    QTest::newRow("thin bar") << 2.0 << 18.0;
    QTest::newRow("usual bar") << 3.0 << 17.0;
    QTest::newRow("thick bar") << 5.0 << 15.0;
    QTest::newRow("disc") << 9.0 << 0.0;
}

/// Stadiums painted exactly: each pixel's ink is measured at 16 × 16 places in it.
void DigitStatisticsTest::strokeWidthOfBarsAndDiscs()
{
    QFETCH(double, width);
    QFETCH(double, length);
    constexpr int fine = 16;
    for (const double angle : {0.0, 0.3, 0.785, 1.2, 1.5708}) {
        DigitImage image;
        for (int y = 0; y < digitSide; ++y) {
            for (int x = 0; x < digitSide; ++x) {
                int inside = 0;
                for (int i = 0; i < fine * fine; ++i) {
                    const double dx = x + (i % fine + 0.5) / fine - 14;
                    const double dy = y + (i / fine + 0.5) / fine - 14;
                    const double along = std::abs(dx * std::cos(angle) + dy * std::sin(angle));
                    const double across = dy * std::cos(angle) - dx * std::sin(angle);
                    inside += std::hypot(std::max(along - length / 2, 0.0), across) < width / 2 ? 1 : 0;
                }
                image.pixels[static_cast<std::size_t>(y * digitSide + x)] =
                    static_cast<std::uint8_t>(std::lround(255.0 * inside / (fine * fine)));
            }
        }
        const double measured = strokeWidthOf(image.pixels.data());
        QVERIFY2(std::abs(measured - width) < 0.12 * width,
                 qPrintable(QStringLiteral("%1 instead of %2 at %3").arg(measured).arg(width).arg(angle)));
    }
}

void DigitStatisticsTest::strokeWidthFollowsThePen()
{
    Random random(11);
    std::vector<double> means;
    // Strokes of thicker pens run into each other.
    for (const double pen : {1.6, 2.2, 2.8, 3.4}) {
        double sum = 0;
        for (int i = 0; i < 100; ++i) {
            sum += strokeWidthOf(normalizeInk(syntheticDigit(i % 10, random), pen).pixels.data());
        }
        means.push_back(sum / 100);
        QVERIFY2(std::abs(means.back() - pen) < 0.2 * pen,
                 qPrintable(QStringLiteral("%1 for %2").arg(means.back()).arg(pen)));
    }
    QVERIFY(std::is_sorted(means.begin(), means.end()));
}

void DigitStatisticsTest::binsAndQuantiles()
{
    BinnedCounts counts{0.5, std::vector<std::size_t>(4)};
    for (const double value : {-1.0, 0.1, 0.6, 0.7, 1.2, 99.0}) {
        counts.add(value);
    }
    QCOMPARE(counts.counts, (std::vector<std::size_t>{2, 2, 1, 1}));
    QCOMPARE(counts.quantile(0.5), 0.75);
    QCOMPARE(counts.quantile(0), 0.0);
    QCOMPARE(counts.quantile(1), 2.0);
}

void DigitStatisticsTest::saysHowFarAndIsCancelled()
{
    DigitSet set;
    set.images.resize(std::size_t{5000} * digitPixels);
    set.labels.resize(5000);
    std::vector<double> parts;
    QVERIFY(digitStatistics(set, [&parts](const ReadingProgress& progress) {
                parts.push_back(progress.part);
                return true;
            }).ok());
    QVERIFY(parts.size() >= 4 && std::is_sorted(parts.begin(), parts.end()));
    const auto cancelled = digitStatistics(set, [](const ReadingProgress&) { return false; });
    QVERIFY(!cancelled.ok());
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
}

/// Computed with NumPy from the test set's files.
void DigitStatisticsTest::agreesWithMnistsKnownFigures()
{
    const QString folder = sharedFolder(QStringLiteral("mnist"));
    if (folder.isEmpty()) {
        QSKIP("MNIST is not on this machine.");
    }
    const auto set = readMnistTest(folder);
    QVERIFY(set.ok());
    const auto statistics = digitStatistics(*set);
    QVERIFY(statistics.ok());
    QVERIFY(std::abs(statistics->pixels.mean - 0.13251460584233699) < 1e-12);
    QVERIFY(std::abs(statistics->pixels.standardDeviation - 0.3104802479305348) < 1e-12);
    const std::array<std::size_t, 10> counts{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
    const std::array<double, 10> medianWidths{2.867,  2.7816, 2.7967, 2.632,  2.5769,
                                              2.4289, 2.7797, 2.6233, 2.6409, 2.5848};
    for (std::size_t label = 0; label < counts.size(); ++label) {
        QCOMPARE(statistics->classes[label].images, counts[label]);
        // The bins are a quarter of a pixel wide.
        QVERIFY(std::abs(statistics->classes[label].strokeWidth.quantile(0.5) - medianWidths[label]) < 0.05);
    }
    QCOMPARE(statistics->values[0], std::uint64_t{6'328'781});
    QCOMPARE(statistics->values[128], std::uint64_t{13'266});
    QCOMPARE(statistics->values[255], std::uint64_t{56'835});
    QVERIFY(std::abs(statistics->inkOfImage[0] - 72.3686274509804F) < 1e-4F);
    const auto [least, most] =
        std::minmax_element(statistics->inkOfImage.begin(), statistics->inkOfImage.end());
    QCOMPARE(most - statistics->inkOfImage.begin(), 2462);
    QCOMPARE(least - statistics->inkOfImage.begin(), 6572);
    QVERIFY(std::abs(double(statistics->strokeWidthOfImage[0]) - 2.1940876304059755) < 1e-4);
    const ClassStatistics& threes = statistics->classes[3];
    QVERIFY(std::abs(threes.meanInk - 112.3513414870899) < 1e-9);
    QVERIFY(std::abs(double(threes.mean[14 * 28 + 14]) - 154.58514851485148) < 1e-3);
    QVERIFY(std::abs(double(threes.standardDeviation[14 * 28 + 14]) - 107.13488849991327) < 1e-3);
    QCOMPARE(statistics->duplicates, std::size_t{0});
    QVERIFY(statistics->blank.empty());
}

QTEST_APPLESS_MAIN(DigitStatisticsTest)
#include "tst_digitstatistics.moc"
