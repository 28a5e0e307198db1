#include "core/torch/samplesource.h"

#include "core/base/random.h"

#include <algorithm>

namespace digitpad {

namespace {

/// More change the statistics in the fourth digit only.
constexpr std::size_t statisticsSamples = 10'000;

/// A seed that looks unrelated for every pair, neighbours included.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t number)
{
    return Random(Random(seed).next() ^ number).next();
}

} // namespace

SampleSource::SampleSource(const DigitSet& set, const SampleRenderer* renderer, std::uint64_t runSeed)
    : m_set(set)
    , m_renderer(renderer)
    , m_runSeed(runSeed)
    , m_epochSeed(mixed(runSeed, 0))
    , m_drawn(renderer != nullptr)
{
}

void SampleSource::beginEpoch(int epoch, bool plain)
{
    // A set may be labels alone where a renderer draws its images.
    const bool hasImages = m_set.images.size() == m_set.size() * digitPixels;
    m_drawn = m_renderer != nullptr && !(plain && hasImages);
    m_epochSeed = mixed(m_runSeed, static_cast<std::uint64_t>(epoch));
}

const std::uint8_t* SampleSource::image(std::size_t index,
                                        std::array<std::uint8_t, digitPixels>& buffer) const
{
    if (!m_drawn) {
        return m_set.image(index);
    }
    m_renderer->render(index, mixed(m_epochSeed, index), buffer.data());
    return buffer.data();
}

PixelStatistics SampleSource::statistics() const
{
    if (!m_drawn) {
        return pixelStatistics(m_set);
    }
    DigitSet drawn;
    std::array<std::uint8_t, digitPixels> buffer{};
    const std::size_t stride = std::max<std::size_t>(1, size() / statisticsSamples);
    for (std::size_t i = 0; i < size(); i += stride) {
        const std::uint8_t* pixels = image(i, buffer);
        drawn.images.insert(drawn.images.end(), pixels, pixels + digitPixels);
        drawn.labels.push_back(m_set.labels[i]);
    }
    return pixelStatistics(drawn);
}

} // namespace digitpad
