#pragma once

#include "core/ink/drawing.h"
#include "ui/draw/strokecurve.h"

#include <QColor>
#include <QImage>
#include <QRect>

#include <array>

namespace digitpad {

/// The pad's ink as it shows, in device pixels. Every place gets the greatest coverage of anything drawn
/// there, not the sum: pieces may overlap and be drawn one by one, in any order and more than once, and edges
/// stay as smooth as if all were one shape.
class InkLayer
{
public:
    /// An empty layer of `pixels` × `pixels`.
    void reset(int pixels, const QColor& ink);
    [[nodiscard]] int pixels() const { return m_image.width(); }
    [[nodiscard]] const QColor& ink() const { return m_ink; }
    /// Premultiplied, transparent where there is no ink.
    [[nodiscard]] const QImage& image() const { return m_image; }

    /// Draws everything that shows within `area` (device pixels) anew. O(points), with little work for pieces
    /// outside.
    void repaint(const PadContent& content, const QRect& area);
    /// Adds the settled pieces of a growing stroke from `first` on; returns how many are settled.
    std::size_t addSettled(const Stroke& stroke, std::size_t first);
    /// The whole pixels that an area in pad units touches, with one more for smooth edges.
    [[nodiscard]] QRect deviceRect(const QRectF& padArea) const;

private:
    void paintPicture(const std::shared_ptr<const GrayImage>& picture, const QRect& area);
    void paintPiece(const CurvePiece& piece, const QRect& clip);
    void paintCapsule(const PenPlace& from, const PenPlace& to, const QRect& clip);
    [[nodiscard]] double scale() const { return pixels() / double{Drawing::side}; }

    QImage m_image;
    QColor m_ink;
    std::shared_ptr<const GrayImage> m_picture; ///< The one that `m_reduced` was made of.
    GrayImage m_reduced; ///< At most twice the layer's size, so that it can be drawn smoothly and fast.
    std::array<QRgb, 256> m_shades{}; ///< The ink's colour at each coverage.
};

/// The pad as a picture of its own, for the clipboard and for PNG files.
QImage padPicture(const PadContent& content, int pixels, const QColor& ink, const QColor& paper);

} // namespace digitpad
