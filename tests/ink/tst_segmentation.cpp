#include "core/ink/segmentation.h"
#include "tests/support/samples.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <set>

using namespace digitpad;
using test::strokeOf;

Q_DECLARE_METATYPE(digitpad::Ink)

namespace {

using Groups = std::vector<std::set<std::size_t>>;

/// A recogniser that is as content with one grouping as with any other, so that shapes alone decide.
constexpr LineSegmentation::Reading anything{0.99, 0.99};

Groups groupsOf(const Ink& ink)
{
    Groups groups;
    for (const TextLine& line : textLines(strokeParts(ink))) {
        const LineSegmentation segmentation(line);
        const std::vector<LineSegmentation::Reading> readings(segmentation.hypotheses().size(), anything);
        for (const std::size_t index : segmentation.bestPath(readings)) {
            std::set<std::size_t> strokes;
            for (const std::size_t part : segmentation.hypotheses()[index].parts) {
                for (const PartPiece& piece : line.parts[part].pieces) {
                    strokes.insert(piece.index);
                }
            }
            groups.push_back(std::move(strokes));
        }
    }
    return groups;
}

using Points = std::initializer_list<std::pair<float, float>>;

/// Strokes of a digit about 60 × 100 units large, with its left side at `left`.
void add(Ink& ink, float left, std::initializer_list<Points> strokes, float scale = 1)
{
    for (const Points& points : strokes) {
        Stroke stroke;
        for (const auto& [x, y] : points) {
            stroke.points.push_back({left + scale * x, scale * y});
        }
        ink.add(std::move(stroke));
    }
}

void addCircle(Ink& ink, float x, float y, float radiusX, float radiusY)
{
    Stroke stroke;
    for (int i = 0; i <= 40; ++i) {
        const float angle = static_cast<float>(i) * 2 * std::numbers::pi_v<float> / 40;
        stroke.points.push_back({x + radiusX * std::sin(angle), y - radiusY * std::cos(angle)});
    }
    ink.add(std::move(stroke));
}

const Points oneLine = {{5, 0}, {5, 100}};
const Points threeLine = {{0, 10}, {50, 0}, {25, 45}, {55, 70}, {40, 100}, {0, 95}};
const Points fiveBody = {{5, 4}, {2, 45}, {40, 45}, {50, 75}, {30, 100}, {0, 95}};
const Points fiveBar = {{6, 2}, {55, 0}};
const Points fourAngle = {{30, 0}, {0, 60}, {60, 62}};
const Points fourStem = {{42, 30}, {40, 100}};
const Points sevenLine = {{0, 0}, {60, 2}, {20, 100}};
const Points sevenBar = {{15, 50}, {55, 48}};

Ink ink(std::initializer_list<std::pair<float, std::initializer_list<Points>>> digits)
{
    Ink result;
    for (const auto& [left, strokes] : digits) {
        add(result, left, strokes);
    }
    return result;
}

Ink slashedZero()
{
    Ink result;
    addCircle(result, 30, 50, 30, 50);
    add(result, 0, {{{55, 5}, {5, 95}}});
    add(result, 80, {oneLine});
    return result;
}

Ink eightOfTwoCircles()
{
    Ink result;
    addCircle(result, 30, 25, 20, 25);
    addCircle(result, 30, 76, 27, 24);
    return result;
}

Ink barDrawnLast()
{
    Ink result;
    add(result, 0, {fiveBody});
    add(result, 75, {oneLine});
    add(result, 110, {threeLine});
    add(result, 0, {{{6, 2}, {70, -4}}});
    return result;
}

Ink slanted()
{
    Ink result;
    for (int i = 0; i < 4; ++i) {
        add(result, static_cast<float>(30 * i), {{{50, 0}, {0, 100}}});
    }
    return result;
}

Ink differentSizes()
{
    Ink result;
    add(result, 0, {sevenLine, sevenBar});
    add(result, 80, {threeLine}, 0.75F);
    add(result, 140, {fiveBody, fiveBar}, 1.25F);
    return result;
}

Ink twoLines()
{
    Ink result = ink({{0, {threeLine}}, {80, {oneLine}}});
    for (const auto& source : ink({{10, {sevenLine}}, {85, {fourAngle, fourStem}}}).strokes) {
        Stroke stroke = *source;
        for (InkPoint& point : stroke.points) {
            point.y += 130;
        }
        result.add(std::move(stroke));
    }
    return result;
}

Ink withNoise()
{
    Ink result = ink({{0, {threeLine}}, {80, {sevenLine}}});
    for (const auto& [x, y] : Points{{70, 20}, {-30, 90}, {65, 60}, {200, 10}, {60, 300}}) {
        result.add(strokeOf({{x, y}, {x + 2, y + 1}}));
    }
    return result;
}

Ink unreadable()
{
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    Ink result = ink({{0, {threeLine}}});
    result.add(strokeOf({{nan, 3}, {7, infinity}}));
    result.add({});
    return result;
}

Ink oneDot()
{
    Ink result;
    result.add(strokeOf({{5, 5}}));
    return result;
}

Ink scribble(int strokes, float width, float height)
{
    Ink result;
    for (int i = 0; i < strokes; ++i) {
        const float x = std::fmod(static_cast<float>(i) * 0.754878F, 1.0F) * width;
        const float y = std::fmod(static_cast<float>(i) * 0.569840F, 1.0F) * height;
        result.add(strokeOf({{x, y}, {x + 30, y + 25}, {x - 10, y + 70}}));
    }
    return result;
}

Ink horizontalLine(float y)
{
    Ink result = ink({{0, {threeLine}}, {80, {sevenLine}}, {160, {threeLine}}});
    result.add(strokeOf({{-20, y}, {240, y + 3}}));
    return result;
}

} // namespace

class SegmentationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groups_data();
    void groups();
    void theRecogniserDecidesWhereShapesDoNot();
    void hypothesesAreBounded_data();
    void hypothesesAreBounded();
    void linesFromTopToBottom();
    void cutsLieBetweenTheDigits();
    void slicesKeepAllInk();
    void valleys_data();
    void valleys();
};

void SegmentationTest::groups_data()
{
    QTest::addColumn<Ink>("drawing");
    QTest::addColumn<Groups>("expected");
    QTest::newRow("nothing") << Ink() << Groups{};
    QTest::newRow("one stroke") << ink({{0, {threeLine}}}) << Groups{{0}};
    QTest::newRow("a dot") << oneDot() << Groups{{0}};
    QTest::newRow("a seven with a bar") << ink({{0, {sevenLine, sevenBar}}}) << Groups{{0, 1}};
    QTest::newRow("a seven with a bar between others")
        << ink({{0, {oneLine}}, {25, {sevenLine, sevenBar}}, {100, {oneLine}}}) << Groups{{0}, {1, 2}, {3}};
    QTest::newRow("two fours") << ink({{0, {fourAngle, fourStem}}, {75, {fourAngle, fourStem}}})
                               << Groups{{0, 1}, {2, 3}};
    QTest::newRow("two fives") << ink({{0, {fiveBody, fiveBar}}, {70, {fiveBody, fiveBar}}})
                               << Groups{{0, 1}, {2, 3}};
    QTest::newRow("a zero with a slash before a one") << slashedZero() << Groups{{0, 1}, {2}};
    QTest::newRow("an eight of two circles") << eightOfTwoCircles() << Groups{{0, 1}};
    QTest::newRow("a bar drawn last") << barDrawnLast() << Groups{{0, 3}, {1}, {2}};
    QTest::newRow("slanted, with overlapping boxes") << slanted() << Groups{{0}, {1}, {2}, {3}};
    QTest::newRow("different sizes") << differentSizes() << Groups{{0, 1}, {2}, {3, 4}};
    QTest::newRow("two lines") << twoLines() << Groups{{0}, {1}, {2}, {3, 4}};
    QTest::newRow("dots") << withNoise() << Groups{{0}, {1}};
    QTest::newRow("underlined") << horizontalLine(115) << Groups{{0}, {1}, {2}};
    QTest::newRow("points that are no numbers") << unreadable() << Groups{{0}};
}

