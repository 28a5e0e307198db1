#include "core/base/random.h"
#include "core/data/digitset.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

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

/// `sizes[i]` samples of a group named "i", interleaved, behind `single` samples without a group.
DigitSet grouped(std::size_t single, const std::vector<std::size_t>& sizes)
{
    DigitSet set = numbered(single);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        set.groupNames.push_back(std::to_string(i));
    }
    const std::size_t largest = sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
    for (std::size_t round = 0; round < largest; ++round) {
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (round < sizes[i]) {
                set.add(DigitImage(), static_cast<int>(round % 11), static_cast<std::uint32_t>(i + 1));
            }
        }
    }
    return set;
}

/// Of digit d about d + 1 parts.
DigitSet uneven(std::size_t count)
{
    DigitSet set;
    Random random(5);
    for (std::size_t i = 0; i < count; ++i) {
        const auto place = static_cast<int>(random.below(55));
        int label = 0;
        for (int before = 0; place >= before + label + 1; before += label++ + 1) {
        }
        set.add(DigitImage(), label);
    }
    return set;
}

std::vector<int> labelCounts(const DigitSet& set)
{
    std::vector<int> counts(digitClasses);
    for (const std::uint8_t label : set.labels) {
        ++counts[label];
    }
    return counts;
}

std::set<std::uint32_t> groupsOf(const DigitSet& set)
{
    std::set<std::uint32_t> groups;
    for (std::size_t i = 0; i < set.size(); ++i) {
        groups.insert(set.group(i));
    }
    groups.erase(0);
    return groups;
}

std::size_t singles(const DigitSet& set)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        count += set.group(i) == 0 ? 1 : 0;
    }
    return count;
}

bool disjoint(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b)
{
    return std::none_of(a.begin(), a.end(), [&b](std::uint32_t group) { return b.count(group) > 0; });
}

} // namespace

class TestDigitSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitTakesEveryImageOnce_data();
    void splitTakesEveryImageOnce();
    void splitDependsOnTheSeedAlone();
    void splitIsEven();
    void splitKeepsTheLabelsShares();
    void noGroupIsOnBothSides_data();
    void noGroupIsOnBothSides();
    void groupsAreDrawnBySeed();
    void oneGroupIsSplitBySample();
    void heldOutGroupsAreTheValidation();
    void impossibleHeldOutGroups_data();
    void impossibleHeldOutGroups();
    void foldsTakeEveryImageOnce_data();
    void foldsTakeEveryImageOnce();
    void foldsKeepTheLabelsShares();
    void foldsKeepGroupsWhole();
    void foldsDependOnTheSeedAlone();
    void impossibleFolds_data();
    void impossibleFolds();
};

void TestDigitSplit::splitTakesEveryImageOnce_data()
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

void TestDigitSplit::splitTakesEveryImageOnce()
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

void TestDigitSplit::splitDependsOnTheSeedAlone()
{
    const DigitSet set = numbered(1000);
    const auto taken = [&set](std::uint64_t seed) {
        return numbers(splitForValidation(set, 100, seed).validation);
    };
    QCOMPARE(taken(1), taken(1));
    QVERIFY(taken(1) != taken(2));
    // Written down, so that another compiler or a changed generator is noticed.
    const auto first = numbers(splitForValidation(numbered(20), 5, 1).validation);
    QCOMPARE(first, (std::vector<int>{0, 2, 4, 5, 11}));
}

/// Each image is as likely as any other, the first and the last too.
void TestDigitSplit::splitIsEven()
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

/// As far as whole samples allow.
void TestDigitSplit::splitKeepsTheLabelsShares()
{
    const DigitSet set = uneven(1000);
    const auto all = labelCounts(set);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto taken = labelCounts(splitForValidation(set, 137, seed).validation);
        QCOMPARE(std::accumulate(taken.begin(), taken.end(), 0), 137);
        for (std::size_t label = 0; label < all.size(); ++label) {
            QVERIFY(std::abs(taken[label] - 0.137 * all[label]) < 1);
        }
    }
}

void TestDigitSplit::noGroupIsOnBothSides_data()
{
    QTest::addColumn<int>("single");
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("fewest"); // samples with a group in the validation set
    QTest::addColumn<int>("most");
    const QList<int> unipen = {203, 146, 114, 104, 69, 54, 40, 25, 17, 7, 1};
    QTest::newRow("many small groups") << 0 << QList<int>(100, 10) << 100 << 100 << 100;
    QTest::newRow("beside samples without one") << 1000 << QList<int>(100, 10) << 200 << 100 << 100;
    QTest::newRow("of uneven sizes") << 0 << unipen << 78 << 60 << 96;
    QTest::newRow("all too large") << 0 << QList<int>{500, 300, 400} << 60 << 300 << 300;
    QTest::newRow("two") << 0 << QList<int>{500, 20} << 52 << 20 << 20;
    QTest::newRow("everything") << 0 << QList<int>{50, 50, 50} << 150 << 100 << 100;
    QTest::newRow("nothing") << 0 << QList<int>{50, 50, 50} << 0 << 0 << 0;
    QTest::newRow("an empty group") << 0 << QList<int>{0, 50, 50} << 10 << 50 << 50;
}

