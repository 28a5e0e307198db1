#include "tests/gui/draw/drawtabfixture.h"
#include "ui/draw/numberbar.h"
#include "ui/widgets/tones.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

using namespace digitpad;
using test::DrawTabFixture;

/// Several digits on the pad: the labels above them, and the number that can be copied.
class NumbersTest : public DrawTabFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { forgetEngine(); }
    void init()
    {
        makeTab();
        QApplication::clipboard()->clear();
    }
    void cleanup() { removeTab(); }

    void twoDigitsAreReadAndCopied();
    void oneDigitHasNoLabels();
    void clearingTakesTheNumberAway();
    void unsureDigitsAreMarked();
    void labelsStayOnThePadAndApart();
    void labelsAreReadable_data();
    void labelsAreReadable();
    void theButtonHasAName();
    void severalDigitsAreNotKeptAsOne();

private:
    /// An upright line, drawn with the mouse; `x` in parts of the pad.
    void drawUpright(double x);
    [[nodiscard]] NumberBar* bar() const { return m_tab->findChild<NumberBar*>(); }
};

void NumbersTest::drawUpright(double x)
{
    const QRect pad = canvas()->padRect();
    const auto at = [&](double y) {
        return pad.topLeft() + QPoint(int(x * pad.width()), int(y * pad.height()));
    };
    QTest::mousePress(canvas(), Qt::LeftButton, {}, at(0.3));
    for (double y = 0.35; y < 0.7; y += 0.05) {
        QMouseEvent move(QEvent::MouseMove, at(y), canvas()->mapToGlobal(QPointF(at(y))), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(canvas(), &move);
    }
    QTest::mouseRelease(canvas(), Qt::LeftButton, {}, at(0.7));
}

void NumbersTest::twoDigitsAreReadAndCopied()
{
    useModel();
    QVERIFY(!bar()->isVisible());
    QVERIFY(!bar()->copyAction()->isEnabled());
    drawUpright(0.3);
    drawUpright(0.7);
    QTRY_COMPARE(bar()->number(), QStringLiteral("77")); // What the test's model says of everything.
    QVERIFY(bar()->isVisible());
    const auto& marks = canvas()->digitMarks().marks();
    QCOMPARE(marks.size(), std::size_t{2});
    QCOMPARE(marks[0].digit, QStringLiteral("7"));
    QVERIFY(marks[0].confidence.startsWith(QStringLiteral("97")));
    QVERIFY(marks[0].rect.center().x() < marks[1].rect.center().x());
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("77"));
    QVERIFY(message().contains(QStringLiteral("77")));
    QApplication::clipboard()->clear();
    QTest::mouseClick(m_tab->findChild<QToolButton*>(QStringLiteral("copyNumber")), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("77"));
    QCOMPARE(QApplication::focusWidget(), canvas());
}

void NumbersTest::oneDigitHasNoLabels()
{
    useModel();
    drawUpright(0.5);
    QTRY_COMPARE(bar()->number(), QStringLiteral("7"));
    QVERIFY(!bar()->isVisible());
    QVERIFY(canvas()->digitMarks().marks().empty());
    QVERIFY(canvas()->digitMarks().area().isEmpty());
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("7"));
}

void NumbersTest::clearingTakesTheNumberAway()
{
    useModel();
    drawUpright(0.3);
    drawUpright(0.7);
    QTRY_COMPARE(bar()->number(), QStringLiteral("77"));
    const QRect pad = canvas()->padRect();
    press(Qt::Key_Delete);
    QVERIFY(!bar()->isVisible()); // At once, not after the next reading.
    QVERIFY(canvas()->digitMarks().marks().empty());
    QVERIFY(!bar()->copyAction()->isEnabled());
    QCOMPARE(canvas()->padRect(), pad); // The pad does not move.
}

void NumbersTest::unsureDigitsAreMarked()
{
    m_model->state->reading.confidence = 0.4F;
    useModel();
    drawUpright(0.3);
    drawUpright(0.7);
    QTRY_COMPARE(bar()->number(), QStringLiteral("77"));
    QVERIFY(!canvas()->digitMarks().marks()[0].accepted);
    QVERIFY(labelText("numberDoubt").contains(QStringLiteral("2")));
    QVERIFY(labelText("number").contains(QStringLiteral("<u")));
}

