#include "tests/data/fileserver.h"
#include "tests/gui/training/nowheremnist.h"
#include "ui/training/datachooser.h"
#include "ui/training/formfield.h"
#include "ui/training/mnistpage.h"

#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace digitpad;

namespace {

void touch(const QString& path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

void makeMnist(const QString& folder)
{
    QVERIFY(QDir().mkpath(folder));
    touch(folder + QStringLiteral("/train-images-idx3-ubyte.gz"));
    touch(folder + QStringLiteral("/train-labels-idx1-ubyte"));
}

} // namespace

class TestDataChooser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theFirstChoiceIsWhatIsAtHand();
    void mnistMissingOffersTheWaysOut();
    void mnistFolderIsTaken();
    void mnistFolderWithoutTheFilesIsRefused();
    void downloadBringsTheFiles();
    void downloadThatFailsSaysWhatToDo();
    void downloadCanBeCancelled();
    void ownFilesMustExist();
    void syntheticSourceHasItsSize();
    void noDigitsAreAskedFor();
    void choicesAreRemembered();
    void lockedChoicesSayWhy();
    void sourcesFromElsewhereStayWhole_data();
    void sourcesFromElsewhereStayWhole();

private:
    template <class T>
    T* child(const char* name)
    {
        auto* found = m_chooser->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    template <class T>
    FormField* fieldOf(const char* name)
    {
        return qobject_cast<FormField*>(child<T>(name)->parentWidget());
    }
    void show(const QList<QUrl>& mirrors = {});
    /// On the box itself, at the left.
    void click(const char* name)
    {
        auto* box = child<QCheckBox>(name);
        QVERIFY(box->isVisible());
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(10, box->height() / 2));
    }

    std::unique_ptr<NowhereMnist> m_folder;
    std::unique_ptr<DataChooser> m_chooser;
};

void TestDataChooser::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_datachooser"));
}

void TestDataChooser::init()
{
    m_folder = std::make_unique<NowhereMnist>();
    QVERIFY(m_folder->ready());
    show();
}

void TestDataChooser::cleanup()
{
    m_chooser.reset();
    m_folder.reset();
}

void TestDataChooser::show(const QList<QUrl>& mirrors)
{
    m_chooser = std::make_unique<DataChooser>(mirrors);
    m_chooser->resize(320, 300);
    m_chooser->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_chooser.get()));
}

void TestDataChooser::theFirstChoiceIsWhatIsAtHand()
{
    m_chooser->restore(QSettings());
    QCOMPARE(m_chooser->kind(), DataChooser::Kind::Synthetic);
    QVERIFY(m_chooser->check());

    const QString folder = m_folder->filePath(QStringLiteral("found"));
    QVERIFY(QDir().mkpath(folder));
    for (const MnistFile& file : mnistFiles()) {
        QFile sized(QDir(folder).filePath(file.name));
        QVERIFY(sized.open(QIODevice::WriteOnly) && sized.resize(file.bytes));
    }
    qputenv("DIGITPAD_MNIST", folder.toUtf8());
    show();
    m_chooser->restore(QSettings());
    QCOMPARE(m_chooser->kind(), DataChooser::Kind::Mnist);
    QVERIFY(m_chooser->check());
}

void TestDataChooser::mnistMissingOffersTheWaysOut()
{
    QVERIFY(child<QPushButton>("mnistDownload")->isVisible());
    QVERIFY(child<QPushButton>("mnistChoose")->isVisible());
    QVERIFY(!m_chooser->check());
    QVERIFY(m_chooser->findChild<MnistPage*>()->error().contains(QStringLiteral("synthetic")));
}

void TestDataChooser::mnistFolderIsTaken()
{
    const QString folder = m_folder->filePath(QStringLiteral("mine"));
    makeMnist(folder);
    auto* page = m_chooser->findChild<MnistPage*>();
    QSignalSpy changed(m_chooser.get(), &DataChooser::changed);
    QVERIFY(page->chooseFolder(folder));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_chooser->source().parts, QStringList{folder});
    QVERIFY(m_chooser->check());
    QVERIFY(!child<QPushButton>("mnistDownload")->isVisible());

    QSettings settings;
    m_chooser->save(settings);
    show();
    m_chooser->restore(settings);
    QCOMPARE(m_chooser->source().parts, QStringList{folder});
    QVERIFY(QDir(folder).removeRecursively());
    QVERIFY(!m_chooser->check());
}