void TestDigitSplit::noGroupIsOnBothSides()
{
    QFETCH(int, single);
    QFETCH(QList<int>, sizes);
    QFETCH(int, wanted);
    QFETCH(int, fewest);
    QFETCH(int, most);
    const DigitSet set = grouped(static_cast<std::size_t>(single), {sizes.begin(), sizes.end()});
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const DigitSplit split = splitForValidation(set, static_cast<std::size_t>(wanted), seed);
        QCOMPARE(split.training.size() + split.validation.size(), set.size());
        QVERIFY(disjoint(groupsOf(split.training), groupsOf(split.validation)));
        const auto apart = static_cast<int>(split.validation.size() - singles(split.validation));
        QVERIFY2(apart >= fewest && apart <= most, qPrintable(QString::number(apart)));
        QCOMPARE(static_cast<int>(singles(split.validation)),
                 static_cast<int>(std::llround(double(wanted) * single / static_cast<double>(set.size()))));
        QCOMPARE(subset(set, split.validationIndices).groups, split.validation.groups);
        QCOMPARE(subset(set, split.trainingIndices).images, split.training.images);
    }
}

void TestDigitSplit::groupsAreDrawnBySeed()
{
    const DigitSet set = grouped(100, std::vector<std::size_t>(20, 10));
    const auto drawn = [&set](std::uint64_t seed) {
        return groupsOf(splitForValidation(set, 60, seed).validation);
    };
    QCOMPARE(drawn(1), drawn(1));
    QVERIFY(drawn(1) != drawn(2));
    // Written down, so that another compiler or a changed generator is noticed.
    QCOMPARE(drawn(1), (std::set<std::uint32_t>{6, 7, 16, 17}));
    std::vector<int> counts(21);
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        for (const std::uint32_t group : drawn(seed)) {
            ++counts[group];
        }
    }
    const auto [least, most] = std::minmax_element(counts.begin() + 1, counts.end());
    QVERIFY2(*least > 150 && *most < 250, qPrintable(QStringLiteral("%1 to %2").arg(*least).arg(*most)));
}

/// A person's own collection: there is no other hand to measure with.
void TestDigitSplit::oneGroupIsSplitBySample()
{
    const DigitSplit split = splitForValidation(grouped(40, {60}), 20, 3);
    QCOMPARE(split.validation.size(), std::size_t{20});
    QCOMPARE(groupsOf(split.training), groupsOf(split.validation));
}

void TestDigitSplit::heldOutGroupsAreTheValidation()
{
    const DigitSet set = grouped(100, {30, 5, 40, 25});
    const std::vector<std::string> names = {"3", "1"};
    const auto split = splitForValidation(set, 20, 1, names);
    QVERIFY(split.ok());
    QCOMPARE(groupsOf(split->validation), (std::set<std::uint32_t>{2, 4}));
    QCOMPARE(groupsOf(split->training), (std::set<std::uint32_t>{1, 3}));
    QCOMPARE(split->validation.size(), std::size_t{30 + 10});
    // The samples without a group are those that would have been drawn anyway.
    const DigitSplit drawn = splitForValidation(set, 20, 1);
    const auto first = [](const DigitSplit& one) {
        return std::vector<std::size_t>(one.validationIndices.begin(), one.validationIndices.begin() + 10);
    };
    QCOMPARE(first(*split), first(drawn));
}

void TestDigitSplit::impossibleHeldOutGroups_data()
{
    QTest::addColumn<bool>("hasGroups");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown") << true << QStringList{QStringLiteral("0"), QStringLiteral("gmd")}
                             << QStringLiteral("no source “gmd”; it has “0”, “1” and “3”.");
    QTest::newRow("without samples") << true << QStringList{QStringLiteral("2")}
                                     << QStringLiteral("no source “2”");
    QTest::newRow("all of them") << true
                                 << QStringList{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("3")}
                                 << QStringLiteral("none to train with");
    QTest::newRow("no groups at all")
        << false << QStringList{QStringLiteral("gmd")} << QStringLiteral("neither sources nor writers");
}

void TestDigitSplit::impossibleHeldOutGroups()
{
    QFETCH(bool, hasGroups);
    QFETCH(QStringList, names);
    QFETCH(QString, message);
    std::vector<std::string> heldOut;
    for (const QString& name : names) {
        heldOut.push_back(name.toStdString());
    }
    const auto split =
        splitForValidation(hasGroups ? grouped(9, {30, 5, 0, 25}) : numbered(9), 3, 1, heldOut);
    QVERIFY(!split.ok());
    const QString text = QString::fromStdString(split.error().message);
    QVERIFY2(text.contains(message), qPrintable(text));
}

