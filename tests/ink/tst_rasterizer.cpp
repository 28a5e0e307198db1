#include "core/ink/rasterizer.h"
#include "tests/support/samples.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numbers>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// Ink in whole pixels.
double inkSum(const GrayImage& picture)
{
    double sum = 0;
    for (const std::uint8_t value : picture.pixels) {
        sum += value / 255.0;
    }
    return sum;
}

double inkSum(const DigitPatch& patch)
{
    double sum = 0;
    for (const std::uint8_t value : patch.pixels) {
        sum += value / 255.0;
    }
    return sum;
}

} // namespace

class RasterizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coversTheAreaOfTheLine_data();
    void coversTheAreaOfTheLine();
    void beginsAtTheCorner();
    void isTheSameBackwards();
    void mergedPointsDrawTheSame();
    void overlapsCountOnce();
    void drawsBrushWidths_data();
    void drawsBrushWidths();
    void keepsThePictureBelow();
    void cutsWhatLiesOutside_data();
    void cutsWhatLiesOutside();
    void drawsOnNothing();
};

void RasterizerTest::coversTheAreaOfTheLine_data()
{
    QTest::addColumn<float>("x");
    QTest::addColumn<float>("y");
    QTest::addColumn<double>("length");
    QTest::newRow("down") << 0.0F << 10.0F << 17.5;
    QTest::newRow("up") << 0.0F << -10.0F << 17.5;
    QTest::newRow("across") << 10.0F << 0.0F << 17.5;
    QTest::newRow("diagonal") << 10.0F << 10.0F << 17.5 * std::numbers::sqrt2;
    QTest::newRow("steep") << -5.0F << 10.0F << 17.5 * std::sqrt(1.25);
    QTest::newRow("almost level") << 1000.0F << 1.0F << 17.5;
}

void RasterizerTest::coversTheAreaOfTheLine()
{
    QFETCH(const float, x);
    QFETCH(const float, y);
    QFETCH(const double, length);
    Ink ink;
    ink.add(strokeOf({{0, 0}, {x, y}}));
    const double pen = 2.5;
    const double area = length * pen + std::numbers::pi * pen * pen / 4;
    QVERIFY(std::abs(inkSum(rasterizedPatch(ink, pen)) - area) < 0.01 * area);
}

void RasterizerTest::beginsAtTheCorner()
{
    const DigitPatch patch = rasterizedPatch(seven(3, 700, -40));
    int left = patchSide;
    int top = patchSide;
    int bottom = 0;
    for (int y = 0; y < patchSide; ++y) {
        for (int x = 0; x < patchSide; ++x) {
            if (patch.at(x, y) > 0) {
                left = std::min(left, x);
                top = std::min(top, y);
                bottom = y;
            }
        }
    }
    QCOMPARE(left, 0);
    QCOMPARE(top, 0);
    QCOMPARE(bottom, patchSide - 1);
}

void RasterizerTest::isTheSameBackwards()
{
    Ink forwards;
    forwards.add(strokeOf({{0, 0}, {50, 13}, {70, 90}}));
    Ink backwards;
    backwards.add(strokeOf({{70, 90}, {50, 13}, {0, 0}}));
    QVERIFY(rasterizedPatch(forwards).pixels == rasterizedPatch(backwards).pixels);
}

void RasterizerTest::mergedPointsDrawTheSame()
{
    // A circle of 100,000 points against one of 360.
    const auto circle = [](int points) {
        Stroke stroke;
        for (int i = 0; i <= points; ++i) {
            const double angle = 2 * std::numbers::pi * i / points;
            stroke.points.push_back(
                {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))});
        }
        Ink ink;
        ink.add(std::move(stroke));
        return rasterizedPatch(ink);
    };
    const DigitPatch fine = circle(100'000);
    const DigitPatch coarse = circle(360);
    for (std::size_t i = 0; i < fine.pixels.size(); ++i) {
        QVERIFY(std::abs(int{fine.pixels[i]} - int{coarse.pixels[i]}) <= 6);
    }
}

