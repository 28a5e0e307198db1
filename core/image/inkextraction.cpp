#include "core/image/inkextraction.h"

#include "core/image/inkbox.h"
#include "core/image/localground.h"
#include "core/image/specks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

using Histogram = std::array<std::int64_t, 256>;

/// Less contrast than this is no ink: paper has texture, sensors have noise.
constexpr int leastContrast = 24;
/// From here on values are kept as they are; MNIST's brightest pixels are 254 or 255.
constexpr int fullContrast = 250;
constexpr int mostSpecks = 8;

std::int64_t total(const Histogram& histogram)
{
    return std::accumulate(histogram.begin(), histogram.end(), std::int64_t{0});
}

/// The least value that at least `part` of the counted pixels do not exceed.
int quantile(const Histogram& histogram, double part)
{
    const auto wanted = static_cast<std::int64_t>(part * static_cast<double>(total(histogram)));
    std::int64_t seen = 0;
    for (int value = 0; value < 256; ++value) {
        seen += histogram[static_cast<std::size_t>(value)];
        if (seen > wanted) {
            return value;
        }
    }
    return 255;
}

Histogram histogramOf(const GrayImage& image)
{
    Histogram histogram{};
    for (const std::uint8_t value : image.pixels) {
        ++histogram[value];
    }
    return histogram;
}

/// A row or a column of a picture.
Histogram rowHistogram(const GrayImage& image, int y)
{
    Histogram histogram{};
    std::for_each(image.row(y), image.row(y) + image.width, [&](std::uint8_t value) { ++histogram[value]; });
    return histogram;
}

Histogram columnHistogram(const GrayImage& image, int x)
{
    Histogram histogram{};
    for (int y = 0; y < image.height; ++y) {
        ++histogram[image.row(y)[x]];
    }
    return histogram;
}

/// Of the outermost pixels on all four sides.
Histogram borderHistogram(const GrayImage& image)
{
    Histogram histogram{};
    for (const Histogram& side : {rowHistogram(image, 0), rowHistogram(image, image.height - 1),
                                  columnHistogram(image, 0), columnHistogram(image, image.width - 1)}) {
        std::transform(side.begin(), side.end(), histogram.begin(), histogram.begin(), std::plus<>());
    }
    return histogram;
}

/// How many lines from one side on are even and of another colour than the ground; at most `limit`. `line`
/// gives the histogram of the line at a distance from the side.
template <class LineAt>
int frameDepth(int ground, int limit, const LineAt& line)
{
    int depth = 0;
    for (; depth < limit; ++depth) {
        const Histogram histogram = line(depth);
        const bool even = quantile(histogram, 0.9) - quantile(histogram, 0.1) <= leastContrast;
        if (!even || std::abs(quantile(histogram, 0.5) - ground) <= leastContrast) {
            break;
        }
    }
    return depth;
}

/// The picture without a frame of another colour than most of it has, where there is one on all four sides;
/// at most an eighth of the picture on each. Otherwise the whole picture.
PixelBox insideOfFrame(const GrayImage& image)
{
    const int ground = quantile(histogramOf(image), 0.5);
    const int limit = std::min(image.width, image.height) / 8;
    const int top = frameDepth(ground, limit, [&](int depth) { return rowHistogram(image, depth); });
    const int bottom =
        frameDepth(ground, limit, [&](int depth) { return rowHistogram(image, image.height - 1 - depth); });
    const int left = frameDepth(ground, limit, [&](int depth) { return columnHistogram(image, depth); });
    const int right =
        frameDepth(ground, limit, [&](int depth) { return columnHistogram(image, image.width - 1 - depth); });
    if (std::min({top, bottom, left, right}) == 0) {
        return {0, 0, image.width, image.height};
    }
    return {left, top, image.width - left - right, image.height - top - bottom};
}

GrayImage cropped(const GrayImage& image, const PixelBox& box)
{
    GrayImage result(box.width, box.height);
    for (int y = 0; y < box.height; ++y) {
        std::copy_n(image.row(box.top + y) + box.left, box.width, result.row(y));
    }
    return result;
}

