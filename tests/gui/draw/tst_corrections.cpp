// “That was a 7”: keys and bars put the drawing into My digits.
#include "core/ink/inkfile.h"
#include "tests/gui/draw/drawtabfixture.h"
#include "tests/testfiles.h"
#include "ui/draw/corrections.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QSettings>
#include <QSignalSpy>

using namespace digitpad;

class CorrectionsTest : public test::DrawTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aKeyKeepsTheDrawing_data();
    void aKeyKeepsTheDrawing();
    void theDrawingReachesTheFile();
    void aClickOnABarKeepsTheDrawing();
    void aDragOffABarKeepsNothing();
    void barsWorkByKeyboard();
    void barsWorkForAssistiveTechnology();
    void anotherKeyCorrectsTheLabel_data();
    void anotherKeyCorrectsTheLabel();
    void theSameKeyAddsNoSecond();
    void undoTakesBack_data();
    void undoTakesBack();
    void undoOfACorrection();
    void aNewDrawingIsKeptBesideTheFirst();
    void theDrawingBackOnThePadIsStillTheSame();
    void aChangedDrawingIsAnother();
    void anEmptyPadHints();
    void aPictureIsNotInk();
    void notWhileTheStrokeIsDrawn();
    void keysRestWhileInactive();
    void clearingIsRemembered();
    void aDigitShownFromTheCollectionIsCorrected();
    void worksWithoutARecognizer();

