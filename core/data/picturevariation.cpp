#include "core/data/variation.h"
#include "core/image/inkbox.h"
#include "core/image/normalizer.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace digitpad {

namespace {

/// The varied picture is drawn into a field of that many pixels, about twice as fine as the digit's own, and
/// comes back to 20 px through the normaliser.
constexpr int fieldSide = 56;
/// Sampling between pixels and back blurs lines; values from `paper` to `ink` are spread over all of 0 to 255
/// in between. So MNIST's images keep their mean brightness, and change least, when nothing else moves.
constexpr int paper = 30;
constexpr int ink = 200;

GrayImage pictureOf(const std::uint8_t* pixels)
{
    GrayImage picture(digitSide, digitSide);
    std::copy_n(pixels, digitPixels, picture.pixels.begin());
    return picture;
}

/// An image with a rim of paper, sampled between its pixels.
class Sampler
{
public:
    explicit Sampler(const std::uint8_t* pixels)
    {
        for (int y = 0; y < digitSide; ++y) {
            for (int x = 0; x < digitSide; ++x) {
                m_pixels[static_cast<std::size_t>((y + rim) * side + x + rim)] = pixels[y * digitSide + x];
            }
        }
    }

    /// (0, 0) is the middle of the first pixel; what lies outside is paper.
    [[nodiscard]] float at(float x, float y) const
    {
        constexpr auto last = static_cast<float>(side) - 1.001F;
        x = std::clamp(x + rim, 0.0F, last);
        y = std::clamp(y + rim, 0.0F, last);
        const int column = static_cast<int>(x);
        const int row = static_cast<int>(y);
        const float right = x - static_cast<float>(column);
        const float down = y - static_cast<float>(row);
        const float* upper = m_pixels.data() + row * side + column;
        const float* lower = upper + side;
        const float above = upper[0] + right * (upper[1] - upper[0]);
        const float below = lower[0] + right * (lower[1] - lower[0]);
        return above + down * (below - above);
    }

private:
    static constexpr int rim = 1;
    static constexpr int side = digitSide + 2 * rim;
    std::array<float, static_cast<std::size_t>(side) * side> m_pixels{};
};

/// The ripples of a variation over the field, known on a lattice and interpolated between: they are slow.
class RippleLattice
{
public:
    /// `unitsPerPixel` of the field.
    RippleLattice(const PlaneVariation& variation, double unitsPerPixel)
    {
        for (int row = 0; row < nodes; ++row) {
            for (int column = 0; column < nodes; ++column) {
                const PlanePoint ripple = variation.ripple({(column * step - fieldSide / 2.0) * unitsPerPixel,
                                                            (row * step - fieldSide / 2.0) * unitsPerPixel});
                m_across[index(row, column)] = static_cast<float>(ripple.x);
                m_down[index(row, column)] = static_cast<float>(ripple.y);
            }
        }
    }

    /// Calls visit(column, across, down) for the pixels of one row of the field.
    template <class Visit>
    void walkRow(int row, const Visit& visit) const
    {
        const int above = row / step;
        const float part = static_cast<float>(row % step) / step;
        for (int node = 0; node + 1 < nodes; ++node) {
            const float across = mix(m_across, above, node, part);
            const float down = mix(m_down, above, node, part);
            const float acrossStep = (mix(m_across, above, node + 1, part) - across) / step;
            const float downStep = (mix(m_down, above, node + 1, part) - down) / step;
            for (int i = 0; i < step; ++i) {
                const auto pixels = static_cast<float>(i);
                visit(node * step + i, across + pixels * acrossStep, down + pixels * downStep);
            }
        }
    }

private:
    static constexpr int step = 8;
    static constexpr int nodes = fieldSide / step + 1;
    using Values = std::array<float, static_cast<std::size_t>(nodes) * nodes>;

    static std::size_t index(int row, int column) { return static_cast<std::size_t>(row * nodes + column); }
    static float mix(const Values& values, int row, int column, float part)
    {
        const float upper = values[index(row, column)];
        return upper + part * (values[index(row + 1, column)] - upper);
    }

    Values m_across{};
    Values m_down{};
};

/// Where the digit is in its 28×28 field, in pixel-index coordinates.
struct Placement
{
    PlanePoint centre;
    PlanePoint half; ///< Half the box's sides.

