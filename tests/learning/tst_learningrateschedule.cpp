#include "core/learning/learningrateschedule.h"

#include <QtTest>

#include <cmath>

using namespace digitpad;

class LearningRateScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void constantStays()
    {
        const LearningRateSchedule schedule("constant", 0.01, 100);
        QCOMPARE(schedule.rate(0), 0.01);
        QCOMPARE(schedule.rate(99), 0.01);
    }

    void cosineWarmsUpThenFalls()
    {
        const LearningRateSchedule schedule("cosine", 0.01, 1'000);
        for (std::int64_t step = 1; step <= 50; ++step) {
            QVERIFY(schedule.rate(step) > schedule.rate(step - 1));
        }
        QCOMPARE(schedule.rate(50), 0.01);
        for (std::int64_t step = 51; step < 1'000; ++step) {
            QVERIFY(schedule.rate(step) < schedule.rate(step - 1));
        }
        QVERIFY(std::abs(schedule.rate(525) - 0.005) < 1e-9); // Half way down.
        QVERIFY(schedule.rate(999) > 0);
    }

    void oneStepIsEnough() { QCOMPARE(LearningRateSchedule("cosine", 0.01, 1).rate(0), 0.01); }
};

QTEST_GUILESS_MAIN(LearningRateScheduleTest)
#include "tst_learningrateschedule.moc"
