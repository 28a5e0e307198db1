#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "tests/support/samples.h"

#include <QTest>

#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <string_view>

using namespace digitpad;
using namespace digitpad::test;

class SyntheticDigitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameSeedSameSet();
    void seedIsTheStoredOne();
    void otherSeedOtherSet();
    void classesAreBalanced_data();
    void classesAreBalanced();
    void imagesObeyTheRule();
    void statisticsAreLikeMnists();
    void stopsWhenAsked();
    void everyStyleDraws_data();
    void everyStyleDraws();
    void everyStyleIsChosen();
    void stylesHaveNamesAndShares();
    void digitsOfAStyleVary();
};

void SyntheticDigitsTest::sameSeedSameSet()
{
    const DigitSet a = syntheticDigits(200, 42, {});
    const DigitSet b = syntheticDigits(200, 42, [] { return true; });
    QVERIFY(a.images == b.images);
    QVERIFY(a.labels == b.labels);
}

void SyntheticDigitsTest::seedIsTheStoredOne()
{
    // Labels are exact everywhere; pixels may differ by rounding, so their sum is held to a ten-thousandth.
    const DigitSet set = syntheticDigits(100, 1, {});
    const std::vector<std::uint8_t> first(set.labels.begin(), set.labels.begin() + 12);
    const double sum = std::accumulate(set.images.begin(), set.images.end(), 0.0);
    double weighted = 0;
    for (std::size_t i = 0; i < set.images.size(); ++i) {
        weighted += static_cast<double>(i % 1009) * set.images[i];
    }
    QCOMPARE(first, (std::vector<std::uint8_t>{2, 6, 4, 9, 3, 7, 7, 2, 0, 9, 0, 0}));
    QVERIFY(std::abs(sum - 2'766'112) < 1e-4 * sum);
    QVERIFY(std::abs(weighted - 1'412'617'580) < 1e-4 * weighted);
}

void SyntheticDigitsTest::otherSeedOtherSet()
{
    QVERIFY(syntheticDigits(50, 1, {}).images != syntheticDigits(50, 2, {}).images);
}

void SyntheticDigitsTest::classesAreBalanced_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("a few too many") << 1003;
}

void SyntheticDigitsTest::classesAreBalanced()
{
    QFETCH(const int, count);
    const DigitSet set = syntheticDigits(static_cast<std::size_t>(count), 3, {});
    QCOMPARE(static_cast<int>(set.size()), count);
    QCOMPARE(set.images.size(), set.size() * digitPixels);
    std::array<int, digitClasses> counts{};
    for (const std::uint8_t label : set.labels) {
        ++counts.at(label);
    }
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    QVERIFY(*most - *least <= 1);
    if (count > 100) {
        QVERIFY(!std::is_sorted(set.labels.begin(), set.labels.begin() + 100));
    }
}

void SyntheticDigitsTest::imagesObeyTheRule()
{
    const DigitSet set = syntheticDigits(1000, 4, {});
    for (std::size_t i = 0; i < set.size(); ++i) {
        const DigitImage image = set.digitImage(i);
        QCOMPARE(inkOf(image).longerSide(), 20);
        QVERIFY(isCentred(image));
        QVERIFY(brightest(image) > 200);
        QVERIFY(normalizePicture(magnified(image, 3, 5, 6)) == image);
    }
}

void SyntheticDigitsTest::statisticsAreLikeMnists()
{
    const DigitSet set = syntheticDigits(2000, 5, {});
    double sum = 0;
    double squares = 0;
    for (const std::uint8_t value : set.images) {
        sum += value / 255.0;
        squares += value / 255.0 * value / 255.0;
    }
    const double mean = sum / static_cast<double>(set.images.size());
    const double deviation = std::sqrt(squares / static_cast<double>(set.images.size()) - mean * mean);
    QVERIFY2(std::abs(mean - 0.1307) < 0.01, qPrintable(QString::number(mean)));
    QVERIFY2(std::abs(deviation - 0.3081) < 0.015, qPrintable(QString::number(deviation)));
}

void SyntheticDigitsTest::stopsWhenAsked()
{
    int questions = 0;
    const DigitSet set = syntheticDigits(100'000, 6, [&questions] { return ++questions < 3; });
    QCOMPARE(questions, 3);
    QVERIFY(set.size() > 0 && set.size() < 2000);
    QCOMPARE(set.images.size(), set.size() * digitPixels);
    QCOMPARE(syntheticDigits(10, 6, [] { return false; }).size(), std::size_t{0});
}

void SyntheticDigitsTest::everyStyleDraws_data()
{
    QTest::addColumn<int>("digit");
    for (int digit = 0; digit < digitClasses; ++digit) {
        QTest::addRow("%d", digit) << digit;
    }
}

void SyntheticDigitsTest::everyStyleDraws()
{
    QFETCH(const int, digit);
    Random random(8);
    for (const DigitStyle& style : digitStyles(digit)) {
        const Ink ink = syntheticDigit(style, random);
        QCOMPARE(ink.strokes.size(), style.strokes.size());
        for (const auto& stroke : ink.strokes) {
            QVERIFY(stroke->points.size() >= 2);
            for (const InkPoint& point : stroke->points) {
                QVERIFY(std::abs(point.x - 50) < 160 && std::abs(point.y - 50) < 160);
            }
        }
    }
}

void SyntheticDigitsTest::everyStyleIsChosen()
{
    Random random(10);
    for (int digit = 0; digit < digitClasses; ++digit) {
        std::set<std::string_view> seen;
        for (int i = 0; i < 3000; ++i) {
            seen.insert(randomStyle(digit, random).name);
        }
        QCOMPARE(seen.size(), digitStyles(digit).size());
    }
}

void SyntheticDigitsTest::stylesHaveNamesAndShares()
{
    for (int digit = 0; digit < digitClasses; ++digit) {
        std::set<std::string_view> names;
        for (const DigitStyle& style : digitStyles(digit)) {
            QVERIFY(names.insert(style.name).second);
            QVERIFY(style.share > 0);
            QVERIFY(!style.strokes.empty());
            for (const StyleStroke& stroke : style.strokes) {
                QVERIFY(stroke.size() >= 2);
            }
        }
        QVERIFY(names.size() >= 5);
    }
}

void SyntheticDigitsTest::digitsOfAStyleVary()
{
    Random random(9);
    const DigitStyle& style = digitStyles(3).front();
    const DigitImage first = normalizeInk(syntheticDigit(style, random));
    for (int i = 0; i < 20; ++i) {
        QVERIFY(meanDifference(first, normalizeInk(syntheticDigit(style, random))) > 3);
    }
}

QTEST_APPLESS_MAIN(SyntheticDigitsTest)
#include "tst_syntheticdigits.moc"
