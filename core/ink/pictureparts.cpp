#include "core/ink/pictureparts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFFU;
/// Of the picture's ink; a patch that is nowhere brighter is a smear.
constexpr int palestPatch = 32;

/// Floods the picture from its brightest pixels down, so that patches grow until they meet (as in a
/// watershed), and joins those that meet on a bright bridge. A union-find forest over the pixels.
class PatchFlood
{
public:
    explicit PatchFlood(const GrayImage& picture)
        : m_picture(picture)
        , m_parent(picture.pixels.size(), none)
        , m_peak(picture.pixels.size(), 0)
    {
        for (const std::uint32_t pixel : brightestFirst(picture)) {
            flood(pixel);
        }
    }

    /// Numbers the patches from 1 in `patch`; returns how many there are.
    std::uint32_t number(std::vector<std::uint32_t>& patch)
    {
        std::vector<std::uint32_t> numbers(m_parent.size(), 0);
        std::uint32_t count = 0;
        patch.assign(m_parent.size(), 0);
        for (std::uint32_t pixel = 0; pixel < m_parent.size(); ++pixel) {
            if (m_parent[pixel] == none) {
                continue;
            }
            const std::uint32_t root = find(pixel);
            if (m_peak[root] >= palestPatch) {
                numbers[root] = numbers[root] > 0 ? numbers[root] : ++count;
                patch[pixel] = numbers[root];
            }
        }
        return count;
    }

private:
    /// All pixels with ink; a counting sort.
    static std::vector<std::uint32_t> brightestFirst(const GrayImage& picture)
    {
        std::array<std::size_t, 257> begins{};
        for (const std::uint8_t value : picture.pixels) {
            ++begins[256U - value];
        }
        begins[256] = 0; // Paper.
        std::partial_sum(begins.begin(), begins.end(), begins.begin());
        std::vector<std::uint32_t> order(begins[256]);
        for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
            if (picture.pixels[i] > 0) {
                order[begins[255U - picture.pixels[i]]++] = static_cast<std::uint32_t>(i);
            }
        }
        return order;
    }

    void flood(std::uint32_t pixel)
    {
        m_parent[pixel] = pixel;
        m_peak[pixel] = m_picture.pixels[pixel];
        const auto width = static_cast<std::uint32_t>(m_picture.width);
        const auto height = static_cast<std::uint32_t>(m_picture.height);
        const std::uint32_t x = pixel % width;
        const std::uint32_t y = pixel / width;
        for (std::uint32_t row = y - std::min(y, 1U); row <= std::min(height - 1, y + 1); ++row) {
            for (std::uint32_t column = x - std::min(x, 1U); column <= std::min(width - 1, x + 1); ++column) {
                if (m_parent[row * width + column] != none) {
                    meet(pixel, row * width + column);
                }
            }
        }
    }

    /// A new pixel joins the first patch that it touches, and with that all others that are not much brighter
    /// than itself.
    void meet(std::uint32_t pixel, std::uint32_t neighbour)
    {
        const std::uint32_t a = find(pixel);
        const std::uint32_t b = find(neighbour);
        if (a == b) {
            return;
        }
        const int value = m_picture.pixels[pixel];
        if (a == pixel || 5 * value >= 2 * std::min<int>(m_peak[a], m_peak[b])) {
            m_parent[a] = b;
            m_peak[b] = std::max(m_peak[a], m_peak[b]);
        }
    }

    std::uint32_t find(std::uint32_t pixel)
    {
        while (m_parent[pixel] != pixel) {
            m_parent[pixel] = m_parent[m_parent[pixel]];
            pixel = m_parent[pixel];
        }
        return pixel;
    }

    const GrayImage& m_picture;
    std::vector<std::uint32_t> m_parent; ///< `none` for paper.
    std::vector<std::uint8_t> m_peak;    ///< Of a root: its patch's brightest pixel.
};

bool covers(const PartPiece& piece, std::uint32_t patch, float x)
{
    return piece.index + 1 == patch && x >= piece.from && x < piece.to;
}

void addPixel(InkPart& part, float x, float y, bool isPlace)
{
    const InkBox pixel{x, y, x + 1, y + 1};
    part.box = part.box.empty() ? pixel : united(part.box, pixel);
    if (isPlace) {
        part.places.push_back({double{x} + 0.5, double{y} + 0.5});
    }
}

} // namespace

PicturePatches::PicturePatches(const GrayImage& picture)
    : m_picture(picture)
{
    makeParts(PatchFlood(picture).number(m_patch));
}

