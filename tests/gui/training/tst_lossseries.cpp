#include "ui/training/lossseries.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace digitpad;

class TestLossSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryLossWhileThereIsRoom();
    void staysBounded_data();
    void staysBounded();
    void keepsASpikeThroughMerging();
    void firstSmoothedIsUnbiased();
    void smoothedFollowsTheFormula();
    void leavesOutWhatIsNotFinite();
    void clearStartsAnew();
    void nearestBucket();
    void percentileIgnoresAFewOutliers();
    void smoothingFitsTheEpoch();
};

void TestLossSeries::keepsEveryLossWhileThereIsRoom()
{
    LossSeries series(4);
    series.append(std::vector{2.0, 1.0, 3.0, 0.5});
    QCOMPARE(series.buckets().size(), 4u);
    QCOMPARE(series.buckets()[2].mean(), 3.0);
    QCOMPARE(series.buckets()[2].minStep, 3);
    QCOMPARE(series.steps(), 4);
}

void TestLossSeries::staysBounded_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("maxBuckets");
    QTest::newRow("one more than fits") << 11 << 10;
    QTest::newRow("odd bound is rounded up") << 1000 << 9;
    QTest::newRow("long run") << 1'000'000 << 500;
}

void TestLossSeries::staysBounded()
{
    QFETCH(int, steps);
    QFETCH(int, maxBuckets);
    LossSeries series(static_cast<std::size_t>(maxBuckets));
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
        const double loss = 1 + std::sin(i);
        sum += loss;
        series.append(loss);
    }
    const std::size_t bound = static_cast<std::size_t>(maxBuckets + maxBuckets % 2);
    QVERIFY(series.buckets().size() <= bound);
    QVERIFY(series.buckets().size() >
            bound / 2 - 1); // Half empty at most: the detail that there is room for.

    double kept = 0;
    std::int64_t values = 0;
    std::int64_t last = 0;
    for (const LossBucket& bucket : series.buckets()) {
        kept += bucket.sum;
        values += bucket.values;
        QVERIFY(bucket.minStep > last && bucket.minStep <= bucket.lastStep);
        QVERIFY(bucket.maxStep > last && bucket.maxStep <= bucket.lastStep);
        QVERIFY(bucket.min <= bucket.mean() && bucket.mean() <= bucket.max);
        last = bucket.lastStep;
    }
    QCOMPARE(values, steps);
    QCOMPARE(last, steps);
    QVERIFY(std::abs(kept - sum) < 1e-6 * sum);
}

void TestLossSeries::keepsASpikeThroughMerging()
{
    LossSeries series(8);
    for (int i = 1; i <= 1000; ++i) {
        series.append(i == 333 ? 50.0 : i == 334 ? 0.001 : 1.0);
    }
    const LossBucket* bucket = series.nearest(333);
    QVERIFY(bucket != nullptr);
    QCOMPARE(bucket->max, 50.0);
    QCOMPARE(bucket->maxStep, 333);
    QCOMPARE(bucket->min, 0.001);
    QCOMPARE(bucket->minStep, 334);
}

void TestLossSeries::firstSmoothedIsUnbiased()
{
    LossSeries series(10, 0.99);
    series.append(2.3);
    QCOMPARE(series.buckets().front().smoothed, 2.3);
    series.append(2.3);
    QCOMPARE(series.buckets().back().smoothed, 2.3);
}

void TestLossSeries::smoothedFollowsTheFormula()
{
    LossSeries series(10, 0.5);
    series.append(std::vector{4.0, 2.0, 1.0});
    // Weights 1/8, 1/4 and 1/2, divided by their sum.
    QCOMPARE(series.buckets().back().smoothed, (4.0 / 8 + 2.0 / 4 + 1.0 / 2) / (7.0 / 8));
}

void TestLossSeries::leavesOutWhatIsNotFinite()
{
    LossSeries series(4, 0.5);
    series.append(std::numeric_limits<double>::quiet_NaN());
    QVERIFY(series.empty());
    QVERIFY(series.nearest(1) == nullptr);
    series.append(1.0);
    series.append(std::numeric_limits<double>::infinity());
    series.append(1.0);
    QCOMPARE(series.steps(), 4);
    QCOMPARE(series.buckets().size(), 2u);
    QCOMPARE(series.buckets().back().lastStep, 4);
    QCOMPARE(series.buckets().back().smoothed, 1.0);
}

void TestLossSeries::clearStartsAnew()
{
    LossSeries series(4);
    series.append(std::vector<double>(100, 3.0));
    series.clear(0.9);
    QVERIFY(series.empty());
    QCOMPARE(series.steps(), 0);
    series.append(std::vector{1.0, 2.0});
    QCOMPARE(series.buckets().size(), 2u);
    QCOMPARE(series.buckets().front().smoothed, 1.0);
}

void TestLossSeries::nearestBucket()
{
    LossSeries series(10);
    series.append(std::vector{5.0, 4.0, 3.0});
    QCOMPARE(series.nearest(-1)->mean(), 5.0);
    QCOMPARE(series.nearest(2)->mean(), 4.0);
    QCOMPARE(series.nearest(99)->mean(), 3.0);
}

void TestLossSeries::percentileIgnoresAFewOutliers()
{
    LossSeries series(200);
    QCOMPARE(series.percentile(0.5), 0.0);
    series.append(1000.0);
    series.append(std::vector<double>(99, 0.5));
    QCOMPARE(series.percentile(1.0), 1000.0);
    QCOMPARE(series.percentile(0.97), 0.5);
}

void TestLossSeries::smoothingFitsTheEpoch()
{
    QCOMPARE(LossSeries::smoothingFor(1), 0.75);
    QCOMPARE(LossSeries::smoothingFor(160), 0.9);
    QCOMPARE(LossSeries::smoothingFor(1'000'000), 0.99);
}

QTEST_APPLESS_MAIN(TestLossSeries)
#include "tst_lossseries.moc"
