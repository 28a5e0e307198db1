#include "tests/gui/draw/fakemodel.h"
#include "ui/draw/colorlegend.h"
#include "ui/draw/layerview.h"
#include "ui/draw/rivalpicker.h"
#include "ui/draw/saliencymap.h"
#include "ui/draw/whypanel.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace digitpad;
using test::FakeModel;
using test::FakeReading;
using State = Recognizer::State;

namespace {

/// A bar of full ink from (10, 4) to (15, 23).
DigitImage bar()
{
    DigitImage image;
    for (int y = 4; y < 24; ++y) {
        std::fill_n(image.pixels.begin() + y * digitSide + 10, 6, std::uint8_t{255});
    }
    return image;
}

} // namespace

class WhyPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_panel.reset(); }

    void emptyStatesAreCalm_data();
    void emptyStatesAreCalm();
    void theGuessAndItsRunnerUpAreExplained();
    void anotherRivalByClick();
    void anotherRivalByKey();
    void theGuessIsNeverItsOwnRival();
    void anEmptiedPadForgetsTheRival();
    void inkThatIsPointedAtIsReadInWords();
    void wordsFollowTheDrawingUnderThePointer();
    void convolutionsAreShownInTheirOrder();
    void fullyConnectedUnitsTheStrongestFirst();
    void aUnitThatIsPointedAtIsReadInWords();
    void failureIsSaidAndTheNextDrawingIsExplained();
    void hiddenItDoesNoWork();
    void aNewModelExplainsAnew();
    void whatDoesNotFitIsScrolledTo();
    void nothingMovesWhileDrawing();

private:
    [[nodiscard]] QString text(const char* name) const
    {
        const auto* label = m_panel->findChild<QLabel*>(QLatin1String(name));
        return label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] SaliencyMap* map(const char* name) const
    {
        return m_panel->findChild<SaliencyMap*>(QLatin1String(name));
    }
    [[nodiscard]] LayerView* layer() const { return m_panel->findChild<LayerView*>(); }
    /// An explanation is shown, and everything is where it stays.
    [[nodiscard]] bool laidOut() const
    {
        QCoreApplication::sendPostedEvents();
        return layer()->isVisible() && layer()->height() == layer()->sizeHint().height();
    }
    [[nodiscard]] QToolButton* rivalButton(int digit) const
    {
        return m_panel->findChild<RivalPicker*>()->button(digit);
    }
    void pointAt(const char* name, int x, int y) const
    {
        QTest::mouseMove(map(name), map(name)->cellRect(x, y).center().toPoint());
    }
    void explain(const FakeReading& reading = {})
    {
        m_panel->setPadEmpty(false);
        m_panel->setPrediction(test::fakePrediction(reading, bar()));
    }

    std::shared_ptr<FakeModel> m_model;
    std::unique_ptr<WhyPanel> m_panel;
};

void WhyPanelTest::init()
{
    m_model = std::make_shared<FakeModel>();
    m_panel = std::make_unique<WhyPanel>();
    m_panel->resize(m_panel->width(), 900);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    m_panel->setState(State::Ready);
    m_panel->setModel(m_model);
}

void WhyPanelTest::emptyStatesAreCalm_data()
{
    QTest::addColumn<Recognizer::State>("state");
    QTest::addColumn<bool>("padEmpty");
    QTest::addColumn<QString>("words");
    QTest::newRow("loading") << State::Loading << false << QStringLiteral("The recogniser is loading.");
    QTest::newRow("failed") << State::Failed << false
                            << QStringLiteral("Drawings cannot be read, so there is nothing to explain.");
    const QString draw =
        QStringLiteral("Draw a digit, and see here which ink speaks for the guess, and which against it.");
    QTest::newRow("empty pad") << State::Ready << true << draw;
    QTest::newRow("a picture without ink") << State::Ready << false << draw;
}

void WhyPanelTest::emptyStatesAreCalm()
{
    QFETCH(Recognizer::State, state);
    QFETCH(bool, padEmpty);
    QFETCH(QString, words);
    explain();
    QTRY_COMPARE(text("forDigit"), QStringLiteral("What spoke for 7"));
    m_panel->setState(state);
    m_panel->setPadEmpty(padEmpty);
    m_panel->setPrediction(Prediction{}); // Of a drawing that is gone, or of a blank.
    QCOMPARE(text("whyNothing"), words);
    QCOMPARE(text("forDigit"), QString());
}

