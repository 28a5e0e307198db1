#include "ui/training/axisscale.h"

#include <QTest>

#include <limits>

using namespace digitpad;

class TestAxisScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linear_data();
    void linear();
    void logarithmic_data();
    void logarithmic();
    void steadyEndGrowsAtOnceAndShrinksSeldom();
    void epochAxis_data();
    void epochAxis();
};

void TestAxisScale::linear_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QList<double>>("ticks");
    QTest::addColumn<int>("decimals");
    QTest::newRow("loss at the start") << 0.0 << 2.3 << QList{0.0, 0.5, 1.0, 1.5, 2.0, 2.5} << 1;
    QTest::newRow("small loss") << 0.0 << 0.087 << QList{0.0, 0.02, 0.04, 0.06, 0.08, 0.1} << 2;
    QTest::newRow("exact end") << 0.0 << 10.0 << QList{0.0, 2.0, 4.0, 6.0, 8.0, 10.0} << 0;
    QTest::newRow("accuracy") << 91.2 << 100.0 << QList{90.0, 92.0, 94.0, 96.0, 98.0, 100.0} << 0;
    QTest::newRow("no span") << 3.0 << 3.0 << QList{3.0, 3.1} << 1;
    QTest::newRow("no span at zero") << 0.0 << 0.0 << QList{0.0, 0.0002} << 4;
}

void TestAxisScale::linear()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QList<double>, ticks);
    QFETCH(int, decimals);
    const AxisScale scale = linearScale(low, high, 5);
    QCOMPARE(scale.ticks.size(), static_cast<std::size_t>(ticks.size()));
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        QVERIFY2(std::abs(scale.ticks[static_cast<std::size_t>(i)] - ticks[i]) < 1e-9,
                 qPrintable(QString::number(scale.ticks[static_cast<std::size_t>(i)])));
    }
    QCOMPARE(scale.decimals, decimals);
    QVERIFY(scale.low <= low && scale.high >= high && scale.high > scale.low);
}

void TestAxisScale::logarithmic_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QList<double>>("ticks");
    QTest::newRow("one decade") << 0.12 << 0.9 << QList{0.1, 0.2, 0.5, 1.0};
    QTest::newRow("two decades") << 0.03 << 2.3 << QList{0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0};
    QTest::newRow("many decades") << 1e-5 << 3.0 << QList{1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0};
    QTest::newRow("no span") << 0.5 << 0.5 << QList{0.5, 1.0};
}

void TestAxisScale::logarithmic()
{
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(QList<double>, ticks);
    const AxisScale scale = logScale(low, high);
    QCOMPARE(scale.ticks.size(), static_cast<std::size_t>(ticks.size()));
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        QVERIFY(std::abs(scale.ticks[static_cast<std::size_t>(i)] / ticks[i] - 1) < 1e-9);
    }
    QVERIFY(scale.low <= low * (1 + 1e-9) && scale.high >= high * (1 - 1e-9) && scale.high > scale.low);
}

void TestAxisScale::steadyEndGrowsAtOnceAndShrinksSeldom()
{
    SteadyEnd end(0.6);
    QCOMPARE(end.follow(2.0), 2.0);
    QCOMPARE(end.follow(2.5), 2.5);
    QCOMPARE(end.follow(1.6), 2.5);
    QCOMPARE(end.follow(1.4), 1.4);
    end.reset();
    QCOMPARE(end.follow(0.1), 0.1);
}

void TestAxisScale::epochAxis_data()
{
    QTest::addColumn<double>("done");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<double>("end");
    QTest::newRow("nothing yet") << 0.0 << 10 << 1.0;
    QTest::newRow("within the first") << 0.3 << 10 << 1.0;
    QTest::newRow("exactly the first") << 1.0 << 10 << 1.0;
    QTest::newRow("into the second") << 1.01 << 10 << 2.0;
    QTest::newRow("leaps") << 6.5 << 100 << 8.0;
    QTest::newRow("never past the plan") << 8.5 << 9 << 9.0;
    QTest::newRow("long") << 1010.0 << 10'000 << 1500.0;
    QTest::newRow("more than planned") << 3.0 << 1 << 3.0;
}

void TestAxisScale::epochAxis()
{
    QFETCH(double, done);
    QFETCH(int, epochs);
    QFETCH(double, end);
    QCOMPARE(epochAxisEnd(done, epochs), end);
}

QTEST_APPLESS_MAIN(TestAxisScale)
#include "tst_axisscale.moc"
