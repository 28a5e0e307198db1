#include "core/base/random.h"
#include "core/data/digitset.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace digitpad;

namespace {

/// Image i has the label i % 10 and tells its number by its first pixels.
DigitSet numbered(std::size_t count)
{
    DigitSet set;
    set.name = "numbered";
    for (std::size_t i = 0; i < count; ++i) {
        DigitImage image;
        image.pixels[0] = static_cast<std::uint8_t>(i & 0xFFU);
        image.pixels[1] = static_cast<std::uint8_t>(i >> 8U);
        set.add(image, static_cast<int>(i % 10));
    }
    return set;
}

std::vector<int> numbers(const DigitSet& set)
{
    std::vector<int> result;
    for (std::size_t i = 0; i < set.size(); ++i) {
        result.push_back(set.image(i)[0] + (set.image(i)[1] << 8));
    }
    return result;
}

bool labelsFit(const DigitSet& set)
{
    const auto all = numbers(set);
    return std::equal(all.begin(), all.end(), set.labels.begin(), set.labels.end(),
                      [](int number, int label) { return number % 10 == label; });
}

} // namespace

class TestDigitSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statisticsOfKnownPixels_data();
    void statisticsOfKnownPixels();
    void statisticsAreExactForManyPixels();
    void splitTakesEveryImageOnce_data();
    void splitTakesEveryImageOnce();
    void splitDependsOnTheSeedAlone();
    void splitIsEven();
    void appendKeepsOrderAndJoinsNames();
};

void TestDigitSet::statisticsOfKnownPixels_data()
{
    QTest::addColumn<QList<int>>("values");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("deviation");
    QTest::newRow("no image") << QList<int>() << 0.0 << 0.0;
    QTest::newRow("black") << QList<int>{0} << 0.0 << 0.0;
    QTest::newRow("white") << QList<int>{255} << 1.0 << 0.0;
    QTest::newRow("one each") << QList<int>{0, 255} << 0.5 << 0.5;
    QTest::newRow("a quarter") << QList<int>{0, 0, 0, 255} << 0.25 << std::sqrt(3.0) / 4;
}

void TestDigitSet::statisticsOfKnownPixels()
{
    QFETCH(QList<int>, values);
    QFETCH(double, mean);
    QFETCH(double, deviation);
    DigitSet set;
    for (const int value : values) {
        DigitImage image;
        image.pixels.fill(static_cast<std::uint8_t>(value));
        set.add(image, 0);
    }
    const PixelStatistics statistics = pixelStatistics(set);
    QCOMPARE(statistics.mean, mean);
    QCOMPARE(statistics.standardDeviation, deviation);
}

/// Almost even pixels, where the difference of rounded sums would lose everything.
void TestDigitSet::statisticsAreExactForManyPixels()
{
    DigitSet set = numbered(2000);
    std::fill(set.images.begin(), set.images.end(), std::uint8_t{255});
    set.images[7] = 254;
    const double part = 1.0 / static_cast<double>(set.images.size());
    const PixelStatistics statistics = pixelStatistics(set);
    QCOMPARE(statistics.mean, 1 - part / 255);
    QCOMPARE(statistics.standardDeviation, std::sqrt(part * (1 - part)) / 255);
}

void TestDigitSet::splitTakesEveryImageOnce_data()
{
    QTest::addColumn<int>("images");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("taken");
    QTest::newRow("none of none") << 0 << 0 << 0;
    QTest::newRow("some of none") << 0 << 5 << 0;
    QTest::newRow("none") << 50 << 0 << 0;
    QTest::newRow("one") << 50 << 1 << 1;
    QTest::newRow("a tenth") << 1000 << 100 << 100;
    QTest::newRow("all") << 50 << 50 << 50;
    QTest::newRow("more than all") << 50 << 51 << 50;
}

void TestDigitSet::splitTakesEveryImageOnce()
{
    QFETCH(int, images);
    QFETCH(int, wanted);
    QFETCH(int, taken);
    const DigitSplit split =
        splitForValidation(numbered(static_cast<std::size_t>(images)), static_cast<std::size_t>(wanted), 7);
    QCOMPARE(split.validation.size(), static_cast<std::size_t>(taken));
    QCOMPARE(split.training.size(), static_cast<std::size_t>(images - taken));
    QCOMPARE(split.training.images.size(), split.training.size() * digitPixels);
    QVERIFY(labelsFit(split.training) && labelsFit(split.validation));

    std::vector<int> all = numbers(split.training);
    const std::vector<int> validation = numbers(split.validation);
    QVERIFY(std::is_sorted(all.begin(), all.end()));
    QVERIFY(std::is_sorted(validation.begin(), validation.end()));
    all.insert(all.end(), validation.begin(), validation.end());
    std::sort(all.begin(), all.end());
    QCOMPARE(all, numbers(numbered(static_cast<std::size_t>(images))));
}

void TestDigitSet::splitDependsOnTheSeedAlone()
{
    const DigitSet set = numbered(1000);
    const auto taken = [&set](std::uint64_t seed) {
        return numbers(splitForValidation(set, 100, seed).validation);
    };
    QCOMPARE(taken(1), taken(1));
    QVERIFY(taken(1) != taken(2));
    // Written down, so that another compiler or a changed generator is noticed.
    const auto first = numbers(splitForValidation(numbered(20), 5, 1).validation);
    QCOMPARE(first, (std::vector<int>{8, 12, 14, 15, 19}));
}

/// Each image is as likely as any other, the first and the last too.
void TestDigitSet::splitIsEven()
{
    const DigitSet set = numbered(10);
    std::vector<int> counts(10);
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        for (const int number : numbers(splitForValidation(set, 3, seed).validation)) {
            ++counts[static_cast<std::size_t>(number)];
        }
    }
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    QVERIFY2(*least > 1100 && *most < 1300,
             qPrintable(QStringLiteral("%1 to %2 of 1200").arg(*least).arg(*most)));
}

void TestDigitSet::appendKeepsOrderAndJoinsNames()
{
    DigitSet target = numbered(3);
    DigitSet source = numbered(2);
    source.name = "more";
    append(target, source);
    QCOMPARE(target.name, std::string("numbered + more"));
    QCOMPARE(numbers(target), (std::vector<int>{0, 1, 2, 0, 1}));
    QCOMPARE(target.labels, (std::vector<std::uint8_t>{0, 1, 2, 0, 1}));

    DigitSet empty;
    append(empty, source);
    QCOMPARE(empty.name, std::string("more"));
    append(empty, DigitSet());
    QCOMPARE(empty.name, std::string("more"));
}

QTEST_GUILESS_MAIN(TestDigitSet)
#include "tst_digitset.moc"
