#include "core/data/digitstatistics.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace digitpad {

namespace {

constexpr std::size_t imagesBetweenQuestions = 1024;
constexpr std::size_t strokeWidthBins = 32;
constexpr std::size_t inkBins = 80;
constexpr double full = 255;

/// Sums of whole numbers, so that nothing depends on their order.
struct PixelSums
{
    std::array<std::uint64_t, digitPixels> sum{};
    std::array<std::uint64_t, digitPixels> squares{};

    void add(const std::uint8_t* image)
    {
        for (std::size_t i = 0; i < digitPixels; ++i) {
            const std::uint32_t value = image[i];
            sum[i] += value;
            squares[i] += value * value;
        }
    }
};

/// The image with a rim of paper, so that ink at the border has an outline too.
using Padded = std::array<std::array<float, digitSide + 2>, digitSide + 2>;

Padded padded(const std::uint8_t* image)
{
    Padded result{};
    for (std::size_t y = 0; y < digitSide; ++y) {
        for (std::size_t x = 0; x < digitSide; ++x) {
            result[y + 1][x + 1] = image[y * digitSide + x];
        }
    }
    return result;
}

double totalVariation(const std::uint8_t* image)
{
    const Padded pixels = padded(image);
    float sum = 0;
    for (std::size_t y = 0; y <= digitSide; ++y) {
        float row = 0;
        for (std::size_t x = 0; x <= digitSide; ++x) {
            const float falling = pixels[y + 1][x + 1] - pixels[y][x];
            const float rising = pixels[y][x + 1] - pixels[y + 1][x];
            row += std::sqrt((falling * falling + rising * rising) / 2);
        }
        sum += row;
    }
    return double{sum} / full;
}

void fill(PixelStatistics& statistics, const std::array<std::uint64_t, 256>& values)
{
    // Exact sums: 2³² images of 784 values up to 255² stay below 2⁶⁴.
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (std::uint64_t value = 0; value < values.size(); ++value) {
        count += values[value];
        sum += value * values[value];
        squares += value * value * values[value];
    }
    if (count == 0) {
        return;
    }
    const auto pixels = static_cast<long double>(count);
    const long double mean = static_cast<long double>(sum) / pixels;
    const long double variance = static_cast<long double>(squares) / pixels - mean * mean;
    statistics.mean = static_cast<double>(mean / full);
    statistics.standardDeviation = static_cast<double>(std::sqrt(std::max(variance, 0.0L)) / full);
}

void fill(ClassStatistics& statistics, const PixelSums& sums)
{
    if (statistics.images == 0) {
        return;
    }
    const auto count = static_cast<double>(statistics.images);
    double ink = 0;
    for (std::size_t i = 0; i < digitPixels; ++i) {
        const double mean = static_cast<double>(sums.sum[i]) / count;
        const double variance = static_cast<double>(sums.squares[i]) / count - mean * mean;
        statistics.mean[i] = static_cast<float>(mean);
        statistics.standardDeviation[i] = static_cast<float>(std::sqrt(std::max(variance, 0.0)));
        ink += mean;
    }
    statistics.meanInk = ink / full;
}

/// Four tables in turn: neighbouring pixels mostly have the same value, and would wait for each other.
class ValueCounter
{
public:
    void add(const std::uint8_t* image)
    {
        for (std::size_t i = 0; i < digitPixels; i += 4) {
            ++m_tables[0][image[i]];
            ++m_tables[1][image[i + 1]];
            ++m_tables[2][image[i + 2]];
            ++m_tables[3][image[i + 3]];
        }
    }
    [[nodiscard]] std::array<std::uint64_t, 256> counts() const
    {
        std::array<std::uint64_t, 256> result{};
        for (const auto& table : m_tables) {
            std::transform(result.begin(), result.end(), table.begin(), result.begin(), std::plus<>());
        }
        return result;
    }

private:
    std::array<std::array<std::uint64_t, 256>, 4> m_tables{};
};

/// Finds images with the same bytes; keeps no copy of them.
class EqualImages
{
public:
    explicit EqualImages(std::size_t count) { m_first.reserve(count); }