void SegmentationTest::groups()
{
    QFETCH(Ink, drawing);
    QTEST(groupsOf(drawing), "expected");
}

void SegmentationTest::theRecogniserDecidesWhereShapesDoNot()
{
    // An open four whose stem stands a little apart: an angle and a one, or a four?
    Ink drawing;
    add(drawing, 0, {{{15, 0}, {0, 55}, {35, 57}}, {{42, 10}, {40, 100}}});
    const std::vector<TextLine> lines = textLines(strokeParts(drawing));
    QCOMPARE(lines.size(), std::size_t{1});
    const LineSegmentation segmentation(lines.front());
    const auto digitsWhere = [&](double alone, double together) {
        std::vector<LineSegmentation::Reading> readings;
        for (const Hypothesis& hypothesis : segmentation.hypotheses()) {
            const double confidence = hypothesis.parts.size() == 1 ? alone : together;
            readings.push_back({confidence, confidence});
        }
        return segmentation.bestPath(readings).size();
    };
    QCOMPARE(segmentation.hypotheses().size(), std::size_t{3});
    QCOMPARE(digitsWhere(0.4, 0.99), std::size_t{1});
    QCOMPARE(digitsWhere(0.999, 0.02), std::size_t{2});
}

void SegmentationTest::hypothesesAreBounded_data()
{
    QTest::addColumn<Ink>("drawing");
    QTest::newRow("a scribble on one place") << scribble(10'000, 40, 40);
    QTest::newRow("a scribble over a line") << scribble(10'000, 1000, 40);
    QTest::newRow("all over the pad") << scribble(10'000, 1000, 1000);
    Ink dots;
    for (int i = 0; i < 10'000; ++i) {
        dots.add(strokeOf({{static_cast<float>(i % 100) * 10, static_cast<float>(i / 100) * 10}}));
    }
    QTest::newRow("dots alone") << dots;
    dots.add(strokeOf({{0, 0}, {30, 500}}));
    QTest::newRow("dots and a digit") << dots;
}

void SegmentationTest::hypothesesAreBounded()
{
    QFETCH(Ink, drawing);
    QElapsedTimer timer;
    timer.start();
    std::size_t parts = 0;
    for (const TextLine& line : textLines(strokeParts(drawing))) {
        parts += line.parts.size();
        if (line.parts.size() < 1000) {
            const LineSegmentation segmentation(line);
            QVERIFY(segmentation.hypotheses().size() <= line.parts.size() * LineSegmentation::mostForEach);
            const std::vector<LineSegmentation::Reading> readings(segmentation.hypotheses().size(), anything);
            QVERIFY(!segmentation.bestPath(readings).empty());
        }
    }
    QVERIFY(parts > 0);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

void SegmentationTest::linesFromTopToBottom()
{
    const std::vector<TextLine> lines = textLines(strokeParts(twoLines()));
    QCOMPARE(lines.size(), std::size_t{2});
    QCOMPARE(lines[0].parts.size(), std::size_t{2});
    QCOMPARE(lines[1].parts.size(), std::size_t{3});
    QVERIFY(lines[0].parts[0].box.bottom < lines[1].parts[0].box.top);
    QVERIFY(lines[0].height > 90 && lines[0].height < 110);
}

void SegmentationTest::cutsLieBetweenTheDigits()
{
    // Two circles from their feet, without lifting the pen between them.
    Stroke joinedUp;
    for (const float centre : {30.0F, 110.0F}) {
        for (int i = 0; i <= 40; ++i) {
            const float angle = static_cast<float>(i) * 2 * std::numbers::pi_v<float> / 40;
            joinedUp.points.push_back({centre - 30 * std::sin(angle), 50 + 50 * std::cos(angle)});
        }
    }
    Ink drawing;
    drawing.add(joinedUp);
    const std::vector<InkPart> parts = strokeParts(drawing);
    QCOMPARE(parts.size(), std::size_t{1});
    const std::vector<float> cuts = cutsOf(drawing, parts.front(), 15, 1);
    QCOMPARE(cuts.size(), std::size_t{1});
    QVERIFY2(cuts[0] > 55 && cuts[0] < 85, qPrintable(QString::number(double{cuts[0]})));
}

void SegmentationTest::slicesKeepAllInk()
{
    const Ink drawing = ink({{0, {{{0, 0}, {90, 0}, {0, 60}, {90, 60}}}}});
    const InkPart part = strokeParts(drawing).front();
    const std::vector<InkPart> cut = slices(drawing, part, std::vector<float>{30, 60}, 4);
    QCOMPARE(cut.size(), std::size_t{3});
    const auto lengthOf = [](const Ink& ink) {
        double length = 0;
        for (const auto& stroke : ink.strokes) {
            for (std::size_t i = 1; i < stroke->points.size(); ++i) {
                const InkPoint& a = stroke->points[i - 1];
                const InkPoint& b = stroke->points[i];
                length += std::hypot(double{b.x} - double{a.x}, double{b.y} - double{a.y});
            }
        }
        return length;
    };
    double length = 0;
    for (std::size_t i = 0; i < cut.size(); ++i) {
        QCOMPARE(cut[i].cut, 4);
        QCOMPARE(cut[i].box.left, static_cast<float>(30 * i));
        QCOMPARE(cut[i].box.right, static_cast<float>(30 * i + 30));
        const Ink slice = inkOf(drawing, cut[i].pieces);
        QCOMPARE(slice.strokes.size(), std::size_t(i == 1 ? 3 : 2)); // The turns are outside.
        length += lengthOf(slice);
    }
    QVERIFY(std::abs(length - lengthOf(drawing)) < 0.01);
}

void SegmentationTest::valleys_data()
{
    QTest::addColumn<std::vector<double>>("profile");
    QTest::addColumn<std::size_t>("distance");
    QTest::addColumn<std::size_t>("most");
    QTest::addColumn<std::vector<std::size_t>>("expected");
    using Profile = std::vector<double>;
    using Indices = std::vector<std::size_t>;
    const auto row = [](const char* name, const Profile& profile, std::size_t distance, std::size_t most,
                        const Indices& expected) {
        QTest::newRow(name) << profile << distance << most << expected;
    };
    row("empty", {}, 1, 3, {});
    row("flat", {2, 2, 2, 2, 2}, 1, 3, {});
    row("a slope", {1, 2, 3, 4, 5}, 1, 3, {});
    row("one", {3, 2, 1, 2, 3}, 1, 1, {2});
    row("the middle of a flat one", {3, 1, 1, 1, 1, 1, 3}, 1, 1, {3});
    row("the deepest of two", {5, 2, 5, 1, 5}, 1, 1, {3});
    row("both", {5, 2, 5, 1, 5}, 1, 2, {1, 3});
    row("too near each other", {5, 2, 5, 1, 5, 5}, 3, 2, {});
    row("too near the end", {5, 1, 5, 5, 2, 5, 5}, 2, 2, {4});
}

void SegmentationTest::valleys()
{
    QFETCH(std::vector<double>, profile);
    QFETCH(std::size_t, distance);
    QFETCH(std::size_t, most);
    QTEST(valleysOf(profile, distance, most), "expected");
}

QTEST_APPLESS_MAIN(SegmentationTest)
#include "tst_segmentation.moc"
