#include "core/data/lookalikes.h"
#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"
#include "core/image/normalizer.h"
#include "tests/support/samples.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>

using namespace digitpad;
using namespace digitpad::test;

namespace {

bool isFinite(const Ink& ink)
{
    return std::all_of(ink.strokes.begin(), ink.strokes.end(), [](const auto& stroke) {
        return !stroke->points.empty() &&
               std::all_of(stroke->points.begin(), stroke->points.end(), [](const InkPoint& point) {
                   return std::isfinite(point.x) && std::isfinite(point.y);
               });
    });
}

} // namespace

class TestSyntheticNoDigits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shapesAreNoLookAlikes();
    void shapesCanBeDrawn();
    void imagesFollowMnistsRule();
    void imagesVary();
    void sameSeedSameImages();
    void canBeCancelled();
    void fewAreNextToADigit();
};

void TestSyntheticNoDigits::shapesAreNoLookAlikes()
{
    std::set<std::string_view> names;
    int letters = 0;
    for (const DigitStyle& shape : noDigitShapes()) {
        const QString name = QString::fromUtf8(shape.name.data(), static_cast<qsizetype>(shape.name.size()));
        QVERIFY2(names.insert(shape.name).second, qPrintable(name));
        QVERIFY2(!looksLikeADigit(name), qPrintable(name));
        letters += name.size() == 1 ? 1 : 0;
    }
    QVERIFY(letters >= 25);
    QVERIFY(names.size() >= 50);
}

void TestSyntheticNoDigits::shapesCanBeDrawn()
{
    Random random(1);
    for (const DigitStyle& shape : noDigitShapes()) {
        QVERIFY(shape.share > 0 && !shape.strokes.empty());
        for (const StyleStroke& stroke : shape.strokes) {
            QVERIFY(stroke.size() >= 2);
            for (const StyleKnot& knot : stroke) {
                QVERIFY(knot.x >= -5 && knot.x <= 105 && knot.y >= -5 && knot.y <= 105);
            }
        }
        QVERIFY(isFinite(syntheticDigit(shape, random)));
    }
}

void TestSyntheticNoDigits::imagesFollowMnistsRule()
{
    const DigitSet set = syntheticNoDigits(2000, 3, {});
    QCOMPARE(set.size(), std::size_t{2000});
    int dots = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        QCOMPARE(int{set.labels[i]}, noDigitLabel);
        const DigitImage image = set.digitImage(i);
        QVERIFY(!image.blank());
        const Box box = inkOf(image);
        const bool atTheEdge = std::min(box.left, box.top) == 0 || std::max(box.right, box.bottom) == 27;
        QVERIFY(isCentred(image) || atTheEdge);
        const bool isDot = box.longerSide() <= 6;
        QVERIFY(isDot || box.longerSide() == 20);
        dots += isDot ? 1 : 0;
    }
    QVERIFY2(dots > 0 && dots < 60, qPrintable(QString::number(dots)));
}

void TestSyntheticNoDigits::imagesVary()
{
    const DigitSet set = syntheticNoDigits(1000, 4, {});
    std::set<std::string> different;
    for (std::size_t i = 0; i < set.size(); ++i) {
        const std::uint8_t* image = set.image(i);
        different.insert(std::string(image, image + digitPixels));
    }
    QVERIFY2(different.size() > 970, qPrintable(QString::number(different.size())));
}

void TestSyntheticNoDigits::sameSeedSameImages()
{
    QCOMPARE(syntheticNoDigits(300, 5, {}).images, syntheticNoDigits(300, 5, {}).images);
    QVERIFY(syntheticNoDigits(300, 5, {}).images != syntheticNoDigits(300, 6, {}).images);
}

void TestSyntheticNoDigits::canBeCancelled()
{
    int questions = 0;
    const DigitSet set = syntheticNoDigits(10'000, 1, [&questions] { return ++questions < 3; });
    QVERIFY(set.size() > 0 && set.size() < 1000);
}

/// The nearest neighbour among as many digits and others is a digit for a few only, or digits would be turned
/// away for their likes.
void TestSyntheticNoDigits::fewAreNextToADigit()
{
    const DigitSet digits = syntheticDigits(1500, 7, {});
    const DigitSet others = syntheticNoDigits(1500, 8, {});
    const DigitSet asked = syntheticNoDigits(200, 9, {});
    const auto nearest = [](const DigitImage& image, const DigitSet& set) {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < set.size(); ++i) {
            least = std::min(least, meanDifference(image, set.digitImage(i)));
        }
        return least;
    };
    int digitLike = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const DigitImage image = asked.digitImage(i);
        digitLike += nearest(image, digits) < nearest(image, others) ? 1 : 0;
    }
    QVERIFY2(digitLike <= 30, qPrintable(QString::number(digitLike)));
}

QTEST_GUILESS_MAIN(TestSyntheticNoDigits)
#include "tst_syntheticnodigits.moc"
