#include "tests/gui/draw/drawtabfixture.h"
#include "ui/draw/drawactions.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSlider>
#include <QToolButton>

using namespace digitpad;
using test::DrawTabFixture;

class DrawTabTest : public DrawTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { forgetEngine(); }
    void init() { makeTab(); }
    void cleanup() { removeTab(); }

    void theDrawingIsReadWhileItIsDrawn();
    void theNetworkGetsWhatIsOnThePad();
    void clearingShowsNoGuess();
    void undoAndRedoByKey();
    void undoDropsTheStrokeInProgress();
    void clearByKey_data();
    void clearByKey();
    void toolsByKey();
    void brushSizeByKey();
    void brushSizeReachesTheStroke();
    void actionsFollowThePad();
    void inactiveActionsDoNothing();
    void toolTipsNameTheirKeys();
    void everyButtonHasANameAndAnIcon();
    void tabOrderGoesThroughTheTools();
    void escapeClosesTheMessage();
};

void DrawTabTest::theDrawingIsReadWhileItIsDrawn()
{
    useModel();
    const QRect pad = canvas()->padRect();
    QTest::mousePress(canvas(), Qt::LeftButton, {}, pad.center());
    QTRY_COMPARE(labelText("bestDigit"), QStringLiteral("7")); // The button is still down.
    QCOMPARE(bars()->values()[7], 0.97F);
    QCOMPARE(labelText("modelName"), QStringLiteral("Model: Test model"));
    const int before = m_model->state->asked;
    QMouseEvent move(QEvent::MouseMove, pad.center() + QPoint(50, 0),
                     canvas()->mapToGlobal(QPointF(pad.center()) + QPointF(50, 0)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(canvas(), &move);
    QTRY_VERIFY(m_model->state->asked > before);
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, pad.center() + QPoint(50, 0));
}

void DrawTabTest::theNetworkGetsWhatIsOnThePad()
{
    useModel();
    drawLine();
    QTRY_VERIFY(m_model->state->asked > 0);
    QTRY_VERIFY([this] {
        const std::lock_guard lock(m_model->state->mutex);
        const DigitImage& image = m_model->state->newest; // A line across the middle, 20 pixels long.
        return image.at(6, 14) > 128 && image.at(22, 14) > 128 && image.at(14, 4) == 0;
    }());
}

void DrawTabTest::clearingShowsNoGuess()
{
    useModel();
    drawLine();
    QTRY_COMPARE(labelText("bestDigit"), QStringLiteral("7"));
    press(Qt::Key_Delete);
    QCOMPARE(labelText("bestDigit"), QStringLiteral("–")); // At once, not after the next reading.
    QCOMPARE(bars()->values(), ProbabilityBars::Values{});
    const int asked = m_model->state->asked;
    QTRY_VERIFY(m_model->state->asked > asked);
    QCoreApplication::processEvents();
    QCOMPARE(labelText("bestDigit"), QStringLiteral("–"));
}

void DrawTabTest::undoAndRedoByKey()
{
    drawLine(300);
    drawLine(600);
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{1});
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(strokes(), std::size_t{2});
    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{2});
}

void DrawTabTest::undoDropsTheStrokeInProgress()
{
    drawLine(300);
    QTest::mousePress(canvas(), Qt::LeftButton, {}, canvas()->padRect().center());
    QCOMPARE(strokes(), std::size_t{2});
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{1});
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, canvas()->padRect().center());
    QCOMPARE(strokes(), std::size_t{1});
}

void DrawTabTest::clearByKey_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifier>("modifier");
    QTest::newRow("Delete") << Qt::Key_Delete << Qt::NoModifier;
    QTest::newRow("Ctrl+Backspace") << Qt::Key_Backspace << Qt::ControlModifier;
}

void DrawTabTest::clearByKey()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifier, modifier);
    drawLine();
    press(key, modifier);
    QVERIFY(m_tab->drawing()->empty());
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(strokes(), std::size_t{1});
}

void DrawTabTest::toolsByKey()
{
    press(Qt::Key_E);
    QCOMPARE(canvas()->tool(), DrawingCanvas::Tool::Eraser);
    QVERIFY(m_tab->actions()->eraser->isChecked());
    press(Qt::Key_B);
    QCOMPARE(canvas()->tool(), DrawingCanvas::Tool::Pen);
    QVERIFY(!m_tab->actions()->eraser->isChecked());
}

