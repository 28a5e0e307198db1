#include "core/data/mnist.h"
#include "tests/gui/data/datafixture.h"
#include "ui/data/barchart.h"
#include "ui/data/classfigure.h"
#include "ui/data/datastates.h"
#include "ui/data/pixelgrid.h"
#include "ui/data/samplewindow.h"
#include "ui/training/mnistpage.h"
#include "ui/training/samplestrip.h"
#include "ui/widgets/messagebar.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QUrl>

using namespace digitpad;
using test::DataFixture;

class DataTabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void beginsWithChoices();
    void showsWhatWasReadAndCounted();
    void aNarrowWindowHasTwoLines();
    void switchesHalvesAndPages();
    void aBarShowsItsClass();
    void sortsFiltersAndJumps();
    void enlargesWithValues();
    void putsImagesOnThePad();
    void copiesAPicture();
    void exportsAndReadsBack_data();
    void exportsAndReadsBack();
    void readsWithTheModel();
    void cancellingTheReadingSortsByIndexAgain();
    void showsHowTrainingVaries();
    void saysWhatTheSplitWouldBe();
    void badFilesAreSaid_data();
    void badFilesAreSaid();
    void loadingCanBeCancelled();
    void droppedFilesAreOpened();
    void aSourceThatIsGoneIsSaid();
    void mnistIsOfferedWhereItIsMissing();
    void remembersTheSource();
    void exploresMnist();

private:
    template <class T>
    [[nodiscard]] T* child(const char* name) const
    {
        return m_fixture->child<T>(name);
    }
    [[nodiscard]] bool shown(const char* name) const { return child<QWidget>(name)->isVisible(); }
    void click(const char* name) { QTest::mouseClick(child<QWidget>(name), Qt::LeftButton); }
    void choose(const char* combo, const QString& text)
    {
        auto* box = child<QComboBox>(combo);
        const int index = box->findText(text, Qt::MatchStartsWith);
        QVERIFY2(index >= 0, qPrintable(text));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_fixture->gallery(), key, modifiers);
    }
    [[nodiscard]] QString text(const char* label) const { return child<QLabel>(label)->text(); }

    std::unique_ptr<DataFixture> m_fixture;
};

void DataTabTest::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("DigitPad"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_datatab"));
}

void DataTabTest::init()
{
    m_fixture = std::make_unique<DataFixture>();
}

void DataTabTest::cleanup()
{
    m_fixture.reset();
}

void DataTabTest::beginsWithChoices()
{
    m_fixture->show();
    QVERIFY(shown("dataStart"));
    QVERIFY(!shown("showOverview"));
    m_fixture->digits()->start();
    click("startMine");
    QTRY_VERIFY(shown("dataNoDigits"));
    QSignalSpy draw(m_fixture->tab, &DataTab::drawRequested);
    click("dataDraw");
    QCOMPARE(draw.count(), 1);
}

void DataTabTest::showsWhatWasReadAndCounted()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(500);
    QVERIFY(shown("overviewPage"));
    QCOMPARE(text("factImages"), QStringLiteral("500"));
    QVERIFY(text("factFormat").contains(QStringLiteral("values 0 to 255")));
    QVERIFY(!child<QAbstractButton>("factBlank")->isEnabled());
    const auto bars = child<BarChart>("classChart")->bars();
    QCOMPARE(bars.size(), 10);
    QCOMPARE(bars[3].value, 50.0);
    QCOMPARE(child<BarChart>("valueChart")->bars().size(), 256);
    QCOMPARE(child<ClassFigure>("classFigure")->labels().size(), std::size_t{10});
}

void DataTabTest::aNarrowWindowHasTwoLines()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(200);
    const auto* count = child<QSpinBox>("dataSyntheticCount");
    const auto* view = child<QAbstractButton>("showGallery");
    const auto placeOf = [this](const QWidget* widget) {
        return QRect(widget->mapTo(m_fixture->tab, QPoint()), widget->size());
    };
    for (const int width : {760, 1200}) {
        m_fixture->tab->resize(width, 640);
        QCoreApplication::processEvents();
        QVERIFY(count->width() >= count->sizeHint().width()); // Its number can be read.
        QCOMPARE(placeOf(view).top() > placeOf(count).bottom(), width == 760);
        QVERIFY(placeOf(view).right() < width);
    }
    QVERIFY(placeOf(view).right() > 1200 - 40); // At the window's edge.
}

