// Writes a picture of each state of the window into the build folder, in light and dark palettes; another
// registration in CTest does the same at twice the scale. A person looks at them; the test makes sure that
// there is something to look at.
#include "tests/gui/draw/fakemodel.h"
#include "tests/support/screenshots.h"
#include "ui/draw/drawtab.h"
#include "ui/draw/numberbar.h"
#include "ui/draw/predictionview.h"
#include "ui/mainwindow.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace digitpad;
using test::FakeModel;
using test::FakeReading;

namespace {

/// A seven, as somebody might write it.
void drawSeven(Drawing& drawing)
{
    drawing.beginStroke({290, 270}, 60);
    for (int i = 1; i <= 12; ++i) {
        const float t = float(i) / 12;
        drawing.extendStroke({290 + 400 * t, 270 - 25 * std::sin(3 * t)});
    }
    for (int i = 1; i <= 16; ++i) {
        const float t = float(i) / 16;
        drawing.extendStroke({690 - 230 * t - 30 * std::sin(3 * t), 268 + 500 * t});
    }
    drawing.endGesture();
    drawing.beginStroke({400, 520}, 60);
    drawing.extendStroke({520, 512});
    drawing.extendStroke({660, 508});
    drawing.endGesture();
}

/// Three of them beside each other.
void drawSevens(Drawing& drawing)
{
    for (const float left : {120.0F, 420.0F, 720.0F}) {
        drawing.beginStroke({left, 380}, 30);
        drawing.extendStroke({left + 160, 375});
        drawing.extendStroke({left + 70, 640});
        drawing.endGesture();
    }
}

/// Something between a four and a nine.
void drawDoubt(Drawing& drawing)
{
    drawing.beginStroke({430, 260}, 60);
    for (int i = 1; i <= 20; ++i) {
        const float angle = 0.32F * float(i);
        drawing.extendStroke(
            {520 - 130 * std::cos(angle) + 20 * std::sin(angle), 400 - 140 * std::sin(angle) * 0.9F});
    }
    drawing.endGesture();
    drawing.beginStroke({650, 270}, 60);
    drawing.extendStroke({640, 500});
    drawing.extendStroke({600, 780});
    drawing.endGesture();
}

} // namespace

class Screenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void draw_data();
    void draw();
    void dialogs_data();
    void dialogs();
};

void Screenshots::initTestCase()
{
    qputenv("DIGITPAD_ENGINE", "/nonexistent");
    test::beginScreenshots("tst_screenshots");
}

void Screenshots::draw_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state :
         {"empty", "loading", "ready", "unsure", "number", "failed", "message", "small"}) {
        for (const bool dark : {false, true}) {
            QTest::addRow("%s, %s", state, dark ? "dark" : "light") << QString::fromLatin1(state) << dark;
        }
    }
}

void Screenshots::draw()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    Recognizer recognizer;
    MyDigits digits;
    MainWindow window(&recognizer, &digits);
    window.resize(state == u"small" ? QSize(1, 1) : QSize(980, 720));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));

    if (state != u"loading") {
        recognizer.start();
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Failed);
    }
    if (state != u"loading" && state != u"failed") {
        const FakeReading doubt{4, 0.46F, 9, 0.41F};
        const FakeReading sure{7, 0.97F, 1, 0.01F, state == u"number" ? 0.99F : -1};
        recognizer.useModel(std::make_shared<FakeModel>(state == u"unsure" ? doubt : sure),
                            QStringLiteral("Bundled model"));
        QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
    }
    Drawing& drawing = *window.drawTab()->drawing();
    if (state == u"unsure") {
        drawDoubt(drawing);
    } else if (state == u"number") {
        drawSevens(drawing);
    } else if (state != u"empty") {
        drawSeven(drawing);
    }
    const auto* digit = window.findChild<QLabel*>(QStringLiteral("bestDigit"));
    if (state == u"number") {
        const auto* bar = window.findChild<NumberBar*>();
        QTRY_COMPARE(bar->number().size(), 3);
    }
    if (state == u"ready" || state == u"message" || state == u"unsure" || state == u"small") {
        QTRY_VERIFY(digit->text() != QStringLiteral("–"));
    }
    if (state == u"message") {
        window.openFile(QStringLiteral("/nonexistent/seven.png"));
        QTRY_VERIFY(!window.drawTab()->findChild<MessageBar*>()->text().isEmpty());
    }
    test::saveScreenshot(window, QStringLiteral("draw-") + state, dark);
}

void Screenshots::dialogs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("action");
    QTest::newRow("about") << QStringLiteral("about") << QStringLiteral("&About DigitPad");
    QTest::newRow("shortcuts") << QStringLiteral("shortcuts") << QStringLiteral("&Keyboard Shortcuts");
}

void Screenshots::dialogs()
{
    QFETCH(QString, name);
    QFETCH(QString, action);
    test::useLightOrDark(false);
    Recognizer recognizer;
    MyDigits digits;
    MainWindow window(&recognizer, &digits);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    recognizer.start();
    recognizer.useModel(std::make_shared<FakeModel>(), QStringLiteral("Bundled model"));
    QTRY_COMPARE(recognizer.state(), Recognizer::State::Ready);
    const auto actions = window.findChildren<QAction*>();
    const auto found = std::find_if(actions.begin(), actions.end(),
                                    [&](const QAction* candidate) { return candidate->text() == action; });
    QVERIFY(found != actions.end());
    (*found)->trigger();
    auto* dialog = window.findChild<QDialog*>(name);
    QVERIFY(dialog);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    test::saveScreenshot(*dialog, name, false);
}

QTEST_MAIN(Screenshots)
#include "tst_screenshots.moc"
