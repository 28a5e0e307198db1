#pragma once

#include "core/data/digitset.h"
#include "core/learning/samplerenderer.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace digitpad {

/// Where training images come from: a set's pixels, or a renderer that draws them anew in every epoch. What
/// the renderer is asked for follows from the run's seed, the epoch and the sample's index alone, so threads
/// may share the work in any way. Any thread may read; only the trainer begins epochs, between batches.
class SampleSource
{
public:
    /// Both must outlive this; `renderer` may be null.
    SampleSource(const DigitSet& set, const SampleRenderer* renderer, std::uint64_t runSeed);

    /// `epoch` from 1; epoch 0 is for what must be known before the first. In a plain epoch the images are
    /// the set's own, where it has them.
    void beginEpoch(int epoch, bool plain = false);
    /// Whether this epoch's images come from the renderer.
    [[nodiscard]] bool drawn() const { return m_drawn; }
    [[nodiscard]] const DigitSet& set() const { return m_set; }

    [[nodiscard]] std::size_t size() const { return m_set.size(); }
    [[nodiscard]] int label(std::size_t index) const { return m_set.labels[index]; }
    /// The 784 bytes of one image: those of the set, or `buffer` with the drawn ones.
    const std::uint8_t* image(std::size_t index, std::array<std::uint8_t, digitPixels>& buffer) const;

    /// Of the set's images, or, where they are drawn, of some thousands as this epoch draws them.
    [[nodiscard]] PixelStatistics statistics() const;

private:
    const DigitSet& m_set;
    const SampleRenderer* m_renderer;
    std::uint64_t m_runSeed;
    std::uint64_t m_epochSeed;
    bool m_drawn;
};

} // namespace digitpad
