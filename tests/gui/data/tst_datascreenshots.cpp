// Writes a picture of each state of the Data tab into the build folder, in light and dark palettes; another
// registration in CTest does the same at twice the scale. A person looks at them; the test makes sure that
// there is something to look at.
#include "core/data/mnist.h"
#include "core/image/normalizer.h"
#include "tests/gui/data/datafixture.h"
#include "tests/support/screenshots.h"
#include "ui/data/datastates.h"
#include "ui/data/samplewindow.h"
#include "ui/training/samplestrip.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>

using namespace digitpad;
using test::DataFixture;

class DataScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shots_data();
    void shots();

private:
    void arrange(DataFixture& fixture, const QString& state);
    void exploreUsual(DataFixture& fixture, const QString& state);
    static void choose(DataFixture& fixture, const char* combo, const QString& text)
    {
        auto* box = fixture.child<QComboBox>(combo);
        box->setCurrentIndex(box->findText(text, Qt::MatchStartsWith));
        Q_EMIT box->activated(box->currentIndex());
    }
};

void DataScreenshots::initTestCase()
{
    test::beginScreenshots("tst_datascreenshots");
}

void DataScreenshots::shots_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    for (const char* state : {"start", "mnistmissing", "loading", "failed", "nodigits", "overview",
                              "overviewlower", "collection", "gallery", "gallerysmall", "gallerylarge",
                              "selected", "misread", "duplicates", "mine", "values", "narrow"}) {
        for (const bool dark : {false, true}) {
            QTest::addRow("%s, %s", state, dark ? "dark" : "light") << QString::fromLatin1(state) << dark;
        }
    }
}

/// MNIST where it is there.
/// MNIST, where it is there, for those that look best with it: reading and counting it takes its time.
void DataScreenshots::exploreUsual(DataFixture& fixture, const QString& state)
{
    DataSource source;
    source.parts = QStringList{QStringLiteral("mnist")};
    const bool mnist = (state == u"overview" || state == u"gallery") && !findMnist().isEmpty();
    fixture.tab->explore(mnist ? source : DataFixture::synthetic(2000));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.tab->exploredData(), longTime);
}

void DataScreenshots::arrange(DataFixture& fixture, const QString& state)
{
    RunOptions options;
    options.data.augmentation = AugmentationOptions::usual();
    fixture.tab->setTrainingOptions(options);
    if (state == u"start") {
        return;
    }
    if (state == u"mnistmissing") {
        fixture.child<DataStates>("dataStates")->showMnist();
        return;
    }
    if (state == u"nodigits") {
        fixture.child<DataStates>("dataStates")->showNoDigits();
        return;
    }
    if (state == u"loading") {
        fixture.tab->explore(DataFixture::synthetic(1'000'000));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.child<QProgressBar>("dataProgress")->value() > 3, longTime);
        return;
    }
    if (state == u"failed") {
        fixture.tab->open(test::writeFile(fixture.path(QStringLiteral("digits.csv")),
                                          "7," + QByteArray("0,").repeated(699) + "0\n"));
        QTRY_VERIFY(fixture.child<QWidget>("dataFailed")->isVisible());
        return;
    }
    if (state == u"mine") {
        test::writeFile(fixture.digits()->path(), DataFixture::collection(57));
        fixture.digits()->start();
        DataSource source;
        source.parts = QStringList{fixture.digits()->path()};
        fixture.tab->explore(source);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.items()->count(), 57, longTime);
        fixture.child<QAbstractButton>("showGallery")->click();
        fixture.gallery()->setFocus();
        fixture.gallery()->select({2, 5});
        QTest::keyClick(fixture.gallery(), Qt::Key_7);
        QTRY_COMPARE(fixture.items()->item(5).label, QStringLiteral("7"));
        return;
    }
    if (state == u"collection" || state == u"duplicates") {
        QByteArray lines = DataFixture::collection(240);
        lines += lines.left(lines.size() / 24) + "{\"label\": \"A\", \"strokes\": [[[0,0],[5,9]]]}\nbroken\n";
        lines.replace("{\"label\":\"3\"", "{\"writer\":\"anna\",\"label\":\"3\"");
        lines.replace("{\"label\":\"4\"", "{\"writer\":\"ben\",\"label\":\"4\"");
        fixture.tab->open(test::writeFile(fixture.path(QStringLiteral("pens.jsonl")), lines));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.tab->exploredData(), longTime);
        if (state == u"duplicates") {
            fixture.child<QAbstractButton>("factDuplicates")->click();
        }
        return;
    }
    exploreUsual(fixture, state);
    if (state == u"overview" || state == u"narrow") {
        return;
    }
    if (state == u"overviewlower") {
        auto* page = fixture.child<QScrollArea>("overviewPage");
        page->verticalScrollBar()->setValue(page->verticalScrollBar()->maximum());
        return;
    }
    fixture.child<QAbstractButton>("showGallery")->click();
    if (state == u"gallery") {
        fixture.gallery()->setCurrent(7);
    } else if (state == u"gallerysmall") {
        fixture.gallery()->setZoom(0);
        fixture.gallery()->select({3, 4, 5, 44, 45});
    } else if (state == u"gallerylarge") {
        fixture.gallery()->setZoom(4);
        fixture.gallery()->setCurrent(3);
        choose(fixture, "galleryOrder", QStringLiteral("Ink"));
    } else if (state == u"selected") {
        fixture.gallery()->select({3, 4, 5, 12, 13, 14});
    } else if (state == u"misread") {
        fixture.useModel();
        QTRY_VERIFY(fixture.recognizer()->model());
        choose(fixture, "galleryFilter", QStringLiteral("Misread"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.items()->count() > 0, longTime);
        choose(fixture, "galleryOrder", QStringLiteral("Confidence"));
        fixture.gallery()->setCurrent(5);
    } else if (state == u"values") {
        fixture.gallery()->setCurrent(0);
        QTest::keyClick(fixture.gallery(), Qt::Key_Return);
        QTRY_VERIFY(fixture.tab->findChild<SampleWindow*>());
    }
}

void DataScreenshots::shots()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    test::useLightOrDark(dark);
    DataFixture fixture(state == u"narrow" ? QSize(760, 560) : QSize(980, 640));
    fixture.show();
    arrange(fixture, state);
    // Both are worked out beside the window's thread.
    const auto* split = fixture.child<QLabel>("splitText");
    QTRY_VERIFY_WITH_TIMEOUT(!split->isVisible() || !split->text().startsWith(u"Being"), longTime);
    const auto* strip = fixture.tab->findChild<SampleStrip*>();
    QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible() || !strip->varied().empty(), longTime);

    QWidget* target = fixture.window();
    if (auto* values = fixture.tab->findChild<SampleWindow*>()) {
        target = values;
    }
    test::saveScreenshot(*target, QStringLiteral("data-") + state, dark);
}

QTEST_MAIN(DataScreenshots)
#include "tst_datascreenshots.moc"
