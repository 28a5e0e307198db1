#include "ui/gallery/gallerygrid.h"

#include <algorithm>
#include <limits>

namespace digitpad {

namespace {

/// Half of an int: sums of positions never overflow.
constexpr int maximumHeight = std::numeric_limits<int>::max() / 2;

} // namespace

GalleryGrid::GalleryGrid(int count, QSize cell, int width)
    : m_count(count)
    , m_cell(cell)
    , m_width(std::max(width, cell.width()))
    , m_columns(m_width / cell.width())
{
}

int GalleryGrid::height() const
{
    return static_cast<int>(std::min<qint64>(qint64{rows()} * m_cell.height(), maximumHeight));
}

QRect GalleryGrid::cell(int index) const
{
    const int row = index / m_columns;
    const int column = index % m_columns;
    const int left = static_cast<int>(qint64{column} * m_width / m_columns);
    const int right = static_cast<int>(qint64{column + 1} * m_width / m_columns);
    const int top = static_cast<int>(std::min<qint64>(qint64{row} * m_cell.height(), maximumHeight));
    return {left, top, right - left, m_cell.height()};
}

int GalleryGrid::columnAt(int x) const
{
    // The inverse of the division in cell(), rounding included.
    return static_cast<int>(((qint64{x} + 1) * m_columns - 1) / m_width);
}

int GalleryGrid::indexAt(QPoint place) const
{
    if (place.x() < 0 || place.x() >= m_width || place.y() < 0) {
        return -1;
    }
    const qint64 index = qint64{place.y() / m_cell.height()} * m_columns + columnAt(place.x());
    return index < m_count ? static_cast<int>(index) : -1;
}

GalleryGrid::Block GalleryGrid::block(const QRect& area) const
{
    const QRect inside = area.intersected(QRect(0, 0, m_width, height()));
    if (inside.isEmpty()) {
        return {};
    }
    return {inside.top() / m_cell.height(), inside.bottom() / m_cell.height(), columnAt(inside.left()),
            columnAt(inside.right())};
}

} // namespace digitpad