void WhyPanelTest::theGuessAndItsRunnerUpAreExplained()
{
    explain({7, 0.8F, 4, 0.15F});
    QTRY_VERIFY(laidOut());
    QCOMPARE(text("forDigit"), QStringLiteral("What spoke for 7"));
    QCOMPARE(text("againstRival"), QStringLiteral("For 7 rather than 4"));
    QCOMPARE(
        text("mapWords"),
        QStringLiteral("Blue ink spoke for 7, orange ink against it; on the right for 4. Grey ink hardly "
                       "mattered. Point at ink to read how much."));
    const auto* legend = m_panel->findChild<ColorLegend*>(QStringLiteral("againstRivalLegend"));
    QCOMPARE(legend->negative(), QStringLiteral("for 4"));
    QCOMPARE(legend->positive(), QStringLiteral("for 7"));
    QVERIFY(rivalButton(4)->isChecked());
    QVERIFY(!rivalButton(7)->isEnabled());
    QVERIFY(map("forDigitMap")->image() == bar());
    QCoreApplication::sendPostedEvents();                                 // Laid out.
    QCOMPARE(map("forDigitMap")->size(), map("forDigitMap")->sizeHint()); // There is room for both.
    QCOMPARE(map("againstRivalMap")->size(), map("againstRivalMap")->sizeHint());

    const QImage shot = map("forDigitMap")->grab().toImage();
    const auto colorAt = [&](int x, int y) {
        const QPointF middle = map("forDigitMap")->cellRect(x, y).center() * shot.devicePixelRatio();
        return shot.pixelColor(middle.toPoint());
    };
    QVERIFY(colorAt(11, 8).blue() > colorAt(11, 8).red() + 100);  // The upper half spoke for it,
    QVERIFY(colorAt(11, 20).red() > colorAt(11, 20).blue() + 30); // the lower half against it.
    QCOMPARE(colorAt(2, 2).hslSaturation(), 0);
}

void WhyPanelTest::anotherRivalByClick()
{
    explain();
    QTRY_VERIFY(laidOut());
    QTest::mouseClick(rivalButton(3), Qt::LeftButton);
    QTRY_COMPARE(text("againstRival"), QStringLiteral("For 7 rather than 3"));
    QCOMPARE(m_model->state->rival, 3);
    explain({7, 0.8F, 4, 0.15F}); // The pen moves on; the person's choice stays.
    QTRY_COMPARE(m_model->state->explained, 3);
    QCOMPARE(m_model->state->rival, 3);
}

void WhyPanelTest::anotherRivalByKey()
{
    explain();
    QTRY_VERIFY(laidOut());
    rivalButton(1)->setFocus();
    QTest::keyClick(rivalButton(1), Qt::Key_Right);
    QTRY_COMPARE(text("againstRival"), QStringLiteral("For 7 rather than 2"));
    QVERIFY(rivalButton(2)->isChecked());
}

void WhyPanelTest::theGuessIsNeverItsOwnRival()
{
    explain();
    QTRY_VERIFY(laidOut());
    QTest::mouseClick(rivalButton(3), Qt::LeftButton);
    QTRY_COMPARE(m_model->state->rival, 3);
    explain({3, 0.8F, 8, 0.15F});
    QTRY_COMPARE(text("againstRival"), QStringLiteral("For 3 rather than 8"));
    QVERIFY(rivalButton(7)->isEnabled());
    QVERIFY(!rivalButton(3)->isEnabled());
}

void WhyPanelTest::anEmptiedPadForgetsTheRival()
{
    explain();
    QTRY_VERIFY(laidOut());
    QTest::mouseClick(rivalButton(3), Qt::LeftButton);
    QTRY_COMPARE(m_model->state->rival, 3);
    m_panel->setPadEmpty(true);
    explain();
    QTRY_COMPARE(text("againstRival"), QStringLiteral("For 7 rather than 1"));
}

void WhyPanelTest::inkThatIsPointedAtIsReadInWords()
{
    explain();
    QTRY_VERIFY(laidOut());
    const QString before = text("mapWords");
    pointAt("forDigitMap", 12, 8);
    QCOMPARE(text("mapWords"), QStringLiteral("This ink spoke strongly for 7: +1.00 of +45.00 in all."));
    pointAt("forDigitMap", 12, 20);
    QCOMPARE(text("mapWords"), QStringLiteral("This ink spoke against 7: −0.25 of +45.00 in all."));
    pointAt("forDigitMap", 2, 2);
    QCOMPARE(text("mapWords"), QStringLiteral("There is no ink here."));
    pointAt("againstRivalMap", 12, 8);
    QCOMPARE(text("mapWords"), QStringLiteral("This ink spoke for 1 rather than 7: −0.50 of +30.00 in all."));
    QTest::mouseMove(m_panel.get(), m_panel->rect().bottomLeft() - QPoint(-2, 2));
    QTRY_COMPARE(text("mapWords"), before);
}

void WhyPanelTest::wordsFollowTheDrawingUnderThePointer()
{
    explain();
    QTRY_VERIFY(laidOut());
    pointAt("forDigitMap", 12, 8);
    explain({9, 0.8F, 4, 0.15F});
    QTRY_COMPARE(text("mapWords"), QStringLiteral("This ink spoke strongly for 9: +1.00 of +45.00 in all."));
}

