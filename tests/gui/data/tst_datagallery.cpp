#include "tests/gui/data/datafixture.h"
#include "ui/data/pixelgrid.h"
#include "ui/data/samplewindow.h"
#include "ui/training/samplestrip.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QImage>
#include <QSignalSpy>
#include <QSpinBox>

using namespace digitpad;
using test::DataFixture;

/// The Data tab's images: finding, reading, enlarging and taking them along.
class DataGalleryTest : public QObject, protected test::DataTabDriver
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_fixture = std::make_unique<DataFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void sortsFiltersAndJumps();
    void enlargesWithValues();
    void putsImagesOnThePad();
    void copiesAPicture();
    void exportsAndReadsBack_data();
    void exportsAndReadsBack();
    void readsWithTheModel();
    void cancellingTheReadingSortsByIndexAgain();
    void showsHowTrainingVaries();
};

void DataGalleryTest::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_datagallery"));
}

void DataGalleryTest::sortsFiltersAndJumps()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(500);
    click("showGallery");
    choose("galleryOrder", QStringLiteral("Ink"));
    const auto& ink = m_fixture->items()->statistics().inkOfImage;
    QCOMPARE(ink[m_fixture->items()->sampleAt(0)], *std::min_element(ink.begin(), ink.end()));
    click("galleryDescending");
    QCOMPARE(ink[m_fixture->items()->sampleAt(0)], *std::max_element(ink.begin(), ink.end()));
    choose("galleryFilter", QStringLiteral("2"));
    QCOMPARE(m_fixture->items()->count(), 50);
    QVERIFY(text("galleryCount").startsWith(QStringLiteral("50 of 500")));

    m_fixture->gallery()->setFocus();
    press(Qt::Key_G, Qt::ControlModifier);
    auto* index = child<QSpinBox>("galleryIndex");
    QTRY_VERIFY(index->hasFocus());
    QTest::keyClicks(index, QStringLiteral("123"));
    QTest::keyClick(index, Qt::Key_Return);
    QVERIFY(m_fixture->gallery()->hasFocus());
    QCOMPARE(m_fixture->items()->sampleAt(m_fixture->gallery()->current()), std::size_t{123});
    QVERIFY(text("sampleTitle").startsWith(QStringLiteral("Image 123")));
}

void DataGalleryTest::enlargesWithValues()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(100);
    click("showGallery");
    m_fixture->gallery()->setFocus();
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    press(Qt::Key_Return);
    auto* window = m_fixture->tab->findChild<SampleWindow*>();
    QTRY_VERIFY(window && window->isVisible());
    auto* grid = window->findChild<PixelGrid*>();
    QCOMPARE(grid->image(), m_fixture->items()->set().digitImage(1));
    QTest::keyClick(window, Qt::Key_Right);
    QCOMPARE(grid->image(), m_fixture->items()->set().digitImage(2));
    QCOMPARE(m_fixture->gallery()->current(), 2);
    QTest::mouseClick(window->findChild<QAbstractButton*>(QStringLiteral("previousSample")), Qt::LeftButton);
    QCOMPARE(m_fixture->gallery()->current(), 1);
    QTest::keyClick(window, Qt::Key_Escape);
    QTRY_VERIFY(!m_fixture->tab->findChild<SampleWindow*>());
}

void DataGalleryTest::putsImagesOnThePad()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(100);
    click("showGallery");
    QSignalSpy pad(m_fixture->tab, &DataTab::padRequested);
    QVERIFY(!child<QAction>("sampleToPad")->isEnabled());
    m_fixture->gallery()->setFocus();
    press(Qt::Key_Right);
    press(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(pad.count(), 1);
    const auto content = pad.first().first().value<PadContent>();
    QVERIFY(content.picture);
    QCOMPARE(content.picture->pixels.size(), std::size_t{784});
    QVERIFY(std::equal(content.picture->pixels.begin(), content.picture->pixels.end(),
                       m_fixture->items()->set().image(0)));
}

void DataGalleryTest::copiesAPicture()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(100);
    click("showGallery");
    m_fixture->gallery()->setFocus();
    press(Qt::Key_End);
    press(Qt::Key_C, Qt::ControlModifier);
    const QImage copied = QGuiApplication::clipboard()->image();
    QCOMPARE(copied.size(), QSize(28, 28));
    for (int i = 0; i < digitPixels; ++i) {
        QCOMPARE(qGray(copied.pixel(i % 28, i / 28)), int{m_fixture->items()->set().image(99)[i]});
    }
}

