#include "ui/gallery/gallerygrid.h"
#include "ui/gallery/galleryselection.h"
#include "ui/gallery/gallerythumbnails.h"

#include <QTest>

#include <array>
#include <numeric>

using namespace digitpad;

class GalleryGridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsFillTheWidth_data();
    void cellsFillTheWidth();
    void everyPlaceIsInItsCell();
    void blockOfARectangle();
    void narrowViewsHaveOneColumn();
    void hugeGridsDoNotOverflow();
    void emptyGrid();
    void selectsRanges();
    void bandsAddToWhatIsBeneath();
    void thumbnailsAtTheirOwnSizeAreTheBytes();
    void enlargedThumbnailsLieBetweenTheirPixels();
    void thumbnailsAreKeptAndForgotten();
    void thumbnailsOfAFrameAreNotEndless();
};

void GalleryGridTest::cellsFillTheWidth_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("columns");
    QTest::newRow("even") << 100 << 10;
    QTest::newRow("a pixel short") << 99 << 9;
    QTest::newRow("uneven") << 107 << 10;
}

void GalleryGridTest::cellsFillTheWidth()
{
    QFETCH(int, width);
    QFETCH(int, columns);
    const GalleryGrid grid(95, {10, 12}, width);
    QCOMPARE(grid.columns(), columns);
    QCOMPARE(grid.rows(), (95 + columns - 1) / columns);
    QCOMPARE(grid.height(), grid.rows() * 12);
    int right = 0;
    for (int i = 0; i < columns; ++i) {
        const QRect cell = grid.cell(i);
        QCOMPARE(cell.left(), right);
        QVERIFY(cell.width() >= 10 && cell.width() <= 11 + width % 10);
        QCOMPARE(cell.top(), 0);
        right = cell.right() + 1;
    }
    QCOMPARE(right, width);
    QCOMPARE(grid.cell(columns).topLeft(), QPoint(0, 12));
}

void GalleryGridTest::everyPlaceIsInItsCell()
{
    const GalleryGrid grid(23, {10, 12}, 107);
    for (int y = -1; y < grid.height() + 1; ++y) {
        for (int x = -1; x < 109; ++x) {
            const int index = grid.indexAt({x, y});
            if (index >= 0) {
                QVERIFY(grid.cell(index).contains(x, y));
            } else {
                for (int i = 0; i < 23; ++i) {
                    QVERIFY(!grid.cell(i).contains(x, y));
                }
            }
        }
    }
}

void GalleryGridTest::blockOfARectangle()
{
    const GalleryGrid grid(95, {10, 10}, 100);
    QCOMPARE(grid.block({0, 0, 1, 1}), (GalleryGrid::Block{0, 0, 0, 0}));
    QCOMPARE(grid.block({15, 25, 20, 10}), (GalleryGrid::Block{2, 3, 1, 3}));
    QCOMPARE(grid.block({-50, -50, 1000, 1000}), (GalleryGrid::Block{0, 9, 0, 9}));
    QCOMPARE(grid.block({0, 200, 10, 10}), GalleryGrid::Block());
}

void GalleryGridTest::narrowViewsHaveOneColumn()
{
    const GalleryGrid grid(3, {10, 10}, 4);
    QCOMPARE(grid.columns(), 1);
    QCOMPARE(grid.cell(2), QRect(0, 20, 10, 10));
    QCOMPARE(grid.indexAt({3, 25}), 2);
}

void GalleryGridTest::hugeGridsDoNotOverflow()
{
    const GalleryGrid grid(std::numeric_limits<int>::max() - 1000, {100, 120}, 100);
    QVERIFY(grid.height() > 0);
    QVERIFY(grid.cell(grid.count() - 1).bottom() > 0);
}

void GalleryGridTest::emptyGrid()
{
    const GalleryGrid grid(0, {10, 10}, 100);
    QCOMPARE(grid.height(), 0);
    QCOMPARE(grid.indexAt({0, 0}), -1);
    QCOMPARE(grid.block({0, 0, 100, 100}), GalleryGrid::Block());
}