void DataTabTest::switchesHalvesAndPages()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(500);
    click("showTest");
    QCOMPARE(text("factImages"), QStringLiteral("50"));
    click("showGallery");
    QVERIFY(shown("galleryPage"));
    QCOMPARE(m_fixture->items()->count(), 50);
    click("showTraining");
    QCOMPARE(m_fixture->items()->count(), 500);
    QVERIFY(shown("galleryPage"));
}

void DataTabTest::aBarShowsItsClass()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(500);
    auto* chart = child<BarChart>("classChart");
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->barRect(7).center().toPoint());
    QVERIFY(shown("galleryPage"));
    QCOMPARE(m_fixture->items()->count(), 50);
    QCOMPARE(m_fixture->items()->item(0).label, QStringLiteral("7"));
    QCOMPARE(child<QComboBox>("galleryFilter")->currentText(), QStringLiteral("7 (50)"));
    QVERIFY(m_fixture->gallery()->hasFocus());
}

void DataTabTest::sortsFiltersAndJumps()
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

void DataTabTest::enlargesWithValues()
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

void DataTabTest::putsImagesOnThePad()
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

void DataTabTest::copiesAPicture()
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

void DataTabTest::exportsAndReadsBack_data()
{
    QTest::addColumn<bool>("idx");
    QTest::newRow("PNG") << false;
    QTest::newRow("IDX") << true;
}

void DataTabTest::exportsAndReadsBack()
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

void DataTabTest::readsWithTheModel()
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

void DataTabTest::cancellingTheReadingSortsByIndexAgain()
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

void DataTabTest::showsHowTrainingVaries()
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

void DataTabTest::saysWhatTheSplitWouldBe()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(1000);
    QTRY_VERIFY(text("splitText").contains(QStringLiteral("900 images")));
    QVERIFY(text("splitText").contains(QStringLiteral("100 images would be the test")));
    RunOptions options;
    options.training.validationSplit = 0.5;
    m_fixture->tab->setTrainingOptions(options);
    QTRY_VERIFY(text("splitText").contains(QStringLiteral("500 images would be learned")));
    options.training.batchSize = 900;
    m_fixture->tab->setTrainingOptions(options);
    QTRY_VERIFY(text("splitText").contains(QStringLiteral("do not fit")));
}

void DataTabTest::badFilesAreSaid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("missing columns") << QStringLiteral("a.csv") << QByteArray("1,2,3\n")
                                     << QStringLiteral("3 columns instead of 785");
    QTest::newRow("labels out of range")
        << QStringLiteral("a.csv") << "12" + QByteArray(",0").repeated(784) + "\n"
        << QStringLiteral("line 1: the label is “12”");
    QTest::newRow("no data") << QStringLiteral("a.txt") << QByteArray("hello")
                             << QStringLiteral("is no data");
    QTest::newRow("lonely images") << QStringLiteral("images")
                                   << test::idx({1, 28, 28}, QByteArray(784, '\1'))
                                   << QStringLiteral("No file beside");
    QTest::newRow("broken gzip") << QStringLiteral("a.jsonl.gz") << test::gzipped("{}").chopped(5)
                                 << QStringLiteral("cut off");
}

void DataTabTest::badFilesAreSaid()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    m_fixture->show();
    m_fixture->tab->open(test::writeFile(m_fixture->path(name), bytes));
    QTRY_VERIFY(shown("dataFailed"));
    QVERIFY2(text("dataFailedText").contains(what), qPrintable(text("dataFailedText")));
    QVERIFY(text("dataFailedTitle").contains(name));
    m_fixture->exploreSynthetic(100); // The tab goes on.
    QVERIFY(shown("overviewPage"));
}

void DataTabTest::loadingCanBeCancelled()
{
    m_fixture->show();
    m_fixture->tab->explore(DataFixture::synthetic(1'000'000));
    QVERIFY(shown("dataLoading"));
    QTRY_VERIFY_WITH_TIMEOUT(child<QProgressBar>("dataProgress")->maximum() > 0, longTime);
    click("cancelData");
    QVERIFY(shown("dataStart"));
    m_fixture->exploreSynthetic(100);
    m_fixture->tab->explore(DataFixture::synthetic(1'000'000));
    click("cancelData");
    QVERIFY(shown("overviewPage")); // What was there before.
    QCOMPARE(text("factImages"), QStringLiteral("100"));
    QCOMPARE(child<QSpinBox>("dataSyntheticCount")->value(), 100);
}

