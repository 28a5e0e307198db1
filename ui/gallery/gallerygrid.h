#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>

namespace digitpad {

/// Where the cells of a gallery are: equal cells in rows that fill the width, from the left. Content
/// coordinates begin at the top left of the first cell's row and do not know of scrolling. All of it in
/// constant time, however many cells there are.
class GalleryGrid
{
public:
    /// `count` cells of at least `cell`, which is not empty, in a view of `width` pixels.
    GalleryGrid(int count = 0, QSize cell = {1, 1}, int width = 0);

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] int columns() const { return m_columns; } ///< At least 1.
    [[nodiscard]] int rows() const { return (m_count + m_columns - 1) / m_columns; }
    [[nodiscard]] int cellHeight() const { return m_cell.height(); }
    /// Of all rows; clamped to what a scroll bar can hold.
    [[nodiscard]] int height() const;
    [[nodiscard]] QRect cell(int index) const;
    /// -1 where there is none.
    [[nodiscard]] int indexAt(QPoint place) const;

    /// Cells from `first` to `last` in each of the rows from `top` to `bottom`.
    struct Block
    {
        int top = 0;
        int bottom = -1;
        int first = 0;
        int last = -1;

        bool operator==(const Block&) const = default;
    };
    /// The cells that a rectangle touches; none where it lies outside. Cells of the last row may not exist.
    [[nodiscard]] Block block(const QRect& area) const;
    [[nodiscard]] int index(int row, int column) const { return row * m_columns + column; }

private:
    [[nodiscard]] int columnAt(int x) const;

    int m_count;
    QSize m_cell; ///< The least; columns share what is left of the width.
    int m_width;
    int m_columns;
};

} // namespace digitpad
