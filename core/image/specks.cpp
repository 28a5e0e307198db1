#include "core/image/specks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace digitpad {

namespace {

/// The indices of a patch's pixels.
using Patch = std::vector<std::size_t>;

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
    const Patch& patchAt(std::size_t start)
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
    Patch m_patch;
};

template <class Visit>
void forEachPatch(const GrayImage& ink, const Visit& visit)
{
    PatchFinder finder(ink);
    for (std::size_t pixel = 0; pixel < ink.pixels.size(); ++pixel) {
        if (const Patch& patch = finder.patchAt(pixel); !patch.empty()) {
            visit(patch);
        }
    }
}

template <class Condition>
void removePatches(GrayImage& ink, const Condition& condition)
{
    const GrayImage original = ink;
    forEachPatch(original, [&](const Patch& patch) {
        if (condition(patch)) {
            std::for_each(patch.begin(), patch.end(), [&ink](std::size_t pixel) { ink.pixels[pixel] = 0; });
        }
    });
}

std::vector<std::size_t> patchSizes(const GrayImage& ink)
{
    std::vector<std::size_t> sizes;
    forEachPatch(ink, [&sizes](const Patch& patch) { sizes.push_back(patch.size()); });
    return sizes;
}

std::size_t largestOf(const std::vector<std::size_t>& sizes)
{
    return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

bool isSpeck(std::size_t size, std::size_t largest)
{
    return 100 * size < largest;
}

} // namespace

int speckCount(const GrayImage& ink)
{
    const auto sizes = patchSizes(ink);
    const std::size_t largest = largestOf(sizes);
    return static_cast<int>(std::count_if(sizes.begin(), sizes.end(),
                                          [largest](std::size_t size) { return isSpeck(size, largest); }));
}

void removeSpecks(GrayImage& ink)
{
    const std::size_t largest = largestOf(patchSizes(ink));
    removePatches(ink, [largest](const Patch& patch) { return isSpeck(patch.size(), largest); });
}

void removeEdgeShadows(GrayImage& ink)
{
    const auto touchesEdge = [width = static_cast<std::size_t>(ink.width),
                              total = ink.pixels.size()](const Patch& patch) {
        return std::any_of(patch.begin(), patch.end(), [=](std::size_t pixel) {
            const std::size_t x = pixel % width;
            return x == 0 || x + 1 == width || pixel < width || pixel + width >= total;
        });
    };
    std::size_t largest = 0;
    std::size_t largestInside = 0;
    forEachPatch(ink, [&](const Patch& patch) {
        largest = std::max(largest, patch.size());
        if (patch.size() > largestInside && !touchesEdge(patch)) {
            largestInside = patch.size();
        }
    });
    if (10 * largestInside >= largest) {
        removePatches(ink, touchesEdge);
    }
}

} // namespace digitpad
