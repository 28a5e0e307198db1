#pragma once

#include "core/base/random.h"
#include "core/data/augmentation.h"
#include "core/data/wave.h"

#include <array>

/// What augmentation.cpp puts together; nobody else needs it.
namespace digitpad {

struct PlanePoint
{
    double x = 0;
    double y = 0;
};

/// A linear map of the plane.
struct PlaneMatrix
{
    double xx = 1;
    double xy = 0;
    double yx = 0;
    double yy = 1;

    [[nodiscard]] PlanePoint apply(const PlanePoint& p) const
    {
        return {xx * p.x + xy * p.y, yx * p.x + yy * p.y};
    }
    /// Of a matrix whose determinant is not 0.
    [[nodiscard]] PlaneMatrix inverse() const
    {
        const double determinant = xx * yy - xy * yx;
        return {yy / determinant, -xy / determinant, -yx / determinant, xx / determinant};
    }
};

/// One way for a drawing to come out differently: turned, slanted, stretched, and bent by slow ripples. In
/// units of which the drawing's longer side has 100, around its centre.
class PlaneVariation
{
public:
    PlaneVariation(const AugmentationOptions& options, Random& random);

    [[nodiscard]] const PlaneMatrix& matrix() const { return m_matrix; }
    /// How far the ripples move a point.
    [[nodiscard]] PlanePoint ripple(const PlanePoint& p) const
    {
        return {m_across[0].at(p.x, p.y) + m_across[1].at(p.x, p.y),
                m_down[0].at(p.x, p.y) + m_down[1].at(p.x, p.y)};
    }
    /// No ripple moves a point farther along an axis.
    [[nodiscard]] double greatestRipple() const;

private:
    PlaneMatrix m_matrix;
    std::array<Wave, 2> m_across;
    std::array<Wave, 2> m_down;
};

/// The ink as it would have come out another time; ink without an extent stays as it is.
Ink variedInk(const Ink& ink, const AugmentationOptions& options, Random& random);

/// The same for a picture, 784 bytes as a DigitImage has them.
DigitImage variedPicture(const std::uint8_t* pixels, const AugmentationOptions& options, Random& random);

/// Resizes and roughens a digit in its field, after the normaliser: zoom and noise.
void varyField(DigitImage& image, const AugmentationOptions& options, Random& random);

} // namespace digitpad