private:
    [[nodiscard]] QString kept() const
    {
        QString labels;
        for (const MyDigit& digit : m_digits->digits()) {
            labels += QString::number(digit.digit);
        }
        return labels;
    }
    void clearAfterKeeping(bool on) { m_tab->corrections()->clearAfterKeeping()->setChecked(on); }
    [[nodiscard]] QAbstractButton* bar(int digit) const
    {
        return m_tab->findChild<QAbstractButton*>(QStringLiteral("bar%1").arg(digit));
    }
    void undo()
    {
        auto* button = m_tab->findChild<QAbstractButton*>(QStringLiteral("messageAction"));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

void CorrectionsTest::initTestCase()
{
    forgetEngine();
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_corrections"));
}

void CorrectionsTest::init()
{
    QSettings().clear();
    makeTab();
}

void CorrectionsTest::cleanup()
{
    removeTab();
}

void CorrectionsTest::aKeyKeepsTheDrawing_data()
{
    QTest::addColumn<int>("digit");
    QTest::addColumn<bool>("keypad");
    QTest::addColumn<bool>("clear");
    for (const int digit : {0, 7, 9}) {
        for (const bool keypad : {false, true}) {
            for (const bool clear : {false, true}) {
                QTest::addRow("%d%s%s", digit, keypad ? " of the keypad" : "", clear ? ", clearing" : "")
                    << digit << keypad << clear;
            }
        }
    }
}

void CorrectionsTest::aKeyKeepsTheDrawing()
{
    QFETCH(int, digit);
    QFETCH(bool, keypad);
    QFETCH(bool, clear);
    clearAfterKeeping(clear);
    drawLine();
    const Ink drawn = m_tab->drawing()->content().ink;
    press(static_cast<Qt::Key>(Qt::Key_0 + digit), keypad ? Qt::KeypadModifier : Qt::NoModifier);
    QCOMPARE(kept(), QString::number(digit));
    QCOMPARE(m_digits->digits()[0].ink.strokes, drawn.strokes);
    QVERIFY2(message().startsWith(QStringLiteral("Kept as a %1 in My digits").arg(digit)),
             qPrintable(message()));
    QCOMPARE(m_tab->drawing()->empty(), clear);
}

void CorrectionsTest::theDrawingReachesTheFile()
{
    drawLine();
    const Ink drawn = m_tab->drawing()->content().ink;
    press(Qt::Key_7);
    QTRY_VERIFY(!m_digits->hasUnsavedChanges());
    const auto sample = fromJsonLine(test::readFile(file("my-digits.jsonl")));
    QVERIFY(sample);
    QCOMPARE(sample->digit(), 7);
    QCOMPARE(*sample->ink.strokes.at(0), *drawn.strokes.at(0));
}

void CorrectionsTest::aClickOnABarKeepsTheDrawing()
{
    drawLine();
    QCOMPARE(bar(3)->cursor().shape(), Qt::PointingHandCursor);
    QVERIFY(bar(3)->toolTip().startsWith(QStringLiteral("That was a 3")));
    QTest::mouseClick(bars(), Qt::LeftButton, {}, bars()->trackRect(3).center());
    QCOMPARE(kept(), QString()); // The bars themselves are below their rows.
    QTest::mouseClick(bar(3), Qt::LeftButton, {}, bar(3)->mapFrom(bars(), bars()->trackRect(3).center()));
    QCOMPARE(kept(), QStringLiteral("3"));
    QVERIFY(canvas()->hasFocus()); // The next stroke or key goes to the pad.
}

void CorrectionsTest::aDragOffABarKeepsNothing()
{
    drawLine();
    QTest::mousePress(bar(3), Qt::LeftButton);
    QTest::mouseRelease(bar(3), Qt::LeftButton, {}, QPoint(5, -200));
    QCOMPARE(kept(), QString());
}

void CorrectionsTest::barsWorkByKeyboard()
{
    drawLine();
    bar(0)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(bar(0), Qt::Key_Down);
    QTest::keyClick(bar(1), Qt::Key_Down);
    QVERIFY(bar(2)->hasFocus());
    QTest::keyClick(bar(2), Qt::Key_Return);
    QCOMPARE(kept(), QStringLiteral("2"));
    QTest::keyClick(bar(2), Qt::Key_End);
    QTest::keyClick(bar(9), Qt::Key_Down); // The last.
    QVERIFY(bar(9)->hasFocus());
    QTest::keyClick(bar(9), Qt::Key_Space);
    QCOMPARE(kept(), QStringLiteral("9"));
    int stops = 0;
    for (int digit = 0; digit < digitClasses; ++digit) {
        stops += bar(digit)->focusPolicy() & Qt::TabFocus ? 1 : 0;
    }
    QCOMPARE(stops, 1);
}

void CorrectionsTest::barsWorkForAssistiveTechnology()
{
    useModel();
    drawUprightLine();
    QTRY_COMPARE(bars()->values().at(7), 0.97F);
    QAccessibleInterface* row = QAccessible::queryAccessibleInterface(bar(7));
    QVERIFY(row != nullptr);
    QCOMPARE(row->role(), QAccessible::Button);
    QVERIFY2(row->text(QAccessible::Name).startsWith(QStringLiteral("7: 97")),
             qPrintable(row->text(QAccessible::Name)));
    QVERIFY(row->text(QAccessible::Description).contains(QStringLiteral("as a 7")));
    row->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE(kept(), QStringLiteral("7"));
}

void CorrectionsTest::anotherKeyCorrectsTheLabel_data()
{
    QTest::addColumn<bool>("clear");
    QTest::newRow("pad kept") << false;
    QTest::newRow("pad cleared") << true;
}

void CorrectionsTest::anotherKeyCorrectsTheLabel()
{
    QFETCH(bool, clear);
    clearAfterKeeping(clear);
    drawLine();
    press(Qt::Key_7);
    press(Qt::Key_1);
    QCOMPARE(kept(), QStringLiteral("1"));
    QTest::mouseClick(bar(4), Qt::LeftButton);
    QCOMPARE(kept(), QStringLiteral("4"));
    QVERIFY(message().contains(QStringLiteral("as a 4")) && message().contains(QStringLiteral("as a 1")));
    QTRY_VERIFY(!m_digits->hasUnsavedChanges());
    QCOMPARE(test::readFile(file("my-digits.jsonl")).count('\n'), 1);
}

void CorrectionsTest::theSameKeyAddsNoSecond()
{
    drawLine();
    press(Qt::Key_7);
    press(Qt::Key_7);
    QCOMPARE(kept(), QStringLiteral("7"));
    QVERIFY(message().contains(QStringLiteral("already")));
}

void CorrectionsTest::undoTakesBack_data()
{
    anotherKeyCorrectsTheLabel_data();
}

void CorrectionsTest::undoTakesBack()
{
    QFETCH(bool, clear);
    clearAfterKeeping(clear);
    drawLine();
    press(Qt::Key_7);
    undo();
    QCOMPARE(kept(), QString());
    QCOMPARE(strokes(), 1U); // The drawing is on the pad again, or still.
    press(Qt::Key_7);        // A second thought.
    QCOMPARE(kept(), QStringLiteral("7"));
}

void CorrectionsTest::undoOfACorrection()
{
    drawLine();
    press(Qt::Key_7);
    press(Qt::Key_1);
    undo();
    QCOMPARE(kept(), QStringLiteral("7"));
}

void CorrectionsTest::aNewDrawingIsKeptBesideTheFirst()
{
    drawLine(300);
    press(Qt::Key_7);
    drawLine(600);
    press(Qt::Key_1);
    QCOMPARE(kept(), QStringLiteral("71"));
}

void CorrectionsTest::theDrawingBackOnThePadIsStillTheSame()
{
    clearAfterKeeping(true);
    drawLine();
    press(Qt::Key_7);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), 1U);
    press(Qt::Key_1);
    QCOMPARE(kept(), QStringLiteral("1"));
}

