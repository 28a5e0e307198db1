#include "core/data/mnist.h"
#include "tests/gui/data/datafixture.h"
#include "ui/data/barchart.h"
#include "ui/data/classfigure.h"
#include "ui/data/datastates.h"
#include "ui/training/mnistpage.h"

#include <QAbstractButton>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QUrl>

using namespace digitpad;
using test::DataFixture;

class DataTabTest : public QObject, protected test::DataTabDriver
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
    void saysWhatTheSplitWouldBe();
    void badFilesAreSaid_data();
    void badFilesAreSaid();
    void loadingCanBeCancelled();
    void droppedFilesAreOpened();
    void aSourceThatIsGoneIsSaid();
    void mnistIsOfferedWhereItIsMissing();
    void remembersTheSource();
    void exploresMnist();
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
