#pragma once

#include <QColor>
#include <QImage>
#include <QList>
#include <QPolygonF>

#include <vector>

namespace digitpad {

/// Strokes long polylines into a picture, antialiased, opaque, with round joins: a pixel is covered by how
/// near it is to the line. QPainter builds an outline of the whole stroke first, which takes a hundred times
/// longer for lines of some pixels' width (tests/benchmarks/charts.cpp).
class LineRaster
{
public:
    /// `image` has the format RGB32 and outlives the raster; nobody else draws into it meanwhile.
    explicit LineRaster(QImage& image);

    /// Points and width in pixels; `dashes` as for QPen::setDashPattern(), in widths, empty for a solid line.
    void stroke(const QPolygonF& points, double width, const QColor& color, const QList<qreal>& dashes = {});
    void disc(QPointF center, double radius, const QColor& color);

private:
    void segment(QPointF from, QPointF to, double radius);
    template <bool Steep>
    void sweep(QPointF from, QPointF to, double radius);
    void blend(QRgb& pixel, float coverage) const;

    std::vector<QRgb*> m_rows;
    int m_width;
    int m_height;
    QRgb m_color = 0;
};

} // namespace digitpad
