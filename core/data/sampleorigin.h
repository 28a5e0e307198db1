#pragma once

#include "core/ink/ink.h"

#include <cstdint>
#include <memory>

namespace digitpad {

/// What a sample's image was made from, and can be made from again with variations.
struct SampleOrigin
{
    enum class Kind : std::uint8_t {
        Picture, ///< The image is all there is.
        Strokes, ///< Somebody's, in `ink`.
        SyntheticDigit,
        SyntheticNoDigit,
    };
    Kind kind = Kind::Picture;
    std::shared_ptr<const Ink> ink; ///< Null but for Strokes.
};

} // namespace digitpad
