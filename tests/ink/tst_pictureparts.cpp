#include "core/ink/pictureparts.h"
#include "core/ink/rasterizer.h"
#include "tests/support/samples.h"

#include <QTest>

#include <numeric>
#include <string_view>

using namespace digitpad;
using test::strokeOf;

namespace {

/// Rows of the same length; a blank is paper, a figure n is n × 28 of 255.
GrayImage picture(std::initializer_list<std::string_view> rows)
{
    GrayImage image(static_cast<int>(rows.begin()->size()), static_cast<int>(rows.size()));
    int y = 0;
    for (const std::string_view row : rows) {
        for (int x = 0; x < image.width; ++x) {
            const char c = row[static_cast<std::size_t>(x)];
            image.row(y)[x] = static_cast<std::uint8_t>(c == ' ' ? 0 : (c - '0') * 28);
        }
        ++y;
    }
    return image;
}

} // namespace

Q_DECLARE_METATYPE(digitpad::GrayImage)

class PicturePartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patches_data();
    void patches();
    void eachPatchIsDrawnAlone();
    void slicesPartThePixels();
    void cutsLieInTheValley();
};

void PicturePartsTest::patches_data()
{
    QTest::addColumn<GrayImage>("image");
    QTest::addColumn<std::size_t>("expected");
    QTest::newRow("empty") << GrayImage() << std::size_t{0};
    QTest::newRow("paper") << GrayImage(5, 5) << std::size_t{0};
    QTest::newRow("one pixel") << picture({"9"}) << std::size_t{1};
    QTest::newRow("two") << picture({"9 9", "9 9"}) << std::size_t{2};
    QTest::newRow("corners touch") << picture({"9  ", " 9 ", "  9"}) << std::size_t{1};
    QTest::newRow("soft edges touch") << picture({"29929929", "29922992"}) << std::size_t{2};
    QTest::newRow("a bright bridge") << picture({"29955992", "29922992"}) << std::size_t{1};
    QTest::newRow("a pale line") << picture({"33333333"}) << std::size_t{1};
    QTest::newRow("a line that fades and comes back") << picture({"9965456799"}) << std::size_t{1};
    QTest::newRow("a smear") << picture({"1111", "1111"}) << std::size_t{0};
}

void PicturePartsTest::patches()
{
    QFETCH(GrayImage, image);
    const PicturePatches patches(image);
    QTEST(patches.parts().size(), "expected");
}

void PicturePartsTest::eachPatchIsDrawnAlone()
{
    // The boxes overlap; only the own pixels may show.
    const GrayImage image = picture({"9   9", "9  9 ", "9 9  ", "9    ", "99999"});
    const PicturePatches patches(image);
    QCOMPARE(patches.parts().size(), std::size_t{2});
    PixelBox box;
    const GrayImage angle = patches.inkOf(patches.parts()[0].pieces, &box);
    QCOMPARE(angle, picture({"9    ", "9    ", "9    ", "9    ", "99999"}));
    const GrayImage slash = patches.inkOf(patches.parts()[1].pieces, &box);
    QCOMPARE(slash, picture({"  9", " 9 ", "9  "}));
    QCOMPARE(box.left, 2);
    QCOMPARE(box.top, 0);
    const InkPart both = joined(patches.parts()[0], patches.parts()[1]);
    QCOMPARE(patches.inkOf(both.pieces), image);
}

void PicturePartsTest::slicesPartThePixels()
{
    GrayImage image(120, 60);
    Ink ink;
    ink.add(strokeOf({{10, 10}, {110, 50}, {110, 10}, {10, 50}}, 6));
    drawInk(image, ink, 1);
    const PicturePatches patches(image);
    QCOMPARE(patches.parts().size(), std::size_t{1});
    const std::vector<InkPart> slices = patches.slices(patches.parts()[0], std::vector<float>{40, 80}, 2);
    QCOMPARE(slices.size(), std::size_t{3});
    const auto inkIn = [](const GrayImage& part) {
        return std::accumulate(part.pixels.begin(), part.pixels.end(), 0L);
    };
    long sum = 0;
    for (const InkPart& slice : slices) {
        QVERIFY(!slice.places.empty() && slice.places.size() <= InkPart::mostPlaces);
        sum += inkIn(patches.inkOf(slice.pieces));
    }
    QCOMPARE(sum, inkIn(image));
    QCOMPARE(slices[0].box.right, 40.0F);
    QCOMPARE(slices[1].box.left, 40.0F);
}

void PicturePartsTest::cutsLieInTheValley()
{
    GrayImage image(140, 70);
    Ink ink;
    ink.add(strokeOf({{10, 10}, {60, 10}, {60, 60}, {10, 60}, {10, 10}}, 6));
    ink.add(strokeOf({{80, 10}, {130, 10}, {130, 60}, {80, 60}, {80, 10}}, 6));
    ink.add(strokeOf({{60, 35}, {80, 35}}, 6));
    drawInk(image, ink, 1);
    const PicturePatches patches(image);
    QCOMPARE(patches.parts().size(), std::size_t{1});
    const std::vector<float> cuts = patches.cutsOf(patches.parts()[0], 9, 1);
    QCOMPARE(cuts.size(), std::size_t{1});
    QVERIFY(cuts[0] > 63 && cuts[0] < 77);
}

QTEST_APPLESS_MAIN(PicturePartsTest)
#include "tst_pictureparts.moc"
