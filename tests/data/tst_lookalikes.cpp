#include "core/data/lookalikes.h"

#include <QTest>

using namespace digitpad;

class TestLookAlikes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signs_data();
    void signs();
};

void TestLookAlikes::signs_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<bool>("alike");
    for (const QChar sign : QStringLiteral("OoQIilL|ZzSsbGBgqОЗ°٣７²½Ⅷ")) {
        QTest::addRow("%s", qPrintable(QString(sign))) << QString(sign) << true;
    }
    for (const QChar sign : QStringLiteral("aAcCdDeEfFhHjJkKmMnNpPrRtTuUvVwWxXyY+-*#?!/',.()あЖΩ✓")) {
        QTest::addRow("%s", qPrintable(QString(sign))) << QString(sign) << false;
    }
    QTest::newRow("several digits") << QStringLiteral("12") << true;
    QTest::newRow("a digit and a doubt") << QStringLiteral("7?") << true;
    QTest::newRow("a digit and a space") << QStringLiteral(" 7") << true;
    QTest::newRow("a look-alike and a space") << QStringLiteral("l ") << true;
    QTest::newRow("a word") << QStringLiteral("triangle") << false;
    QTest::newRow("a word with look-alikes") << QStringLiteral("Igloo") << false;
}

void TestLookAlikes::signs()
{
    QFETCH(QString, label);
    QFETCH(bool, alike);
    QCOMPARE(looksLikeADigit(label), alike);
}

QTEST_GUILESS_MAIN(TestLookAlikes)
#include "tst_lookalikes.moc"
