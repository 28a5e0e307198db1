#pragma once

#include "ui/gallery/gallerygrid.h"

#include <vector>

namespace digitpad {

/// Which pictures of a gallery are selected, and which is the current one. Ranges go from the anchor, the
/// picture that was clicked last without Shift.
class GallerySelection
{
public:
    /// Forgets everything; there are `count` pictures now.
    void reset(int count);

    [[nodiscard]] int current() const { return m_current; } ///< -1 for none.
    [[nodiscard]] bool contains(int index) const { return m_selected[static_cast<std::size_t>(index)] != 0; }
    [[nodiscard]] int count() const { return m_count; }
    /// Ascending.
    [[nodiscard]] std::vector<int> indices() const;

    void setCurrent(int index) { m_current = index; }
    /// This one alone.
    void selectOnly(int index);
    void toggle(int index);
    /// From the anchor to `index`; beside what was selected where `add`.
    void selectTo(int index, bool add);
    void selectAll();
    void clear();
    void select(const std::vector<int>& indices);

    /// For a rubber band: what is selected now stays beneath each setBand() that follows.
    void beginBand(bool add);
    void setBand(const GalleryGrid& grid, const GalleryGrid::Block& block);

private:
    void set(int index, bool selected);

    std::vector<char> m_selected; ///< One for each picture.
    std::vector<char> m_beneath;  ///< Under the rubber band.
    int m_count = 0;
    int m_current = -1;
    int m_anchor = -1;
};

} // namespace digitpad
