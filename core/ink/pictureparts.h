#pragma once

#include "core/image/grayimage.h"
#include "core/image/inkbox.h"
#include "core/ink/inkparts.h"

#include <cstdint>
#include <span>
#include <vector>

namespace digitpad {

/// The connected patches of a picture's ink, pixels touching at corners too. Two strokes whose soft edges
/// alone meet stay apart: pixels join two patches only where they are at least two fifths as bright as the
/// paler of the two. Each pixel with ink belongs to one patch; patches whose brightest pixel is below an
/// eighth of full ink are left out.
class PicturePatches
{
public:
    /// O(pixels). `picture` outlives the patches.
    explicit PicturePatches(const GrayImage& picture);

    /// One part for each patch.
    [[nodiscard]] const std::vector<InkPart>& parts() const { return m_parts; }
    /// The pixels of the pieces alone, cut to their box; `box` gets that box in the picture, where not null.
    [[nodiscard]] GrayImage inkOf(std::span<const PartPiece> pieces, PixelBox* box = nullptr) const;
    /// The part's slices between the cuts, as slices() for strokes.
    [[nodiscard]] std::vector<InkPart> slices(const InkPart& part, std::span<const float> cuts,
                                              int number) const;
    /// Where the part may be cut, as cutsOf() for strokes: the columns with the least ink.
    [[nodiscard]] std::vector<float> cutsOf(const InkPart& part, double distance, std::size_t most) const;

private:
    void makeParts(std::size_t count);
    [[nodiscard]] PixelBox boxOf(std::span<const PartPiece> pieces) const;

    const GrayImage& m_picture;
    std::vector<std::uint32_t> m_patch; ///< Of each pixel, from 1; 0 is paper.
    std::vector<InkPart> m_parts;
    std::vector<InkBox> m_boxes; ///< Of the patches.
};

} // namespace digitpad
