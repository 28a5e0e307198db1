#include "ui/training/lineraster.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

/// `part` 0..256 of `a` in `b`, for two channels at once.
std::uint32_t mixedChannels(std::uint32_t a, std::uint32_t b, std::uint32_t part)
{
    constexpr std::uint32_t mask = 0x00ff00ff;
    return (((a & mask) * part + (b & mask) * (256 - part)) >> 8) & mask;
}

} // namespace

LineRaster::LineRaster(QImage& image)
    : m_width(image.width())
    , m_height(image.height())
{
    m_rows.reserve(static_cast<std::size_t>(m_height));
    for (int y = 0; y < m_height; ++y) {
        m_rows.push_back(reinterpret_cast<QRgb*>(image.scanLine(y)));
    }
}

void LineRaster::stroke(const QPolygonF& points, double width, const QColor& color,
                        const QList<qreal>& dashes)
{
    m_color = color.rgb();
    if (!dashes.isEmpty()) {
        QList<qreal> lengths = dashes;
        for (qreal& length : lengths) {
            length *= width;
        }
        const auto pieces = dashed(points, lengths);
        for (const QPolygonF& piece : pieces) {
            stroke(piece, width, color);
        }
        return;
    }
    for (qsizetype i = 1; i < points.size(); ++i) {
        segment(points[i - 1], points[i], width / 2);
    }
    if (points.size() == 1) {
        segment(points[0], points[0], width / 2);
    }
}

void LineRaster::disc(QPointF center, double radius, const QColor& color)
{
    m_color = color.rgb();
    segment(center, center, radius);
}

void LineRaster::segment(QPointF from, QPointF to, double radius)
{
    if (!std::isfinite(from.x() + from.y() + to.x() + to.y())) {
        return;
    }
    const QPointF along = to - from;
    if (std::abs(along.y()) > std::abs(along.x())) {
        sweep<true>(from.transposed(), to.transposed(), radius);
    } else {
        sweep<false>(from, to, radius);
    }
}

/// Column by column (rows of a steep line, with x and y exchanged), all pixels within reach of the line.
template <bool Steep>
void LineRaster::sweep(QPointF from, QPointF to, double radius)
{
    if (from.x() > to.x()) {
        std::swap(from, to);
    }
    const double reach = radius + 0.5;
    const int columns = Steep ? m_height : m_width;
    const int rows = Steep ? m_width : m_height;
    const double firstColumn = std::max(0.0, std::floor(from.x() - reach));
    const double lastColumn = std::min(columns - 1.0, std::floor(to.x() + reach));
    const double dx = to.x() - from.x();
    const double length = std::hypot(dx, to.y() - from.y());
    const double slope = dx > 0 ? (to.y() - from.y()) / dx : 0;
    const double ux = length > 0 ? dx / length : 1;
    const double uy = length > 0 ? (to.y() - from.y()) / length : 0;
    const double extent = reach * std::sqrt(1 + slope * slope);
    for (double column = firstColumn; column <= lastColumn; ++column) {
        const double x = column + 0.5 - from.x();
        const double middle = from.y() + slope * std::clamp(x, 0.0, dx);
        const double firstRow = std::max(0.0, std::floor(middle - extent));
        const double lastRow = std::min(rows - 1.0, std::floor(middle + extent));
        for (double row = firstRow; row <= lastRow; ++row) {
            const double y = row + 0.5 - from.y();
            const double along = x * ux + y * uy;
            double distance = std::abs(x * uy - y * ux);
            if (along < 0) {
                distance = std::hypot(x, y);
            } else if (along > length) {
                distance = std::hypot(x - length * ux, y - length * uy);
            }
            if (distance < reach) {
                const auto line = static_cast<std::size_t>(Steep ? column : row);
                blend(m_rows[line][static_cast<int>(Steep ? row : column)], reach - distance);
            }
        }
    }
}

void LineRaster::blend(QRgb& pixel, double coverage) const
{
    if (coverage >= 1) {
        pixel = m_color;
        return;
    }
    const auto part = static_cast<std::uint32_t>(coverage * 256);
    pixel = 0xff000000 | mixedChannels(m_color, pixel, part) |
            (mixedChannels(m_color >> 8, pixel >> 8, part) << 8);
}

QList<QPolygonF> dashed(const QPolygonF& points, const QList<qreal>& dashes)
{
    QList<QPolygonF> pieces;
    const double period = std::accumulate(dashes.begin(), dashes.end(), 0.0);
    if (points.size() < 2 || period <= 0) {
        pieces.append(points);
        return pieces;
    }
    qsizetype dash = 0; // Even ones are drawn.
    double left = dashes[0];
    QPolygonF piece{points[0]};
    for (qsizetype i = 1; i < points.size(); ++i) {
        QPointF at = points[i - 1];
        const QPointF way = points[i] - at;
        const double length = std::hypot(way.x(), way.y());
        double done = 0;
        while (length - done >= left) {
            done += left;
            at = points[i - 1] + way * (done / length);
            if (dash % 2 == 0) {
                piece.append(at);
                pieces.append(piece);
            }
            piece = {at};
            dash = (dash + 1) % dashes.size();
            left = dashes[dash];
        }
        left -= length - done;
        if (dash % 2 == 0) {
            piece.append(points[i]);
        }
    }
    if (dash % 2 == 0 && piece.size() > 1) {
        pieces.append(piece);
    }
    return pieces;
}

} // namespace digitpad
