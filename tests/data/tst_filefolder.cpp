#include "core/data/datasource.h"
#include "core/data/filefolder.h"
#include "core/image/normalizer.h"
#include "core/ink/inkfile.h"
#include "tests/support/mnistimages.h"
#include "tests/support/pictures.h"
#include "tests/testfiles.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace digitpad;
using namespace digitpad::test;

namespace {

Result<LoadedData> load(const QString& folder, bool withNoDigits = false)
{
    DataSource source;
    source.parts = QStringList{folder};
    source.withNoDigits = withNoDigits;
    return loadData(source, [] { return true; });
}

QImage toPicture(const DigitImage& image)
{
    return QImage(image.pixels.data(), digitSide, digitSide, digitSide, QImage::Format_Grayscale8).copy();
}

} // namespace

class FileFolderTest : public QObject
{
    Q_OBJECT

private:
    QString place(const QString& name)
    {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        return path;
    }
    void picture(const QString& name, QSize size = {80, 80}, QImage::Format format = QImage::Format_RGB32)
    {
        QVERIFY(drawnSeven(size, Qt::white, Qt::black, format).save(place(name)));
    }
    void ink(const QString& name) { QVERIFY(writeInkMl(seven(), place(name)).ok()); }
    [[nodiscard]] QString root() const { return m_folder->path(); }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void readsClassFolders();
    void readsNamedFiles();
    void readsInkWithItsStrokes();
    void readsTrainingAndTest();
    void sizesAndDepthsDoNotMatter_data();
    void sizesAndDepthsDoNotMatter();
    void mnistPicturesComeBackAsTheyAre();
    void leavesOutWhatItCannotRead();
    void leavesOutOtherLabels();
    void takesOtherLabelsAsNoDigits();
    void refusesWhereNothingIsLeft();
    void knowsNothingOfOtherFolders();
    void isCancelled();
    void filesMayVanishMeanwhile();
};

void FileFolderTest::readsClassFolders()
{
    picture(QStringLiteral("3/b.png"));
    picture(QStringLiteral("3/a.PNG"));
    picture(QStringLiteral("0/x.bmp"));
    writeFile(place(QStringLiteral("3/notes.txt")), "not a picture");
    const auto data = load(root());
    QVERIFY2(data.ok(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{0, 3, 3}));
    QCOMPARE(data->origins.size(), std::size_t{3});
    QVERIFY(data->warnings.isEmpty());
    QVERIFY(meanDifference(data->training.digitImage(0), normalizeInk(seven())) < 6);
}

void FileFolderTest::readsNamedFiles()
{
    for (const char* name : {"7-anna.png", "7.png", "4_12.png", "1 (2).png"}) {
        picture(QString::fromLatin1(name));
    }
    const auto data = load(root());
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, 4, 7, 7}));
    QVERIFY(data->warnings.isEmpty());
}

void FileFolderTest::readsInkWithItsStrokes()
{
    ink(QStringLiteral("7-anna.inkml"));
    ink(QStringLiteral("2/b.inkml"));
    const auto data = load(root());
    QVERIFY2(data.ok(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{2, 7}));
    QCOMPARE(data->origins[0].kind, SampleOrigin::Kind::Strokes);
    QVERIFY(data->origins[0].ink != nullptr);
    QCOMPARE(data->training.digitImage(1), normalizeInk(*data->origins[1].ink));
}

void FileFolderTest::readsTrainingAndTest()
{
    picture(QStringLiteral("training/3/a.png"));
    picture(QStringLiteral("training/4/b.png"));
    picture(QStringLiteral("testing/4/c.png"));
    const auto data = load(root());
    QVERIFY2(data.ok(), data ? "" : data.error().message.c_str());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{3, 4}));
    QCOMPARE(data->test.labels, (std::vector<std::uint8_t>{4}));
}

void FileFolderTest::sizesAndDepthsDoNotMatter_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QImage::Format>("format");
    QTest::newRow("small") << QSize(40, 40) << QImage::Format_RGB32;
    QTest::newRow("large") << QSize(700, 500) << QImage::Format_RGB32;
    QTest::newRow("grey") << QSize(80, 80) << QImage::Format_Grayscale8;
    QTest::newRow("deep grey") << QSize(80, 80) << QImage::Format_Grayscale16;
    QTest::newRow("deep colour") << QSize(80, 80) << QImage::Format_RGBA64;
    QTest::newRow("black and white") << QSize(200, 200) << QImage::Format_Mono;
}

void FileFolderTest::sizesAndDepthsDoNotMatter()
{
    QFETCH(QSize, size);
    QFETCH(QImage::Format, format);
    picture(QStringLiteral("7.png"), size, format);
    const auto data = load(root());
    QVERIFY2(data.ok(), data ? "" : data.error().message.c_str());
    QVERIFY(meanDifference(data->training.digitImage(0), normalizeInk(seven())) < 12);
}

