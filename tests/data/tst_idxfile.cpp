#include "core/data/idxfile.h"
#include "core/image/normalizer.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// `count` pictures of side × side, byte i of each being i × (number + 1).
QByteArray pictureBytes(int count, int side)
{
    QByteArray bytes;
    for (int number = 0; number < count; ++number) {
        for (int i = 0; i < side * side; ++i) {
            bytes.append(static_cast<char>(i * (number + 1)));
        }
    }
    return bytes;
}

QByteArray imageFile(quint32 count, int side = digitSide)
{
    const auto edge = static_cast<quint32>(side);
    return idx({count, edge, edge}, pictureBytes(static_cast<int>(count), side));
}

/// What the first error of reading all images says; empty where all is well.
Error readImages(const QString& path)
{
    const auto reader = IdxImageReader::open(path.toStdString());
    if (!reader) {
        return reader.error();
    }
    GrayImage image;
    for (;;) {
        const auto more = (*reader)->next(image);
        if (!more) {
            return more.error();
        }
        if (!*more) {
            return {};
        }
    }
}

} // namespace

class TestIdxFile : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] QString write(const char* name, const QByteArray& bytes) const
    {
        return writeFile(m_folder.filePath(QString::fromLatin1(name)), bytes);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void readsImages_data();
    void readsImages();
    void readsLabels();
    void refusesImages_data();
    void refusesImages();
    void refusesLabels_data();
    void refusesLabels();
    void refusesWhatIsNoFile();
    void readsPairs();
    void normalisesPicturesOfOtherSizes();
    void refusesPairsOfDifferentCounts();
    void readingCanBeCancelled();
};

void TestIdxFile::readsImages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << imageFile(3);
    QTest::newRow("gzip") << gzipped(imageFile(3));
}

void TestIdxFile::readsImages()
{
    QFETCH(QByteArray, bytes);
    const auto reader = IdxImageReader::open(write("images", bytes).toStdString());
    QVERIFY(reader.ok());
    QCOMPARE((*reader)->count(), 3);
    QCOMPARE((*reader)->width(), digitSide);
    QCOMPARE((*reader)->height(), digitSide);
    GrayImage image;
    for (int number = 0; number < 3; ++number) {
        const auto more = (*reader)->next(image);
        QVERIFY(more.ok() && *more);
        QCOMPARE(image.width, digitSide);
        QCOMPARE(image.height, digitSide);
        QCOMPARE(image.pixels[5], static_cast<std::uint8_t>(5 * (number + 1)));
    }
    const auto more = (*reader)->next(image);
    QVERIFY(more.ok() && !*more);
}

