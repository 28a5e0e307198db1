#include "core/data/augmentation.h"

#include <QTest>

using namespace digitpad;

class TestAugmentationText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsRead_data();
    void textIsRead();
    void textIsRefused_data();
    void textIsRefused();
    void allLeavesPicturesAlone();
    void textComesBack();
};

void TestAugmentationText::textIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("rotate");
    QTest::addColumn<double>("penWidth");
    QTest::addColumn<double>("plain");
    QTest::newRow("all") << QStringLiteral("all") << 1.0 << 1.0 << 0.1;
    QTest::newRow("one") << QStringLiteral("rotate") << 1.0 << 0.0 << 0.0;
    QTest::newRow("several") << QStringLiteral("pen-width,plain,rotate=0.25") << 0.25 << 1.0 << 0.1;
    QTest::newRow("all but one") << QStringLiteral("all,rotate=0") << 0.0 << 1.0 << 0.1;
    QTest::newRow("all comes last") << QStringLiteral("rotate=3,all") << 1.0 << 1.0 << 0.1;
    QTest::newRow("greatest") << QStringLiteral("rotate=3,plain=1") << 3.0 << 0.0 << 1.0;
}

void TestAugmentationText::textIsRead()
{
    QFETCH(QString, text);
    const auto options = augmentationFromText(text.toStdString());
    QVERIFY(options.ok());
    QTEST(options->rotate, "rotate");
    QTEST(options->penWidth, "penWidth");
    QTEST(options->plain, "plain");
}

void TestAugmentationText::textIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("empty") << QString() << QStringLiteral("no variation “”; choose all, or some of rotate");
    QTest::newRow("unknown") << QStringLiteral("rotate,blur") << QStringLiteral("“blur”");
    QTest::newRow("too much") << QStringLiteral("bend=3.1") << QStringLiteral("choose bend=0 to 3.");
    QTest::newRow("negative") << QStringLiteral("bend=-1") << QStringLiteral("bend=0 to 3");
    QTest::newRow("part above all") << QStringLiteral("plain=1.1") << QStringLiteral("plain=0 to 1.");
    QTest::newRow("nudged too far") << QStringLiteral("nudge=4") << QStringLiteral("nudge=0 to 3.");
    QTest::newRow("no number") << QStringLiteral("bend=") << QStringLiteral("bend=0 to 3");
    QTest::newRow("not a number") << QStringLiteral("bend=nan") << QStringLiteral("bend=0 to 3");
    QTest::newRow("more than a number") << QStringLiteral("bend=1x") << QStringLiteral("bend=0 to 3");
    QTest::newRow("spaces") << QStringLiteral("bend, trim") << QStringLiteral("“ trim”");
}

void TestAugmentationText::textIsRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const auto options = augmentationFromText(text.toStdString());
    QVERIFY(!options.ok());
    const QString said = QString::fromStdString(options.error().message);
    QVERIFY2(said.contains(message), qPrintable(said));
}

/// "all" keeps MNIST's rule, and varies pictures as strokes.
void TestAugmentationText::allLeavesPicturesAlone()
{
    const AugmentationOptions all = AugmentationOptions::usual();
    QCOMPARE(all.mildPictures, 0.0);
    QCOMPARE(all.plainPictures, 0.0);
    QCOMPARE(all.nudge, 0.0);
    const auto named = augmentationFromText("mild-pictures,plain-pictures,nudge");
    QVERIFY(named.ok());
    QCOMPARE(named->mildPictures, 0.5);
    QCOMPARE(named->plainPictures, 0.5);
    QCOMPARE(named->nudge, 1.0);
}

void TestAugmentationText::textComesBack()
{
    for (const char* text :
         {"bend=0.3,trim,plain=0.25,pen-width=2", "all,mild-pictures=0.4,plain-pictures,nudge"}) {
        const auto options = augmentationFromText(text).value();
        QCOMPARE(augmentationFromText(augmentationText(options)).value(), options);
    }
    QCOMPARE(augmentationFromText(augmentationText(AugmentationOptions::usual())).value(),
             AugmentationOptions::usual());
    QCOMPARE(augmentationText({}), std::string("none"));
}

QTEST_GUILESS_MAIN(TestAugmentationText)
#include "tst_augmentationtext.moc"
