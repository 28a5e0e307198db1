#pragma once

#include <QCache>
#include <QColor>
#include <QImage>

#include <cstdint>
#include <vector>

namespace digitpad {

/// 28×28 bytes as ink of a colour and of their values' opacity, `side` pixels each way, at least 28: enlarged
/// by linear interpolation, so that strokes look smooth. Made in a few tens of microseconds.
class ThumbnailMaker
{
public:
    ThumbnailMaker(int side, const QColor& ink);

    /// `pixels` are 784. ARGB32, premultiplied.
    [[nodiscard]] QImage make(const std::uint8_t* pixels) const;

private:
    /// Where a target pixel lies between two source pixels.
    struct Place
    {
        int low = 0;
        int high = 0;
        int weight = 0; ///< Of `high`, 0 to 256.
    };

    int m_side;
    std::vector<Place> m_places;
    std::vector<QRgb> m_colors; ///< One for each value.
};

/// The thumbnails that were in sight lately, at most 64 MiB of them; others are made when they are asked for,
/// so many a frame that it stays a frame.
class GalleryThumbnails
{
public:
    GalleryThumbnails();

    /// Forgets those of another side (device pixels) or colour.
    void prepare(int side, const QColor& ink);
    void clear() { m_images.clear(); }
    void forget(int first, int last);
    void beginFrame() { m_freshPixels = 0; }
    /// Valid until the next call; null where it has to wait for another frame. `pixels` are 784.
    [[nodiscard]] const QImage* image(int index, const std::uint8_t* pixels);

private:
    int m_side = 0;
    QColor m_ink;
    ThumbnailMaker m_maker;
    QCache<int, QImage> m_images; ///< Costs are bytes.
    QImage m_uncached;
    int m_freshPixels = 0; ///< Made in this frame.
};

} // namespace digitpad
