#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "core/image/picturefile.h"
#include "tests/support/mnistimages.h"
#include "tests/support/pictures.h"

#include <QBuffer>
#include <QColor>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

class PictureFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void digitsComeBackUnchanged_data();
    void digitsComeBackUnchanged();
    void drawingsAreRead_data();
    void drawingsAreRead();
    void colourDepths_data();
    void colourDepths();
    void sheetWithRoundCorners();
    void nullPicture();
    void largePictureIsScaledDown();
    void orientationIsApplied();
    void firstFrameOfAnAnimation();
    void brokenFiles_data();
    void brokenFiles();
    void truncatedFiles_data();
    void truncatedFiles();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const;

    QTemporaryDir m_folder;
    std::vector<DigitImage> m_digits;
};

void PictureFileTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const DigitSet set = syntheticDigits(40, 7, {});
    for (std::size_t i = 0; i < set.size(); ++i) {
        m_digits.push_back(set.digitImage(i));
    }
    for (const DigitImage& digit : mnistTestImages(100)) {
        if (inkOf(digit).longerSide() == patchSide) {
            m_digits.push_back(digit);
        }
    }
}

void PictureFileTest::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void PictureFileTest::digitsComeBackUnchanged_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("darkOnLight");
    QTest::addColumn<int>("factor");
    QTest::addColumn<int>("left");
    QTest::newRow("as MNIST has them") << QStringLiteral("png") << false << 1 << 0;
    QTest::newRow("dark on light") << QStringLiteral("png") << true << 1 << 0;
    QTest::newRow("magnified, moved") << QStringLiteral("png") << false << 6 << 40;
    QTest::newRow("magnified, moved, dark on light") << QStringLiteral("png") << true << 9 << 70;
    QTest::newRow("bitmap file") << QStringLiteral("bmp") << true << 2 << 3;
    QTest::newRow("portable greymap") << QStringLiteral("pgm") << true << 2 << 3;
}

void PictureFileTest::digitsComeBackUnchanged()
{
    QFETCH(const QString, format);
    QFETCH(const bool, darkOnLight);
    QFETCH(const int, factor);
    QFETCH(const int, left);
    const QString file = path(QStringLiteral("digit.") + format);
    for (const DigitImage& digit : m_digits) {
        QVERIFY(toImage(magnified(digit, factor, left, left / 2), darkOnLight).save(file));
        const auto ink = readPicture(file);
        QVERIFY(ink.ok());
        QVERIFY(normalizePicture(*ink) == digit);
    }
}

void PictureFileTest::drawingsAreRead_data()
{
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<QColor>("ink");
    const QColor clear(0, 0, 0, 0);
    QTest::newRow("black on white") << QColor(Qt::white) << QColor(Qt::black);
    QTest::newRow("white on black") << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("black on nothing") << clear << QColor(Qt::black);
    QTest::newRow("white on nothing") << clear << QColor(Qt::white);
    QTest::newRow("white on transparent white") << QColor(255, 255, 255, 0) << QColor(Qt::white);
    QTest::newRow("light grey on nothing") << clear << QColor(200, 200, 200);
    QTest::newRow("half transparent black on nothing") << clear << QColor(0, 0, 0, 128);
    QTest::newRow("blue on white") << QColor(Qt::white) << QColor(30, 60, 200);
    QTest::newRow("yellow on white") << QColor(Qt::white) << QColor(Qt::yellow);
    QTest::newRow("red on green") << QColor(0, 130, 0) << QColor(255, 0, 0);
    QTest::newRow("chalk on a board") << QColor(30, 70, 50) << QColor(230, 230, 210);
    QTest::newRow("grey on grey") << QColor(120, 120, 120) << QColor(90, 90, 90);
    QTest::newRow("orange on dark blue") << QColor(10, 20, 70) << QColor(255, 140, 0);
}

void PictureFileTest::drawingsAreRead()
{
    QFETCH(const QColor, ground);
    QFETCH(const QColor, ink);
    const QString file = path(QStringLiteral("drawing.png"));
    QVERIFY(drawnSeven({300, 240}, ground, ink).save(file));
    const auto read = readPicture(file);
    QVERIFY(read.ok());
    QCOMPARE(int{read->row(0)[0]}, 0);
    QVERIFY(*std::max_element(read->pixels.begin(), read->pixels.end()) >= 250);
    const double distance = distanceFromSeven(*read);
    QVERIFY2(distance < 3, qPrintable(QString::number(distance)));
}

void PictureFileTest::colourDepths_data()
{
    QTest::addColumn<QImage::Format>("format");
    QTest::addColumn<QSize>("size");
    QTest::newRow("one bit") << QImage::Format_Mono << QSize(200, 200);
    QTest::newRow("palette") << QImage::Format_Indexed8 << QSize(200, 200);
    QTest::newRow("16 bits of grey") << QImage::Format_Grayscale16 << QSize(200, 200);
    QTest::newRow("64 bits of colour") << QImage::Format_RGBA64 << QSize(200, 200);
    QTest::newRow("565") << QImage::Format_RGB16 << QSize(200, 200);
    QTest::newRow("premultiplied") << QImage::Format_ARGB32_Premultiplied << QSize(200, 200);
    QTest::newRow("no larger than the field") << QImage::Format_Grayscale8 << QSize(28, 28);
    QTest::newRow("an odd strip") << QImage::Format_Grayscale8 << QSize(1001, 61);
}

