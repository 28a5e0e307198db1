#include "core/data/mnist.h"
#include "tests/testfiles.h"

#include <QCryptographicHash>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace digitpad;
using namespace digitpad::test;

class TestMnist : public QObject
{
    Q_OBJECT

private:
    void requireMnist() const
    {
        if (sharedFolder(QStringLiteral("mnist")).isEmpty()) {
            QSKIP("MNIST is not beside the project.");
        }
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void findsNothingWhereNothingIs();
    void findsAFolderByItsSizes();
    void readsAFolderInAnyNaming_data();
    void readsAFolderInAnyNaming();
    void saysWhatIsMissing();
    void knowsTheOfficialFiles();
    void readsTheOfficialFiles();

private:
    QString m_workingFolder;
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// Away from any MNIST that lies beside the project.
void TestMnist::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_workingFolder = QDir::currentPath();
    const QString inside = m_folder->filePath(QStringLiteral("a/b"));
    QVERIFY(QDir().mkpath(inside) && QDir::setCurrent(inside));
    qunsetenv("DIGITPAD_MNIST");
}

void TestMnist::cleanup()
{
    QVERIFY(QDir::setCurrent(m_workingFolder));
}

void TestMnist::findsNothingWhereNothingIs()
{
    qputenv("DIGITPAD_MNIST", m_folder->path().toUtf8());
    QCOMPARE(findMnist(), QString());
    QVERIFY(mnistDownloadFolder().endsWith(QStringLiteral("/mnist")));
}

/// Sparse files of the right sizes; one a byte short is not found.
void TestMnist::findsAFolderByItsSizes()
{
    const QString folder = m_folder->filePath(QStringLiteral("a/shared/mnist"));
    QVERIFY(QDir().mkpath(folder));
    for (const MnistFile& file : mnistFiles()) {
        QFile made(folder + u'/' + file.name);
        QVERIFY(made.open(QIODevice::WriteOnly) && made.resize(file.bytes));
    }
    QCOMPARE(findMnist(), QDir(folder).absolutePath());

    const QString first = folder + u'/' + mnistFiles().front().name;
    QVERIFY(QFile::resize(first, mnistFiles().front().bytes - 1));
    QCOMPARE(findMnist(), QString());

    QFile plain(first.chopped(3));
    QVERIFY(plain.open(QIODevice::WriteOnly) && plain.resize(mnistFiles().front().plainBytes));
    QCOMPARE(findMnist(), QDir(folder).absolutePath());
}

void TestMnist::readsAFolderInAnyNaming_data()
{
    QTest::addColumn<QString>("images");
    QTest::addColumn<QString>("labels");
    QTest::addColumn<bool>("packed");
    QTest::newRow("gzip") << QStringLiteral("train-images-idx3-ubyte.gz")
                          << QStringLiteral("train-labels-idx1-ubyte.gz") << true;
    QTest::newRow("plain") << QStringLiteral("train-images-idx3-ubyte")
                           << QStringLiteral("train-labels-idx1-ubyte") << false;
    QTest::newRow("dots") << QStringLiteral("train-images.idx3-ubyte")
                          << QStringLiteral("train-labels.idx1-ubyte") << false;
}

void TestMnist::readsAFolderInAnyNaming()
{
    QFETCH(QString, images);
    QFETCH(QString, labels);
    QFETCH(bool, packed);
    const auto write = [&](const QString& name, const QByteArray& bytes) {
        return !writeFile(m_folder->filePath(name), packed ? gzipped(bytes) : bytes).isEmpty();
    };
    QVERIFY(write(images, idx({2, 28, 28}, QByteArray(2 * 784, '\7'))));
    QVERIFY(write(labels, idx({2}, "\4\5")));
    const auto set = readMnistTraining(m_folder->path());
    QVERIFY(set.ok());
    QCOMPARE(set->size(), std::size_t{2});
    QCOMPARE(set->name, std::string("MNIST training"));
}

void TestMnist::saysWhatIsMissing()
{
    const auto none = readMnistTest(m_folder->path());
    QVERIFY(!none.ok());
    QCOMPARE(none.error().code, ErrorCode::NotFound);
    QVERIFY(none.error().message.find(m_folder->path().toStdString()) != std::string::npos);

    QVERIFY(!writeFile(m_folder->filePath(QStringLiteral("t10k-images-idx3-ubyte")), "x").isEmpty());
    const auto half = readMnistTest(m_folder->path());
    QVERIFY(!half.ok());
    QVERIFY(half.error().message.find("t10k-labels-idx1-ubyte") != std::string::npos);
}

void TestMnist::knowsTheOfficialFiles()
{
    requireMnist();
    for (const MnistFile& file : mnistFiles()) {
        const QByteArray bytes = readFile(sharedFolder(QStringLiteral("mnist")) + u'/' + file.name);
        QCOMPARE(bytes.size(), file.bytes);
        QCOMPARE(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(), file.sha256);
    }
}

/// The figures that every user of MNIST knows.
void TestMnist::readsTheOfficialFiles()
{
    requireMnist();
    const QString folder = sharedFolder(QStringLiteral("mnist"));
    const auto training = readMnistTraining(folder);
    const auto test = readMnistTest(folder);
    QVERIFY(training.ok() && test.ok());
    QCOMPARE(training->size(), std::size_t{60'000});
    QCOMPARE(test->size(), std::size_t{10'000});
    const PixelStatistics statistics = pixelStatistics(*training);
    QCOMPARE(std::round(statistics.mean * 1e4), 1307.0);
    QCOMPARE(std::round(statistics.standardDeviation * 1e4), 3081.0);
    QCOMPARE(training->labels[0], std::uint8_t{5});
    QCOMPARE(test->labels[0], std::uint8_t{7});
    const qint64 plain = 16 + static_cast<qint64>(training->images.size());
    QCOMPARE(mnistFiles().front().plainBytes, plain);
}

QTEST_GUILESS_MAIN(TestMnist)
#include "tst_mnist.moc"