void DrawTabTest::brushSizeByKey()
{
    auto* slider = m_tab->findChild<QSlider*>(QStringLiteral("brushSlider"));
    QCOMPARE(slider->value(), 6);
    press(Qt::Key_BracketRight);
    QCOMPARE(slider->value(), 7);
    press(Qt::Key_BracketLeft);
    press(Qt::Key_BracketLeft);
    QCOMPARE(slider->value(), 5);
    QCOMPARE(canvas()->brushWidth(), 50.0F);
    for (int i = 0; i < 40; ++i) {
        press(Qt::Key_BracketRight);
    }
    QCOMPARE(slider->value(), 20);
    for (int i = 0; i < 40; ++i) {
        press(Qt::Key_BracketLeft);
    }
    QCOMPARE(slider->value(), 1);
}

void DrawTabTest::brushSizeReachesTheStroke()
{
    m_tab->findChild<QSlider*>(QStringLiteral("brushSlider"))->setValue(12);
    drawLine();
    QCOMPARE(m_tab->drawing()->content().ink.strokes[0]->width, 120.0F);
}

void DrawTabTest::actionsFollowThePad()
{
    const DrawActions* actions = m_tab->actions();
    QVERIFY(!actions->undo->isEnabled() && !actions->redo->isEnabled() && !actions->clear->isEnabled());
    QVERIFY(!actions->save->isEnabled() && !actions->copy->isEnabled());
    QVERIFY(actions->open->isEnabled());
    drawLine();
    QVERIFY(actions->undo->isEnabled() && actions->clear->isEnabled() && actions->save->isEnabled());
    QCOMPARE(actions->undo->toolTip(), QStringLiteral("Undo: stroke (Ctrl+Z)"));
    actions->undo->trigger();
    QVERIFY(actions->redo->isEnabled());
    QVERIFY(!actions->undo->isEnabled());
}

void DrawTabTest::inactiveActionsDoNothing()
{
    drawLine();
    m_tab->actions()->setActive(false);
    press(Qt::Key_Delete);
    QCOMPARE(strokes(), std::size_t{1});
    m_tab->actions()->setActive(true);
    press(Qt::Key_Delete);
    QCOMPARE(strokes(), std::size_t{0});
}

void DrawTabTest::toolTipsNameTheirKeys()
{
    const DrawActions* actions = m_tab->actions();
    QVERIFY(actions->pen->toolTip().endsWith(QStringLiteral("(B)")));
    QVERIFY(actions->eraser->toolTip().endsWith(QStringLiteral("(E)")));
    QVERIFY(actions->clear->toolTip().endsWith(QStringLiteral("(Del)")));
    QVERIFY(actions->open->toolTip().endsWith(QStringLiteral("(Ctrl+O)")));
    QVERIFY(actions->save->toolTip().endsWith(QStringLiteral("(Ctrl+S)")));
}

void DrawTabTest::everyButtonHasANameAndAnIcon()
{
    const auto buttons = m_tab->findChildren<QToolButton*>();
    int shown = 0;
    for (const QToolButton* button : buttons) {
        if (!button->isVisible()) {
            continue;
        }
        if (button->toolButtonStyle() == Qt::ToolButtonTextOnly) {
            QVERIFY(!button->text().isEmpty());
            continue;
        }
        ++shown;
        QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty());
        const QImage image = button->icon().pixmap(24).toImage();
        bool drawn = false;
        for (int i = 0; i < image.width() * image.height(); ++i) {
            drawn = drawn || image.pixelColor(i % image.width(), i / image.width()).alpha() > 128;
        }
        QVERIFY2(drawn, qPrintable(button->text()));
    }
    QCOMPARE(shown, 7);
}

void DrawTabTest::tabOrderGoesThroughTheTools()
{
    QSet<QWidget*> seen;
    for (int i = 0; i < 20; ++i) {
        seen.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(seen.contains(canvas()));
    QVERIFY(seen.contains(m_tab->findChild<QSlider*>(QStringLiteral("brushSlider"))));
    QVERIFY(seen.size() >= 5);
}

void DrawTabTest::escapeClosesTheMessage()
{
    m_tab->openFile(file("missing.png"));
    QTRY_VERIFY(!message().isEmpty());
    press(Qt::Key_Escape);
    QCOMPARE(message(), QString());
}

QTEST_MAIN(DrawTabTest)
#include "tst_drawtab.moc"
