#include "ui/draw/digitpreview.h"
#include "ui/draw/predictionview.h"
#include "ui/draw/probabilitybars.h"
#include "ui/widgets/tones.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace digitpad;
using State = Recognizer::State;

namespace {

Prediction guess(int digit, float confidence, int second = -1, float secondConfidence = 0)
{
    Prediction prediction;
    prediction.digit = digit;
    prediction.confidence = confidence;
    prediction.accepted = confidence >= acceptanceThreshold;
    prediction.forwardMicroseconds = 182;
    const float rest = (1 - confidence - secondConfidence) / float(second < 0 ? 9 : 8);
    prediction.probabilities.fill(rest);
    prediction.probabilities[std::size_t(digit)] = confidence;
    if (second >= 0) {
        prediction.probabilities[std::size_t(second)] = secondConfidence;
    }
    for (std::size_t i = 0; i < prediction.image.pixels.size(); ++i) {
        prediction.image.pixels[i] = static_cast<std::uint8_t>(i % 251);
    }
    return prediction;
}

/// A guess of a model that tells digits from the rest, accepted from 0.5 on.
Prediction scored(Prediction prediction, float digitScore)
{
    prediction.digitScore = digitScore;
    prediction.accepted = digitScore >= 0.5F;
    return prediction;
}

Prediction blank()
{
    return {};
}

} // namespace

class PredictionViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void loadingSaysSo();
    void anEmptyPadShowsNoGuess();
    void aGuessIsShown();
    void certaintyIsNotOverstated();
    void doubtIsWorded_data();
    void doubtIsWorded();
    void whatIsNoDigitIsNotShouted();
    void aDigitWithTwoReadingsIsStillADigit();
    void theDigitScoreIsShownAndExplained();
    void aModelWithoutDigitScoreSaysSo();
    void detailsCanBeHidden();
    void aBlankReadingSaysSo();
    void anEmptiedPadDropsTheGuess();
    void failureSaysWhyAndOffersAModel();
    void barsAreAsLongAsTheirProbability();
    void barsAreReadToThoseWhoCannotSeeThem();
    void thePictureIsExactlyTheNetworks();
    void nothingJumpsWhileDrawing();
    void aNewPaletteReachesEverything();
    void colorsAreReadable_data();
    void colorsAreReadable();

private:
    [[nodiscard]] QString text(const char* name) const
    {
        const auto* label = m_view->findChild<QLabel*>(QLatin1String(name));
        return label != nullptr && label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] ProbabilityBars* bars() const { return m_view->findChild<ProbabilityBars*>(); }
    void makeReady(const Prediction& prediction)
    {
        m_view->setState(State::Ready, {});
        m_view->setPadEmpty(false);
        m_view->setPrediction(prediction);
    }

    std::unique_ptr<PredictionView> m_view;
};

