#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace digitpad {

/// The ten digits, and noDigitLabel.
inline constexpr std::size_t labelClasses = digitClasses + 1;

/// How many pixels of full ink an image has: the sum of its values, divided by 255.
double inkOf(const std::uint8_t* image);

/// How wide its pen is, in pixels; 0 for a blank image. It is the width of the round-ended stroke whose ink
/// has the same area A and the same outline length P: with P = 2L + πw and A = Lw + πw²/4,
///     w = (P − √(P² − 4πA)) / π,
/// where the isoperimetric inequality keeps the root real. A grey image has no one outline: P is the mean
/// length of the outlines of all its levels, which by the coarea formula (Federer, 1959) is its total
/// variation, the sum of the gradient's length; the gradient is that of each 2×2 pixels (Roberts' cross).
/// Strokes that cross or touch lose outline, so that loops and thick digits come out a little wider than
/// their pen.
double strokeWidthOf(const std::uint8_t* image);

/// A distribution in equal bins from 0 on; what lies beyond the last is counted in it.
struct BinnedCounts
{
    double binWidth = 1;
    std::vector<std::size_t> counts;

    void add(double value);
    [[nodiscard]] std::size_t total() const;
    /// The value below which `part` (0 to 1) of the values lie, linear within a bin; 0 where there are none.
    [[nodiscard]] double quantile(double part) const;
};

/// Of the images with one label.
struct ClassStatistics
{
    std::size_t images = 0;
    double meanInk = 0;                                 ///< As inkOf().
    BinnedCounts strokeWidth{0.25, {}};                 ///< Blank images are not counted; up to 8 px.
    std::array<float, digitPixels> mean{};              ///< Of each pixel, 0 to 255.
    std::array<float, digitPixels> standardDeviation{}; ///< Of each pixel, over all images (divided by n).
};

/// What can be counted of a set without knowing what it is for.
struct DigitStatistics
{
    std::size_t images = 0;
    std::size_t bytes = 0; ///< In memory: pixels and labels.
    int lowest = 0;        ///< Of all values; both 0 where there is no image.
    int highest = 0;
    PixelStatistics pixels;                  ///< Exact; as pixelStatistics().
    std::array<std::uint64_t, 256> values{}; ///< How many pixels have each value.
    std::array<ClassStatistics, labelClasses> classes;
    BinnedCounts ink{5, {}};               ///< Of all images; up to 400 px.
    std::vector<float> inkOfImage;         ///< One for each image, as inkOf().
    std::vector<float> strokeWidthOfImage; ///< One for each image.
    std::vector<std::size_t> blank;        ///< Images without any ink, ascending.
    /// For each image the first one with the same bytes, which is itself where there is none before it.
    std::vector<std::uint32_t> firstEqual;
    std::size_t duplicates = 0;    ///< Images that equal one before them; blank ones are not counted.
    std::size_t contradictory = 0; ///< Of these, those whose label is another than the first one's.
};

/// Some 10 µs an image; not for the GUI thread. The set holds fewer than 2³² images. Error only when the
/// monitor ends it.
Result<DigitStatistics> digitStatistics(const DigitSet& set, const ReadingMonitor& monitor = {});

} // namespace digitpad
