#pragma once

#include "core/image/grayimage.h"

#include <cstdint>
#include <vector>

namespace digitpad {

/// The paper of a picture as it would look without ink.
class LocalGround
{
public:
    /// The same value everywhere.
    static LocalGround even(int value);
    /// Follows uneven light: medians of a coarse grid's cells, at most 24 along the longer side; cells that
    /// ink covers are outvoted by their neighbours, up to three cells away. The picture is not empty.
    static LocalGround followed(const GrayImage& picture);
    /// The same where it is known which way ink departs from the paper: then broad strokes, which are the
    /// majority of their neighbourhood, are outvoted too.
    enum class Ink { Dark, Light };
    static LocalGround followed(const GrayImage& picture, Ink ink);

    /// The ground's values along row `y` of the picture; `values` is as long as the row.
    void row(int y, std::vector<std::uint8_t>& values) const;

private:
    LocalGround() = default;
    /// Nothing is outvoted yet.
    static LocalGround ofCells(const GrayImage& picture);
    /// Of the cell nearest to the given one that exists.
    [[nodiscard]] double cell(int column, int row) const;

    double m_cellWidth = 1; ///< In pixels.
    double m_cellHeight = 1;
    GrayImage m_cells;
};

} // namespace digitpad
