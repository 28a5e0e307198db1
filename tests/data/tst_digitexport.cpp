#include "core/data/digitexport.h"
#include "core/data/idxfile.h"
#include "core/data/syntheticdigits.h"
#include "tests/testfiles.h"

#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace digitpad;

class DigitExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairsReadBack_data();
    void pairsReadBack();
    void noDigitsHaveNoPlaceInIdx();
    void picturesHaveTheBytes();
    void saysWhereItCannotWrite();
    void isCancelled();
};

void DigitExportTest::pairsReadBack_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("images");
    QTest::addColumn<QString>("labels");
    QTest::newRow("as MNIST's") << QStringLiteral("a-images-idx3-ubyte")
                                << QStringLiteral("a-images-idx3-ubyte")
                                << QStringLiteral("a-labels-idx1-ubyte");
    QTest::newRow("any name") << QStringLiteral("mine") << QStringLiteral("mine-images-idx3-ubyte")
                              << QStringLiteral("mine-labels-idx1-ubyte");
    QTest::newRow("images alone") << QStringLiteral("images") << QStringLiteral("images")
                                  << QStringLiteral("labels");
}

void DigitExportTest::pairsReadBack()
{
    QFETCH(QString, asked);
    QFETCH(QString, images);
    QFETCH(QString, labels);
    const QTemporaryDir folder;
    const DigitSet set = syntheticDigits(20, 1, {});
    const std::vector<std::size_t> some{2, 7, 19};
    const auto written = writeIdxPair(set, some, folder.filePath(asked));
    QVERIFY2(written.ok(), written ? "" : written.error().message.c_str());
    QCOMPARE(*written, folder.filePath(images));
    const auto again = readIdxPair(written->toStdString(), folder.filePath(labels).toStdString(), "again");
    QVERIFY2(again.ok(), again ? "" : again.error().message.c_str());
    const DigitSet expected = subset(set, some);
    QCOMPARE(again->images, expected.images);
    QCOMPARE(again->labels, expected.labels);
}

void DigitExportTest::noDigitsHaveNoPlaceInIdx()
{
    const QTemporaryDir folder;
    DigitSet set = syntheticDigits(1, 1, {});
    set.labels[0] = noDigitLabel;
    const std::vector<std::size_t> all{0};
    const auto written = writeIdxPair(set, all, folder.filePath(QStringLiteral("x")));
    QVERIFY(!written.ok());
    QVERIFY(QDir(folder.path()).isEmpty());
}

void DigitExportTest::picturesHaveTheBytes()
{
    const QTemporaryDir folder;
    DigitSet set = syntheticDigits(3, 1, {});
    set.labels[1] = 4;
    set.labels[2] = noDigitLabel;
    const std::vector<std::size_t> some{1, 2};
    QVERIFY(writePictures(set, some, folder.path()).ok());
    const QImage four(folder.filePath(QStringLiteral("4-000001.png")));
    QCOMPARE(four.size(), QSize(28, 28));
    for (int i = 0; i < digitPixels; ++i) {
        QCOMPARE(qGray(four.pixel(i % 28, i / 28)), int{set.image(1)[i]});
    }
    QVERIFY(QFileInfo::exists(folder.filePath(QStringLiteral("x-000002.png"))));
    // Another set's pictures have the same names, and lose none of these.
    const std::vector<std::size_t> first{1};
    set.labels[1] = 4;
    std::fill_n(set.images.begin() + digitPixels, digitPixels, std::uint8_t{9});
    QVERIFY(writePictures(set, first, folder.path()).ok());
    QCOMPARE(QImage(folder.filePath(QStringLiteral("4-000001.png"))), four);
    QCOMPARE(qGray(QImage(folder.filePath(QStringLiteral("4-000001-2.png"))).pixel(3, 3)), 9);
}

void DigitExportTest::saysWhereItCannotWrite()
{
    const DigitSet set = syntheticDigits(1, 1, {});
    const std::vector<std::size_t> all{0};
    const auto pictures = writePictures(set, all, QStringLiteral("/nonexistent"));
    QVERIFY(!pictures.ok());
    QVERIFY(pictures.error().message.find("/nonexistent") != std::string::npos);
    QVERIFY(!writeIdxPair(set, all, QStringLiteral("/nonexistent/x")).ok());
}

void DigitExportTest::isCancelled()
{
    const QTemporaryDir folder;
    const DigitSet set = syntheticDigits(5, 1, {});
    const std::vector<std::size_t> all{0, 1, 2, 3, 4};
    const auto written =
        writePictures(set, all, folder.path(), [](const ReadingProgress& now) { return now.images < 2; });
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::Cancelled);
    QCOMPARE(QDir(folder.path()).count(), 4U); // Two, and “.” and “..”.
}

QTEST_GUILESS_MAIN(DigitExportTest)
#include "tst_digitexport.moc"