/// Differences of a picture from its ground, towards the side where the ink is.
class Departure
{
public:
    /// Under uneven light (`relative`) dark ink is measured by the part of the light that it takes, 255 being
    /// all.
    Departure(const GrayImage& image, const LocalGround& ground, bool relative)
        : m_relative(relative)
        , m_towardsLight(image.width, image.height)
        , m_towardsDark(image.width, image.height)
    {
        std::vector<std::uint8_t> groundRow(static_cast<std::size_t>(image.width));
        for (int y = 0; y < image.height; ++y) {
            ground.row(y, groundRow);
            addRow(image.row(y), groundRow, y);
        }
    }

    /// Half of all pixels depart from the ground by no more than this, to either side: a measure of the
    /// noise, as long as ink covers less than half of the picture.
    [[nodiscard]] int median() const { return quantile(m_magnitudes, 0.5); }
    /// Noise is on both sides; the side with the greater departures is the ink's.
    [[nodiscard]] bool inkIsLight() const { return m_lightSum > m_darkSum; }
    [[nodiscard]] GrayImage takeInk() && { return std::move(inkIsLight() ? m_towardsLight : m_towardsDark); }

private:
    [[nodiscard]] int departure(int value, int ground) const
    {
        const int difference = value - ground;
        if (!m_relative || difference >= 0) {
            return difference;
        }
        // In the dark there is more noise than light.
        constexpr int leastLight = 64;
        return difference * 255 / std::max(ground, leastLight);
    }

    void addRow(const std::uint8_t* values, const std::vector<std::uint8_t>& ground, int y)
    {
        std::uint8_t* light = m_towardsLight.row(y);
        std::uint8_t* dark = m_towardsDark.row(y);
        for (std::size_t x = 0; x < ground.size(); ++x) {
            const int difference = departure(values[x], ground[x]);
            ++m_magnitudes[static_cast<std::size_t>(std::abs(difference))];
            light[x] = static_cast<std::uint8_t>(std::max(0, difference));
            dark[x] = static_cast<std::uint8_t>(std::max(0, -difference));
            // Squares: few great departures are ink, many small ones are noise.
            (difference > 0 ? m_lightSum : m_darkSum) += difference * difference;
        }
    }

    bool m_relative;
    GrayImage m_towardsLight;
    GrayImage m_towardsDark;
    Histogram m_magnitudes{};
    std::int64_t m_lightSum = 0;
    std::int64_t m_darkSum = 0;
};

/// Whether differences from an exact ground are all ink: in a drawing's soft edges faint pixels are fewer
/// than strong ones, while noise and the ripples of lossy formats are mostly faint, and dithering is in
/// specks. All of MNIST's 70,000 images pass.
bool isClean(const GrayImage& ink)
{
    const Histogram histogram = histogramOf(ink);
    const int peak = *std::max_element(ink.pixels.begin(), ink.pixels.end());
    std::int64_t faint = 0;
    std::int64_t strong = 0;
    for (int value = 1; value < 256; ++value) {
        (10 * value < peak ? faint : strong) += histogram[static_cast<std::size_t>(value)];
    }
    return faint <= strong && speckCount(ink) <= mostSpecks;
}

void mapValues(GrayImage& image, const std::array<std::uint8_t, 256>& table)
{
    for (std::uint8_t& value : image.pixels) {
        value = table[value];
    }
}

/// From `low` and less to 0, from `high` and more to 255, evenly between.
void stretch(GrayImage& image, int low, int high)
{
    std::array<std::uint8_t, 256> table{};
    for (int value = 0; value < 256; ++value) {
        const int scaled = (2 * 255 * (value - low) + (high - low)) / (2 * (high - low));
        table[static_cast<std::size_t>(value)] = static_cast<std::uint8_t>(std::clamp(scaled, 0, 255));
    }
    mapValues(image, table);
}