void PredictionViewTest::init()
{
    m_view = std::make_unique<PredictionView>();
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void PredictionViewTest::loadingSaysSo()
{
    QCOMPARE(text("headline"), QStringLiteral("The recogniser is loading."));
    QCOMPARE(text("explanation"), QStringLiteral("You can draw already."));
    m_view->setPadEmpty(false);
    QCOMPARE(text("headline"), QStringLiteral("The recogniser is loading."));
}

void PredictionViewTest::anEmptyPadShowsNoGuess()
{
    m_view->setState(State::Ready, {});
    QCOMPARE(text("explanation"), QStringLiteral("Draw a digit and it is read as you draw."));
    QCOMPARE(text("bestDigit"), QStringLiteral("–"));
    QCOMPARE(bars()->values(), ProbabilityBars::Values{});
    QCOMPARE(text("time"), QString());
    m_view->setPrediction(guess(3, 0.9F)); // Of a drawing that is gone: too late.
    QCOMPARE(text("bestDigit"), QStringLiteral("–"));
}

void PredictionViewTest::aGuessIsShown()
{
    makeReady(guess(7, 0.974F));
    m_view->setModel(QStringLiteral("Bundled model"), DigitScoring{});
    QCOMPARE(text("bestDigit"), QStringLiteral("7"));
    QCOMPARE(text("headline"), QStringLiteral("97\u00A0% sure"));
    QCOMPARE(text("time"), QStringLiteral("Read in 0.18 ms"));
    QCOMPARE(text("modelName"), QStringLiteral("Model: Bundled model"));
    QCOMPARE(bars()->values()[7], 0.974F);
}

void PredictionViewTest::certaintyIsNotOverstated()
{
    makeReady(guess(7, 0.9996F));
    QCOMPARE(text("headline"), QStringLiteral(">99\u00A0% sure"));
    QCOMPARE(percentageText(1), QStringLiteral(">99\u00A0%")); // A softmax in float ends there easily.
    QCOMPARE(percentageText(0.994F), QStringLiteral("99\u00A0%"));
    QCOMPARE(percentageText(0), QStringLiteral("0\u00A0%"));
}

void PredictionViewTest::doubtIsWorded_data()
{
    QTest::addColumn<int>("second");
    QTest::addColumn<float>("secondConfidence");
    QTest::addColumn<QString>("headline");
    QTest::newRow("a close second") << 9 << 0.41F << QStringLiteral("Not sure: 4 or 9?");
    QTest::newRow("far ahead") << 9 << 0.10F << QStringLiteral("Not sure: perhaps 4?");
}

void PredictionViewTest::doubtIsWorded()
{
    QFETCH(int, second);
    QFETCH(float, secondConfidence);
    QFETCH(QString, headline);
    makeReady(guess(4, 0.45F, second, secondConfidence));
    QCOMPARE(text("headline"), headline);
    QCOMPARE(text("bestDigit"), QStringLiteral("4"));
}

void PredictionViewTest::whatIsNoDigitIsNotShouted()
{
    m_view->setModel(QStringLiteral("Bundled model"), DigitScoring{});
    makeReady(scored(guess(7, 0.974F), 0.12F));
    QCOMPARE(text("bestDigit"), QStringLiteral("?"));
    QCOMPARE(m_view->findChild<QLabel*>(QStringLiteral("bestDigit"))->accessibleName(),
             QStringLiteral("No digit"));
    QCOMPARE(text("headline"), QStringLiteral("That does not look like a digit"));
    QCOMPARE(text("explanation"), QStringLiteral("Closest: 7"));
    const QImage image = bars()->grab().toImage(); // No bar stands out.
    const QRect track = bars()->trackRect(7);
    const QColor color = image.pixelColor(QPoint(track.left() + track.width() / 2, track.center().y()) *
                                          image.devicePixelRatio());
    QCOMPARE(color.hslSaturation(), 0);
    makeReady(scored(guess(7, 0.974F), 0.97F));
    QCOMPARE(text("bestDigit"), QStringLiteral("7"));
    QCOMPARE(text("headline"), QStringLiteral("97\u00A0% sure"));
}

void PredictionViewTest::aDigitWithTwoReadingsIsStillADigit()
{
    makeReady(scored(guess(4, 0.45F, 9, 0.41F), 0.98F));
    QCOMPARE(text("headline"), QStringLiteral("Not sure: 4 or 9?"));
    QCOMPARE(text("bestDigit"), QStringLiteral("4"));
}

void PredictionViewTest::theDigitScoreIsShownAndExplained()
{
    m_view->setModel(QStringLiteral("Bundled model"), DigitScoring{1, 0, 0.35});
    makeReady(scored(guess(7, 0.97F), 0.125F));
    QCOMPARE(text("digitScore"), QStringLiteral("How digit-like: 13\u00A0%"));
    const QString tip = m_view->findChild<QLabel*>(QStringLiteral("digitScore"))->toolTip();
    QVERIFY2(tip.contains(QStringLiteral("From 35\u00A0% on")), qPrintable(tip));
    m_view->setPrediction(blank());
    QCOMPARE(text("digitScore"), QString());
    m_view->setPrediction(scored(guess(7, 0.97F), 0.99F));
    m_view->setPadEmpty(true);
    QCOMPARE(text("digitScore"), QString());
}

void PredictionViewTest::aModelWithoutDigitScoreSaysSo()
{
    QCOMPARE(text("modelLimit"), QString()); // Of no model nothing is said.
    m_view->setModel(QStringLiteral("old.pt"), std::nullopt);
    makeReady(guess(7, 0.97F));
    QCOMPARE(text("modelLimit"), QStringLiteral("This model cannot tell what is no digit."));
    QVERIFY(m_view->findChild<QLabel*>(QStringLiteral("modelLimit"))
                ->toolTip()
                .contains(QStringLiteral("Train it again")));
    QCOMPARE(text("digitScore"), QString());
    QCOMPARE(text("headline"), QStringLiteral("97\u00A0% sure"));
    m_view->setModel(QStringLiteral("new.pt"), DigitScoring{});
    QCOMPARE(text("modelLimit"), QString());
}

void PredictionViewTest::detailsCanBeHidden()
{
    makeReady(guess(7, 0.97F));
    const QRect before = m_view->findChild<QLabel*>(QStringLiteral("bestDigit"))->geometry();
    m_view->setDetailsVisible(false);
    QVERIFY(!bars()->isVisible());
    QVERIFY(!m_view->findChild<DigitPreview*>()->isVisible());
    QCoreApplication::processEvents();
    QCOMPARE(m_view->findChild<QLabel*>(QStringLiteral("bestDigit"))->geometry(), before);
    m_view->setDetailsVisible(true);
    QVERIFY(bars()->isVisible());
}

void PredictionViewTest::aBlankReadingSaysSo()
{
    makeReady(blank());
    QCOMPARE(text("headline"), QStringLiteral("No ink found"));
    QCOMPARE(text("bestDigit"), QStringLiteral("–"));
}

void PredictionViewTest::anEmptiedPadDropsTheGuess()
{
    makeReady(guess(7, 0.97F));
    m_view->setPadEmpty(true);
    QCOMPARE(text("bestDigit"), QStringLiteral("–"));
    m_view->setPadEmpty(false); // Nothing of the old drawing comes back before the new one is read.
    QCOMPARE(text("bestDigit"), QStringLiteral("–"));
}

void PredictionViewTest::failureSaysWhyAndOffersAModel()
{
    makeReady(guess(7, 0.97F));
    m_view->setState(State::Failed, QStringLiteral("The model file “x.pt” is broken."));
    QCOMPARE(text("failureText"),
             QStringLiteral("The model file “x.pt” is broken. You can still draw, open and save."));
    QCOMPARE(text("bestDigit"), QString());
    QCOMPARE(bars()->values(), ProbabilityBars::Values{});
    QSignalSpy asked(m_view.get(), &PredictionView::chooseModelRequested);
    auto* button = m_view->findChild<QPushButton*>(QStringLiteral("chooseModel"));
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
}

void PredictionViewTest::barsAreAsLongAsTheirProbability()
{
    makeReady(guess(4, 0.5F, 9, 0.25F));
    const QImage image = bars()->grab().toImage();
    const QRgb strong = bars()->palette().color(QPalette::Highlight).rgb();
    const auto colorAt = [&](int digit, double part) {
        const QRect track = bars()->trackRect(digit);
        return image.pixel(QPoint(track.left() + int(part * track.width()), track.center().y()) *
                           image.devicePixelRatio());
    };
    QCOMPARE(colorAt(4, 0.47), strong);
    QVERIFY(colorAt(4, 0.53) != strong);
    QVERIFY(colorAt(9, 0.22) != strong); // Only the best stands out.
    QVERIFY(colorAt(9, 0.22) != colorAt(9, 0.28));
    QCOMPARE(colorAt(9, 0.28), colorAt(4, 0.53)); // The empty track.
}

void PredictionViewTest::barsAreReadToThoseWhoCannotSeeThem()
{
    makeReady(guess(4, 0.5F, 9, 0.5F));
    QCOMPARE(bars()->accessibleDescription(), QStringLiteral("4: 50\u00A0%, 9: 50\u00A0%"));
    m_view->setPadEmpty(true);
    QCOMPARE(bars()->accessibleDescription(), QStringLiteral("Nothing is read yet."));
}

void PredictionViewTest::thePictureIsExactlyTheNetworks()
{
    const Prediction prediction = guess(7, 0.97F);
    makeReady(prediction);
    auto* preview = m_view->findChild<DigitPreview*>();
    QVERIFY(preview->image() == prediction.image);
    const QImage image = preview->grab().toImage();
    for (int y = 0; y < digitSide; ++y) {
        for (int x = 0; x < digitSide; ++x) {
            const QPointF middle = preview->cellRect(x, y).center() * image.devicePixelRatio();
            QCOMPARE(qGray(image.pixel(middle.toPoint())), int(prediction.image.at(x, y)));
        }
    }
}

void PredictionViewTest::nothingJumpsWhileDrawing()
{
    const auto places = [this] {
        return QList<QRect>{bars()->geometry(), m_view->findChild<DigitPreview*>()->geometry()};
    };
    m_view->setState(State::Ready, {});
    QCoreApplication::processEvents();
    const QList<QRect> before = places();
    for (const Prediction& prediction : {guess(7, 0.97F), guess(4, 0.4F, 9, 0.38F), guess(1, 0.2F), blank(),
                                         scored(guess(7, 0.97F), 0.12F), scored(guess(7, 0.97F), 0.99F)}) {
        makeReady(prediction);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QCOMPARE(places(), before);
    }
}

void PredictionViewTest::aNewPaletteReachesEverything()
{
    const QPalette before = QApplication::palette();
    makeReady(guess(7, 0.97F));
    for (const QColor& window : {QColor(30, 30, 30), QColor(240, 240, 240)}) {
        QApplication::setPalette(QPalette(window));
        QCoreApplication::processEvents();
        for (const QLabel* label : m_view->findChildren<QLabel*>()) {
            QVERIFY2(contrast(label->palette().color(QPalette::WindowText), window) >= 4.5,
                     qPrintable(label->objectName()));
        }
    }
    QApplication::setPalette(before);
}

void PredictionViewTest::colorsAreReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << QPalette(QColor(239, 239, 239));
    QTest::newRow("white") << QPalette(Qt::white);
    QTest::newRow("dark") << QPalette(QColor(36, 36, 38));
    QTest::newRow("black") << QPalette(Qt::black);
}

void PredictionViewTest::colorsAreReadable()
{
    QFETCH(QPalette, palette);
    QVERIFY(contrast(secondaryText(palette), palette.color(QPalette::Window)) >= 4.5);
    for (const Tone tone : {Tone::Info, Tone::Success, Tone::Warning, Tone::Error}) {
        const ToneColors colors = toneColors(palette, tone);
        QVERIFY(contrast(colors.text, colors.background) >= 4.5);
        QVERIFY(contrast(colors.accent, colors.background) >= 3);
    }
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
}

QTEST_MAIN(PredictionViewTest)
#include "tst_predictionview.moc"