void TestDataChooser::mnistFolderWithoutTheFilesIsRefused()
{
    auto* page = m_chooser->findChild<MnistPage*>();
    QVERIFY(!page->chooseFolder(m_folder->path()));
    QVERIFY(page->error().contains(m_folder->path()));
    QVERIFY(page->error().contains(QStringLiteral("train-images")));
    QVERIFY(page->part().isEmpty());
}

void TestDataChooser::downloadBringsTheFiles()
{
    const QDir mirror(QStringLiteral(DIGITPAD_SOURCE_DIR "/../shared/mnist"));
    if (!mirror.exists(QStringLiteral("train-images-idx3-ubyte.gz"))) {
        QSKIP("MNIST is not there to be served");
    }
    test::FileServer server;
    for (const MnistFile& file : mnistFiles()) {
        QFile source(mirror.filePath(file.name));
        QVERIFY(source.open(QIODevice::ReadOnly));
        server.set(QStringLiteral("/mnist/") + file.name, {source.readAll()});
    }
    show({server.folder(QStringLiteral("mnist"))});
    QTest::mouseClick(child<QPushButton>("mnistDownload"), Qt::LeftButton);
    auto* page = m_chooser->findChild<MnistPage*>();
    QTRY_VERIFY_WITH_TIMEOUT(!page->downloading(), 30'000);
    QVERIFY2(page->error().isEmpty(), qPrintable(page->error()));
    QVERIFY(m_chooser->check());
    QCOMPARE(m_chooser->source().parts, QStringList{QStringLiteral("mnist")});
    QVERIFY(!child<QPushButton>("mnistDownload")->isVisible());
    QDir(mnistDownloadFolder()).removeRecursively();
    page->look();
    QVERIFY(child<QPushButton>("mnistDownload")->isVisible());
}

void TestDataChooser::downloadThatFailsSaysWhatToDo()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server,
            [&server] { server.nextPendingConnection()->abort(); });
    show({QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()))});
    QTest::mouseClick(child<QPushButton>("mnistDownload"), Qt::LeftButton);
    auto* page = m_chooser->findChild<MnistPage*>();
    QTRY_VERIFY(!page->downloading());
    QVERIFY2(page->error().size() > 30, qPrintable(page->error()));
    QVERIFY(child<QPushButton>("mnistDownload")->isVisible());
}

void TestDataChooser::downloadCanBeCancelled()
{
    QTcpServer silent; // Takes the connection and says nothing.
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    show({QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort()))});
    QTest::mouseClick(child<QPushButton>("mnistDownload"), Qt::LeftButton);
    auto* page = m_chooser->findChild<MnistPage*>();
    QVERIFY(page->downloading());
    QVERIFY(child<QProgressBar>("mnistProgress")->isVisible());
    QVERIFY(!m_chooser->check());
    QVERIFY(page->error().contains(QStringLiteral("still being downloaded")));
    QTest::mouseClick(child<QPushButton>("mnistCancel"), Qt::LeftButton);
    QTRY_VERIFY(!page->downloading());
    QVERIFY(!child<QProgressBar>("mnistProgress")->isVisible());
    QVERIFY(child<QPushButton>("mnistDownload")->isVisible());
}

void TestDataChooser::ownFilesMustExist()
{
    m_chooser->setKind(DataChooser::Kind::Own);
    QVERIFY(!m_chooser->check());
    QVERIFY(fieldOf<QLineEdit>("ownPath")->error().contains(QStringLiteral("Choose a file")));
    const QString path = m_folder->filePath(QStringLiteral("mine.jsonl"));
    QTest::keyClicks(child<QLineEdit>("ownPath"), path);
    QVERIFY(fieldOf<QLineEdit>("ownPath")->error().isEmpty());
    QVERIFY(!m_chooser->check());
    QVERIFY(fieldOf<QLineEdit>("ownPath")->error().contains(path));
    touch(path);
    QVERIFY(m_chooser->check());
    QCOMPARE(m_chooser->source().parts, QStringList{path});
}

