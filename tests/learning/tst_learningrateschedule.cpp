#include "core/learning/learningrateschedule.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace digitpad;

namespace {

/// Ten epochs at a rate of 0.01.
TrainingOptions tenEpochs(const char* schedule)
{
    TrainingOptions options;
    options.schedule = schedule;
    options.learningRate = 0.01;
    options.epochs = 10;
    return options;
}

constexpr std::int64_t batches = 100; // An epoch's.

bool near(double one, double other)
{
    return std::abs(one - other) < 1e-12;
}

} // namespace

class LearningRateScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void constantStays()
    {
        const LearningRateSchedule schedule(tenEpochs("constant"), batches);
        QCOMPARE(schedule.steps(), std::int64_t{1'000});
        QCOMPARE(schedule.rate(0), 0.01);
        QCOMPARE(schedule.rate(999), 0.01);
    }

    void warmUpRisesInAStraightLine_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"constant", "step", "exponential", "cosine", "plateau"}) {
            QTest::newRow(name) << name;
        }
    }
    void warmUpRisesInAStraightLine()
    {
        QFETCH(QString, name);
        TrainingOptions options = tenEpochs(qPrintable(name));
        options.warmUp = 0.05;
        const LearningRateSchedule schedule(options, batches);
        const double first = schedule.rate(0);
        QVERIFY(first > 0 && first < 0.0003);
        for (std::int64_t step = 1; step <= 50; ++step) {
            QVERIFY(near(schedule.rate(step), first * static_cast<double>(step + 1)));
        }
        QCOMPARE(schedule.rate(50), 0.01);
        QVERIFY(schedule.rate(51) <= 0.01);
    }

    void stepFallsEverySoManyEpochs()
    {
        TrainingOptions options = tenEpochs("step");
        options.stepEpochs = 3;
        options.rateFactor = 0.1;
        const LearningRateSchedule schedule(options, batches);
        QCOMPARE(schedule.rate(299), 0.01);
        QVERIFY(near(schedule.rate(300), 0.001));
        QVERIFY(near(schedule.rate(599), 0.001));
        QVERIFY(near(schedule.rate(600), 0.0001));
    }

    void exponentialFallsEveryEpoch()
    {
        TrainingOptions options = tenEpochs("exponential");
        options.rateFactor = 0.5;
        const LearningRateSchedule schedule(options, batches);
        QCOMPARE(schedule.rate(99), 0.01);
        QVERIFY(near(schedule.rate(100), 0.005));
        QVERIFY(near(schedule.rate(999), 0.01 * std::pow(0.5, 9)));
    }

    void aRateIsNeverNought()
    {
        TrainingOptions options = tenEpochs("exponential");
        options.rateFactor = 0.01;
        options.epochs = 10'000;
        QVERIFY(LearningRateSchedule(options, 1).rate(9'999) > 0);
    }

    void cosineFallsToTheFinalRate_data()
    {
        QTest::addColumn<double>("final");
        QTest::newRow("nought") << 0.0;
        QTest::newRow("a tenth") << 0.001;
    }
    void cosineFallsToTheFinalRate()
    {
        QFETCH(double, final);
        TrainingOptions options = tenEpochs("cosine");
        options.finalLearningRate = final;
        const LearningRateSchedule schedule(options, batches);
        QCOMPARE(schedule.rate(0), 0.01);
        for (std::int64_t step = 1; step < 1'000; ++step) {
            QVERIFY(schedule.rate(step) < schedule.rate(step - 1));
        }
        QVERIFY(near(schedule.rate(500), (0.01 + final) / 2)); // Half way down.
        QVERIFY(schedule.rate(999) > final);
        QVERIFY(schedule.rate(999) < final + 1e-6);
    }

    void oneCycleRisesAndFalls_data()
    {
        QTest::addColumn<double>("warmUp");
        QTest::addColumn<int>("top");
        QTest::newRow("as usual") << 0.0 << 300;
        QTest::newRow("half") << 0.5 << 500;
    }
    void oneCycleRisesAndFalls()
    {
        QFETCH(double, warmUp);
        QFETCH(int, top);
        TrainingOptions options = tenEpochs("one-cycle");
        options.warmUp = warmUp;
        const LearningRateSchedule schedule(options, batches);
        QVERIFY(near(schedule.rate(0), 0.01 / 25));
        QVERIFY(near(schedule.rate(top / 2), (0.01 + 0.01 / 25) / 2));
        QVERIFY(near(schedule.rate(top), 0.01));
        for (std::int64_t step = 1; step < 1'000; ++step) {
            QCOMPARE(schedule.rate(step) > schedule.rate(step - 1), step <= top);
        }
        QVERIFY(schedule.rate(999) > 0 && schedule.rate(999) < 1e-6);
    }

    void plateauFallsWhenNothingGetsBetter()
    {
        TrainingOptions options = tenEpochs("plateau");
        options.plateauPatience = 2;
        options.rateFactor = 0.1;
        options.finalLearningRate = 0.0002;
        LearningRateSchedule schedule(options, batches);
        for (const double loss : {1.0, 0.9, 0.95}) {
            schedule.epochEnded(loss);
            QCOMPARE(schedule.rate(0), 0.01);
        }
        schedule.epochEnded(0.9); // As low is not lower.
        QVERIFY(near(schedule.rate(0), 0.001));
        schedule.epochEnded(0.95);
        QVERIFY(near(schedule.rate(0), 0.001)); // The count began anew.
        schedule.epochEnded(0.8);
        schedule.epochEnded(0.95);
        QVERIFY(near(schedule.rate(0), 0.001));
        schedule.epochEnded(0.95);
        QVERIFY(near(schedule.rate(0), 0.0002)); // Not below the final rate.
        schedule.epochEnded(0.95);
        schedule.epochEnded(0.95);
        QVERIFY(near(schedule.rate(0), 0.0002));
    }

    void othersDoNotListenToTheLoss()
    {
        TrainingOptions options = tenEpochs("constant");
        options.plateauPatience = 1;
        LearningRateSchedule schedule(options, batches);
        schedule.epochEnded(1);
        schedule.epochEnded(1);
        QCOMPARE(schedule.rate(0), 0.01);
    }

    void oneStepIsEnough()
    {
        for (const char* name : {"constant", "step", "exponential", "cosine", "one-cycle", "plateau"}) {
            TrainingOptions options = tenEpochs(name);
            options.epochs = 1;
            options.warmUp = 0.9;
            const double rate = LearningRateSchedule(options, 1).rate(0);
            QVERIFY2(rate > 0 && rate <= 0.01, name);
        }
    }

    void plansTheWholeRun_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"constant", "step", "exponential", "cosine", "one-cycle", "plateau"}) {
            QTest::newRow(name) << name;
        }
    }
    void plansTheWholeRun()
    {
        QFETCH(QString, name);
        TrainingOptions options = tenEpochs(qPrintable(name));
        options.warmUp = 0.2;
        const auto planned = plannedRates(options, 201);
        QCOMPARE(planned.size(), std::size_t{201});
        // What a run of any length does, up to its grain.
        const LearningRateSchedule schedule(options, 500);
        for (std::size_t i = 0; i < planned.size(); ++i) {
            const auto step = static_cast<std::int64_t>(i) * (schedule.steps() - 1) / 200;
            QVERIFY2(std::abs(planned[i] - schedule.rate(step)) < 1e-4 || name == QStringLiteral("step") ||
                         name == QStringLiteral("exponential"),
                     qPrintable(QString::number(i)));
        }
        const double highest = *std::max_element(planned.begin(), planned.end());
        QVERIFY(highest <= 0.01 && highest > 0.0099);
    }
};

QTEST_GUILESS_MAIN(LearningRateScheduleTest)
#include "tst_learningrateschedule.moc"
