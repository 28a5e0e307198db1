// Writes a picture of the Draw tab for each thing that it says of a guess, and for each state of the Why
// panel, into the build folder. The explanations are those of the bundled model.
#include "tests/gui/draw/fakemodel.h"
#include "tests/support/screenshots.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/drawtab.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include <cmath>
#include <memory>

using namespace digitpad;
using test::FakeModel;
using test::FakeReading;

namespace {

/// A seven with a short, slanting roof: a one to some.
void drawSeven(Drawing& drawing)
{
    drawing.beginStroke({400, 330}, 60);
    for (int i = 1; i <= 12; ++i) {
        const float t = float(i) / 12;
        drawing.extendStroke({400 + 190 * t, 330 - 70 * t});
    }
    for (int i = 1; i <= 16; ++i) {
        const float t = float(i) / 16;
        drawing.extendStroke({590 - 90 * t - 20 * std::sin(3 * t), 260 + 520 * t});
    }
    drawing.endGesture();
}

/// An A.
void drawLetter(Drawing& drawing)
{
    drawing.beginStroke({330, 780}, 60);
    drawing.extendStroke({500, 240});
    drawing.extendStroke({680, 780});
    drawing.endGesture();
    drawing.beginStroke({400, 580}, 60);
    drawing.extendStroke({620, 580});
    drawing.endGesture();
}

} // namespace

class WhyScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_recognizer.reset(); }
    void cleanup() { test::useLightOrDark(false); }
    void states_data();
    void states();

private:
    void useModelFor(const QString& state);

    std::unique_ptr<Recognizer> m_recognizer;
    std::shared_ptr<const Model> m_bundled;
};

void WhyScreenshots::initTestCase()
{
    qputenv("DIGITPAD_MODEL", DIGITPAD_SOURCE_DIR "/models/digitpad.pt");
    test::beginScreenshots("tst_whyscreenshots");
    m_recognizer = std::make_unique<Recognizer>();
    m_recognizer->start();
    // Where the machine has much else to do, loading LibTorch takes its time.
    QTRY_COMPARE_WITH_TIMEOUT(m_recognizer->state(), Recognizer::State::Ready, 60'000);
    m_bundled = m_recognizer->model();
}

void WhyScreenshots::useModelFor(const QString& state)
{
    std::shared_ptr<const Model> model = m_bundled;
    if (state.contains(u"digit")) {
        model = std::make_shared<FakeModel>(FakeReading{4, 0.81F, 9, 0.11F, 0.12F});
    } else if (state == u"score") {
        model = std::make_shared<FakeModel>(FakeReading{7, 0.97F, 1, 0.01F, 0.98F});
    } else if (state == u"oldmodel") {
        model = std::make_shared<FakeModel>();
    } else if (state == u"why-fully-connected") {
        const auto fake = std::make_shared<FakeModel>();
        fake->state->fullyConnected = true;
        model = fake;
    }
    m_recognizer->useModel(model, QStringLiteral("Bundled model"));
    QTRY_VERIFY(m_recognizer->model() == model);
}

void WhyScreenshots::states_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    const QSize usual(980, 720);
    const QList<std::pair<const char*, QSize>> states = {
        {"why", usual},          {"why-layer", usual}, {"why-wide", {1400, 860}},
        {"why-small", {1, 1}},   {"why-empty", usual}, {"why-fully-connected", usual},
        {"why-no-digit", usual}, {"nodigit", usual},   {"nodigit-small", {1, 1}},
        {"oldmodel", usual},     {"score", usual}};
    for (const auto& [state, size] : states) {
        for (const bool dark : {false, true}) {
            QTest::addRow("%s, %s", state, dark ? "dark" : "light")
                << QString::fromLatin1(state) << size << dark;
        }
    }
}

void WhyScreenshots::states()
{
    QFETCH(QString, state);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    MyDigits digits;
    MainWindow window(m_recognizer.get(), &digits);
    window.resize(size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    useModelFor(state);
    window.drawTab()->actions()->why->setChecked(state.startsWith(u"why"));
    if (state.contains(u"digit")) {
        drawLetter(*window.drawTab()->drawing());
    } else if (state != u"why-empty") {
        drawSeven(*window.drawTab()->drawing());
    }
    if (state.startsWith(u"why") && state != u"why-empty") {
        auto* title = window.findChild<QLabel*>(QStringLiteral("forDigit"));
        QTRY_VERIFY(title->isVisible());
    } else if (state != u"why-empty") {
        auto* digit = window.findChild<QLabel*>(QStringLiteral("bestDigit"));
        QTRY_VERIFY(digit->text() != QStringLiteral("–"));
    }
    QCoreApplication::processEvents();
    if (state == u"why-layer") {
        QScrollBar* bar = window.findChild<QScrollArea*>(QStringLiteral("whyScroll"))->verticalScrollBar();
        bar->setValue(bar->maximum());
    }
    test::saveScreenshot(window, state, dark);
}

QTEST_MAIN(WhyScreenshots)
#include "tst_whyscreenshots.moc"
