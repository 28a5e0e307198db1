#include "core/image/specks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace digitpad {

namespace {

/// Finds the patches of a picture one after the other.
class PatchFinder
{
public:
    explicit PatchFinder(const GrayImage& ink)
        : m_ink(ink)
        , m_seen(ink.pixels.size())
    {
    }

    /// The pixels of the patch that holds `start`; empty where it is paper or was found before. Valid until
    /// the next call.
    const std::vector<std::size_t>& patchAt(std::size_t start)
    {
        m_patch.clear();
        visit(start);
        for (std::size_t i = 0; i < m_patch.size(); ++i) {
            visitNeighbours(m_patch[i]);
        }
        return m_patch;
    }

private:
    void visit(std::size_t pixel)
    {
        if (m_ink.pixels[pixel] > 0 && !m_seen[pixel]) {
            m_seen[pixel] = 1;
            m_patch.push_back(pixel);
        }
    }

    void visitNeighbours(std::size_t pixel)
    {
        const auto width = static_cast<std::size_t>(m_ink.width);
        const int x = static_cast<int>(pixel % width);
        const int y = static_cast<int>(pixel / width);
        for (int row = std::max(0, y - 1); row <= std::min(m_ink.height - 1, y + 1); ++row) {
            for (int column = std::max(0, x - 1); column <= std::min(m_ink.width - 1, x + 1); ++column) {
                visit(static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column));
            }
        }
    }

    const GrayImage& m_ink;
    std::vector<std::uint8_t> m_seen;
    std::vector<std::size_t> m_patch;
};

std::size_t largestPatch(const GrayImage& ink)
{
    PatchFinder finder(ink);
    std::size_t largest = 0;
    for (std::size_t pixel = 0; pixel < ink.pixels.size(); ++pixel) {
        largest = std::max(largest, finder.patchAt(pixel).size());
    }
    return largest;
}

} // namespace

void removeSpecks(GrayImage& ink)
{
    const std::size_t largest = largestPatch(ink);
    const GrayImage original = ink;
    PatchFinder finder(original);
    for (std::size_t start = 0; start < original.pixels.size(); ++start) {
        const auto& patch = finder.patchAt(start);
        if (100 * patch.size() < largest) {
            for (const std::size_t pixel : patch) {
                ink.pixels[pixel] = 0;
            }
        }
    }
}

} // namespace digitpad
