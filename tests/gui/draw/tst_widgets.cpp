#include "ui/widgets/icons.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QLabel>
#include <QLayout>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace digitpad;

class WidgetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messageIsHiddenUntilThereIsOne();
    void messageHasTextAndTone();
    void messageActionIsThereWhenNamed();
    void messageCloses_data();
    void messageCloses();
    void longMessagesWrap();
    void textStaysPlain();
    void iconsAreAllThere();
    void iconsTakeThePalettesColor();
    void iconsAreSharpAtEveryScale();
};

void WidgetsTest::messageIsHiddenUntilThereIsOne()
{
    MessageBar bar;
    QVERIFY(bar.isHidden());
    QCOMPARE(bar.text(), QString());
}

void WidgetsTest::messageHasTextAndTone()
{
    MessageBar bar;
    bar.showMessage(Tone::Warning, QStringLiteral("Look out."));
    QVERIFY(bar.isVisible());
    QCOMPARE(bar.text(), QStringLiteral("Look out."));
    QCOMPARE(bar.tone(), Tone::Warning);
    QCOMPARE(bar.accessibleName(), QStringLiteral("Look out."));
}

void WidgetsTest::messageActionIsThereWhenNamed()
{
    MessageBar bar;
    auto* action = bar.findChild<QToolButton*>(QStringLiteral("messageAction"));
    QSignalSpy triggered(&bar, &MessageBar::actionTriggered);
    bar.showMessage(Tone::Info, QStringLiteral("There is a newer one."), QStringLiteral("Use It"));
    QVERIFY(action->isVisible());
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(triggered.count(), 1);
    bar.showMessage(Tone::Info, QStringLiteral("Nothing to do."));
    QVERIFY(!action->isVisible());
}

void WidgetsTest::messageCloses_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("button") << false;
    QTest::newRow("Escape") << true;
}

void WidgetsTest::messageCloses()
{
    QFETCH(bool, byKey);
    MessageBar bar;
    QSignalSpy dismissed(&bar, &MessageBar::dismissed);
    bar.showMessage(Tone::Error, QStringLiteral("It failed."));
    if (byKey) {
        QTest::keyClick(&bar, Qt::Key_Escape);
    } else {
        QTest::mouseClick(bar.findChild<QToolButton*>(QStringLiteral("messageClose")), Qt::LeftButton);
    }
    QVERIFY(bar.isHidden());
    QCOMPARE(dismissed.count(), 1);
    bar.dismiss();
    QCOMPARE(dismissed.count(), 1);
}

void WidgetsTest::longMessagesWrap()
{
    MessageBar bar;
    bar.showMessage(Tone::Error, QStringLiteral("Words ").repeated(80));
    QVERIFY(bar.layout()->totalHeightForWidth(400) > 3 * bar.layout()->totalHeightForWidth(4000));
}

void WidgetsTest::textStaysPlain()
{
    MessageBar bar;
    bar.showMessage(Tone::Error, QStringLiteral("“<b>a</b>.png” is no picture."));
    QCOMPARE(bar.findChild<QLabel*>(QStringLiteral("messageText"))->textFormat(), Qt::PlainText);
}

void WidgetsTest::iconsAreAllThere()
{
    for (int which = 0; which <= int(Icon::Close); ++which) {
        const QImage image = icon(Icon(which)).pixmap(24).toImage();
        int drawn = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                drawn += qAlpha(image.pixel(x, y)) > 128;
            }
        }
        QVERIFY2(drawn > 20, qPrintable(QString::number(which)));
    }
}

void WidgetsTest::iconsTakeThePalettesColor()
{
    const QPalette before = QApplication::palette();
    const QIcon stop = icon(Icon::Stop); // The same icon in either palette.
    for (const QColor& color : {QColor(250, 250, 250), QColor(10, 10, 10)}) {
        QPalette palette = before;
        palette.setColor(QPalette::ButtonText, color);
        QApplication::setPalette(palette);
        QCOMPARE(stop.pixmap(24).toImage().pixelColor(12, 12), color);
    }
    QApplication::setPalette(before);
    const QPixmap red = tintedPixmap(Icon::Stop, 24, 2, Qt::red);
    QCOMPARE(red.size(), QSize(48, 48));
    QCOMPARE(red.toImage().pixelColor(24, 24), QColor(Qt::red));
}

void WidgetsTest::iconsAreSharpAtEveryScale()
{
    for (const double scale : {1.0, 1.25, 1.5, 2.0, 3.0}) {
        const QPixmap pixmap = icon(Icon::Pen).pixmap(QSize(20, 20), scale);
        QCOMPARE(pixmap.width(), qRound(20 * scale));
        QCOMPARE(pixmap.devicePixelRatio(), scale);
    }
}

QTEST_MAIN(WidgetsTest)
#include "tst_widgets.moc"