void PicturePatches::makeParts(std::size_t count)
{
    std::vector<std::size_t> pixels(count, 0);
    for (const std::uint32_t patch : m_patch) {
        if (patch > 0) {
            ++pixels[patch - 1];
        }
    }
    m_parts.resize(count);
    std::vector<std::size_t> seen(count, 0);
    for (std::size_t i = 0; i < m_patch.size(); ++i) {
        if (m_patch[i] == 0) {
            continue;
        }
        const std::size_t patch = m_patch[i] - 1;
        const auto x = static_cast<float>(i % static_cast<std::size_t>(m_picture.width));
        const auto y = static_cast<float>(i / static_cast<std::size_t>(m_picture.width));
        const std::size_t step = (pixels[patch] + InkPart::mostPlaces - 1) / InkPart::mostPlaces;
        addPixel(m_parts[patch], x, y, seen[patch]++ % step == 0);
    }
    for (std::size_t i = 0; i < count; ++i) {
        m_parts[i].pieces = {{i}};
        m_boxes.push_back(m_parts[i].box);
    }
}

PixelBox PicturePatches::boxOf(std::span<const PartPiece> pieces) const
{
    InkBox box;
    for (const PartPiece& piece : pieces) {
        InkBox own = m_boxes[piece.index];
        own.left = std::max(own.left, std::floor(piece.from));
        own.right = std::min(own.right, std::ceil(piece.to));
        box = box.empty() ? own : united(box, own);
    }
    const auto left = static_cast<int>(box.left);
    const auto top = static_cast<int>(box.top);
    return {left, top, static_cast<int>(box.right) - left, static_cast<int>(box.bottom) - top};
}

GrayImage PicturePatches::inkOf(std::span<const PartPiece> pieces, PixelBox* box) const
{
    const PixelBox area = boxOf(pieces);
    if (box != nullptr) {
        *box = area;
    }
    GrayImage result(area.width, area.height);
    for (int y = 0; y < area.height; ++y) {
        const std::uint8_t* row = m_picture.row(area.top + y) + area.left;
        const std::uint32_t* patches =
            m_patch.data() +
            static_cast<std::size_t>(area.top + y) * static_cast<std::size_t>(m_picture.width) + area.left;
        for (int x = 0; x < area.width; ++x) {
            const auto place = static_cast<float>(area.left + x);
            const bool mine = std::any_of(pieces.begin(), pieces.end(), [&](const PartPiece& piece) {
                return covers(piece, patches[x], place);
            });
            result.row(y)[x] = mine ? row[x] : 0;
        }
    }
    return result;
}

std::vector<InkPart> PicturePatches::slices(const InkPart& part, std::span<const float> cuts,
                                            int number) const
{
    std::vector<InkPart> result;
    for (std::vector<PartPiece>& pieces : cutPieces(part.pieces, cuts)) {
        PixelBox area;
        const GrayImage ink = inkOf(pieces, &area);
        InkPart slice;
        slice.cut = number;
        slice.pieces = std::move(pieces);
        const auto total = static_cast<std::size_t>(std::count_if(
            ink.pixels.begin(), ink.pixels.end(), [](std::uint8_t value) { return value > 0; }));
        const std::size_t step = (total + InkPart::mostPlaces - 1) / InkPart::mostPlaces;
        std::size_t seen = 0;
        for (std::size_t i = 0; i < ink.pixels.size(); ++i) {
            if (ink.pixels[i] > 0) {
                const auto columns = static_cast<std::size_t>(ink.width);
                const auto x = static_cast<float>(area.left) + static_cast<float>(i % columns);
                const auto y = static_cast<float>(area.top) + static_cast<float>(i / columns);
                addPixel(slice, x, y, seen++ % step == 0);
            }
        }
        if (!slice.box.empty()) {
            result.push_back(std::move(slice));
        }
    }
    return result;
}

std::vector<float> PicturePatches::cutsOf(const InkPart& part, double distance, std::size_t most) const
{
    PixelBox box;
    const GrayImage ink = inkOf(part.pieces, &box);
    std::vector<double> profile(static_cast<std::size_t>(box.width), 0.0);
    for (int y = 0; y < box.height; ++y) {
        for (int x = 0; x < box.width; ++x) {
            profile[static_cast<std::size_t>(x)] += ink.row(y)[x];
        }
    }
    std::vector<float> cuts;
    const auto least = std::max<std::size_t>(1, static_cast<std::size_t>(distance));
    for (const std::size_t column : valleysOf(profile, least, most)) {
        cuts.push_back(static_cast<float>(box.left) + static_cast<float>(column));
    }
    return cuts;
}

} // namespace digitpad