void CorrectionsTest::aChangedDrawingIsAnother()
{
    clearAfterKeeping(false);
    drawLine(300);
    press(Qt::Key_1);
    drawLine(600);
    press(Qt::Key_7);
    QCOMPARE(kept(), QStringLiteral("17"));
}

void CorrectionsTest::anEmptyPadHints()
{
    press(Qt::Key_7);
    QCOMPARE(kept(), QString());
    QVERIFY(message().startsWith(QStringLiteral("Draw a digit first")));
}

void CorrectionsTest::aPictureIsNotInk()
{
    GrayImage picture(20, 20);
    picture.row(5)[5] = 255;
    m_tab->drawing()->replace({{}, std::make_shared<const GrayImage>(picture)}, {}, false);
    press(Qt::Key_7);
    drawLine(); // Ink on a picture is half of what is seen.
    press(Qt::Key_7);
    QCOMPARE(kept(), QString());
    QVERIFY(message().contains(QStringLiteral("picture")));
}

void CorrectionsTest::notWhileTheStrokeIsDrawn()
{
    m_tab->drawing()->beginStroke({100, 100}, 60);
    press(Qt::Key_7);
    QCOMPARE(kept(), QString());
    m_tab->drawing()->endGesture();
    press(Qt::Key_7);
    QCOMPARE(kept(), QStringLiteral("7"));
}

void CorrectionsTest::keysRestWhileInactive()
{
    drawLine();
    m_tab->corrections()->setActive(false);
    press(Qt::Key_7);
    QCOMPARE(kept(), QString());
}

void CorrectionsTest::clearingIsRemembered()
{
    QVERIFY(m_tab->corrections()->clearAfterKeeping()->isChecked());
    clearAfterKeeping(false);
    removeTab();
    makeTab();
    QVERIFY(!m_tab->corrections()->clearAfterKeeping()->isChecked());
}

void CorrectionsTest::aDigitShownFromTheCollectionIsCorrected()
{
    drawLine();
    press(Qt::Key_7);
    drawLine(700);
    m_tab->showDigit(m_digits->digits()[0].id);
    QCOMPARE(strokes(), 1U);
    press(Qt::Key_2);
    QCOMPARE(kept(), QStringLiteral("2"));
    press(Qt::Key_Z, Qt::ControlModifier); // Showing is one step of the pad's history.
    QCOMPARE(m_tab->drawing()->content().ink.strokes[0]->points[0].y > 600, true);
}

void CorrectionsTest::worksWithoutARecognizer()
{
    m_recognizer->start();
    QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed);
    drawLine();
    QTest::mouseClick(bar(8), Qt::LeftButton);
    QCOMPARE(kept(), QStringLiteral("8"));
}

QTEST_MAIN(CorrectionsTest)
#include "tst_corrections.moc"
