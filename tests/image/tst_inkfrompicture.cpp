#include "core/image/picturefile.h"
#include "tests/support/pictures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;
using namespace digitpad::test;

class InkFromPictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lossyFilesAreRead_data();
    void lossyFilesAreRead();
    void photographsAreRead_data();
    void photographsAreRead();
    void photographOfBroadStrokes();
    void photographOfRuledPaper();
    void tableBesideTheSheetIsNoInk();
    void picturesWithoutInk_data();
    void picturesWithoutInk();
    void lowContrastIsStretched();
    void inkAtTheBorder();
    void frameIsPeeledOff();
    void barThatFillsThePicture();
};

void InkFromPictureTest::lossyFilesAreRead_data()
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

void InkFromPictureTest::lossyFilesAreRead()
{
    QFETCH(const QSize, size);
    QFETCH(const int, quality);
    QFETCH(const bool, darkOnLight);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("lossy.jpg"));
    const QImage image =
        darkOnLight ? drawnSeven(size, Qt::white, Qt::black) : drawnSeven(size, Qt::black, Qt::white);
    QVERIFY(image.save(file, "jpg", quality));
    const auto ink = readPicture(file);
    QVERIFY(ink.ok());
    QVERIFY2(distanceFromSeven(*ink) < 6, qPrintable(QString::number(distanceFromSeven(*ink))));
}

void InkFromPictureTest::photographsAreRead_data()
{
    QTest::addColumn<double>("darkest");
    QTest::addColumn<double>("noise");
    QTest::addColumn<QColor>("ink");
    QTest::newRow("even light") << 0.9 << 3.0 << QColor(30, 30, 40);
    QTest::newRow("light from one side") << 0.45 << 3.0 << QColor(30, 30, 40);
    QTest::newRow("dim and noisy") << 0.4 << 7.0 << QColor(20, 20, 40);
    QTest::newRow("pencil") << 0.7 << 3.0 << QColor(120, 120, 120);
}

void InkFromPictureTest::photographsAreRead()
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

void InkFromPictureTest::photographOfBroadStrokes()
{
    QImage sheet(400, 400, QImage::Format_RGB32);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    painter.setPen(QPen(QColor(60, 60, 60), 45));
    painter.drawEllipse(QPoint(200, 110), 70, 70);
    painter.drawEllipse(QPoint(200, 270), 90, 90);
    painter.end();
    const GrayImage ink = inkFromPicture(photographed(sheet, 0.6, 3), true);
    QCOMPARE(ink.width, sheet.width());
    int drawn = 0;
    int found = 0;
    for (int y = 0; y < ink.height; ++y) {
        for (int x = 0; x < ink.width; ++x) {
            const bool inked = sheet.pixelColor(x, y).red() < 128;
            drawn += inked ? 1 : 0;
            found += inked && ink.row(y)[x] > 128 ? 1 : 0;
        }
    }
    QVERIFY2(found > 98 * drawn / 100, qPrintable(QStringLiteral("%1 of %2").arg(found).arg(drawn)));
}

void InkFromPictureTest::photographOfRuledPaper()
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

void InkFromPictureTest::tableBesideTheSheetIsNoInk()
{
    QImage sheet = drawnSeven({800, 600}, Qt::white, QColor(30, 30, 40));
    QPainter(&sheet).fillRect(QRect(740, 0, 60, 600), QColor(60, 40, 30));
    const double distance = distanceFromSeven(inkFromPicture(photographed(sheet, 0.6, 3), true));
    QVERIFY2(distance < 6, qPrintable(QString::number(distance)));
}

void InkFromPictureTest::picturesWithoutInk_data()
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

void InkFromPictureTest::picturesWithoutInk()
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

void InkFromPictureTest::lowContrastIsStretched()
{
    const GrayImage ink =
        inkFromPicture(drawnSeven({200, 200}, QColor(240, 240, 240), QColor(200, 200, 200)), false);
    QCOMPARE(int{*std::max_element(ink.pixels.begin(), ink.pixels.end())}, 255);
}

void InkFromPictureTest::inkAtTheBorder()
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

void InkFromPictureTest::frameIsPeeledOff()
{
    QImage framed = drawnSeven({240, 240}, Qt::white, Qt::black);
    QPainter painter(&framed);
    painter.setPen(QPen(Qt::black, 12));
    painter.drawRect(framed.rect().adjusted(5, 5, -6, -6));
    painter.end();
    QVERIFY(distanceFromSeven(inkFromPicture(framed, false)) < 3);
}

void InkFromPictureTest::barThatFillsThePicture()
{
    // A "1" cut out with a margin of two pixels: the margin is no frame.
    QImage bar(24, 104, QImage::Format_Grayscale8);
    bar.fill(Qt::black);
    QPainter(&bar).fillRect(QRect(2, 2, 20, 100), Qt::white);
    QVERIFY(!isBlank(inkFromPicture(bar, false)));
}

QTEST_GUILESS_MAIN(InkFromPictureTest)
#include "tst_inkfrompicture.moc"