void TestDataChooser::syntheticSourceHasItsSize()
{
    m_chooser->setKind(DataChooser::Kind::Synthetic);
    child<QSpinBox>("syntheticCount")->setValue(1234);
    QCOMPARE(m_chooser->source().syntheticCount, 1234u);
    QCOMPARE(m_chooser->imageCount(), std::optional<std::size_t>(1234));
}

void TestDataChooser::noDigitsAreAskedFor()
{
    m_chooser->setKind(DataChooser::Kind::Synthetic);
    QVERIFY(!m_chooser->source().withNoDigits && !m_chooser->source().augmentation);
    QSignalSpy changed(m_chooser.get(), &DataChooser::changed);
    click("noDigits");
    QCOMPARE(changed.size(), 1);
    const DataSource source = m_chooser->source();
    QCOMPARE(source.parts, (QStringList{QStringLiteral("synthetic"), QStringLiteral("no-digits")}));
    QVERIFY(source.withNoDigits && !source.augmentation);
    QCOMPARE(m_chooser->imageCount(),
             std::optional<std::size_t>(source.syntheticCount + source.noDigitCount));

    click("noDigits");
    QCOMPARE(m_chooser->source().parts, QStringList{QStringLiteral("synthetic")});
    QVERIFY(!m_chooser->source().withNoDigits);

    // By the keyboard too.
    QTest::keyClick(child<QCheckBox>("noDigits"), Qt::Key_Space);
    QVERIFY(m_chooser->source().withNoDigits);
}

void TestDataChooser::choicesAreRemembered()
{
    m_chooser->setKind(DataChooser::Kind::Synthetic);
    click("noDigits");
    QSettings settings;
    m_chooser->save(settings);
    show();
    m_chooser->restore(settings);
    QVERIFY(child<QCheckBox>("noDigits")->isChecked());
}

void TestDataChooser::lockedChoicesSayWhy()
{
    m_chooser->setLocked(QStringLiteral("A run is in progress."));
    QVERIFY(!child<QCheckBox>("noDigits")->isEnabled());
    QVERIFY(fieldOf<QCheckBox>("noDigits")->toolTip().contains(QStringLiteral("A run is in progress.")));
    m_chooser->setLocked({});
    QVERIFY(child<QCheckBox>("noDigits")->isEnabled());
}

void TestDataChooser::sourcesFromElsewhereStayWhole_data()
{
    QTest::addColumn<DataSource>("source");
    QTest::addColumn<DataChooser::Kind>("kind");
    using Kind = DataChooser::Kind;
    DataSource source;
    source.parts = QStringList{QStringLiteral("synthetic")};
    source.syntheticCount = 1234;
    QTest::newRow("synthetic") << source << Kind::Synthetic;
    source.parts += QStringLiteral("no-digits");
    source.withNoDigits = true;
    QTest::newRow("with no digits") << source << Kind::Synthetic;
    source.syntheticSeed = 7;
    QTest::newRow("another seed") << source << Kind::Given;
    DataSource file;
    file.parts = QStringList{QStringLiteral("/nowhere/pens.jsonl")};
    QTest::newRow("a file") << file << Kind::Own;
    file.inkRepeats = 3;
    QTest::newRow("a file, repeated") << file << Kind::Given;
    DataSource several;
    several.parts = QStringList{QStringLiteral("mnist"), QStringLiteral("synthetic")};
    several.heldOutGroups = QStringList{QStringLiteral("a hand")};
    QTest::newRow("several") << several << Kind::Given;
}

void TestDataChooser::sourcesFromElsewhereStayWhole()
{
    QFETCH(DataSource, source);
    m_chooser->setSource(source);
    QTEST(m_chooser->kind(), "kind");
    QCOMPARE(m_chooser->source(), source);
    // Choosing something else and the given again brings it back.
    m_chooser->setKind(DataChooser::Kind::Synthetic);
    m_chooser->setSource(DataSource());
    QCOMPARE(m_chooser->kind(), DataChooser::Kind::Synthetic);
}

QTEST_MAIN(TestDataChooser)
#include "tst_datachooser.moc"
