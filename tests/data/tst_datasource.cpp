#include "core/data/datasource.h"
#include "core/data/mnist.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

bool always()
{
    return true;
}

Result<LoadedData> load(const QStringList& parts)
{
    DataSource source;
    source.parts = parts;
    source.syntheticCount = 40;
    return loadData(source, always);
}

Result<LoadedData> loadForEvaluation(const QStringList& parts)
{
    DataSource source;
    source.parts = parts;
    source.syntheticCount = 40;
    return loadEvaluationData(source, always);
}

/// An upright stroke with that label, as JSON.
QByteArray line(const char* label)
{
    return QByteArray(R"({"label":)") + label + R"(,"strokes":[[[0,0],[1,50],[0,100]]]})" + '\n';
}

} // namespace

class TestDataSource : public QObject
{
    Q_OBJECT

private:
    QString write(const QString& name, const QByteArray& bytes)
    {
        const QString path = m_folder->filePath(name);
        return QDir().mkpath(QFileInfo(path).path()) ? writeFile(path, bytes) : QString();
    }
    void writePair(const QString& prefix, quint32 count)
    {
        const auto size = static_cast<qsizetype>(count);
        QVERIFY(!write(prefix + QStringLiteral("-images-idx3-ubyte"),
                       idx({count, 28, 28}, QByteArray(size * 784, '\x9')))
                     .isEmpty());
        QVERIFY(!write(prefix + QStringLiteral("-labels-idx1-ubyte.gz"),
                       gzipped(idx({count}, QByteArray(size, '\3'))))
                     .isEmpty());
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void loadsAFolder();
    void loadsHalfAFolder();
    void loadsSyntheticDigits();
    void loadsSyntheticNoDigits();
    void loadsACollection();
    void findsTheLabelsOfAnImageFile_data();
    void findsTheLabelsOfAnImageFile();
    void joinsParts();
    void refuses_data();
    void refuses();
    void saysHowToGetMnist();
    void isCancelled();
    void loadsMnist();
};

void TestDataSource::loadsAFolder()
{
    writePair(QStringLiteral("set/train"), 5);
    writePair(QStringLiteral("set/t10k"), 2);
    const QString folder = m_folder->filePath(QStringLiteral("set"));
    const auto data = load({folder});
    QVERIFY(data.ok());
    QCOMPARE(data->training.size(), std::size_t{5});
    QCOMPARE(data->training.name, std::string("set training"));
    QCOMPARE(data->test.size(), std::size_t{2});
    QVERIFY(data->warnings.isEmpty());

    const auto evaluation = loadForEvaluation({folder});
    QVERIFY(evaluation.ok());
    QCOMPARE(evaluation->test.size(), std::size_t{2});
    QCOMPARE(evaluation->training.size(), std::size_t{0});
}

void TestDataSource::loadsHalfAFolder()
{
    writePair(QStringLiteral("test/t10k"), 2);
    writePair(QStringLiteral("training/train"), 5);
    const QString testOnly = m_folder->filePath(QStringLiteral("test"));
    const QString trainingOnly = m_folder->filePath(QStringLiteral("training"));
    QCOMPARE(loadForEvaluation({testOnly})->test.size(), std::size_t{2});
    QCOMPARE(loadForEvaluation({trainingOnly})->test.size(), std::size_t{5});
    QCOMPARE(load({trainingOnly})->training.size(), std::size_t{5});
    const auto nothingToLearn = load({testOnly});
    QVERIFY(!nothingToLearn.ok());
    QVERIFY(nothingToLearn.error().message.find("no training images") != std::string::npos);
    QCOMPARE(load({testOnly, trainingOnly})->test.size(), std::size_t{2});
}

void TestDataSource::loadsSyntheticDigits()
{
    const auto data = load({QStringLiteral("synthetic")});
    QVERIFY(data.ok());
    QCOMPARE(data->training.size(), std::size_t{40});
    QCOMPARE(data->test.size(), std::size_t{4});
    QVERIFY(!std::equal(data->test.images.begin(), data->test.images.end(), data->training.images.begin()));
    const auto evaluation = loadForEvaluation({QStringLiteral("synthetic")});
    QVERIFY(evaluation.ok());
    QCOMPARE(evaluation->test.images, data->test.images);
}

void TestDataSource::loadsSyntheticNoDigits()
{
    DataSource source;
    source.parts = {QStringLiteral("no-digits")};
    source.noDigitCount = 50;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, std::vector<std::uint8_t>(50, noDigitLabel));
    QCOMPARE(data->test.labels, std::vector<std::uint8_t>(5, noDigitLabel));
    QVERIFY(data->origins.back().kind == SampleOrigin::Kind::SyntheticNoDigit);
    QCOMPARE(loadEvaluationData(source, always)->test.images, data->test.images);
}

void TestDataSource::loadsACollection()
{
    const QByteArray lines = line("\"1\"") + "\n" + line("7");
    for (const QString& path :
         {write(QStringLiteral("a.jsonl"), lines), write(QStringLiteral("a.jsonl.gz"), gzipped(lines))}) {
        const auto data = load({path});
        QVERIFY(data.ok());
        QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, 7}));
        QVERIFY(!data->training.digitImage(0).blank());
        QCOMPARE(data->test.size(), std::size_t{0});
        QVERIFY(data->warnings.isEmpty());
        QCOMPARE(loadForEvaluation({path})->test.size(), std::size_t{2});
    }
}

