#include "ui/training/lineraster.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

/// `part` 0..256 of `a` in `b`, for two channels at once.
std::uint32_t mixedChannels(std::uint32_t a, std::uint32_t b, std::uint32_t part)
{
    constexpr std::uint32_t mask = 0x00ff00ff;
    return (((a & mask) * part + (b & mask) * (256 - part)) >> 8) & mask;
}

/// Walks along a polyline and finds the pieces that a dash pattern leaves.
class DashWalk
{
public:
    DashWalk(const QList<qreal>& dashes, double width)
        : m_dashes(dashes)
        , m_width(width)
        , m_left(dashes[0] * width)
    {
    }

    template <class Draw>
    void along(QPointF from, QPointF to, Draw draw)
    {
        const QPointF way = to - from;
        const double length = std::hypot(way.x(), way.y());
        double done = 0;
        QPointF at = from;
        while (length - done >= m_left) {
            done += m_left;
            const QPointF end = from + way * (done / length);
            if (m_dash % 2 == 0) {
                draw(at, end);
            }
            at = end;
            m_dash = (m_dash + 1) % m_dashes.size();
            m_left = std::max(0.1, m_dashes[m_dash] * m_width); // However bad the pattern, it gets on.
        }
        m_left -= length - done;
        if (m_dash % 2 == 0) {
            draw(at, to);
        }
    }

private:
    const QList<qreal>& m_dashes;
    double m_width;
    double m_left; ///< Of the piece in hand.
    qsizetype m_dash = 0;
};

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
    const double radius = width / 2;
    if (points.size() == 1) {
        segment(points[0], points[0], radius);
    }
    if (dashes.isEmpty()) {
        for (qsizetype i = 1; i < points.size(); ++i) {
            segment(points[i - 1], points[i], radius);
        }
        return;
    }
    DashWalk walk(dashes, width);
    for (qsizetype i = 1; i < points.size(); ++i) {
        walk.along(points[i - 1], points[i],
                   [this, radius](QPointF from, QPointF to) { segment(from, to, radius); });
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
    if (to.x() < -reach || from.x() > columns + reach) {
        return;
    }
    const int firstColumn = static_cast<int>(std::max(0.0, std::floor(from.x() - reach)));
    const int lastColumn = static_cast<int>(std::min(columns - 1.0, std::floor(to.x() + reach)));
    const double dx = to.x() - from.x();
    const double dy = to.y() - from.y();
    const double length = std::hypot(dx, dy);
    const double slope = dx > 0 ? dy / dx : 0;
    const auto ux = static_cast<float>(length > 0 ? dx / length : 1);
    const auto uy = static_cast<float>(length > 0 ? dy / length : 0);
    const auto end = static_cast<float>(length);
    const auto limit = static_cast<float>(reach);
    const double extent = reach * std::sqrt(1 + slope * slope);
    for (int column = firstColumn; column <= lastColumn; ++column) {
        const double x = column + 0.5 - from.x();
        const double middle = from.y() + slope * std::clamp(x, 0.0, dx);
        const int firstRow = static_cast<int>(std::clamp(std::floor(middle - extent), 0.0, double(rows)));
        const int lastRow = static_cast<int>(std::clamp(std::floor(middle + extent), -1.0, rows - 1.0));
        const auto fx = static_cast<float>(x);
        auto fy = static_cast<float>(firstRow + 0.5 - from.y());
        for (int row = firstRow; row <= lastRow; ++row, fy += 1) {
            const float along = fx * ux + fy * uy;
            float distance = std::abs(fx * uy - fy * ux);
            if (along < 0) {
                distance = std::sqrt(fx * fx + fy * fy);
            } else if (along > end) {
                const float over = along - end;
                distance = std::sqrt(over * over + distance * distance);
            }
            if (distance < limit) {
                blend(m_rows[static_cast<std::size_t>(Steep ? column : row)][Steep ? row : column],
                      limit - distance);
            }
        }
    }
}

void LineRaster::blend(QRgb& pixel, float coverage) const
{
    if (coverage >= 1) {
        pixel = m_color;
        return;
    }
    const auto part = static_cast<std::uint32_t>(coverage * 256);
    pixel = 0xff000000 | mixedChannels(m_color, pixel, part) |
            (mixedChannels(m_color >> 8, pixel >> 8, part) << 8);
}

} // namespace digitpad
