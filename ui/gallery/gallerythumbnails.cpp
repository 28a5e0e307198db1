#include "ui/gallery/gallerythumbnails.h"

#include "core/image/digitimage.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace digitpad {

namespace {

constexpr int cacheBytes = 64 << 20;
/// Some milliseconds. A view on a usual screen has fewer; those of a jump on a large one come in two or three
/// frames.
constexpr int freshPixelsAFrame = 1'200'000;
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
    // The 28 rows are enlarged across once, not again for each row that comes to lie between two of them.
    const auto width = static_cast<std::size_t>(m_side);
    std::vector<int> across(digitSide * width); // Values times 256.
    for (std::size_t y = 0; y < digitSide; ++y) {
        const std::uint8_t* source = pixels + y * digitSide;
        int* target = across.data() + y * width;
        for (std::size_t x = 0; x < width; ++x) {
            const Place& place = m_places[x];
            target[x] = source[place.low] * (one - place.weight) + source[place.high] * place.weight;
        }
    }
    QImage image(m_side, m_side, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < m_side; ++y) {
        const Place& place = m_places[static_cast<std::size_t>(y)];
        const int* low = across.data() + static_cast<std::size_t>(place.low) * width;
        const int* high = across.data() + static_cast<std::size_t>(place.high) * width;
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (std::size_t x = 0; x < width; ++x) {
            const int value = low[x] * (one - place.weight) + high[x] * place.weight;
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

const QImage* GalleryThumbnails::image(int index, const std::uint8_t* pixels)
{
    if (const QImage* known = m_images.object(index)) {
        return known;
    }
    if (m_freshPixels >= freshPixelsAFrame) {
        return nullptr;
    }
    m_uncached = m_maker.make(pixels);
    m_freshPixels += m_uncached.width() * m_uncached.height();
    m_images.insert(index, new QImage(m_uncached), static_cast<int>(m_uncached.sizeInBytes()));
    return &m_uncached;
}

} // namespace digitpad
