#include "core/image/luminance.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace digitpad {

namespace {

enum Channel { Brightness, Red, Green, Blue };
constexpr std::array channels = {Brightness, Red, Green, Blue};

int valueOf(QRgb pixel, Channel channel)
{
    switch (channel) {
    case Red:
        return qRed(pixel);
    case Green:
        return qGreen(pixel);
    case Blue:
        return qBlue(pixel);
    case Brightness:
        break;
    }
    return qGray(pixel);
}

template <class Visit>
void forEachPixel(const QImage& argb, const Visit& visit)
{
    for (int y = 0; y < argb.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(argb.constScanLine(y));
        std::for_each(line, line + argb.width(), visit);
    }
}

/// Opacity in a picture, by value of a channel: sums of alpha.
class OpaqueHistogram
{
public:
    OpaqueHistogram(const QImage& argb, Channel channel)
    {
        forEachPixel(argb, [&](QRgb pixel) {
            m_counts[static_cast<std::size_t>(valueOf(pixel, channel))] += qAlpha(pixel);
            m_total += qAlpha(pixel);
        });
    }

    [[nodiscard]] std::int64_t total() const { return m_total; }
    [[nodiscard]] int quantile(double part) const
    {
        const auto wanted = static_cast<std::int64_t>(part * static_cast<double>(m_total));
        std::int64_t seen = 0;
        for (std::size_t value = 0; value < m_counts.size(); ++value) {
            seen += m_counts[value];
            if (seen > wanted) {
                return static_cast<int>(value);
            }
        }
        return 255;
    }
    /// Between all but a two-thousandth of the pixels on either side: the thinnest writing covers more.
    [[nodiscard]] int range() const { return quantile(0.9995) - quantile(0.0005); }

private:
    std::array<std::int64_t, 256> m_counts{};
    std::int64_t m_total = 0;
};

/// What stands behind transparent parts, as a value of the channel.
int groundBehind(const QImage& argb, Channel channel)
{
    const OpaqueHistogram histogram(argb, channel);
    const double opaquePart = static_cast<double>(histogram.total()) / 255 /
                              (static_cast<double>(argb.width()) * static_cast<double>(argb.height()));
    constexpr int evenColour = 96;
    constexpr double mostOfADrawing = 0.4;
    const int median = histogram.quantile(0.5);
    if (opaquePart < mostOfADrawing || histogram.range() <= evenColour) {
        return median >= 128 ? 0 : 255;
    }
    return median;
}

/// Brightness, unless it shows less than half of the contrast that a colour has.
Channel mostTelling(const QImage& argb)
{
    if (argb.isGrayscale()) {
        return Brightness;
    }
    std::array<int, channels.size()> ranges{};
    std::transform(channels.begin(), channels.end(), ranges.begin(),
                   [&](Channel channel) { return OpaqueHistogram(argb, channel).range(); });
    const auto best = std::max_element(ranges.begin(), ranges.end());
    return 2 * ranges[Brightness] >= *best ? Brightness
                                           : channels[static_cast<std::size_t>(best - ranges.begin())];
}

} // namespace

GrayImage luminanceOf(const QImage& picture)
{
    const QImage argb = picture.convertToFormat(QImage::Format_ARGB32);
    const Channel channel = mostTelling(argb);
    const int ground = picture.hasAlphaChannel() ? groundBehind(argb, channel) : 0;
    GrayImage result(argb.width(), argb.height());
    auto* target = result.pixels.data();
    forEachPixel(argb, [&](QRgb pixel) {
        const int alpha = qAlpha(pixel);
        *target++ =
            static_cast<std::uint8_t>((valueOf(pixel, channel) * alpha + ground * (255 - alpha) + 127) / 255);
    });
    return result;
}

} // namespace digitpad