void DataGalleryTest::exportsAndReadsBack_data()
{
    QTest::addColumn<bool>("idx");
    QTest::newRow("PNG") << false;
    QTest::newRow("IDX") << true;
}

void DataGalleryTest::exportsAndReadsBack()
{
    QFETCH(bool, idx);
    m_fixture->show();
    m_fixture->exploreSynthetic(100);
    click("showGallery");
    m_fixture->gallery()->select({3, 5, 8});
    const DigitSet chosen = subset(m_fixture->items()->set(), std::vector<std::size_t>{3, 5, 8});
    const QString folder = m_fixture->path(QStringLiteral("out"));
    QVERIFY(QDir().mkpath(folder));
    const QString target = idx ? folder + QStringLiteral("/three") : folder;
    child<QAction>(idx ? "exportIdx" : "exportPictures")->trigger();
    auto* dialog = child<QFileDialog>(idx ? "exportIdxDialog" : "exportFolderDialog");
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(target);
    dialog->close();
    auto* message = m_fixture->tab->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("3 images saved")), longTime);
    DataSource source;
    source.parts = QStringList{idx ? target + QStringLiteral("-images-idx3-ubyte") : folder};
    const auto again = loadData(source, [] { return true; });
    QVERIFY2(again.ok(), again ? "" : again.error().message.c_str());
    QCOMPARE(again->training.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) {
        bool found = false; // Pictures come in the order of their names.
        for (std::size_t j = 0; j < 3; ++j) {
            found = found || (again->training.labels[j] == chosen.labels[i] &&
                              again->training.digitImage(j) == chosen.digitImage(i));
        }
        QVERIFY(found);
    }
}

void DataGalleryTest::readsWithTheModel()
{
    m_fixture->show();
    m_fixture->useModel();
    m_fixture->exploreSynthetic(200);
    click("showGallery");
    choose("galleryFilter", QStringLiteral("Misread"));
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 180, longTime); // It says seven to everything.
    QCOMPARE(m_fixture->items()->item(0).badge, QStringLiteral("7"));
    QVERIFY(!shown("taskProgress"));
    choose("galleryFilter", QStringLiteral("All"));
    choose("galleryOrder", QStringLiteral("Confidence"));
    click("galleryDescending");
    QCOMPARE(m_fixture->items()->item(0).label, QStringLiteral("7"));
    QCOMPARE(m_fixture->items()->item(0).caption, QStringLiteral("97\u00a0%"));
}

void DataGalleryTest::cancellingTheReadingSortsByIndexAgain()
{
    m_fixture->show();
    m_fixture->useModel();
    m_fixture->exploreSynthetic(200);
    click("showGallery");
    choose("galleryOrder", QStringLiteral("Confidence"));
    if (shown("taskProgress")) { // On a fast machine it is over already.
        click("cancelTask");
        QVERIFY(!shown("taskProgress"));
        QCOMPARE(child<QComboBox>("galleryOrder")->currentIndex(), 0);
        QCOMPARE(m_fixture->items()->order(), DataItems::Order::Index);
    }
}

void DataGalleryTest::showsHowTrainingVaries()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(100);
    click("showGallery");
    m_fixture->gallery()->select({1, 2, 3});
    auto* strip = m_fixture->tab->findChild<SampleStrip*>();
    QVERIFY(!strip->isVisible());
    QVERIFY(text("variationNote").contains(QStringLiteral("do not vary")));
    RunOptions options;
    options.data.augmentation = AugmentationOptions::usual();
    m_fixture->tab->setTrainingOptions(options);
    QTRY_COMPARE(strip->plain().size(), std::size_t{3});
    QVERIFY(strip->isVisible());
    QCOMPARE(strip->plain()[1], m_fixture->items()->set().digitImage(2));
    QVERIFY(strip->varied() != strip->plain());
    const auto first = strip->varied();
    QTest::mouseClick(strip, Qt::LeftButton);
    QTRY_VERIFY(strip->varied() != first);
    m_fixture->gallery()->select({4});
    QTRY_COMPARE(strip->plain().size(), std::size_t{SampleStrip::samples});
}

QTEST_MAIN(DataGalleryTest)
#include "tst_datagallery.moc"
