#include "core/data/datasource.h"
#include "core/data/mnist.h"
#include "core/image/normalizer.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

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
    void countsWhatItLeavesOut();
    void takesWhatIsNoDigit();
    void namesTheHands();
    void keepsTheStrokes();
    void findsTheLabelsOfAnImageFile_data();
    void findsTheLabelsOfAnImageFile();
    void joinsParts();
    void refuses_data();
    void refuses();
    void refusesDamagedCollections();
    void saysHowToGetMnist();
    void isCancelled();
    void loadsMnist();
    void loadsPenDigits();
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

void TestDataSource::countsWhatItLeavesOut()
{
    QByteArray lines = line("\"1\"") + line("\"x\"") + line("\"12\"") + "garbage\n";
    lines += R"({"label":"2","strokes":[]})"
             "\n"
             R"({"strokes":[[[1,1]]]})"
             "\n{}\n[]\n7\n" +
             line("\"2\"");
    const QString path = write(QStringLiteral("a.jsonl"), lines);
    const auto data = load({path});
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, 2}));
    const QStringList& warnings = data->warnings;
    QCOMPARE(warnings.size(), 5);
    QVERIFY2(warnings[0].startsWith(QStringLiteral("Line 4 of “%1” is no JSON").arg(path)),
             qPrintable(warnings[0]));
    QCOMPARE(warnings[1], QStringLiteral("Line 5 of “%1” has no strokes.").arg(path));
    QCOMPARE(warnings[2], QStringLiteral("Line 7 of “%1” has no “strokes” array.").arg(path));
    QVERIFY2(warnings[3].contains(QStringLiteral(" 2 more malformed lines")), qPrintable(warnings[3]));
    QVERIFY2(warnings[4].contains(QStringLiteral(" 3 drawings without a digit")), qPrintable(warnings[4]));
}

void TestDataSource::takesWhatIsNoDigit()
{
    const QByteArray lines = line("\"1\"") + line("\"x\"") + line("\"O\"") + line("\"l\"") + line("\"12\"") +
                             R"({"strokes":[[[1,1],[2,9]]]})" + "\n" + line("\"heart\"");
    DataSource source;
    source.parts = {write(QStringLiteral("a.jsonl"), lines)};
    source.withNoDigits = true;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, noDigitLabel, noDigitLabel}));
    QCOMPARE(data->warnings.size(), 2);
    QVERIFY2(data->warnings[0].contains(QStringLiteral(" 1 drawings without a label")),
             qPrintable(data->warnings[0]));
    QVERIFY2(data->warnings[1].contains(QStringLiteral(" 3 drawings of signs that look like a digit")),
             qPrintable(data->warnings[1]));
    QCOMPARE(loadEvaluationData(source, always)->test.labels, data->training.labels);

    // Letters alone are something to measure with, and nothing but look-alikes is nothing at all.
    source.parts = {write(QStringLiteral("letters.jsonl"), line("\"x\""))};
    QCOMPARE(loadEvaluationData(source, always)->test.labels, (std::vector<std::uint8_t>{noDigitLabel}));
    source.parts = {write(QStringLiteral("alike.jsonl"), line("\"O\""))};
    QVERIFY(!loadEvaluationData(source, always).ok());
}

void TestDataSource::namesTheHands()
{
    const auto drawing = [](const char* label, const QByteArray& more) {
        return QByteArray(R"({"label":")") + label + R"(","strokes":[[[0,0],[1,50]]])" + more + "}\n";
    };
    const QByteArray digits = drawing("1", R"(,"source":"apa","writer":"ann")") +
                              drawing("2", R"(,"writer":"bob")") + drawing("3", "") +
                              drawing("4", R"(,"source":"apb")");
    const QByteArray letters = drawing("a", R"(,"source":"kai")") + drawing("b", R"(,"source":"apb")") +
                               drawing("c", R"(,"source":"apb")");
    DataSource source;
    source.parts = {write(QStringLiteral("digits.jsonl"), digits), QStringLiteral("synthetic"),
                    write(QStringLiteral("letters.jsonl"), letters)};
    source.syntheticCount = 10;
    source.withNoDigits = true;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->training.groupNames, (std::vector<std::string>{"apa", "bob", "apb", "kai"}));
    std::vector<std::uint32_t> groups(16);
    std::copy_n(std::array<std::uint32_t, 4>{1, 2, 0, 3}.begin(), 4, groups.begin());
    groups[14] = 4;
    groups[15] = 3; // “b” looks like a 6 and was left out.
    QCOMPARE(data->training.groups, groups);
}

void TestDataSource::keepsTheStrokes()
{
    writePair(QStringLiteral("set/train"), 2);
    DataSource source;
    source.parts = {m_folder->filePath(QStringLiteral("set")), QStringLiteral("synthetic"),
                    write(QStringLiteral("a.jsonl"), line("4") + line("\"x\"") + line("5"))};
    source.syntheticCount = 10;
    const auto data = loadData(source, always);
    QVERIFY(data.ok());
    QCOMPARE(data->origins.size(), data->training.size());
    for (std::size_t i = 0; i < data->origins.size(); ++i) {
        const auto kind = i < 2    ? SampleOrigin::Kind::Picture
                          : i < 12 ? SampleOrigin::Kind::SyntheticDigit
                                   : SampleOrigin::Kind::Strokes;
        QCOMPARE(data->origins[i].kind, kind);
        QCOMPARE(data->origins[i].ink != nullptr, kind == SampleOrigin::Kind::Strokes);
    }
    QCOMPARE(normalizeInk(*data->origins.back().ink), data->training.digitImage(13));
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
                                << QStringLiteral("possible are");
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

void TestDataSource::refusesDamagedCollections()
{
    const QString path = write(QStringLiteral("a.jsonl.gz"), gzipped(line("1") + line("2")).chopped(6));
    const auto data = load({path});
    QVERIFY(!data.ok());
    QVERIFY(data.error().message.find("cut off") != std::string::npos);
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

void TestDataSource::loadsPenDigits()
{
    const QString folder = sharedFolder(QStringLiteral("pen"));
    if (folder.isEmpty()) {
        QSKIP("The pen-drawn characters are not beside the project.");
    }
    const auto digits = load({folder + QStringLiteral("/unipen-dev-digits.jsonl.gz")});
    QVERIFY(digits.ok());
    QCOMPARE(digits->training.size(), std::size_t{7861});
    QVERIFY(digits->warnings.isEmpty());
    QCOMPARE(digits->training.groupNames.size(), std::size_t{13});
    const QString other = folder + QStringLiteral("/unipen-dev-other.jsonl.gz");
    QVERIFY(!load({other}).ok());
    DataSource source;
    source.parts = {other};
    source.withNoDigits = true;
    const auto noDigits = loadData(source, always);
    QVERIFY(noDigits.ok());
    // Its look-alikes were taken out by others, so that none is left for us.
    QCOMPARE(noDigits->training.labels, std::vector<std::uint8_t>(5000, noDigitLabel));
}

QTEST_GUILESS_MAIN(TestDataSource)
#include "tst_datasource.moc"
