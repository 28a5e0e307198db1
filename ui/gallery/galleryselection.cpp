#include "ui/gallery/galleryselection.h"

#include <algorithm>

namespace digitpad {

void GallerySelection::reset(int count)
{
    m_selected.assign(static_cast<std::size_t>(count), 0);
    m_beneath.clear();
    m_count = 0;
    m_current = -1;
    m_anchor = -1;
}

std::vector<int> GallerySelection::indices() const
{
    std::vector<int> result;
    result.reserve(static_cast<std::size_t>(m_count));
    for (std::size_t i = 0; i < m_selected.size() && static_cast<int>(result.size()) < m_count; ++i) {
        if (m_selected[i] != 0) {
            result.push_back(static_cast<int>(i));
        }
    }
    return result;
}

void GallerySelection::set(int index, bool selected)
{
    char& place = m_selected[static_cast<std::size_t>(index)];
    m_count += (selected ? 1 : 0) - (place != 0 ? 1 : 0);
    place = selected ? 1 : 0;
}

void GallerySelection::clear()
{
    if (m_count > 0) {
        std::fill(m_selected.begin(), m_selected.end(), char{0});
        m_count = 0;
    }
}

void GallerySelection::selectOnly(int index)
{
    clear();
    set(index, true);
    m_current = index;
    m_anchor = index;
}

void GallerySelection::toggle(int index)
{
    set(index, !contains(index));
    m_current = index;
    m_anchor = index;
}

void GallerySelection::selectTo(int index, bool add)
{
    if (m_anchor < 0) {
        m_anchor = m_current < 0 ? index : m_current;
    }
    if (!add) {
        clear();
    }
    for (int i = std::min(m_anchor, index); i <= std::max(m_anchor, index); ++i) {
        set(i, true);
    }
    m_current = index;
}

void GallerySelection::selectAll()
{
    std::fill(m_selected.begin(), m_selected.end(), char{1});
    m_count = static_cast<int>(m_selected.size());
}

void GallerySelection::select(const std::vector<int>& indices)
{
    clear();
    for (const int index : indices) {
        if (index >= 0 && index < static_cast<int>(m_selected.size())) {
            set(index, true);
            m_current = index;
            m_anchor = index;
        }
    }
}

void GallerySelection::beginBand(bool add)
{
    if (!add) {
        clear();
    }
    m_beneath = m_selected;
}

void GallerySelection::setBand(const GalleryGrid& grid, const GalleryGrid::Block& block)
{
    m_selected = m_beneath;
    for (int row = block.top; row <= block.bottom; ++row) {
        for (int column = block.first; column <= block.last; ++column) {
            if (const int index = grid.index(row, column); index < grid.count()) {
                m_selected[static_cast<std::size_t>(index)] = 1;
            }
        }
    }
    m_count = static_cast<int>(std::count(m_selected.begin(), m_selected.end(), char{1}));
}

} // namespace digitpad
