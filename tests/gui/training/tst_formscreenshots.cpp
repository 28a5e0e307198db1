// Writes pictures of the training form for people to look at, in light and dark, as wide as its column.
#include "tests/gui/training/fakeengine.h"
#include "tests/gui/training/nowheremnist.h"
#include "tests/support/screenshots.h"
#include "ui/training/datachooser.h"
#include "ui/training/disclosure.h"
#include "ui/training/samplestrip.h"
#include "ui/training/trainingform.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace digitpad;

class TestFormScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();

private:
    static void reach(TrainingForm& form, const QString& state);
    static void testRates(TrainingForm& form);
};

void TestFormScreenshots::initTestCase()
{
    test::beginScreenshots("tst_formscreenshots");
}

void TestFormScreenshots::everyState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state :
         {"baseline", "accurate", "everything", "refused", "range-test", "closed", "locked"}) {
        QTest::addRow("%s light", state) << QString::fromLatin1(state) << false;
        QTest::addRow("%s dark", state) << QString::fromLatin1(state) << true;
    }
}

void TestFormScreenshots::testRates(TrainingForm& form)
{
    QTest::mouseClick(form.findChild<QPushButton*>(QStringLiteral("findRate")), Qt::LeftButton);
    RateRangeTest test;
    for (int i = 0; i < 80; ++i) {
        const double x = i / 79.0;
        const double loss =
            2.3 - 1.9 / (1 + std::exp(14 * (0.5 - x))) + (x > 0.8 ? 60 * std::pow(x - 0.8, 2) : 0);
        test.points.push_back({std::pow(10, -6 + 6 * x), loss});
    }
    test.suggestion = 0.00321;
    form.showRangeTest(test);
}

void TestFormScreenshots::reach(TrainingForm& form, const QString& state)
{
    if (state == u"accurate") {
        form.setRunOptions(withPreset(*findPreset(QStringLiteral("accurate-cnn")), form.runOptions()));
    } else if (state == u"refused") {
        RunOptions options = form.runOptions();
        options.training.learningRate = 20;
        options.training.batchSize = 50'000;
        options.training.details.hiddenWidths = {64, 5000};
        form.setRunOptions(options);
        form.check();
    } else if (state == u"range-test") {
        testRates(form);
    } else if (state == u"locked") {
        form.setLocked(QStringLiteral("A run is in progress."));
    }
    if (state == u"everything") {
        RunOptions options = form.runOptions();
        options.training.optimizer = "rmsprop";
        options.training.schedule = "one-cycle";
        options.training.normalization = NormalizationChoice::Own;
        options.training.folds = 5;
        options.data.augmentation = AugmentationOptions::usual();
        form.setRunOptions(options);
    }
    const auto all = form.findChildren<Disclosure*>();
    for (Disclosure* disclosure : all) {
        if (state == u"everything" || state == u"closed") {
            disclosure->setOpen(state == u"everything");
        }
    }
}

void TestFormScreenshots::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    NowhereMnist nowhere;
    FakeEngine engine;
    TrainingForm form(QList<QUrl>{});
    form.setEngine(&engine);
    reach(form, state);
    form.resize(form.sizeHint().width(), 600);
    form.show();
    QVERIFY(QTest::qWaitForWindowExposed(&form));
    const auto* strip = form.findChild<SampleStrip*>();
    const auto* source = form.findChild<QLabel*>(QStringLiteral("previewSource"));
    QTRY_VERIFY(!strip->isVisible() || source->text().startsWith(QStringLiteral("Samples")));
    QCoreApplication::processEvents();
    const int width = form.width();
    form.resize(width,
                form.heightForWidth(width) > 0 ? form.heightForWidth(width) : form.sizeHint().height());
    QCoreApplication::processEvents();
    test::saveScreenshot(form, QStringLiteral("form-") + state, dark);
    // Nothing may be cut off at its side.
    QVERIFY2(form.minimumSizeHint().width() <= form.width(),
             qPrintable(QString::number(form.minimumSizeHint().width())));
}

QTEST_MAIN(TestFormScreenshots)
#include "tst_formscreenshots.moc"
