#pragma once

#include "core/image/digitimage.h"

#include <cstddef>
#include <cstdint>

namespace digitpad {

/// Draws training samples anew each time they are used: augmentation. Pure and thread-safe; an epoch's
/// images follow from the arguments alone.
class SampleRenderer
{
public:
    virtual ~SampleRenderer() = default;
    /// Writes the 784 bytes of training sample `index` (that of TrainingData::training), as varied by `seed`.
    virtual void render(std::size_t index, std::uint64_t seed, std::uint8_t* pixels) const = 0;
};

} // namespace digitpad