void WhyPanelTest::convolutionsAreShownInTheirOrder()
{
    explain();
    QTRY_VERIFY(laidOut());
    QCOMPARE(layer()->units(), std::vector<int>({0, 1, 2, 3, 4, 5, 6, 7}));
    QVERIFY(text("layerWords").contains(QStringLiteral("8 small patterns")));
    const QImage shot = layer()->grab().toImage();
    const auto brightest = [&](int place) {
        const QRect tile = layer()->tileRect(place);
        int value = 0; // The maps stand on the right.
        for (int y = tile.top(); y <= tile.bottom(); ++y) {
            for (int x = tile.center().x(); x <= tile.right(); ++x) {
                value = std::max(value, qGray(shot.pixel(QPoint(x, y) * shot.devicePixelRatio())));
            }
        }
        return value;
    };
    QVERIFY(brightest(0) < 40); // Silent,
    QVERIFY(brightest(3) > brightest(0));
    QVERIFY(brightest(7) > brightest(3)); // and the loudest.
    QCOMPARE(brightest(7), 255);
    QVERIFY(layer()->rect().contains(layer()->tileRect(7)));
}

void WhyPanelTest::fullyConnectedUnitsTheStrongestFirst()
{
    m_model->state->fullyConnected = true;
    explain();
    QTRY_VERIFY(laidOut());
    const auto& units = layer()->units();
    QCOMPARE(units.size(), std::size_t{LayerView::mostTiles});
    QCOMPARE(units[0], 199);
    QCOMPARE(units[1], 197);
    QCOMPARE(units[100], 0); // Silent ones last, in the layer's order.
    QVERIFY(text("layerWords").contains(QStringLiteral("Each of the 200 units")));
    QVERIFY(text("layerWords").endsWith(QStringLiteral("128 of them are shown.")));
    QVERIFY(layer()->rect().contains(layer()->tileRect(127)));
}

void WhyPanelTest::aUnitThatIsPointedAtIsReadInWords()
{
    explain();
    QTRY_VERIFY(laidOut());
    QTest::mouseMove(layer(), layer()->tileRect(2).center());
    QCOMPARE(text("unitWords"), QStringLiteral("Pattern 3: its best fit answers with 2.00."));
    QTest::mouseMove(layer(), layer()->tileRect(0).center());
    QCOMPARE(text("unitWords"), QStringLiteral("Pattern 1 is nowhere in this picture."));
}

void WhyPanelTest::failureIsSaidAndTheNextDrawingIsExplained()
{
    m_model->state->explanationsFail = true;
    explain();
    QTRY_COMPARE(text("whyNothing"), QStringLiteral("The reading could not be explained. The log says why."));
    m_model->state->explanationsFail = false;
    explain();
    QTRY_COMPARE(text("forDigit"), QStringLiteral("What spoke for 7"));
}

void WhyPanelTest::hiddenItDoesNoWork()
{
    explain();
    QTRY_COMPARE(m_model->state->explained, 1);
    m_panel->hide();
    for (int i = 0; i < 10; ++i) {
        explain({3, 0.8F, 8, 0.15F});
        m_panel->grab(); // Long enough for an explanation to begin.
    }
    m_panel->show(); // It catches up with the newest.
    QTRY_COMPARE(text("forDigit"), QStringLiteral("What spoke for 3"));
    QCOMPARE(m_model->state->explained, 2);
}

void WhyPanelTest::aNewModelExplainsAnew()
{
    explain();
    QTRY_VERIFY(laidOut());
    const auto other = std::make_shared<FakeModel>();
    other->state->fullyConnected = true;
    m_panel->setModel(other);
    explain(); // The recogniser reads the drawing again.
    QTRY_COMPARE(layer()->responses().count, 200);
    QCOMPARE(m_model->state->explained, 1);
}

void WhyPanelTest::whatDoesNotFitIsScrolledTo()
{
    m_panel->resize(m_panel->width(), 240);
    explain();
    QTRY_VERIFY(laidOut());
    const auto* scroll = m_panel->findChild<QScrollArea*>(QStringLiteral("whyScroll"));
    QTRY_VERIFY(scroll->verticalScrollBar()->isVisible());
    QVERIFY(!scroll->horizontalScrollBar()->isVisible());
    const auto lastTileIsSeen = [&] { // Its range grows until all is laid out.
        scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
        const QPoint place = layer()->mapTo(scroll->viewport(), layer()->tileRect(7).topLeft());
        return scroll->viewport()->rect().contains(QRect(place, layer()->tileRect(7).size()));
    };
    QTRY_VERIFY(lastTileIsSeen());
    QVERIFY(layer()->mapTo(scroll->viewport(), layer()->rect().topRight()).x() < scroll->viewport()->width());
}

void WhyPanelTest::nothingMovesWhileDrawing()
{
    explain();
    QTRY_VERIFY(laidOut());
    QCoreApplication::processEvents();
    const QPoint before = layer()->mapTo(m_panel.get(), QPoint());
    pointAt("forDigitMap", 2, 2);
    explain({4, 0.5F, 9, 0.45F});
    QTRY_COMPARE(text("forDigit"), QStringLiteral("What spoke for 4"));
    QCoreApplication::processEvents();
    QCOMPARE(layer()->mapTo(m_panel.get(), QPoint()), before);
}

QTEST_MAIN(WhyPanelTest)
#include "tst_whypanel.moc"
