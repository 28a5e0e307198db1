#include "core/ink/inkparts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

void thinOut(std::vector<Point>& places)
{
    while (places.size() > InkPart::mostPlaces) {
        for (std::size_t i = 0; 2 * i < places.size(); ++i) {
            places[i] = places[2 * i];
        }
        places.resize((places.size() + 1) / 2);
    }
}

void include(InkBox& box, const InkPoint& point)
{
    const InkBox at{point.x, point.y, point.x, point.y};
    box = box.empty() ? at
                      : InkBox{std::min(box.left, at.left), std::min(box.top, at.top),
                               std::max(box.right, at.right), std::max(box.bottom, at.bottom)};
}

/// Evenly spaced along the stroke, both ends among them, so that long segments have places too.
std::vector<Point> placesAlong(const Stroke& stroke)
{
    const auto same = [](const Point& point) { return point; };
    double length = 0;
    forEachSegment(stroke, 0, same,
                   [&](const Point& a, const Point& b) { length += std::hypot(b.x - a.x, b.y - a.y); });
    const double step = length / static_cast<double>(InkPart::mostPlaces - 1);
    std::vector<Point> places;
    double walked = 0; // Since the last place.
    forEachSegment(stroke, 0, same, [&](const Point& a, const Point& b) {
        const double segment = std::hypot(b.x - a.x, b.y - a.y);
        if (places.empty()) {
            places.push_back(a);
        }
        double next = step - walked;
        for (; next <= segment && segment > 0 && places.size() < InkPart::mostPlaces; next += step) {
            const double t = next / segment;
            places.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
        }
        walked = segment - (next - step);
    });
    return places;
}

/// The runs of a stroke inside of from ≤ x < to, with points added where it is cut.
class StrokeCutter
{
public:
    StrokeCutter(const Stroke& stroke, const PartPiece& piece)
        : m_stroke(stroke)
        , m_piece(piece)
    {
    }

    void addTo(Ink& ink)
    {
        for (const InkPoint& point : m_stroke.points) {
            if (isFinite(point)) {
                goTo(point);
            }
        }
        finishRun();
        for (Stroke& run : m_runs) {
            ink.add(std::move(run));
        }
    }

private:
    [[nodiscard]] bool inside(const InkPoint& point) const
    {
        return point.x >= m_piece.from && point.x < m_piece.to;
    }

    void goTo(const InkPoint& point)
    {
        if (m_any) {
            std::array<double, 2> cuts = {crossing(m_last, point, m_piece.from),
                                          crossing(m_last, point, m_piece.to)};
            std::sort(cuts.begin(), cuts.end());
            for (const double t : cuts) {
                if (t < 1) {
                    cutAt(between(m_last, point, t));
                }
            }
        }
        if (inside(point)) {
            m_run.points.push_back(point);
        }
        m_last = point;
        m_any = true;
    }

    /// Where on the way from a to b the line at x is passed, 0 to 1; 2 where it is not.
    static double crossing(const InkPoint& a, const InkPoint& b, float x)
    {
        const bool passed = (a.x < x) != (b.x < x);
        return passed ? (double{x} - double{a.x}) / (double{b.x} - double{a.x}) : 2;
    }

    static InkPoint between(const InkPoint& a, const InkPoint& b, double t)
    {
        InkPoint point = a;
        point.x = static_cast<float>(double{a.x} + t * (double{b.x} - double{a.x}));
        point.y = static_cast<float>(double{a.y} + t * (double{b.y} - double{a.y}));
        return point;
    }

    /// Ends a run or begins one.
    void cutAt(const InkPoint& point)
    {
        const bool ends = !m_run.points.empty();
        m_run.points.push_back(point);
        if (ends) {
            finishRun();
        }
    }

    void finishRun()
    {
        if (!m_run.points.empty()) {
            m_run.width = m_stroke.width;
            m_runs.push_back(std::exchange(m_run, {}));
        }
    }

    const Stroke& m_stroke;
    const PartPiece& m_piece;
    InkPoint m_last;
    bool m_any = false;
    Stroke m_run;
    std::vector<Stroke> m_runs;
};

bool isWhole(const PartPiece& piece)
{
    return std::isinf(piece.from) && std::isinf(piece.to);
}

/// A place of a profile where it may be cut.
struct Place
{
    std::size_t index = 0;
    double depth = 0;
    /// Places alike on the shorter side: of a flat valley the middle has most.
    std::size_t room = 0;
};

/// How many places before each are like it.
template <class Iterator>
std::vector<std::size_t> runsBefore(Iterator begin, Iterator end)
{
    std::vector<std::size_t> runs;
    for (Iterator at = begin; at != end; ++at) {
        runs.push_back(at != begin && *at == *std::prev(at) ? runs.back() + 1 : 0);
    }
    return runs;
}

/// Those at least `distance` from both ends that have something higher on either side.
std::vector<Place> placesToCut(std::span<const double> profile, std::size_t distance)
{
    const auto before = runsBefore(profile.begin(), profile.end());
    const auto after = runsBefore(profile.rbegin(), profile.rend());
    std::vector<double> highestAfter(profile.size() + 1, -std::numeric_limits<double>::infinity());
    for (std::size_t i = profile.size(); i > 0; --i) {
        highestAfter[i - 1] = std::max(highestAfter[i], profile[i - 1]);
    }
    std::vector<Place> places;
    double highestBefore = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < profile.size(); ++i) {
        const bool inside = i >= distance && i + distance < profile.size();
        if (inside && highestBefore > profile[i] && highestAfter[i + 1] > profile[i]) {
            places.push_back({i, profile[i], std::min(before[i], after[profile.size() - 1 - i])});
        }
        highestBefore = std::max(highestBefore, profile[i]);
    }
    return places;
}

} // namespace

