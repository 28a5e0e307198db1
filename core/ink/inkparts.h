#pragma once

#include "core/ink/ink.h"
#include "core/ink/strokeeraser.h"
#include "core/ink/strokegeometry.h"

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace digitpad {

/// A stroke of the ink or a patch of a picture, or what of it lies between two upright lines: from ≤ x < to,
/// in the unit of the drawing.
struct PartPiece
{
    std::size_t index = 0; ///< Of the stroke or patch.
    float from = -std::numeric_limits<float>::infinity();
    float to = std::numeric_limits<float>::infinity();

    bool operator==(const PartPiece&) const = default;
};

/// What goes into one digit as a whole: mostly one stroke, or one connected patch of a picture.
struct InkPart
{
    static constexpr std::size_t mostPlaces = 32;

    std::vector<PartPiece> pieces; ///< At least one.
    InkBox box;                    ///< Of strokes their centrelines, of patches their pixels.
    std::vector<Point> places;     ///< Some places on it, 1 to mostPlaces, to measure distances by.
    int cut = -1; ///< Slices of what was one part have the same number here; -1 for all others.

    [[nodiscard]] double width() const { return double{box.right} - double{box.left}; }
    [[nodiscard]] double height() const { return double{box.bottom} - double{box.top}; }
    [[nodiscard]] double centre() const { return (double{box.left} + double{box.right}) / 2; }
    [[nodiscard]] double middle() const { return (double{box.top} + double{box.bottom}) / 2; }
};

/// One part for each stroke that has a finite point.
std::vector<InkPart> strokeParts(const Ink& ink);

/// Both in one; of the places every second one where they are too many.
InkPart joined(const InkPart& a, const InkPart& b);

/// The least distance between places of the two; an estimate from above, by up to the places' own distance.
double distanceBetween(const InkPart& a, const InkPart& b);

/// The ink of the pieces alone, strokes cut where the pieces are.
Ink inkOf(const Ink& ink, std::span<const PartPiece> pieces);

/// Where one stroke that holds two digits may be cut: upright lines that cross it least, at least `distance`
/// apart and as far from its ends, at most `most`, from left to right.
std::vector<float> cutsOf(const Ink& ink, const InkPart& part, double distance, std::size_t most);

/// The part cut at `cuts`, ascending; slices without ink are left out. Each has `number` as InkPart::cut.
std::vector<InkPart> slices(const Ink& ink, const InkPart& part, std::span<const float> cuts, int number);
/// The pieces of each slice; pieces that are cut already are cut again.
std::vector<std::vector<PartPiece>> cutPieces(std::span<const PartPiece> pieces, std::span<const float> cuts);

/// Of a profile (how much ink stands at each of evenly spaced x), the deepest valleys: indices, ascending,
/// `distance` or more apart and from both ends, at most `most`. A place counts only where the profile rises
/// on both sides.
std::vector<std::size_t> valleysOf(std::span<const double> profile, std::size_t distance, std::size_t most);

} // namespace digitpad
