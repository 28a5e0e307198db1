#include "ui/training/numberfield.h"
#include "ui/training/seedfield.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace digitpad;

class TestNumberField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsSuitTheNumber_data();
    void stepsSuitTheNumber();
    void ratesStepOverTheirGrid_data();
    void ratesStepOverTheirGrid();
    void everyNumberComesBack_data();
    void everyNumberComesBack();
    void zeroHasAWord();
    void seedsHaveAllTheirBits();
};

void TestNumberField::stepsSuitTheNumber_data()
{
    using Steps = NumberField::Steps;
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QStringList>("way"); // By the up key, and back by the down key.
    QTest::newRow("rates") << Steps::Decades
                           << QStringList{QStringLiteral("0.0005"), QStringLiteral("0.001"),
                                          QStringLiteral("0.002"), QStringLiteral("0.005"),
                                          QStringLiteral("0.01")};
    QTest::newRow("from zero") << Steps::DecadesFromZero
                               << QStringList{QStringLiteral("0"),      QStringLiteral("1e-5"),
                                              QStringLiteral("2e-5"),   QStringLiteral("5e-5"),
                                              QStringLiteral("0.0001"), QStringLiteral("0.0002")};
    QTest::newRow("decays") << Steps::Decays << QStringList{QStringLiteral("0"),    QStringLiteral("0.5"),
                                                            QStringLiteral("0.8"),  QStringLiteral("0.9"),
                                                            QStringLiteral("0.95"), QStringLiteral("0.98"),
                                                            QStringLiteral("0.99"), QStringLiteral("0.995")};
    QTest::newRow("twentieths") << Steps::Twentieths
                                << QStringList{QStringLiteral("0"),   QStringLiteral("0.05"),
                                               QStringLiteral("0.1"), QStringLiteral("0.15"),
                                               QStringLiteral("0.2"), QStringLiteral("0.25")};
    QTest::newRow("tenths") << Steps::Tenths
                            << QStringList{QStringLiteral("0"), QStringLiteral("0.1"), QStringLiteral("0.2"),
                                           QStringLiteral("0.3")};
    QTest::newRow("quarters") << Steps::Quarters
                              << QStringList{QStringLiteral("0"), QStringLiteral("0.25"),
                                             QStringLiteral("0.5"), QStringLiteral("0.75"),
                                             QStringLiteral("1")};
}

void TestNumberField::stepsSuitTheNumber()
{
    QFETCH(NumberField::Steps, steps);
    QFETCH(QStringList, way);
    NumberField field(steps, 1);
    field.setValue(way.first().toDouble());
    for (qsizetype i = 1; i < way.size(); ++i) {
        QTest::keyClick(&field, Qt::Key_Up);
        QCOMPARE(field.text(), way[i]);
    }
    for (qsizetype i = way.size() - 2; i >= 0; --i) {
        QTest::keyClick(&field, Qt::Key_Down);
        QCOMPARE(field.text(), way[i]);
    }
}

void TestNumberField::ratesStepOverTheirGrid_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("to");
    QTest::newRow("down to the grid") << "0.003" << int(Qt::Key_Down) << "0.002";
    QTest::newRow("up to the grid") << "0.003" << int(Qt::Key_Up) << "0.005";
    QTest::newRow("small") << "1e-5" << int(Qt::Key_Down) << "5e-6";
    QTest::newRow("not past the largest") << "10" << int(Qt::Key_Up) << "10";
    QTest::newRow("no number stays") << "abc" << int(Qt::Key_Up) << "abc";
}

void TestNumberField::ratesStepOverTheirGrid()
{
    QFETCH(QString, from);
    QFETCH(int, key);
    NumberField field(NumberField::Steps::Decades, 10);
    QTest::keyClicks(&field, from);
    QTest::keyClick(&field, static_cast<Qt::Key>(key));
    QTEST(field.text(), "to");
}

void TestNumberField::everyNumberComesBack_data()
{
    QTest::addColumn<double>("number");
    for (const double number : {0.0, 1e-8, 3e-7, 0.1307, 0.9995, 1.0 / 3, 1.5, 1234567.0}) {
        QTest::addRow("%g", number) << number;
    }
}

void TestNumberField::everyNumberComesBack()
{
    QFETCH(double, number);
    NumberField field(NumberField::Steps::Tenths, 1);
    field.setValue(number);
    QCOMPARE(field.value(), std::optional(number));
}

void TestNumberField::zeroHasAWord()
{
    NumberField field(NumberField::Steps::Decays, 0.9999);
    field.setZeroText(QStringLiteral("None"));
    field.setValue(0);
    QCOMPARE(field.text(), QStringLiteral("None"));
    QCOMPARE(field.value(), std::optional(0.0));
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.text(), QStringLiteral("0.5"));
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.text(), QStringLiteral("None"));
}

void TestNumberField::seedsHaveAllTheirBits()
{
    SeedField field;
    QSignalSpy changed(&field, &SeedField::valueChanged);
    constexpr auto last = std::numeric_limits<std::uint64_t>::max();
    field.setValue(last);
    QCOMPARE(field.value(), last);
    QCOMPARE(changed.size(), 1);
    QTest::keyClick(&field, Qt::Key_Up);
    QCOMPARE(field.value(), last);
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.value(), last - 1);
    field.setValue(0);
    QTest::keyClick(&field, Qt::Key_Down);
    QCOMPARE(field.value(), std::uint64_t{0});
}

QTEST_MAIN(TestNumberField)
#include "tst_numberfield.moc"
