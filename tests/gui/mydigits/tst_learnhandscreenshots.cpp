// Writes pictures of the dialog that learns a hand for people to look at, in light and dark.
#include "core/data/syntheticdigits.h"
#include "tests/gui/mydigits/fakelearning.h"
#include "tests/support/screenshots.h"
#include "tests/support/strangehand.h"
#include "ui/mydigits/learnhanddialog.h"

#include <QApplication>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

class LearnHandScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();

private:
    static void reach(LearnHandDialog& dialog, const QString& state);
};

void LearnHandScreenshots::initTestCase()
{
    test::beginScreenshots("tst_learnhandscreenshots");
}

void LearnHandScreenshots::everyState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"ready", "too-few", "learning", "better", "worse", "failed"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void LearnHandScreenshots::reach(LearnHandDialog& dialog, const QString& state)
{
    if (state == u"ready" || state == u"too-few") {
        return;
    }
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("learn")), Qt::LeftButton);
    if (state == u"learning") {
        QTRY_VERIFY(dialog.findChild<QProgressBar*>(QStringLiteral("progress"))->value() > 0);
    } else if (state == u"failed") {
        QTRY_VERIFY(dialog.findChild<QPushButton*>(QStringLiteral("learn"))->isEnabled());
    } else {
        QTRY_VERIFY(dialog.findChild<QPushButton*>(QStringLiteral("useNew"))->isVisible());
    }
}

void LearnHandScreenshots::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    OtherHands others;
    others.training = syntheticDigits(10, 1, {});
    others.test.name = "MNIST test";
    others.test.labels.assign(10'000, 7);
    others.test.images.resize(others.test.labels.size() * digitPixels);
    FakeLearningEngine engine;
    engine.learned = std::make_shared<const MisreadingModel>(state == u"worse" ? 6 : 1, 52);
    if (state == u"failed") {
        engine.failure = Error{ErrorCode::Internal, "There is no memory left; close other programs."};
    }
    auto drawings = strangeHand(4, 1);
    if (state == u"too-few") {
        drawings.resize(4);
    }
    const auto old = std::make_shared<const MisreadingModel>(4, 50);
    LearnHandDialog dialog(&engine, HandModel::Start{old, {}, QStringLiteral("Bundled model")},
                           std::move(drawings));
    HandLearningOptions options;
    options.images = 640;
    options.hardShare = 0;
    options.folds = 2;
    dialog.setOptions(options, std::make_shared<const OtherHands>(std::move(others)));
    dialog.open();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    if (state == u"learning") {
        engine.hold();
    }
    reach(dialog, state);
    test::saveScreenshot(dialog, QStringLiteral("learnhand-") + state, dark);
    engine.release();
}

QTEST_MAIN(LearnHandScreenshots)
#include "tst_learnhandscreenshots.moc"