    explicit Placement(const PixelBox& box)
        : centre{box.left + (box.width - 1) / 2.0, box.top + (box.height - 1) / 2.0}
        , half{box.width / 2.0, box.height / 2.0}
    {
    }
    /// Of the variation's units, of which the longer side has 100.
    [[nodiscard]] double pixelsPerUnit() const { return 2 * std::max(half.x, half.y) / 100; }
};

/// How many pixels of the digit's go on one of the field, so that all of it has room there.
double pixelsPerFieldPixel(const Placement& placement, const PlaneVariation& variation)
{
    const PlaneMatrix& matrix = variation.matrix();
    const double width = std::abs(matrix.xx) * placement.half.x + std::abs(matrix.xy) * placement.half.y;
    const double height = std::abs(matrix.yx) * placement.half.x + std::abs(matrix.yy) * placement.half.y;
    const double ripples = variation.greatestRipple() * placement.pixelsPerUnit();
    return (std::max(width, height) + 1.5 * ripples + 1.5) / (fieldSide / 2.0);
}

/// The picture, moved as the variation says, in the field.
GrayImage warped(const std::uint8_t* pixels, const Placement& placement, const PlaneVariation& variation,
                 double pitch)
{
    const Sampler sampler(pixels);
    const RippleLattice ripples(variation, pitch / placement.pixelsPerUnit());
    const auto unit = static_cast<float>(placement.pixelsPerUnit());
    const PlaneMatrix back = variation.matrix().inverse();
    GrayImage field(fieldSide, fieldSide);
    for (int row = 0; row < fieldSide; ++row) {
        const PlanePoint first =
            back.apply({(0.5 - fieldSide / 2.0) * pitch, (row + 0.5 - fieldSide / 2.0) * pitch});
        const auto left = static_cast<float>(first.x + placement.centre.x);
        const auto top = static_cast<float>(first.y + placement.centre.y);
        const auto stepX = static_cast<float>(back.xx * pitch);
        const auto stepY = static_cast<float>(back.yx * pitch);
        std::uint8_t* line = field.row(row);
        ripples.walkRow(row, [&](int column, float across, float down) {
            const auto pixel = static_cast<float>(column);
            line[column] = static_cast<std::uint8_t>(
                sampler.at(left + pixel * stepX + unit * across, top + pixel * stepY + unit * down) + 0.5F);
        });
    }
    return field;
}

/// Moves each pixel by `part` of the way to the brightest of its four neighbours and itself, or to the
/// darkest where `part` is negative; so the ink's edges move by about as many pixels. -1 to 1.
void thicken(GrayImage& field, double part)
{
    const GrayImage before = field;
    const int weight = static_cast<int>(std::lround(256 * std::abs(part)));
    const auto pick = [grows = part > 0](std::uint8_t a, std::uint8_t b) {
        return grows ? std::max(a, b) : std::min(a, b);
    };
    for (int y = 1; y + 1 < fieldSide; ++y) {
        const std::uint8_t* above = before.row(y - 1);
        const std::uint8_t* here = before.row(y);
        const std::uint8_t* below = before.row(y + 1);
        std::uint8_t* line = field.row(y);
        for (int x = 1; x + 1 < fieldSide; ++x) {
            const int target = pick(pick(pick(above[x], below[x]), pick(here[x - 1], here[x + 1])), here[x]);
            line[x] = static_cast<std::uint8_t>((here[x] * (256 - weight) + target * weight) / 256);
        }
    }
}

void sharpen(GrayImage& field)
{
    for (std::uint8_t& pixel : field.pixels) {
        pixel = static_cast<std::uint8_t>(std::clamp((pixel - paper) * 255 / (ink - paper), 0, 255));
    }
}

bool variesPictures(const AugmentationOptions& options)
{
    return options.rotate > 0 || options.slant > 0 || options.stretch > 0 || options.bend > 0 ||
           options.penWidth > 0;
}

} // namespace

DigitImage variedPicture(const std::uint8_t* pixels, const AugmentationOptions& options, Random& random)
{
    const GrayImage picture = pictureOf(pixels);
    const PixelBox box = inkBox(picture);
    DigitImage image;
    if (box.empty() || !variesPictures(options)) {
        std::copy_n(pixels, digitPixels, image.pixels.begin());
        return image;
    }
    const Placement placement(box);
    const PlaneVariation variation(options, random);
    const double pitch = pixelsPerFieldPixel(placement, variation);
    // In the digit's pixels, at either edge of a line.
    const double thickness = std::clamp(0.2 * options.penWidth * random.normal(), -0.35, 0.5);
    GrayImage field = warped(pixels, placement, variation, pitch);
    if (thickness != 0) {
        thicken(field, std::clamp(thickness / pitch, -1.0, 1.0));
    }
    sharpen(field);
    return normalizePicture(field);
}

} // namespace digitpad