void TestIdxFile::readsLabels()
{
    const QByteArray bytes = idx({10}, QByteArray("\0\1\2\3\4\5\6\7\x8\x9", 10));
    for (const QByteArray& file : {bytes, gzipped(bytes)}) {
        const auto labels = readIdxLabels(write("labels", file).toStdString());
        QVERIFY(labels.ok());
        QCOMPARE(*labels, (std::vector<std::uint8_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    }
}

void TestIdxFile::refusesImages_data()
{
    const QByteArray whole = imageFile(2);
    const QByteArray packed = gzipped(whole);
    QByteArray wrongMagic = whole;
    wrongMagic[0] = 'P';
    QByteArray floats = whole;
    floats[2] = '\x0D';
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("empty file") << QByteArray() << QStringLiteral("too short");
    QTest::newRow("two bytes") << whole.first(2) << QStringLiteral("too short");
    QTest::newRow("text") << QByteArray("this is no IDX file") << QStringLiteral("no IDX file");
    QTest::newRow("wrong magic") << wrongMagic << QStringLiteral("no IDX file");
    QTest::newRow("floats") << floats << QStringLiteral("no unsigned bytes");
    QTest::newRow("labels") << idx({3}, QByteArray(3, '\1')) << QStringLiteral("1 dimensions instead of 3");
    QTest::newRow("cut off in its header") << whole.first(13) << QStringLiteral("cut off within its header");
    QTest::newRow("cut off in an image") << whole.chopped(1) << QStringLiteral("1 of 2 images");
    QTest::newRow("an image missing") << whole.chopped(digitPixels) << QStringLiteral("1 of 2 images");
    QTest::newRow("a byte too long") << whole + 'x' << QStringLiteral("longer than its header says");
    QTest::newRow("gzip, a byte too long")
        << gzipped(whole + 'x') << QStringLiteral("longer than its header says");
    QTest::newRow("gzip cut off") << packed.chopped(20) << QStringLiteral("cut off");
    QTest::newRow("gzip without its checksum") << packed.chopped(8) << QStringLiteral("cut off");
    QTest::newRow("no columns") << idx({2, 28, 0}, {}) << QStringLiteral("0 × 28");
    QTest::newRow("no rows") << idx({2, 0, 28}, {}) << QStringLiteral("28 × 0");
    QTest::newRow("absurd sides") << idx({1, 1U << 31U, 1U << 31U}, {})
                                  << QStringLiteral("2147483648 × 2147483648");
    QTest::newRow("a side too long") << idx({1, 4097, 1}, QByteArray(4097, '\0'))
                                     << QStringLiteral("1 × 4097");
    QTest::newRow("absurd count") << idx({0xFFFF'FFFFU, 28, 28}, {}) << QStringLiteral("4294967295 items");
    QTest::newRow("count of another file")
        << idx({60'000, 28, 28}, pictureBytes(2, 28)) << QStringLiteral("2 of 60000");
}

void TestIdxFile::refusesImages()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const QString path = write("images", bytes);
    const Error error = readImages(path);
    const QString message = QString::fromStdString(error.message);
    QVERIFY2(message.contains(path) && message.contains(what), qPrintable(message));
    QCOMPARE(error.code, ErrorCode::InvalidInput);
}

void TestIdxFile::refusesLabels_data()
{
    const QByteArray whole = idx({4}, QByteArray("\1\2\3\4", 4));
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("images") << imageFile(1) << QStringLiteral("3 dimensions instead of 1");
    QTest::newRow("cut off") << whole.chopped(1) << QStringLiteral("3 of 4 labels");
    QTest::newRow("too long") << whole + '\1' << QStringLiteral("longer than its header says");
    QTest::newRow("label 10") << idx({2}, QByteArray("\1\x0A", 2)) << QStringLiteral("label 10 for image 2");
    QTest::newRow("absurd count") << idx({0x8000'0000U}, "\1") << QStringLiteral("2147483648 items");
    QTest::newRow("count without labels")
        << idx({99'000'000}, "\1") << QStringLiteral("1 of 99000000 labels");
    QTest::newRow("gzip cut off") << gzipped(whole).chopped(9) << QStringLiteral("cut off");
}

void TestIdxFile::refusesLabels()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const QString path = write("labels", bytes);
    const auto labels = readIdxLabels(path.toStdString());
    QVERIFY(!labels.ok());
    const QString message = QString::fromStdString(labels.error().message);
    QVERIFY2(message.contains(path) && message.contains(what), qPrintable(message));
}

void TestIdxFile::refusesWhatIsNoFile()
{
    const std::string missing = m_folder.filePath(QStringLiteral("missing")).toStdString();
    QCOMPARE(readIdxLabels(missing).error().code, ErrorCode::NotFound);
    QCOMPARE(IdxImageReader::open(missing).error().code, ErrorCode::NotFound);
    const auto folder = IdxImageReader::open(m_folder.path().toStdString());
    QCOMPARE(folder.error().code, ErrorCode::InvalidInput);
    QVERIFY(folder.error().message.find("is a folder") != std::string::npos);
}

void TestIdxFile::readsPairs()
{
    const auto set = readIdxPair(write("images", imageFile(3)).toStdString(),
                                 write("labels", gzipped(idx({3}, "\1\2\3"))).toStdString(), "three");
    QVERIFY(set.ok());
    QCOMPARE(set->name, std::string("three"));
    QCOMPARE(set->labels, (std::vector<std::uint8_t>{1, 2, 3}));
    const QByteArray images(reinterpret_cast<const char*>(set->images.data()),
                            static_cast<qsizetype>(set->images.size()));
    QCOMPARE(images, pictureBytes(3, digitSide));
}

void TestIdxFile::normalisesPicturesOfOtherSizes()
{
    GrayImage picture(40, 40);
    for (int y = 5; y < 35; ++y) {
        picture.row(y)[17] = picture.row(y)[18] = picture.row(y)[19] = 255;
    }
    const QByteArray bytes(reinterpret_cast<const char*>(picture.pixels.data()),
                           static_cast<qsizetype>(picture.pixels.size()));
    const auto set = readIdxPair(write("images", idx({1, 40, 40}, bytes)).toStdString(),
                                 write("labels", idx({1}, "\1")).toStdString(), "one");
    QVERIFY(set.ok());
    QVERIFY(!set->digitImage(0).blank());
    QVERIFY(set->digitImage(0) == normalizePicture(picture));
}

void TestIdxFile::refusesPairsOfDifferentCounts()
{
    const QString images = write("images", imageFile(3));
    const QString labels = write("labels", idx({2}, "\1\2"));
    const auto set = readIdxPair(images.toStdString(), labels.toStdString(), "odd");
    QVERIFY(!set.ok());
    const QString message = QString::fromStdString(set.error().message);
    QVERIFY2(message.contains(images) && message.contains(labels) &&
                 message.contains(QStringLiteral("3 images")) && message.contains(QStringLiteral("2 labels")),
             qPrintable(message));
}

void TestIdxFile::readingCanBeCancelled()
{
    const std::string images = write("images", imageFile(600)).toStdString();
    const std::string labels = write("labels", idx({600}, QByteArray(600, '\3'))).toStdString();
    int asked = 0;
    const auto set =
        readIdxPair(images, labels, "some", [&asked](const ReadingProgress&) { return ++asked < 3; });
    QVERIFY(!set.ok());
    QCOMPARE(set.error().code, ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
    QCOMPARE(readIdxPair(images, labels, "all", [](const ReadingProgress&) { return true; })->size(),
             std::size_t{600});
}

QTEST_GUILESS_MAIN(TestIdxFile)
#include "tst_idxfile.moc"
