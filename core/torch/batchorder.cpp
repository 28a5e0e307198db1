#include "core/torch/batchorder.h"

#include "core/base/random.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace digitpad {

BatchOrder::BatchOrder(std::size_t images, std::size_t batchSize, std::uint64_t seed)
    : m_order(images)
    , m_batchSize(batchSize)
    , m_seed(seed)
{
}

void BatchOrder::shuffle(int epoch)
{
    Random random(m_seed * 0x100000001B3u + static_cast<std::uint64_t>(epoch));
    std::iota(m_order.begin(), m_order.end(), 0U);
    for (std::size_t i = m_order.size(); i > 1; --i) {
        std::swap(m_order[i - 1], m_order[random.below(i)]);
    }
}

std::int64_t BatchOrder::batches() const
{
    return static_cast<std::int64_t>((m_order.size() + m_batchSize - 1) / m_batchSize);
}

std::span<const std::uint32_t> BatchOrder::batch(std::int64_t number) const
{
    const std::size_t begin = static_cast<std::size_t>(number - 1) * m_batchSize;
    return std::span(m_order).subspan(begin, std::min(m_batchSize, m_order.size() - begin));
}

} // namespace digitpad