void TestDataSource::findsTheLabelsOfAnImageFile_data()
{
    QTest::addColumn<QString>("images");
    QTest::addColumn<QString>("labels");
    QTest::newRow("both plain") << QStringLiteral("x-images-idx3-ubyte")
                                << QStringLiteral("x-labels-idx1-ubyte");
    QTest::newRow("both gzip") << QStringLiteral("x-images-idx3-ubyte.gz")
                               << QStringLiteral("x-labels-idx1-ubyte.gz");
    QTest::newRow("labels gzip") << QStringLiteral("x-images-idx3-ubyte")
                                 << QStringLiteral("x-labels-idx1-ubyte.gz");
    QTest::newRow("dots") << QStringLiteral("t10k-images.idx3-ubyte")
                          << QStringLiteral("t10k-labels.idx1-ubyte");
    QTest::newRow("no prefix") << QStringLiteral("images-idx3-ubyte") << QStringLiteral("labels-idx1-ubyte");
    QTest::newRow("mixed") << QStringLiteral("images.idx3-ubyte.gz") << QStringLiteral("labels-idx1-ubyte");
}

void TestDataSource::findsTheLabelsOfAnImageFile()
{
    QFETCH(QString, images);
    QFETCH(QString, labels);
    const QString path = write(images, idx({2, 28, 28}, QByteArray(2 * 784, '\x9')));
    const auto alone = load({path});
    QVERIFY(!alone.ok());
    QCOMPARE(alone.error().code, ErrorCode::NotFound);
    QVERIFY(alone.error().message.find("labels") != std::string::npos);
    QVERIFY(!write(labels, idx({2}, "\1\2")).isEmpty());
    const auto data = load({path});
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, 2}));
}

void TestDataSource::joinsParts()
{
    writePair(QStringLiteral("set/train"), 5);
    writePair(QStringLiteral("set/t10k"), 2);
    const QString folder = m_folder->filePath(QStringLiteral("set"));
    const QString collection = write(QStringLiteral("a.jsonl"), line("4"));
    const auto data = load({folder, QStringLiteral("synthetic"), collection});
    QVERIFY(data.ok());
    QCOMPARE(data->training.size(), std::size_t{5 + 40 + 1});
    QCOMPARE(data->training.labels.back(), std::uint8_t{4});
    QVERIFY(data->training.name.starts_with("set training + "));
    QVERIFY(data->training.name.ends_with(" + a.jsonl"));
    QCOMPARE(data->test.size(), std::size_t{2 + 4});
    QCOMPARE(loadForEvaluation({folder, QStringLiteral("synthetic"), collection})->test.size(),
             std::size_t{2 + 4 + 1});
}

void TestDataSource::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("missing") << QStringLiteral("nowhere") << QByteArray()
                             << QStringLiteral("possible are mnist, synthetic, no-digits");
    QTest::newRow("missing collection")
        << QStringLiteral("nowhere.jsonl") << QByteArray() << QStringLiteral("There is no");
    QTest::newRow("unknown kind") << QStringLiteral("a.txt") << QByteArray("x")
                                  << QStringLiteral("possible are");
    QTest::newRow("label file") << QStringLiteral("x-labels-idx1-ubyte") << idx({1}, "\1")
                                << QStringLiteral("x-images-idx3-ubyte");
    QTest::newRow("folder without files")
        << QStringLiteral(".") << QByteArray() << QStringLiteral("train-images-idx3-ubyte.gz");
    QTest::newRow("empty collection")
        << QStringLiteral("a.jsonl") << QByteArray("\n") << QStringLiteral("no drawing");
    QTest::newRow("letters only") << QStringLiteral("a.jsonl") << line("\"A\"")
                                  << QStringLiteral("no drawing");
}

void TestDataSource::refuses()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const QString path = bytes.isEmpty() ? m_folder->filePath(name) : write(name, bytes);
    for (const auto& data : {load({path}), loadForEvaluation({path})}) {
        QVERIFY(!data.ok());
        const QString message = QString::fromStdString(data.error().message);
        QVERIFY2(message.contains(path) && message.contains(what), qPrintable(message));
    }
}

/// In a folder from which no MNIST can be found.
void TestDataSource::saysHowToGetMnist()
{
    const QString before = QDir::currentPath();
    const QString inside = m_folder->filePath(QStringLiteral("a/b"));
    QVERIFY(QDir().mkpath(inside) && QDir::setCurrent(inside));
    qunsetenv("DIGITPAD_MNIST");
    const auto data = load({QStringLiteral("mnist")});
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(!data.ok());
    QCOMPARE(data.error().code, ErrorCode::NotFound);
    QVERIFY(data.error().message.find(mnistDownloadFolder().toStdString()) != std::string::npos);
}

void TestDataSource::isCancelled()
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i) {
        lines += line("1");
    }
    writePair(QStringLiteral("set/train"), 5);
    for (const QString& part : {write(QStringLiteral("a.jsonl"), lines), QStringLiteral("synthetic"),
                                m_folder->filePath(QStringLiteral("set"))}) {
        DataSource source;
        source.parts = {part};
        const auto data = loadData(source, [] { return false; });
        QVERIFY2(!data.ok(), qPrintable(part));
        QCOMPARE(data.error().code, ErrorCode::Cancelled);
    }
}

void TestDataSource::loadsMnist()
{
    const QString folder = sharedFolder(QStringLiteral("mnist"));
    if (folder.isEmpty()) {
        QSKIP("MNIST is not beside the project.");
    }
    qputenv("DIGITPAD_MNIST", folder.toUtf8());
    const auto data = load({QStringLiteral("mnist")});
    QVERIFY(data.ok());
    QCOMPARE(data->training.size(), std::size_t{60'000});
    QCOMPARE(data->test.size(), std::size_t{10'000});
    QCOMPARE(data->test.name, std::string("MNIST test"));
}

QTEST_GUILESS_MAIN(TestDataSource)
#include "tst_datasource.moc"
