#include "tests/support/darkpalette.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/indicatorstyle.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLayout>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>
#include <QToolButton>

#include <algorithm>
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
    void untickedBoxesAreSeenOnDark_data();
    void untickedBoxesAreSeenOnDark();
    void buttonsThatAreDownAreSeenOnDark();
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

void WidgetsTest::untickedBoxesAreSeenOnDark_data()
{
    QTest::addColumn<bool>("radio");
    QTest::newRow("check box") << false;
    QTest::newRow("radio button") << true;
}

void WidgetsTest::untickedBoxesAreSeenOnDark()
{
    QFETCH(bool, radio);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    useVisibleIndicators();
    std::unique_ptr<QAbstractButton> box;
    if (radio) {
        box = std::make_unique<QRadioButton>();
    } else {
        box = std::make_unique<QCheckBox>();
    }
    const QPalette dark = test::darkPalette();
    box->setPalette(dark);
    box->resize(40, 30);
    const QImage picture = box->grab().toImage();
    double clearest = 1;
    for (int x = 0; x < picture.width() / 2; ++x) { // Along a line that crosses the outline.
        clearest = std::max(
            clearest, contrast(picture.pixelColor(x, picture.height() / 2), dark.color(QPalette::Window)));
    }
    QVERIFY2(clearest >= 3, qPrintable(QString::number(clearest)));
}

void WidgetsTest::buttonsThatAreDownAreSeenOnDark()
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    useVisibleIndicators();
    QToolButton button;
    button.setPalette(test::darkPalette());
    button.setCheckable(true);
    button.setAutoRaise(true);
    button.resize(32, 32);
    const QColor up = button.grab().toImage().pixelColor(16, 16);
    button.setChecked(true);
    const QColor down = button.grab().toImage().pixelColor(16, 16);
    QVERIFY2(contrast(up, down) >= 1.5, qPrintable(up.name() + down.name()));
}

QTEST_MAIN(WidgetsTest)
#include "tst_widgets.moc"