void GalleryGridTest::selectsRanges()
{
    GallerySelection selection;
    selection.reset(10);
    selection.selectOnly(3);
    selection.selectTo(5, false);
    QCOMPARE(selection.indices(), (std::vector<int>{3, 4, 5}));
    selection.selectTo(1, false);
    QCOMPARE(selection.indices(), (std::vector<int>{1, 2, 3}));
    selection.toggle(8);
    selection.selectTo(9, true);
    QCOMPARE(selection.indices(), (std::vector<int>{1, 2, 3, 8, 9}));
    QCOMPARE(selection.count(), 5);
    selection.toggle(9);
    QCOMPARE(selection.count(), 4);
    selection.selectAll();
    QCOMPARE(selection.count(), 10);
    selection.select({4, 17, -1});
    QCOMPARE(selection.indices(), (std::vector<int>{4}));
    selection.reset(2);
    QCOMPARE(selection.count(), 0);
    QCOMPARE(selection.current(), -1);
}

void GalleryGridTest::bandsAddToWhatIsBeneath()
{
    const GalleryGrid grid(8, {10, 10}, 30);
    GallerySelection selection;
    selection.reset(8);
    selection.selectOnly(0);
    selection.beginBand(true);
    selection.setBand(grid, grid.block({12, 5, 10, 30}));
    QCOMPARE(selection.indices(), (std::vector<int>{0, 1, 2, 4, 5, 7}));
    selection.setBand(grid, grid.block({12, 5, 2, 2}));
    QCOMPARE(selection.indices(), (std::vector<int>{0, 1}));
    selection.beginBand(false);
    selection.setBand(grid, grid.block({12, 25, 20, 2}));
    QCOMPARE(selection.indices(), (std::vector<int>{7})); // The last row is not full.
}

void GalleryGridTest::thumbnailsAtTheirOwnSizeAreTheBytes()
{
    std::array<std::uint8_t, 784> pixels{};
    std::iota(pixels.begin(), pixels.end(), std::uint8_t{0});
    const QImage image = ThumbnailMaker(28, Qt::white).make(pixels.data());
    QCOMPARE(image.size(), QSize(28, 28));
    for (int y = 0; y < 28; ++y) {
        for (int x = 0; x < 28; ++x) {
            QCOMPARE(qAlpha(image.pixel(x, y)), int{pixels[static_cast<std::size_t>(y * 28 + x)]});
        }
    }
}

void GalleryGridTest::enlargedThumbnailsLieBetweenTheirPixels()
{
    std::array<std::uint8_t, 784> pixels{};
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] = i % 28 < 14 ? 0 : 200;
    }
    const QImage image = ThumbnailMaker(56, Qt::red).make(pixels.data());
    QCOMPARE(qAlpha(image.pixel(0, 30)), 0);
    QCOMPARE(qAlpha(image.pixel(26, 30)), 0);
    QCOMPARE(qAlpha(image.pixel(27, 30)), 50); // A quarter of the way from pixel 13 to 14.
    QCOMPARE(qAlpha(image.pixel(28, 30)), 150);
    QCOMPARE(qAlpha(image.pixel(55, 55)), 200);
    QCOMPARE(image.pixelColor(40, 3).red(), 255);
    QCOMPARE(image.pixelColor(40, 3).green(), 0);
}

void GalleryGridTest::thumbnailsAreKeptAndForgotten()
{
    std::array<std::uint8_t, 784> pixels{};
    GalleryThumbnails thumbnails;
    thumbnails.prepare(28, Qt::black);
    QCOMPARE(qAlpha(thumbnails.image(3, pixels.data())->pixel(0, 0)), 0);
    pixels.fill(255);
    QCOMPARE(qAlpha(thumbnails.image(3, pixels.data())->pixel(0, 0)), 0);
    thumbnails.forget(2, 3);
    QCOMPARE(qAlpha(thumbnails.image(3, pixels.data())->pixel(0, 0)), 255);
    pixels.fill(7);
    thumbnails.prepare(42, Qt::black);
    QCOMPARE(qAlpha(thumbnails.image(3, pixels.data())->pixel(0, 0)), 7);
}

void GalleryGridTest::thumbnailsOfAFrameAreNotEndless()
{
    const std::array<std::uint8_t, 784> pixels{};
    GalleryThumbnails thumbnails;
    thumbnails.prepare(336, Qt::black);
    int made = 0;
    while (made < 1'000 && thumbnails.image(made, pixels.data()) != nullptr) {
        ++made;
    }
    QVERIFY2(made > 5 && made < 100, qPrintable(QString::number(made)));
    QVERIFY(thumbnails.image(0, pixels.data()) != nullptr); // It is there already.
    thumbnails.beginFrame();
    QVERIFY(thumbnails.image(made, pixels.data()) != nullptr);
}

QTEST_APPLESS_MAIN(GalleryGridTest)
#include "tst_gallerygrid.moc"
