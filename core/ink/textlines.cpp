#include "core/ink/textlines.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace digitpad {

namespace {

using Parts = std::vector<InkPart>;

/// A part at least this much as high as the highest is a digit's body, not a bar.
constexpr double tallPart = 0.4;
/// Smaller than this part of the line's height, either way, is a dot.
constexpr double dotSize = 0.1;

void sortByCentre(Parts& parts)
{
    std::sort(parts.begin(), parts.end(),
              [](const InkPart& a, const InkPart& b) { return a.centre() < b.centre(); });
}

double highest(const Parts& parts)
{
    double height = 0;
    for (const InkPart& part : parts) {
        height = std::max(height, part.height());
    }
    return height;
}

/// What overlaps from left to right is one column; one digit, mostly.
std::vector<InkBox> columnsOf(const Parts& parts)
{
    std::vector<InkBox> boxes;
    for (const InkPart& part : parts) {
        boxes.push_back(part.box);
    }
    std::sort(boxes.begin(), boxes.end(), [](const InkBox& a, const InkBox& b) { return a.left < b.left; });
    std::vector<InkBox> columns;
    for (const InkBox& box : boxes) {
        if (!columns.empty() && box.left <= columns.back().right) {
            columns.back() = united(columns.back(), box);
        } else {
            columns.push_back(box);
        }
    }
    return columns;
}

double lineHeight(const Parts& parts)
{
    std::vector<double> heights;
    double widest = 0;
    for (const InkBox& column : columnsOf(parts)) {
        heights.push_back(double{column.bottom} - double{column.top});
        widest = std::max(widest, double{column.right} - double{column.left});
    }
    std::sort(heights.begin(), heights.end());
    const auto tall = std::lower_bound(heights.begin(), heights.end(), heights.back() / 2);
    const double median = *(tall + (heights.end() - tall) / 2);
    // A lone dash has no height, but is no dot.
    const double height = std::max(median, widest / 8);
    return height > 0 ? height : 1;
}

/// The heights between which a line's digits stand for certain.
struct Band
{
    double top = 0;
    double bottom = 0;
    double height = 0; ///< Of its highest part.
    Parts parts;

