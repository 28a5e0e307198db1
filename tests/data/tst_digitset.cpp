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

} // namespace

class TestDigitSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statisticsOfKnownPixels_data();
    void statisticsOfKnownPixels();
    void statisticsAreExactForManyPixels();
    void appendKeepsOrderAndJoinsNames();
    void appendJoinsGroupsOfOneName();
    void samplesWithoutAGroup();
    void subsetTakesWhatIsAskedFor();
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

void TestDigitSet::appendJoinsGroupsOfOneName()
{
    DigitSet target;
    target.groupNames = {"apa", "apb"};
    target.add(DigitImage(), 1, 2);
    target.add(DigitImage(), 2, 1);
    DigitSet source;
    source.groupNames = {"tos", "apa"};
    source.add(DigitImage(), 3, 1);
    source.add(DigitImage(), 4);
    source.add(DigitImage(), 5, 2);
    append(target, source);
    QCOMPARE(target.groupNames, (std::vector<std::string>{"apa", "apb", "tos"}));
    QCOMPARE(target.groups, (std::vector<std::uint32_t>{2, 1, 3, 0, 1}));

    append(target, numbered(2));
    QCOMPARE(target.groups, (std::vector<std::uint32_t>{2, 1, 3, 0, 1, 0, 0}));
}

void TestDigitSet::samplesWithoutAGroup()
{
    DigitSet set = numbered(2);
    QVERIFY(set.groups.empty());
    QCOMPARE(set.group(1), 0U);
    append(set, numbered(1));
    QVERIFY(set.groups.empty());
    set.groupNames = {"me"};
    set.add(DigitImage(), 7, 1);
    QCOMPARE(set.groups, (std::vector<std::uint32_t>{0, 0, 0, 1}));
    QCOMPARE(set.images.size(), set.size() * digitPixels);
}

void TestDigitSet::subsetTakesWhatIsAskedFor()
{
    DigitSet set = numbered(4);
    set.groupNames = {"me"};
    set.groups = {0, 1, 0, 1};
    const std::vector<std::size_t> indices = {3, 0, 3};
    const DigitSet some = subset(set, indices);
    QCOMPARE(numbers(some), (std::vector<int>{3, 0, 3}));
    QCOMPARE(some.labels, (std::vector<std::uint8_t>{3, 0, 3}));
    QCOMPARE(some.groups, (std::vector<std::uint32_t>{1, 0, 1}));
    QCOMPARE(some.groupNames, set.groupNames);
    QCOMPARE(some.name, set.name);
}

QTEST_GUILESS_MAIN(TestDigitSet)
#include "tst_digitset.moc"