void DataTabTest::droppedFilesAreOpened()
{
    m_fixture->show();
    const QString path =
        test::writeFile(m_fixture->path(QStringLiteral("pens.jsonl")), DataFixture::collection(30));
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_fixture->tab, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(m_fixture->tab, &drop);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->tab->exploredData(), longTime);
    QCOMPARE(text("factImages"), QStringLiteral("30"));
    QCOMPARE(child<QComboBox>("dataSource")->currentText(), QStringLiteral("pens.jsonl"));
}

void DataTabTest::aSourceThatIsGoneIsSaid()
{
    m_fixture->show();
    const QString path =
        test::writeFile(m_fixture->path(QStringLiteral("pens.jsonl")), DataFixture::collection(30));
    m_fixture->tab->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->tab->exploredData(), longTime);
    QVERIFY(QFile::remove(path));
    click("showGallery"); // Everything is in memory.
    QCOMPARE(m_fixture->items()->count(), 30);
    click("reloadData");
    QTRY_VERIFY(shown("dataFailed"));
    QVERIFY(text("dataFailedText").contains(QStringLiteral("There is no data")));
    QVERIFY(!test::writeFile(path, DataFixture::collection(20)).isEmpty());
    click("dataAgain");
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->items()->count(), 20, longTime);
}

void DataTabTest::mnistIsOfferedWhereItIsMissing()
{
    if (!findMnist().isEmpty()) {
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_fixture->path({})));
        if (!findMnist().isEmpty()) {
            QDir::setCurrent(before);
            QSKIP("MNIST is where it is downloaded to.");
        }
    }
    m_fixture->show();
    click("startMnist");
    QVERIFY(shown("dataMnist"));
    QVERIFY(shown("mnistDownload"));
    // A folder that has something of the kind.
    const QString folder = m_fixture->path(QStringLiteral("files"));
    QVERIFY(QDir().mkpath(folder));
    test::writeFile(folder + QStringLiteral("/train-images-idx3-ubyte"),
                    test::idx({2, 28, 28}, QByteArray(2 * 784, '\1')));
    test::writeFile(folder + QStringLiteral("/train-labels-idx1-ubyte"), test::idx({2}, QByteArray("\3\4")));
    QVERIFY(child<DataStates>("dataStates")->mnistPage()->chooseFolder(folder));
    QTRY_VERIFY_WITH_TIMEOUT(shown("overviewPage"), longTime);
    QCOMPARE(text("factImages"), QStringLiteral("2"));
    QVERIFY(QDir::setCurrent(QStringLiteral(DIGITPAD_SOURCE_DIR)));
}

void DataTabTest::remembersTheSource()
{
    m_fixture->show();
    m_fixture->exploreSynthetic(123);
    m_fixture->makeTab();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->tab->exploredData(), longTime);
    QCOMPARE(text("factImages"), QStringLiteral("123"));
    QCOMPARE(child<QComboBox>("dataSource")->currentText(), QStringLiteral("Synthetic digits"));
}

void DataTabTest::exploresMnist()
{
    if (findMnist().isEmpty()) {
        QSKIP("MNIST is not on this machine.");
    }
    m_fixture->show();
    click("startMnist");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->tab->exploredData(), longTime);
    QCOMPARE(text("factImages"), QStringLiteral("60,000"));
    QVERIFY(text("factMoments").startsWith(QStringLiteral("0.130660, 0.308108")));
    QCOMPARE(child<BarChart>("classChart")->bars()[1].value, 6742.0);
    QTRY_VERIFY(text("splitText").contains(QStringLiteral("54,000")));
    click("showTest");
    QCOMPARE(text("factImages"), QStringLiteral("10,000"));
    click("showTraining");
    click("showGallery");
    m_fixture->gallery()->setFocus();
    press(Qt::Key_End);
    QCOMPARE(m_fixture->gallery()->current(), 59'999);
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_fixture->gallery()->selectedCount(), 60'000);
    QVERIFY(text("galleryCount").contains(QStringLiteral("60,000 selected")));
    choose("galleryFilter", QStringLiteral("8"));
    QCOMPARE(m_fixture->items()->count(), 5851);
}

QTEST_MAIN(DataTabTest)
#include "tst_datatab.moc"