/// Keeps full contrast as it is; stretches less to 255, by the middle of the ink's stronger half: strokes of
/// a pale pen are darker where they cross.
GrayImage cleanInk(GrayImage ink)
{
    const int peak = *std::max_element(ink.pixels.begin(), ink.pixels.end());
    if (peak > 0 && peak < fullContrast) {
        Histogram histogram = histogramOf(ink);
        std::fill_n(histogram.begin(), (peak + 1) / 2, std::int64_t{0});
        stretch(ink, 0, quantile(histogram, 0.5));
    }
    return ink;
}

/// How far the ink stands out: the upper quartile of all pixels that depart by `threshold` or more. 0 where
/// those are too few to be more than chance.
int inkStrength(const GrayImage& ink, int threshold)
{
    Histogram histogram = histogramOf(ink);
    std::fill_n(histogram.begin(), threshold, std::int64_t{0});
    const auto least = static_cast<std::int64_t>(ink.pixels.size() / 10'000) + 3;
    return total(histogram) < least ? 0 : quantile(histogram, 0.75);
}

/// Ink among noise that departs by `median` from the ground.
GrayImage noisyInk(GrayImage ink, int median)
{
    // Five standard deviations, the median being 0.67 of one.
    const int noise = std::clamp(15 * median / 2, leastContrast / 2, 255);
    const int strength = inkStrength(ink, noise);
    if (strength < leastContrast) {
        return {ink.width, ink.height};
    }
    // Ruled lines are paler than a third of the ink. The middle of the slope lies at half the ink's strength,
    // where the edge of a blurred line is.
    const int low = std::max(noise, 7 * strength / 20);
    stretch(ink, low, std::max(low + 1, 7 * strength / 10));
    removeEdgeShadows(ink);
    removeSpecks(ink);
    return ink;
}

struct ExactGround
{
    int value = 0;
    bool found = false;
};

/// The value that both the border and the whole picture have most of, where that is an exact one for a good
/// part of both. (Ink may touch the border, and may cover much of a picture that was cut close to it.)
ExactGround exactGround(const GrayImage& image)
{
    const Histogram ring = borderHistogram(image);
    const Histogram whole = histogramOf(image);
    const auto ringTotal = static_cast<double>(total(ring));
    const auto wholeTotal = static_cast<double>(total(whole));
    ExactGround ground;
    double best = 0;
    for (std::size_t value = 0; value < ring.size(); ++value) {
        const double inRing = static_cast<double>(ring[value]) / ringTotal;
        const double inWhole = static_cast<double>(whole[value]) / wholeTotal;
        if (inRing + inWhole > best) {
            best = inRing + inWhole;
            ground = {static_cast<int>(value), inRing >= 0.25 && inWhole >= 0.25};
        }
    }
    return ground;
}

GrayImage extractUnframed(const GrayImage& image, bool lossy)
{
    const ExactGround exact = exactGround(image);
    if (!lossy && exact.found) {
        GrayImage ink = Departure(image, LocalGround::even(exact.value), false).takeInk();
        if (isClean(ink)) {
            return cleanInk(std::move(ink));
        }
    }
    const bool light = Departure(image, LocalGround::followed(image), true).inkIsLight();
    Departure departure(
        image, LocalGround::followed(image, light ? LocalGround::Ink::Light : LocalGround::Ink::Dark), true);
    const int median = departure.median();
    return noisyInk(std::move(departure).takeInk(), median);
}

bool isBlank(const GrayImage& image)
{
    return firstInk(image.pixels.data(), image.pixels.data() + image.pixels.size()) ==
           image.pixels.data() + image.pixels.size();
}

} // namespace

GrayImage extractInk(const GrayImage& luminance, bool lossy)
{
    if (luminance.empty()) {
        return {};
    }
    if (const PixelBox inside = insideOfFrame(luminance); inside.height < luminance.height) {
        GrayImage ink = extractUnframed(cropped(luminance, inside), lossy);
        // A blank inside means that the frame was a margin and its inside all ink: a cut-out "1".
        if (!isBlank(ink)) {
            return ink;
        }
    }
    return extractUnframed(luminance, lossy);
}

} // namespace digitpad