void PictureFileTest::colourDepths()
{
    QFETCH(const QImage::Format, format);
    QFETCH(const QSize, size);
    const QImage image = drawnSeven(size, Qt::white, Qt::black, format);
    const double distance = distanceFromSeven(inkFromPicture(image, false));
    QVERIFY2(distance < 8, qPrintable(QString::number(distance)));
}

void PictureFileTest::sheetWithRoundCorners()
{
    QImage card(240, 240, QImage::Format_ARGB32);
    card.fill(Qt::transparent);
    QPainter painter(&card);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::white);
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(card.rect(), 50, 50);
    painter.drawImage(0, 0, drawnSeven(card.size(), Qt::transparent, Qt::black));
    painter.end();
    QVERIFY(distanceFromSeven(inkFromPicture(card, false)) < 3);
}

void PictureFileTest::nullPicture()
{
    QVERIFY(inkFromPicture(QImage(), false).empty());
}

void PictureFileTest::largePictureIsScaledDown()
{
    const QString file = path(QStringLiteral("large.png"));
    QImage large(6000, 4700, QImage::Format_Grayscale8);
    large.fill(Qt::white);
    QPainter painter(&large);
    painter.setPen(QPen(Qt::black, 270, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{2000, 1300}, {3200, 1340}, {2400, 3300}});
    painter.drawLine(QPointF(2300, 2300), QPointF(3100, 2260));
    painter.end();
    QVERIFY(large.save(file, "png", 100));
    const auto ink = readPicture(file);
    QVERIFY(ink.ok());
    QVERIFY(ink->width <= 1600 && ink->width >= 1000);
    QVERIFY(distanceFromSeven(*ink) < 3);
}

void PictureFileTest::orientationIsApplied()
{
    // The file holds the seven lying on its side and says so.
    const QString file = path(QStringLiteral("turned.jpg"));
    QImageWriter writer(file, "jpg");
    writer.setQuality(95);
    writer.setTransformation(QImageIOHandler::TransformationRotate90);
    QVERIFY(writer.write(drawnSeven({300, 240}, Qt::white, Qt::black).transformed(QTransform().rotate(-90))));
    const auto ink = readPicture(file);
    QVERIFY(ink.ok());
    QCOMPARE(ink->width, 300);
    QVERIFY(distanceFromSeven(*ink) < 6);
}

void PictureFileTest::firstFrameOfAnAnimation()
{
    // Two frames of 4 × 4 pixels: black at (1, 1) and (1, 2) on white, then all black.
    const QString file = path(QStringLiteral("moving.gif"));
    write(QStringLiteral("moving.gif"),
          QByteArray::fromHex(
              "47494638396104000400810000ffffff00000000000000000021f904000a0000002c000000000400040000080c"
              "00010814186060c1810203020021f904000a0000002c0000000004000400810000000000000000000000000809"
              "0001081c48b0208080003b"));
    QCOMPARE(QImageReader(file).imageCount(), 2);
    const auto ink = readPicture(file);
    QVERIFY(ink.ok());
    GrayImage expected(4, 4);
    expected.row(1)[1] = 255;
    expected.row(2)[1] = 255;
    QVERIFY(*ink == expected);
}

void PictureFileTest::brokenFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("text") << QByteArray("this is no picture") << QStringLiteral("notes.png")
                          << QStringLiteral("no picture");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty.png") << QStringLiteral("is empty");
    QTest::newRow("zeros") << QByteArray(5000, '\0') << QStringLiteral("zeros.jpg")
                           << QStringLiteral("no picture");
    QTest::newRow("a signature alone")
        << QByteArray("\x89PNG\r\n\x1a\n") << QStringLiteral("signature.png") << QStringLiteral("damaged");
    QTest::newRow("far too large") << QByteArray("P5\n30000 30000\n255\n") << QStringLiteral("bomb.pgm")
                                   << QStringLiteral("too large");
}

void PictureFileTest::brokenFiles()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, name);
    QFETCH(const QString, says);
    write(name, bytes);
    const auto ink = readPicture(path(name));
    QVERIFY(!ink.ok());
    const QString message = QString::fromStdString(ink.error().message);
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(message.contains(name), qPrintable(message));
    QVERIFY(!message.contains(u'\n'));

    QVERIFY(readPicture(path(QStringLiteral("absent.png"))).error().code == ErrorCode::NotFound);
    QVERIFY(!readPicture(m_folder.path()).ok());
}

void PictureFileTest::truncatedFiles_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<double>("part");
    for (const char* format : {"png", "jpg", "bmp"}) {
        for (const double part : {0.02, 0.5, 0.97}) {
            QTest::addRow("%s, %g of it", format, part) << QString::fromLatin1(format) << part;
        }
    }
}

void PictureFileTest::truncatedFiles()
{
    QFETCH(const QString, format);
    QFETCH(const double, part);
    const QString name = QStringLiteral("whole.") + format;
    QVERIFY(photographed(drawnSeven({200, 160}, Qt::white, Qt::black), 0.5, 5).save(path(name)));
    QVERIFY(readPicture(path(name)).ok());
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    write(name, bytes.left(static_cast<qsizetype>(static_cast<double>(bytes.size()) * part)));
    const auto ink = readPicture(path(name));
    QVERIFY(!ink.ok());
    QVERIFY(ink.error().code == ErrorCode::InvalidInput);
    QVERIFY(QString::fromStdString(ink.error().message).contains(name));
}

QTEST_GUILESS_MAIN(PictureFileTest)
#include "tst_picturefile.moc"
