#include "tests/gui/draw/drawtabfixture.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/whypanel.h"

#include <QMouseEvent>
#include <QSettings>
#include <QToolButton>

using namespace digitpad;
using test::DrawTabFixture;

class ReadingPaneTest : public DrawTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { removeTab(); }

    void closedAtFirstItDoesNoWork();
    void aClickOpensAndCloses();
    void aKeyOpensAndCloses();
    void itFollowsThePen();
    void withoutAModelItSaysSo();
    void onAWideWindowBothAreShown();
    void whetherItIsOpenIsRemembered();
    void itsKeyRestsOnOtherTabs();

private:
    [[nodiscard]] WhyPanel* panel() const { return m_tab->findChild<WhyPanel*>(); }
    [[nodiscard]] QToolButton* button() const
    {
        return m_tab->findChild<QToolButton*>(QStringLiteral("whyButton"));
    }
};

void ReadingPaneTest::initTestCase()
{
    forgetEngine();
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_readingpane"));
}

void ReadingPaneTest::init()
{
    QSettings().clear();
    makeTab();
}

void ReadingPaneTest::closedAtFirstItDoesNoWork()
{
    QVERIFY(!panel()->isVisible());
    QVERIFY(bars()->isVisible());
    useModel();
    drawLine();
    QTRY_COMPARE(labelText("bestDigit"), QStringLiteral("7"));
    QCOMPARE(m_model->state->explained, 0);
}

void ReadingPaneTest::aClickOpensAndCloses()
{
    useModel();
    drawLine();
    QTRY_COMPARE(labelText("bestDigit"), QStringLiteral("7"));
    const QPoint digit = m_tab->findChild<QLabel*>(QStringLiteral("bestDigit"))->mapTo(m_tab.get(), QPoint());
    QCOMPARE(button()->text(), QStringLiteral("Why?"));
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY(panel()->isVisible());
    QVERIFY(!bars()->isVisible()); // Their place is taken.
    QVERIFY(canvas()->hasFocus());
    QTRY_COMPARE(labelText("forDigit"), QStringLiteral("What spoke for 7"));
    QCOMPARE(m_tab->findChild<QLabel*>(QStringLiteral("bestDigit"))->mapTo(m_tab.get(), QPoint()), digit);
    QVERIFY(panel()->geometry().bottom() <= m_tab->height());
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY(!panel()->isVisible());
    QVERIFY(bars()->isVisible());
}

void ReadingPaneTest::aKeyOpensAndCloses()
{
    press(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(panel()->isVisible());
    QVERIFY(button()->isChecked());
    press(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!panel()->isVisible());
    QVERIFY(button()->toolTip().endsWith(QStringLiteral("(Ctrl+I)")));
}

void ReadingPaneTest::itFollowsThePen()
{
    useModel();
    m_tab->actions()->why->trigger();
    const QPoint middle = canvas()->padRect().center();
    QTest::mousePress(canvas(), Qt::LeftButton, {}, middle);
    QTRY_COMPARE(labelText("forDigit"), QStringLiteral("What spoke for 7")); // The button is still down.
    const int before = m_model->state->explained;
    const QPoint next = middle + QPoint(60, 0);
    QMouseEvent move(QEvent::MouseMove, next, canvas()->mapToGlobal(QPointF(next)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(canvas(), &move);
    QTRY_VERIFY(m_model->state->explained > before);
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, next);
    QTRY_VERIFY(m_tab->actions()->clear->isEnabled());
    press(Qt::Key_Delete);
    QVERIFY(m_tab->findChild<QLabel*>(QStringLiteral("whyNothing"))->isVisible());
}

void ReadingPaneTest::withoutAModelItSaysSo()
{
    m_tab->actions()->why->trigger();
    QCOMPARE(labelText("whyNothing"), QStringLiteral("The recogniser is loading."));
    m_recognizer->start();
    QTRY_COMPARE(labelText("whyNothing"),
                 QStringLiteral("Drawings cannot be read, so there is nothing to explain."));
    drawLine();
    QVERIFY(m_tab->findChild<QLabel*>(QStringLiteral("whyNothing"))->isVisible());
}

void ReadingPaneTest::onAWideWindowBothAreShown()
{
    m_tab->actions()->why->trigger();
    m_tab->resize(1400, 700);
    QTRY_VERIFY(bars()->isVisible());
    QVERIFY(panel()->isVisible());
    QTRY_VERIFY(panel()->mapTo(m_tab.get(), QPoint()).x() >
                bars()->mapTo(m_tab.get(), bars()->rect().topRight()).x());
    QVERIFY(canvas()->padRect().height() >= 560);
    m_tab->resize(960, 640);
    QTRY_VERIFY(!bars()->isVisible());
}

void ReadingPaneTest::whetherItIsOpenIsRemembered()
{
    press(Qt::Key_I, Qt::ControlModifier);
    removeTab();
    makeTab();
    QVERIFY(panel()->isVisible());
    QVERIFY(m_tab->actions()->why->isChecked());
    QTest::mouseClick(button(), Qt::LeftButton);
    removeTab();
    makeTab();
    QVERIFY(!panel()->isVisible());
}

void ReadingPaneTest::itsKeyRestsOnOtherTabs()
{
    m_tab->actions()->setActive(false);
    press(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!panel()->isVisible());
}

QTEST_MAIN(ReadingPaneTest)
#include "tst_readingpane.moc"