std::vector<InkPart> strokeParts(const Ink& ink)
{
    std::vector<InkPart> parts;
    for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
        InkPart part;
        part.pieces = {{i}};
        for (const InkPoint& point : ink.strokes[i]->points) {
            if (isFinite(point)) {
                include(part.box, point);
            }
        }
        if (!part.box.empty()) {
            part.places = placesAlong(*ink.strokes[i]);
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

InkPart joined(const InkPart& a, const InkPart& b)
{
    InkPart part = a;
    part.pieces.insert(part.pieces.end(), b.pieces.begin(), b.pieces.end());
    part.box = united(a.box, b.box);
    part.places.insert(part.places.end(), b.places.begin(), b.places.end());
    thinOut(part.places);
    part.cut = a.cut == b.cut ? a.cut : -1;
    return part;
}

double distanceBetween(const InkPart& a, const InkPart& b)
{
    double least = std::numeric_limits<double>::infinity();
    for (const Point& p : a.places) {
        for (const Point& q : b.places) {
            least = std::min(least, (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y));
        }
    }
    return std::sqrt(least);
}

Ink inkOf(const Ink& ink, std::span<const PartPiece> pieces)
{
    Ink result;
    for (const PartPiece& piece : pieces) {
        const auto& stroke = ink.strokes[piece.index];
        if (isWhole(piece)) {
            result.strokes.push_back(stroke);
        } else {
            StrokeCutter(*stroke, piece).addTo(result);
        }
    }
    return result;
}

std::vector<std::vector<PartPiece>> cutPieces(std::span<const PartPiece> pieces, std::span<const float> cuts)
{
    std::vector<std::vector<PartPiece>> slices;
    float from = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const float to = i < cuts.size() ? cuts[i] : std::numeric_limits<float>::infinity();
        std::vector<PartPiece> slice;
        for (const PartPiece& piece : pieces) {
            const PartPiece cut{piece.index, std::max(piece.from, from), std::min(piece.to, to)};
            if (cut.from < cut.to) {
                slice.push_back(cut);
            }
        }
        slices.push_back(std::move(slice));
        from = to;
    }
    return slices;
}

std::vector<InkPart> slices(const Ink& ink, const InkPart& part, std::span<const float> cuts, int number)
{
    std::vector<InkPart> result;
    for (std::vector<PartPiece>& pieces : cutPieces(part.pieces, cuts)) {
        const std::vector<InkPart> runs = strokeParts(inkOf(ink, pieces));
        if (runs.empty()) {
            continue;
        }
        InkPart slice = runs.front();
        for (std::size_t i = 1; i < runs.size(); ++i) {
            slice = joined(slice, runs[i]);
        }
        slice.pieces = std::move(pieces);
        slice.cut = number;
        result.push_back(std::move(slice));
    }
    return result;
}

std::vector<std::size_t> valleysOf(std::span<const double> profile, std::size_t distance, std::size_t most)
{
    std::vector<Place> order = placesToCut(profile, distance);
    std::stable_sort(order.begin(), order.end(), [](const Place& a, const Place& b) {
        return a.depth != b.depth ? a.depth < b.depth : a.room > b.room;
    });
    std::vector<std::size_t> valleys;
    for (const Place& place : order) {
        const bool apart = std::all_of(valleys.begin(), valleys.end(), [&](std::size_t other) {
            return std::max(place.index, other) - std::min(place.index, other) >= distance;
        });
        if (valleys.size() < most && apart) {
            valleys.push_back(place.index);
        }
    }
    std::sort(valleys.begin(), valleys.end());
    return valleys;
}

std::vector<float> cutsOf(const Ink& ink, const InkPart& part, double distance, std::size_t most)
{
    constexpr std::size_t columns = 128;
    const double column = part.width() / columns;
    if (!(column > 0)) {
        return {};
    }
    // The length of line over each column: one level stroke gives a column's width, everything else more.
    std::vector<double> profile(columns, 0.0);
    const auto map = [&](const Point& p) {
        return Point{(p.x - double{part.box.left}) / column, (p.y - double{part.box.top}) / column};
    };
    const Ink own = inkOf(ink, part.pieces);
    for (const auto& stroke : own.strokes) {
        forEachSegment(*stroke, 0.25, map, [&](const Point& a, const Point& b) {
            const auto steps = static_cast<int>(std::ceil(2 * std::hypot(b.x - a.x, b.y - a.y))) + 1;
            const double length = std::hypot(b.x - a.x, b.y - a.y) / steps;
            for (int i = 0; i < steps; ++i) {
                const double x = a.x + (b.x - a.x) * (i + 0.5) / steps;
                profile[std::min(columns - 1, static_cast<std::size_t>(std::max(0.0, x)))] += length;
            }
        });
    }
    std::vector<float> cuts;
    for (const std::size_t i :
         valleysOf(profile, std::max<std::size_t>(1, static_cast<std::size_t>(distance / column)), most)) {
        cuts.push_back(static_cast<float>(double{part.box.left} + (static_cast<double>(i) + 0.5) * column));
    }
    return cuts;
}

} // namespace digitpad