    std::size_t firstEqual(const std::uint8_t* image, std::size_t index)
    {
        const std::string_view bytes(reinterpret_cast<const char*>(image), digitPixels);
        return m_first.emplace(bytes, index).first->second;
    }

private:
    std::unordered_map<std::string_view, std::size_t> m_first; ///< Hashed and compared by content.
};

class Counter
{
public:
    Counter(const DigitSet& set, DigitStatistics& statistics)
        : m_set(set)
        , m_statistics(statistics)
        , m_equal(set.size())
        , m_sums(labelClasses)
    {
        statistics.inkOfImage.reserve(set.size());
        statistics.strokeWidthOfImage.reserve(set.size());
        statistics.firstEqual.reserve(set.size());
        statistics.ink.counts.assign(inkBins, 0);
        for (ClassStatistics& classStatistics : statistics.classes) {
            classStatistics.strokeWidth.counts.assign(strokeWidthBins, 0);
        }
    }

    void add(std::size_t index);
    void finish();

private:
    void compare(std::size_t index, bool blank);

    const DigitSet& m_set;
    DigitStatistics& m_statistics;
    EqualImages m_equal;
    ValueCounter m_values;
    std::vector<PixelSums> m_sums;
};

void Counter::add(std::size_t index)
{
    const std::uint8_t* image = m_set.image(index);
    const std::size_t label = std::min<std::size_t>(m_set.labels[index], noDigitLabel);
    ClassStatistics& ofClass = m_statistics.classes[label];
    ++ofClass.images;
    m_sums[label].add(image);
    m_values.add(image);
    const double ink = inkOf(image);
    const double width = ink > 0 ? strokeWidthOf(image) : 0;
    m_statistics.inkOfImage.push_back(static_cast<float>(ink));
    m_statistics.strokeWidthOfImage.push_back(static_cast<float>(width));
    m_statistics.ink.add(ink);
    if (ink > 0) {
        ofClass.strokeWidth.add(width);
    } else {
        m_statistics.blank.push_back(index);
    }
    compare(index, ink <= 0);
}

void Counter::compare(std::size_t index, bool blank)
{
    const std::size_t first = m_equal.firstEqual(m_set.image(index), index);
    m_statistics.firstEqual.push_back(static_cast<std::uint32_t>(first));
    if (first != index && !blank) {
        ++m_statistics.duplicates;
        m_statistics.contradictory += m_set.labels[first] != m_set.labels[index] ? 1 : 0;
    }
}

void Counter::finish()
{
    m_statistics.values = m_values.counts();
    fill(m_statistics.pixels, m_statistics.values);
    const auto& values = m_statistics.values;
    const auto isThere = [](std::uint64_t count) { return count > 0; };
    if (m_statistics.images > 0) {
        m_statistics.lowest =
            static_cast<int>(std::find_if(values.begin(), values.end(), isThere) - values.begin());
        m_statistics.highest =
            static_cast<int>(values.rend() - std::find_if(values.rbegin(), values.rend(), isThere)) - 1;
    }
    for (std::size_t label = 0; label < labelClasses; ++label) {
        fill(m_statistics.classes[label], m_sums[label]);
    }
}

} // namespace

double inkOf(const std::uint8_t* image)
{
    return std::accumulate(image, image + digitPixels, 0) / full;
}

double strokeWidthOf(const std::uint8_t* image)
{
    const double area = inkOf(image);
    const double outline = totalVariation(image);
    const double root = std::max(outline * outline - 4 * std::numbers::pi * area, 0.0);
    return (outline - std::sqrt(root)) / std::numbers::pi;
}

void BinnedCounts::add(double value)
{
    const auto bin = static_cast<std::size_t>(std::max(value, 0.0) / binWidth);
    ++counts[std::min(bin, counts.size() - 1)];
}

std::size_t BinnedCounts::total() const
{
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

double BinnedCounts::quantile(double part) const
{
    const double wanted = part * static_cast<double>(total());
    double below = 0;
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        const auto here = static_cast<double>(counts[bin]);
        if (here > 0 && below + here >= wanted) {
            return (static_cast<double>(bin) + (wanted - below) / here) * binWidth;
        }
        below += here;
    }
    return 0;
}

Result<DigitStatistics> digitStatistics(const DigitSet& set, const ReadingMonitor& monitor)
{
    DigitStatistics statistics;
    statistics.images = set.size();
    statistics.bytes = set.images.size() + set.labels.size();
    Counter counter(set, statistics);
    for (std::size_t index = 0; index < set.size(); ++index) {
        const ReadingProgress progress{index, static_cast<double>(index) / static_cast<double>(set.size())};
        if (index % imagesBetweenQuestions == 0 && monitor && !monitor(progress)) {
            return Error{ErrorCode::Cancelled, "Counting was cancelled."};
        }
        counter.add(index);
    }
    counter.finish();
    return statistics;
}

} // namespace digitpad
