#include "ui/gallery/gallerythumbnails.h"

#include "core/image/digitimage.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace digitpad {

namespace {

constexpr int cacheBytes = 64 << 20;
constexpr int one = 256;

} // namespace

ThumbnailMaker::ThumbnailMaker(int side, const QColor& ink)
    : m_side(std::max(side, digitSide))
{
    const double step = double{digitSide} / m_side;
    for (int i = 0; i < m_side; ++i) {
        const double place = std::clamp((i + 0.5) * step - 0.5, 0.0, digitSide - 1.0);
        const int low = static_cast<int>(place);
        m_places.push_back(
            {low, std::min(low + 1, digitSide - 1), static_cast<int>(std::lround((place - low) * one))});
    }
    for (int value = 0; value < one; ++value) {
        m_colors.push_back(qPremultiply(qRgba(ink.red(), ink.green(), ink.blue(), value)));
    }
}

QImage ThumbnailMaker::make(const std::uint8_t* pixels) const
{
    QImage image(m_side, m_side, QImage::Format_ARGB32_Premultiplied);
    std::array<int, digitSide> row{}; // Values times 256.
    for (int y = 0; y < m_side; ++y) {
        const Place& place = m_places[static_cast<std::size_t>(y)];
        const std::uint8_t* low = pixels + place.low * digitSide;
        const std::uint8_t* high = pixels + place.high * digitSide;
        for (std::size_t x = 0; x < digitSide; ++x) {
            row[x] = low[x] * (one - place.weight) + high[x] * place.weight;
        }
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < m_side; ++x) {
            const Place& across = m_places[static_cast<std::size_t>(x)];
            const int value = row[static_cast<std::size_t>(across.low)] * (one - across.weight) +
                              row[static_cast<std::size_t>(across.high)] * across.weight;
            line[x] = m_colors[static_cast<std::size_t>((value + one * one / 2) / (one * one))];
        }
    }
    return image;
}

GalleryThumbnails::GalleryThumbnails()
    : m_maker(digitSide, Qt::black)
    , m_images(cacheBytes)
{
}

void GalleryThumbnails::prepare(int side, const QColor& ink)
{
    if (m_side != side || m_ink != ink) {
        m_side = side;
        m_ink = ink;
        m_maker = ThumbnailMaker(side, ink);
        m_images.clear();
    }
}

void GalleryThumbnails::forget(int first, int last)
{
    if (last - first >= m_images.count()) {
        m_images.clear();
        return;
    }
    for (int i = first; i <= last; ++i) {
        m_images.remove(i);
    }
}

const QImage& GalleryThumbnails::image(int index, const std::uint8_t* pixels)
{
    if (const QImage* known = m_images.object(index)) {
        return *known;
    }
    m_uncached = m_maker.make(pixels);
    m_images.insert(index, new QImage(m_uncached), static_cast<int>(m_uncached.sizeInBytes()));
    return m_uncached;
}

} // namespace digitpad
