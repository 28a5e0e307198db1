#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "core/image/picturefile.h"
#include "tests/support/mnistimages.h"
#include "tests/support/samples.h"

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

namespace {

QImage toImage(const GrayImage& gray, bool darkOnLight)
{
    QImage image(gray.width, gray.height, QImage::Format_Grayscale8);
    for (int y = 0; y < gray.height; ++y) {
        for (int x = 0; x < gray.width; ++x) {
            const int value = gray.row(y)[x];
            image.scanLine(y)[x] = static_cast<uchar>(darkOnLight ? 255 - value : value);
        }
    }
    return image;
}

/// A seven drawn by QPainter, 60 % of the sheet high.
QImage drawnSeven(QSize size, const QColor& ground, const QColor& ink,
                  QImage::Format format = QImage::Format_ARGB32)
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = size.height() / 160.0;
    painter.setPen(QPen(ink, 13 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.translate(size.width() / 2.0 - 30 * unit, size.height() / 2.0 - 50 * unit);
    painter.scale(unit, unit);
    painter.setPen(QPen(ink, 13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{0, 0}, {60, 2}, {20, 100}});
    painter.drawLine(QPointF(15, 50), QPointF(55, 48));
    painter.end();
    return image.convertToFormat(format);
}

/// How far a picture of drawnSeven()'s seven is from what a pen's strokes give; 0–255, under 6 for a good
/// reading.
double distanceFromSeven(const GrayImage& ink)
{
    return meanDifference(normalizePicture(ink), normalizeInk(seven()));
}

/// Noise and a light that falls off towards one corner, as when a sheet is photographed at a desk.
QImage photographed(const QImage& sheet, double darkest, double noise)
{
    QImage photo = sheet.convertToFormat(QImage::Format_RGB32);
    Random random(12);
    for (int y = 0; y < photo.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(photo.scanLine(y));
        for (int x = 0; x < photo.width(); ++x) {
            const double away = (double(x) / photo.width() + double(y) / photo.height()) / 2;
            const double light = 0.95 - (0.95 - darkest) * away;
            const int value =
                std::clamp(static_cast<int>(qGray(line[x]) * light + noise * random.normal()), 0, 255);
            line[x] = qRgb(value, value, value * 9 / 10);
        }
    }
    return photo;
}

bool isBlank(const GrayImage& image)
{
    return std::all_of(image.pixels.begin(), image.pixels.end(),
                       [](std::uint8_t value) { return value == 0; });
}

} // namespace

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
    void lossyFilesAreRead_data();
    void lossyFilesAreRead();
    void photographsAreRead_data();
    void photographsAreRead();
    void photographOfRuledPaper();
    void tableBesideTheSheetIsNoInk();
    void sheetWithRoundCorners();
    void frameIsPeeledOff();
    void barThatFillsThePicture();
    void lowContrastIsStretched();
    void inkAtTheBorder();
    void picturesWithoutInk_data();
    void picturesWithoutInk();
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

void PictureFileTest::lossyFilesAreRead_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("quality");
    QTest::addColumn<bool>("darkOnLight");
    QTest::newRow("good") << QSize(300, 300) << 92 << true;
    QTest::newRow("middling") << QSize(300, 300) << 50 << true;
    QTest::newRow("bad") << QSize(300, 300) << 15 << true;
    QTest::newRow("light on dark") << QSize(300, 300) << 30 << false;
    QTest::newRow("small") << QSize(48, 48) << 75 << true;
    QTest::newRow("large") << QSize(3000, 2000) << 60 << false;
}

void PictureFileTest::lossyFilesAreRead()
{
    QFETCH(const QSize, size);
    QFETCH(const int, quality);
    QFETCH(const bool, darkOnLight);
    const QString file = path(QStringLiteral("lossy.jpg"));
    const QImage image =
        darkOnLight ? drawnSeven(size, Qt::white, Qt::black) : drawnSeven(size, Qt::black, Qt::white);
    QVERIFY(image.save(file, "jpg", quality));
    const auto ink = readPicture(file);
    QVERIFY(ink.ok());
    QVERIFY2(distanceFromSeven(*ink) < 6, qPrintable(QString::number(distanceFromSeven(*ink))));
}

void PictureFileTest::photographsAreRead_data()
{
    QTest::addColumn<double>("darkest");
    QTest::addColumn<double>("noise");
    QTest::addColumn<QColor>("ink");
    QTest::newRow("even light") << 0.9 << 3.0 << QColor(30, 30, 40);
    QTest::newRow("light from one side") << 0.45 << 3.0 << QColor(30, 30, 40);
    QTest::newRow("dim and noisy") << 0.4 << 7.0 << QColor(20, 20, 40);
    QTest::newRow("pencil") << 0.7 << 3.0 << QColor(120, 120, 120);
}