void FileFolderTest::mnistPicturesComeBackAsTheyAre()
{
    const auto images = mnistTestImages(50);
    if (images.empty()) {
        QSKIP("MNIST is not on this machine.");
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        QVERIFY(toPicture(images[i]).save(place(QStringLiteral("5/%1.png").arg(i, 4, 10, QLatin1Char('0')))));
    }
    const auto data = load(root());
    QVERIFY(data.ok());
    for (std::size_t i = 0; i < images.size(); ++i) {
        QCOMPARE(data->training.digitImage(i), images[i]);
    }
}

void FileFolderTest::leavesOutWhatItCannotRead()
{
    picture(QStringLiteral("1/good.png"));
    for (int i = 0; i < 5; ++i) {
        writeFile(place(QStringLiteral("1/bad%1.png").arg(i)), "no picture");
    }
    const auto data = load(root());
    QVERIFY(data.ok());
    QCOMPARE(data->training.size(), std::size_t{1});
    QCOMPARE(data->warnings.size(), 4);
    QVERIFY(data->warnings[0].contains(QStringLiteral("bad0.png")));
    QVERIFY(data->warnings[3].contains(QStringLiteral("2 more files")));
}

void FileFolderTest::leavesOutOtherLabels()
{
    picture(QStringLiteral("1/good.png"));
    picture(QStringLiteral("10/ten.png"));
    picture(QStringLiteral("A/a.png"));
    picture(QStringLiteral("12-both.png"));
    picture(QStringLiteral("7eleven.png"));
    QDir(root()).mkdir(QStringLiteral("empty"));
    const auto data = load(root());
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1}));
    const QString warnings = data->warnings.join(u'\n');
    QVERIFY2(warnings.contains(QStringLiteral("10, A")), qPrintable(warnings));
    QVERIFY2(warnings.contains(QStringLiteral("2 files")), qPrintable(warnings));
    QVERIFY(!warnings.contains(QStringLiteral("empty")));
}

void FileFolderTest::takesOtherLabelsAsNoDigits()
{
    picture(QStringLiteral("1/good.png"));
    picture(QStringLiteral("A/a.png"));
    picture(QStringLiteral("O/o.png")); // Looks like a zero.
    const auto data = load(root(), true);
    QVERIFY(data.ok());
    QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, noDigitLabel}));
    QCOMPARE(data->warnings.size(), 1);
}

void FileFolderTest::refusesWhereNothingIsLeft()
{
    picture(QStringLiteral("anna.png"));
    const auto unlabelled = load(root());
    QVERIFY(!unlabelled.ok());
    QVERIFY2(unlabelled.error().message.find("anna.png") != std::string::npos,
             unlabelled.error().message.c_str());
    QFile::remove(place(QStringLiteral("anna.png")));
    writeFile(place(QStringLiteral("3/bad.png")), "no picture");
    const auto unreadable = load(root());
    QVERIFY(!unreadable.ok());
    QVERIFY(unreadable.error().message.find("bad.png") != std::string::npos);
}

void FileFolderTest::knowsNothingOfOtherFolders()
{
    writeFile(place(QStringLiteral("a/readme.txt")), "hello");
    const auto part = loadFileFolder(root(), QStringLiteral("x"), false, {});
    QVERIFY(part.ok());
    QVERIFY(!*part);
    const auto data = load(root());
    QVERIFY(!data.ok());
    QVERIFY(data.error().message.find("neither") != std::string::npos);
}

void FileFolderTest::isCancelled()
{
    for (int i = 0; i < 200; ++i) {
        writeFile(place(QStringLiteral("1/%1.png").arg(i)), "no picture");
    }
    int asked = 0;
    const auto part = loadFileFolder(root(), QStringLiteral("x"), false, [&asked](const ReadingProgress&) {
        ++asked;
        return false;
    });
    QVERIFY(!part.ok());
    QCOMPARE(part.error().code, ErrorCode::Cancelled);
    QCOMPARE(asked, 1);
}

void FileFolderTest::filesMayVanishMeanwhile()
{
    for (int i = 0; i < 300; ++i) {
        ink(QStringLiteral("1/%1.inkml").arg(i, 3, 10, QLatin1Char('0')));
    }
    bool gone = false;
    const auto part =
        loadFileFolder(root(), QStringLiteral("x"), false, [&](const ReadingProgress& progress) {
            if (progress.images > 0 && !gone) {
                gone = QDir(m_folder->filePath(QStringLiteral("1"))).removeRecursively();
            }
            return true;
        });
    QVERIFY(gone);
    QVERIFY2(part.ok(), part ? "" : part.error().message.c_str());
    QVERIFY((*part)->training->size() > 0 && (*part)->training->size() < 300);
    QVERIFY(!(*part)->warnings.isEmpty());
}

QTEST_GUILESS_MAIN(FileFolderTest)
#include "tst_filefolder.moc"