void RasterizerTest::overlapsCountOnce()
{
    Ink once;
    once.add(strokeOf({{0, 0}, {40, 100}}));
    Ink twice = once;
    twice.add(strokeOf({{0, 0}, {40, 100}}));
    QVERIFY(rasterizedPatch(once).pixels == rasterizedPatch(twice).pixels);
}

void RasterizerTest::drawsBrushWidths_data()
{
    QTest::addColumn<float>("width");
    QTest::addColumn<double>("scale");
    QTest::addColumn<double>("drawn");
    QTest::newRow("as it is") << 10.0F << 1.0 << 10.0;
    QTest::newRow("scaled up") << 4.0F << 2.0 << 8.0;
    QTest::newRow("scaled below a pixel") << 4.0F << 0.1 << 1.0;
    QTest::newRow("unknown") << 0.0F << 1.0 << 1.0;
    QTest::newRow("no number") << std::numeric_limits<float>::quiet_NaN() << 1.0 << 1.0;
}

void RasterizerTest::drawsBrushWidths()
{
    QFETCH(const float, width);
    QFETCH(const double, scale);
    QFETCH(const double, drawn);
    Ink ink;
    const auto from = static_cast<float>(50 / scale);
    const auto to = static_cast<float>(150 / scale);
    ink.add(strokeOf({{from, from}, {from, to}}, width));
    GrayImage picture(200, 200);
    drawInk(picture, ink, scale);
    double across = 0;
    for (int x = 0; x < picture.width; ++x) {
        across += picture.row(100)[x] / 255.0;
    }
    QVERIFY2(std::abs(across - drawn) < 0.02, qPrintable(QString::number(across)));
    QCOMPARE(int{picture.row(100)[20]}, 0);
    const double area = 100 * drawn + std::numbers::pi * drawn * drawn / 4;
    QVERIFY(std::abs(inkSum(picture) - area) < 0.02 * area + 0.5);
}

void RasterizerTest::keepsThePictureBelow()
{
    GrayImage picture(100, 100);
    std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{77});
    Ink ink;
    ink.add(strokeOf({{50, 50}}, 20));
    drawInk(picture, ink, 1);
    QCOMPARE(int{picture.row(50)[50]}, 255);
    QCOMPARE(int{picture.row(10)[10]}, 77);
    QCOMPARE(int{*std::min_element(picture.pixels.begin(), picture.pixels.end())}, 77);
}

void RasterizerTest::cutsWhatLiesOutside_data()
{
    QTest::addColumn<float>("fromX");
    QTest::addColumn<float>("toX");
    QTest::addColumn<float>("y");
    QTest::addColumn<bool>("seen");
    QTest::newRow("through the picture") << -1e7F << 1e7F << 20.0F << true;
    QTest::newRow("over the edge") << 20.0F << 500.0F << 0.0F << true;
    QTest::newRow("above") << -10.0F << 90.0F << -30.0F << false;
    QTest::newRow("below") << -10.0F << 90.0F << 80.0F << false;
    QTest::newRow("to the left") << -200.0F << -100.0F << 20.0F << false;
    QTest::newRow("to the right") << 100.0F << 3e38F << 20.0F << false;
}

void RasterizerTest::cutsWhatLiesOutside()
{
    QFETCH(const float, fromX);
    QFETCH(const float, toX);
    QFETCH(const float, y);
    QFETCH(const bool, seen);
    Ink ink;
    ink.add(strokeOf({{fromX, y}, {toX, y}}, 8));
    GrayImage picture(60, 40);
    drawInk(picture, ink, 1);
    QCOMPARE(inkSum(picture) > 0, seen);
}

void RasterizerTest::drawsOnNothing()
{
    GrayImage picture;
    drawInk(picture, seven(), 1);
    QVERIFY(picture.empty());
}

QTEST_APPLESS_MAIN(RasterizerTest)
#include "tst_rasterizer.moc"