void NumbersTest::labelsStayOnThePadAndApart()
{
    NumberReading reading;
    for (int i = 0; i < 8; ++i) {
        ReadDigit digit;
        const auto left = static_cast<float>(20 * i);
        digit.box = {left, 0, left + 15, 100}; // Far narrower than their labels, at the pad's corner.
        digit.prediction.digit = i;
        digit.prediction.confidence = 0.999F;
        reading.digits.push_back(digit);
    }
    for (ReadDigit& digit : reading.digits) {
        digit.box.top += 500;
        digit.box.bottom += 500;
    }
    canvas()->setReading(reading);
    const auto& marks = canvas()->digitMarks().marks();
    QCOMPARE(marks.size(), std::size_t{8});
    for (std::size_t i = 0; i < marks.size(); ++i) {
        QVERIFY(canvas()->padRect().contains(marks[i].rect));
        for (std::size_t j = 0; j < i; ++j) {
            QVERIFY(!marks[i].rect.intersects(marks[j].rect));
        }
    }
    reading.digits.resize(2);
    reading.digits[0].box = {0, 0, 20, 100};
    reading.digits[1].box = {980, 0, 1000, 100};
    canvas()->setReading(reading);
    for (const DigitMarks::Mark& mark : canvas()->digitMarks().marks()) {
        QVERIFY(canvas()->padRect().contains(mark.rect));
    }
    // A new size of the pad moves them along.
    const QRect before = canvas()->digitMarks().marks()[1].rect;
    m_tab->resize(760, 500);
    QTRY_VERIFY(canvas()->digitMarks().marks()[1].rect != before);
    QVERIFY(canvas()->padRect().contains(canvas()->digitMarks().marks()[1].rect));
}

void NumbersTest::labelsAreReadable_data()
{
    QTest::addColumn<QColor>("paper");
    QTest::addColumn<QColor>("ink");
    QTest::newRow("light") << QColor(Qt::white) << QColor(Qt::black);
    QTest::newRow("dark") << QColor(0x20, 0x22, 0x25) << QColor(0xee, 0xee, 0xee);
}

void NumbersTest::labelsAreReadable()
{
    QFETCH(QColor, paper);
    QFETCH(QColor, ink);
    QPalette palette(paper);
    palette.setColor(QPalette::Window, paper);
    palette.setColor(QPalette::WindowText, ink);
    NumberReading reading;
    ReadDigit digit;
    digit.prediction.digit = 8;
    digit.prediction.confidence = 0.9F;
    digit.prediction.accepted = true;
    digit.box = {300, 600, 400, 900};
    reading.digits = {digit, digit};
    reading.digits[1].box = {600, 600, 700, 900};
    DigitMarks marks;
    marks.setReading(reading);
    marks.layOut({0, 0, 400, 400}, m_tab->font());
    QImage image(400, 400, QImage::Format_RGB32);
    image.fill(ink); // On top of ink, where it is hardest to read.
    QPainter painter(&image);
    marks.paint(painter, palette, image.rect());
    painter.end();
    const QRect rect = marks.marks()[0].rect;
    double best = 0;
    const QColor ground = image.pixelColor(rect.left() + 2, rect.center().y());
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left() + 2; x < rect.right() - 2; ++x) {
            best = std::max(best, contrast(ground, image.pixelColor(x, y)));
        }
    }
    QVERIFY2(best >= 4.5, qPrintable(QString::number(best)));
    QVERIFY(contrast(ground, ink) >= 3); // And the label stands out from the ink.
}

void NumbersTest::theButtonHasAName()
{
    const auto* button = m_tab->findChild<QToolButton*>(QStringLiteral("copyNumber"));
    QVERIFY(!button->accessibleName().isEmpty());
    QVERIFY(button->toolTip().contains(QStringLiteral("Ctrl+Shift+C")));
}

void NumbersTest::severalDigitsAreNotKeptAsOne()
{
    useModel();
    drawUpright(0.2);
    drawUpright(0.8);
    QTRY_COMPARE(bar()->number(), QStringLiteral("77"));
    press(Qt::Key_7);
    QVERIFY(message().contains(QStringLiteral("several digits")));
    QVERIFY(!m_tab->drawing()->empty());
    // One that was torn into two is what most needs keeping.
    press(Qt::Key_Delete);
    drawUpright(0.4);
    drawUpright(0.6);
    QTRY_COMPARE(bar()->number(), QStringLiteral("77"));
    press(Qt::Key_7);
    QVERIFY2(m_tab->drawing()->empty(), qPrintable(message())); // Kept, and the pad cleared for the next.
}

QTEST_MAIN(NumbersTest)
#include "tst_numbers.moc"
