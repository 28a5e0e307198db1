#include "core/torch/rangetest.h"
#include "tests/torch/testdata.h"

#include <QtTest>

#include <cmath>

using namespace digitpad;

namespace {

TrainingOptions someOptions()
{
    TrainingOptions options;
    options.batchSize = 32;
    return options;
}

Result<RateRangeTest> tested(const TrainingOptions& options, const TrainingData& data, double lowest,
                             double highest, int steps, TrainingObserver& observer)
{
    return torchEngine().testRates(validate(options, 1'000'000).value(), data, lowest, highest, steps,
                                   observer);
}

} // namespace

class RangeTestTest : public QObject
{
    Q_OBJECT

    TrainingData m_data;

private Q_SLOTS:
    void initTestCase() { m_data = syntheticTrainingData(600, 60, 0); }

    void ratesRiseEvenlyOnALogarithmicScale()
    {
        RecordingObserver observer;
        const auto test = tested(someOptions(), m_data, 1e-6, 1e-2, 41, observer);
        QVERIFY(test.ok());
        QCOMPARE(test->points.size(), std::size_t{41});
        for (std::size_t i = 0; i < 41; ++i) {
            const double wanted = 1e-6 * std::pow(10.0, static_cast<double>(i) / 10);
            QVERIFY(std::abs(test->points[i].rate / wanted - 1) < 1e-9);
            QCOMPARE(observer.batches[i].learningRate, test->points[i].rate);
            QCOMPARE(observer.batches[i].batches, std::int64_t{41});
        }
        QVERIFY(observer.epochs.empty());
        QVERIFY(std::abs(test->points.front().loss - std::log(10.0)) < 0.3);
    }

    void suggestsARateThatTrains_data()
    {
        QTest::addColumn<QString>("optimizer");
        QTest::newRow("adam") << "adam";
        QTest::newRow("sgd") << "sgd";
    }
    void suggestsARateThatTrains()
    {
        QFETCH(QString, optimizer);
        TrainingOptions options = someOptions();
        options.optimizer = optimizer.toStdString();
        RecordingObserver observer;
        const auto test = tested(options, m_data, 1e-6, 10, 200, observer);
        QVERIFY(test.ok());
        // It ends early where rates near 10 explode: Adam's steps may only silence the network.
        QVERIFY(test->points.size() < 200 || options.optimizer == "adam");
        QVERIFY2(test->suggestion > 1e-5 && test->suggestion < 1,
                 qPrintable(QString::number(test->suggestion)));
        options.learningRate = test->suggestion;
        options.epochs = 4;
        RecordingObserver training;
        const auto result = trained(options, m_data, training);
        QVERIFY(result.ok());
        QVERIFY2(result->epochs.back().validationAccuracy > 0.5,
                 qPrintable(QString::number(result->epochs.back().validationAccuracy)));
    }

    void sameSeedGivesTheSameCurve()
    {
        RecordingObserver observer;
        const auto one = tested(someOptions(), m_data, 1e-5, 1, 50, observer);
        const auto other = tested(someOptions(), m_data, 1e-5, 1, 50, observer);
        QVERIFY(one.ok() && other.ok());
        QCOMPARE(one->suggestion, other->suggestion);
        QCOMPARE(one->points.back().loss, other->points.back().loss);
    }

    void stops()
    {
        RecordingObserver observer;
        observer.stopAfterSteps = 5;
        const auto test = tested(someOptions(), m_data, 1e-5, 1, 50, observer);
        QVERIFY(!test.ok());
        QCOMPARE(test.error().code, ErrorCode::Cancelled);
        QCOMPARE(observer.batches.size(), std::size_t{5});
    }

    void refusesImpossibleRanges_data()
    {
        QTest::addColumn<double>("lowest");
        QTest::addColumn<double>("highest");
        QTest::addColumn<int>("steps");
        QTest::newRow("from 0") << 0.0 << 1.0 << 100;
        QTest::newRow("downwards") << 1.0 << 0.1 << 100;
        QTest::newRow("nowhere") << 1.0 << 1.0 << 100;
        QTest::newRow("no number") << std::nan("") << 1.0 << 100;
        QTest::newRow("too far") << 0.1 << 1'000.0 << 100;
        QTest::newRow("too few") << 0.1 << 1.0 << 9;
    }
    void refusesImpossibleRanges()
    {
        QFETCH(double, lowest);
        QFETCH(double, highest);
        QFETCH(int, steps);
        RecordingObserver observer;
        const auto test = tested(someOptions(), m_data, lowest, highest, steps, observer);
        QVERIFY(!test.ok());
        QCOMPARE(test.error().code, ErrorCode::InvalidInput);
    }

    void suggestsTheSteepestPlace()
    {
        // Flat, then down around 1e-2 as an S, then up.
        std::vector<RateRangeTest::Point> points;
        for (int i = 0; i <= 100; ++i) {
            const double power = -5 + i * 0.05;
            points.push_back({std::pow(10.0, power),
                              2.3 - 2 / (1 + std::exp(-8 * (power + 2))) + std::exp(4 * (power - 0.2))});
        }
        QVERIFY(std::abs(std::log10(steepestRate(points)) + 2) < 0.1);
    }

    void suggestsNothingWhereTheLossFallsNowhere()
    {
        std::vector<RateRangeTest::Point> points;
        for (int i = 0; i < 50; ++i) {
            points.push_back({std::pow(1.2, i), 1.0 + i});
        }
        QCOMPARE(steepestRate(points), 0.0);
        QCOMPARE(steepestRate({}), 0.0);
        QCOMPARE(steepestRate({{1, 1}}), 0.0);
    }
};

QTEST_GUILESS_MAIN(RangeTestTest)
#include "tst_rangetest.moc"
