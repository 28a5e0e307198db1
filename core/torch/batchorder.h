#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace digitpad {

/// In which order an epoch takes the training images. Each epoch's follows from the seed and its number
/// alone.
class BatchOrder
{
public:
    /// `images` and `batchSize` >= 1.
    BatchOrder(std::size_t images, std::size_t batchSize, std::uint64_t seed);

    /// `epoch` from 1.
    void shuffle(int epoch);
    /// An epoch's; the last one may be smaller than the rest.
    [[nodiscard]] std::int64_t batches() const;
    /// The images of a batch, from 1, until the next shuffle().
    [[nodiscard]] std::span<const std::uint32_t> batch(std::int64_t number) const;
    [[nodiscard]] std::size_t images() const { return m_order.size(); }

private:
    std::vector<std::uint32_t> m_order;
    std::size_t m_batchSize;
    std::uint64_t m_seed;
};

} // namespace digitpad