void TestDigitSplit::foldsTakeEveryImageOnce_data()
{
    QTest::addColumn<int>("images");
    QTest::addColumn<int>("folds");
    QTest::newRow("two of two") << 2 << 2;
    QTest::newRow("five of a hundred") << 100 << 5;
    QTest::newRow("as many as images") << 20 << 20;
    QTest::newRow("uneven") << 103 << 4;
}

void TestDigitSplit::foldsTakeEveryImageOnce()
{
    QFETCH(int, images);
    QFETCH(int, folds);
    const DigitSet set = numbered(static_cast<std::size_t>(images));
    std::vector<int> validated;
    for (int fold = 1; fold <= folds; ++fold) {
        const auto split = splitFold(set, folds, fold, 3);
        QVERIFY(split.ok());
        const auto size = static_cast<int>(split->validation.size());
        QVERIFY(size == images / folds || size == images / folds + 1);
        QCOMPARE(split->training.size() + split->validation.size(), set.size());
        QVERIFY(labelsFit(split->training) && labelsFit(split->validation));
        const std::vector<int> numbersOfFold = numbers(split->validation);
        QVERIFY(std::is_sorted(numbersOfFold.begin(), numbersOfFold.end()));
        validated.insert(validated.end(), numbersOfFold.begin(), numbersOfFold.end());
    }
    std::sort(validated.begin(), validated.end());
    QCOMPARE(validated, numbers(set));
}

void TestDigitSplit::foldsKeepTheLabelsShares()
{
    const DigitSet set = uneven(1000);
    const auto all = labelCounts(set);
    for (int fold = 1; fold <= 7; ++fold) {
        const auto counts = labelCounts(splitFold(set, 7, fold, 1)->validation);
        for (std::size_t label = 0; label < all.size(); ++label) {
            QVERIFY(std::abs(counts[label] - all[label] / 7.0) < 1);
        }
    }
}

/// A hand is either learned from or measured with, and each is measured with once.
void TestDigitSplit::foldsKeepGroupsWhole()
{
    const DigitSet set = grouped(100, {203, 146, 114, 104, 69, 54, 40, 25, 17, 7, 1});
    std::set<std::uint32_t> validated;
    for (int fold = 1; fold <= 4; ++fold) {
        const auto split = splitFold(set, 4, fold, 1);
        QVERIFY(split.ok());
        const auto groups = groupsOf(split->validation);
        QVERIFY(!groups.empty() && disjoint(groups, groupsOf(split->training)));
        QVERIFY(disjoint(groups, validated));
        validated.insert(groups.begin(), groups.end());
        QCOMPARE(singles(split->validation), std::size_t{25});
        QVERIFY(split->validation.size() >= 180 + 25 && split->validation.size() <= 210 + 25);
    }
    QCOMPARE(validated, groupsOf(set));
    // A person's own collection: there is no other hand to measure with.
    QCOMPARE(splitFold(grouped(0, {60}), 4, 1, 1)->validation.size(), std::size_t{15});
}

void TestDigitSplit::foldsDependOnTheSeedAlone()
{
    const auto first = [](std::uint64_t seed) {
        return numbers(splitFold(numbered(60), 6, 1, seed)->validation);
    };
    QCOMPARE(first(1), first(1));
    QVERIFY(first(1) != first(2));
    // Written down, so that another compiler or a changed generator is noticed.
    QCOMPARE(first(1), (std::vector<int>{3, 7, 20, 31, 34, 35, 39, 46, 48, 52}));
}

void TestDigitSplit::impossibleFolds_data()
{
    QTest::addColumn<int>("single");
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<QString>("message");
    QTest::newRow("fewer images") << 4 << QList<int>() << QStringLiteral("impossible with 4 images");
    QTest::newRow("fewer groups") << 0 << QList<int>{30, 5, 25} << QStringLiteral("choose at most 3");
}

void TestDigitSplit::impossibleFolds()
{
    QFETCH(int, single);
    QFETCH(QList<int>, sizes);
    QFETCH(QString, message);
    const DigitSet set = grouped(static_cast<std::size_t>(single), {sizes.begin(), sizes.end()});
    for (int fold = 1; fold <= 5; ++fold) {
        const auto split = splitFold(set, 5, fold, 1);
        QVERIFY(!split.ok());
        const QString text = QString::fromStdString(split.error().message);
        QVERIFY2(text.contains(message), qPrintable(text));
    }
}

QTEST_GUILESS_MAIN(TestDigitSplit)
#include "tst_digitsplit.moc"