    [[nodiscard]] double distance(const InkPart& part) const
    {
        return std::max({0.0, top - part.middle(), part.middle() - bottom});
    }
};

/// The inner part of a tall part's height: neighbours on a slope overlap in it, lines do not.
Band bandOf(const InkPart& part)
{
    const double inset = part.height() / 5;
    return {double{part.box.top} + inset, double{part.box.bottom} - inset, part.height(), {part}};
}

std::vector<Band> bandsOf(const Parts& tall)
{
    std::vector<Band> all;
    for (const InkPart& part : tall) {
        all.push_back(bandOf(part));
    }
    std::sort(all.begin(), all.end(), [](const Band& a, const Band& b) { return a.top < b.top; });
    std::vector<Band> bands;
    for (Band& band : all) {
        if (!bands.empty() && band.top <= bands.back().bottom) {
            bands.back().bottom = std::max(bands.back().bottom, band.bottom);
            bands.back().height = std::max(bands.back().height, band.height);
            bands.back().parts.push_back(std::move(band.parts.front()));
        } else {
            bands.push_back(std::move(band));
        }
    }
    return bands;
}

InkBox boxOf(const Parts& parts)
{
    InkBox box;
    for (const InkPart& part : parts) {
        box = box.empty() ? part.box : united(box, part.box);
    }
    return box;
}

/// Whether two bands are the halves of one line: two circles of an 8, say. Lines are further apart, or wider
/// than one digit.
bool areHalves(const Band& upper, const Band& lower)
{
    const InkBox a = boxOf(upper.parts);
    const InkBox b = boxOf(lower.parts);
    const double height = std::min(upper.height, lower.height);
    const double gap = double{b.top} - double{a.bottom};
    const double overlap = double{std::min(a.right, b.right)} - double{std::max(a.left, b.left)};
    const double narrower = std::min(double{a.right} - double{a.left}, double{b.right} - double{b.left});
    const bool oneColumn = upper.parts.size() == 1 && lower.parts.size() == 1;
    return oneColumn && gap < height / 3 && overlap >= narrower / 2;
}

void joinHalves(std::vector<Band>& bands)
{
    for (std::size_t i = 0; i + 1 < bands.size();) {
        if (areHalves(bands[i], bands[i + 1])) {
            bands[i].bottom = bands[i + 1].bottom;
            bands[i].parts.push_back(std::move(bands[i + 1].parts.front()));
            bands.erase(bands.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        } else {
            ++i;
        }
    }
}

/// `bands` are top to bottom and not empty.
Band& nearestBand(std::vector<Band>& bands, const InkPart& part)
{
    auto below = std::lower_bound(bands.begin(), bands.end(), part.middle(),
                                  [](const Band& band, double y) { return band.bottom < y; });
    if (below == bands.end() ||
        (below != bands.begin() && std::prev(below)->distance(part) < below->distance(part))) {
        --below;
    }
    return *below;
}

/// Dots are no digits. One that touches a digit may be a piece of it; others are noise, or a full stop.
void settleDots(Parts& parts, double height)
{
    const auto isDot = [&](const InkPart& part) {
        return std::max(part.width(), part.height()) < dotSize * height;
    };
    const auto firstDot =
        std::stable_partition(parts.begin(), parts.end(), [&](const InkPart& part) { return !isDot(part); });
    if (firstDot == parts.begin()) {
        return;
    }
    const Parts dots(firstDot, parts.end());
    parts.erase(firstDot, parts.end());
    sortByCentre(parts);
    for (const InkPart& dot : dots) {
        // Only those whose centres are near can be near; a bounded number of them, so that noise stays cheap.
        auto near = std::lower_bound(parts.begin(), parts.end(), dot.centre() - height,
                                     [](const InkPart& part, double x) { return part.centre() < x; });
        for (std::size_t i = 0; i < 4 * mostCrowded && near != parts.end(); ++i, ++near) {
            if (distanceBetween(*near, dot) < dotSize * height) {
                const InkBox box = united(near->box, dot.box);
                near->pieces.insert(near->pieces.end(), dot.pieces.begin(), dot.pieces.end());
                near->box = box;
                break;
            }
        }
    }
}

/// Joins the two neighbours among the last `count` parts that overlap most, or are nearest.
void joinNearest(Parts& parts, std::size_t count)
{
    const auto gap = [](const InkPart& a, const InkPart& b) {
        return double{std::max(a.box.left, b.box.left)} - double{std::min(a.box.right, b.box.right)};
    };
    std::size_t best = parts.size() - count;
    for (std::size_t i = best + 1; i + 1 < parts.size(); ++i) {
        if (gap(parts[i], parts[i + 1]) < gap(parts[best], parts[best + 1])) {
            best = i;
        }
    }
    parts[best] = joined(parts[best], parts[best + 1]);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
}

void thinCrowds(Parts& parts, double height)
{
    sortByCentre(parts);
    Parts kept;
    for (InkPart& part : parts) {
        kept.push_back(std::move(part));
        while (kept.size() > mostCrowded &&
               kept.back().centre() - kept[kept.size() - 1 - mostCrowded].centre() < crowdWidth * height) {
            joinNearest(kept, mostCrowded + 1);
        }
    }
    parts = std::move(kept);
    sortByCentre(parts);
}

/// Whether the part is a line under two digits or more, or one longer than any digit is wide.
bool isRule(const InkPart& part, const Parts& all, double height)
{
    if (part.height() > 0.2 * height) {
        return false;
    }
    const auto above = std::count_if(all.begin(), all.end(), [&](const InkPart& other) {
        const bool within = other.centre() > double{part.box.left} && other.centre() < double{part.box.right};
        return within && other.height() > 0.4 * height &&
               double{other.box.bottom} < part.middle() + 0.05 * height;
    });
    return above >= 2 || part.width() > 1.8 * height;
}

/// Lines drawn under a number are no digits of it.
void dropRules(Parts& parts, double height)
{
    const auto rules = std::stable_partition(parts.begin(), parts.end(), [&](const InkPart& part) {
        return part.width() < 0.8 * height || !isRule(part, parts, height);
    });
    if (rules != parts.begin()) {
        parts.erase(rules, parts.end());
    }
}

TextLine makeLine(Parts parts)
{
    TextLine line;
    line.height = lineHeight(parts);
    dropRules(parts, line.height);
    settleDots(parts, line.height);
    thinCrowds(parts, line.height);
    line.parts = std::move(parts);
    return line;
}

/// The part outside of all lines by more than half of its line's height.
bool isAway(const Band& band, const InkPart& part)
{
    return band.distance(part) > 0.5 * (band.bottom - band.top) + 0.4 * band.height;
}

/// Takes the lines of the tallest parts and of what belongs to them, and leaves the rest.
std::vector<Band> takeBands(Parts& parts)
{
    const double least = tallPart * highest(parts);
    const auto small = std::stable_partition(parts.begin(), parts.end(),
                                             [&](const InkPart& part) { return part.height() >= least; });
    Parts rest(small, parts.end());
    parts.erase(small, parts.end());
    std::vector<Band> bands = bandsOf(parts);
    joinHalves(bands);
    parts.clear();
    std::vector<std::pair<Band*, InkPart>> found;
    for (InkPart& part : rest) {
        Band& band = nearestBand(bands, part);
        if (isAway(band, part)) {
            parts.push_back(std::move(part));
        } else {
            found.emplace_back(&band, std::move(part));
        }
    }
    for (auto& [band, part] : found) {
        band->parts.push_back(std::move(part));
    }
    return bands;
}

} // namespace

std::vector<TextLine> textLines(std::vector<InkPart> parts)
{
    // Smaller writing above or below the large one is a line too; specks and dashes are not.
    const double least = highest(parts) / 5;
    std::vector<Band> bands;
    while (!parts.empty() && (bands.empty() || highest(parts) >= least)) {
        for (Band& band : takeBands(parts)) {
            bands.push_back(std::move(band));
        }
    }
    std::sort(bands.begin(), bands.end(), [](const Band& a, const Band& b) { return a.top < b.top; });
    std::vector<TextLine> lines;
    for (Band& band : bands) {
        lines.push_back(makeLine(std::move(band.parts)));
    }
    return lines;
}

} // namespace digitpad