void PictureFileTest::photographsAreRead()
{
    QFETCH(const double, darkest);
    QFETCH(const double, noise);
    QFETCH(const QColor, ink);
    const QImage photo = photographed(drawnSeven({800, 600}, Qt::white, ink), darkest, noise);
    for (const bool lossy : {false, true}) {
        const double distance = distanceFromSeven(inkFromPicture(photo, lossy));
        QVERIFY2(distance < 6, qPrintable(QString::number(distance)));
    }
}

void PictureFileTest::photographOfRuledPaper()
{
    QImage sheet = drawnSeven({800, 600}, Qt::white, QColor(30, 30, 40));
    QPainter painter(&sheet);
    painter.setCompositionMode(QPainter::CompositionMode_Darken);
    for (int y = 20; y < sheet.height(); y += 45) {
        painter.fillRect(0, y, sheet.width(), 2, QColor(190, 200, 210));
    }
    painter.end();
    const double distance = distanceFromSeven(inkFromPicture(photographed(sheet, 0.5, 3), true));
    QVERIFY2(distance < 6, qPrintable(QString::number(distance)));
}

void PictureFileTest::tableBesideTheSheetIsNoInk()
{
    QImage sheet = drawnSeven({800, 600}, Qt::white, QColor(30, 30, 40));
    QPainter(&sheet).fillRect(QRect(740, 0, 60, 600), QColor(60, 40, 30));
    const double distance = distanceFromSeven(inkFromPicture(photographed(sheet, 0.6, 3), true));
    QVERIFY2(distance < 6, qPrintable(QString::number(distance)));
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

void PictureFileTest::frameIsPeeledOff()
{
    QImage framed = drawnSeven({240, 240}, Qt::white, Qt::black);
    QPainter painter(&framed);
    painter.setPen(QPen(Qt::black, 12));
    painter.drawRect(framed.rect().adjusted(5, 5, -6, -6));
    painter.end();
    QVERIFY(distanceFromSeven(inkFromPicture(framed, false)) < 3);
}

void PictureFileTest::barThatFillsThePicture()
{
    // A "1" cut out with a margin of two pixels: the margin is no frame.
    QImage bar(24, 104, QImage::Format_Grayscale8);
    bar.fill(Qt::black);
    QPainter(&bar).fillRect(QRect(2, 2, 20, 100), Qt::white);
    QVERIFY(!isBlank(inkFromPicture(bar, false)));
}

void PictureFileTest::lowContrastIsStretched()
{
    const GrayImage ink =
        inkFromPicture(drawnSeven({200, 200}, QColor(240, 240, 240), QColor(200, 200, 200)), false);
    QCOMPARE(int{*std::max_element(ink.pixels.begin(), ink.pixels.end())}, 255);
}

void PictureFileTest::inkAtTheBorder()
{
    // Cut close: the bar of the seven runs along the whole upper edge.
    QImage cut(100, 160, QImage::Format_Grayscale8);
    cut.fill(Qt::white);
    QPainter painter(&cut);
    painter.setPen(QPen(Qt::black, 20));
    painter.drawPolyline(QPolygonF{{0, 8}, {95, 8}, {40, 160}});
    painter.end();
    const GrayImage ink = inkFromPicture(cut, false);
    QCOMPARE(int{ink.row(5)[50]}, 255);
    QCOMPARE(int{ink.row(155)[5]}, 0);
}

void PictureFileTest::picturesWithoutInk_data()
{
    QTest::addColumn<QColor>("colour");
    QTest::addColumn<double>("noise");
    QTest::newRow("white") << QColor(Qt::white) << 0.0;
    QTest::newRow("black") << QColor(Qt::black) << 0.0;
    QTest::newRow("a colour") << QColor(200, 40, 90) << 0.0;
    QTest::newRow("nothing") << QColor(0, 0, 0, 0) << 0.0;
    QTest::newRow("a photographed sheet") << QColor(Qt::white) << 3.0;
    QTest::newRow("a noisy photograph of a sheet") << QColor(Qt::white) << 9.0;
}

void PictureFileTest::picturesWithoutInk()
{
    QFETCH(const QColor, colour);
    QFETCH(const double, noise);
    QImage sheet(320, 240, QImage::Format_ARGB32);
    sheet.fill(colour);
    if (noise > 0) {
        sheet = photographed(sheet, 0.6, noise);
    }
    for (const bool lossy : {false, true}) {
        QVERIFY(isBlank(inkFromPicture(sheet, lossy)));
    }
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
    // Two frames of 2 × 2 pixels: the first with its left column black, the second all white.
    const QByteArray gif = QByteArray::fromHex("474946383961020002008000000000 00ffffff"
                                               "21f90400000000002c00000000020002000002 0344825a00"
                                               "21f90400000000002c00000000020002000002 02 8c53003b");
    write(QStringLiteral("moving.gif"), gif);
    QImageReader reader(path(QStringLiteral("moving.gif")));
    if (reader.canRead()) {
        const auto ink = readPicture(path(QStringLiteral("moving.gif")));
        QVERIFY(ink.ok());
        QCOMPARE(ink->width, 2);
    }
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
