#pragma once

#include "core/data/digitset.h"
#include "core/torch/networks.h"

#include <torch/types.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace digitpad {

/// Pixel byte → what the network gets: (byte / 255 - mean) / standardDeviation.
class PixelTable
{
public:
    PixelTable(double mean, double standardDeviation);
    /// Writes 784 floats.
    void apply(const std::uint8_t* image, float* target) const;

private:
    std::array<float, 256> m_values;
};

/// Trains one network on several threads: each replica takes a share of every batch with one intra-op thread,
/// then the gradients are averaged, always in the same order, so that the same seed and thread count give the
/// same bits. On two cores this is faster than LibTorch's own intra-op threads, and does not collapse beside
/// a busy program.
///
/// All parameters lie in one flat tensor and all gradients of a replica in another, so that averaging and the
/// optimizer's step are a few calls whatever the number of layers. Batch statistics are the first replica's.
class ReplicaGroup
{
public:
    /// `count` ≥ 1; count - 1 threads are started. The threads inherit the caller's scheduling priority.
    ReplicaGroup(const std::string& network, std::uint64_t seed, int count, const PixelTable& pixels);
    ~ReplicaGroup();
    ReplicaGroup(const ReplicaGroup&) = delete;
    ReplicaGroup& operator=(const ReplicaGroup&) = delete;

    struct BatchResult
    {
        double loss = 0; ///< Mean cross-entropy.
        std::int64_t correct = 0;
    };
    /// Forward and backward of set[indices]; afterwards flatParameters().grad() is the batch's mean gradient.
    BatchResult forwardBackward(const DigitSet& set, std::span<const std::uint32_t> indices);

    /// A leaf whose change changes every replica; what the optimizer steps.
    [[nodiscard]] torch::Tensor& flatParameters() { return m_flat; }
    /// The first replica, whose buffers count.
    [[nodiscard]] DigitNet& network() { return *m_replicas.front().network; }

private:
    struct Replica
    {
        std::shared_ptr<DigitNet> network;
        torch::Tensor flatGradient;
        BatchResult result;
        std::exception_ptr failure;
        std::thread thread;
    };

    void share(Replica& replica);
    void run(std::size_t index);
    void work(std::size_t index);
    void trainShare(Replica& replica, std::size_t begin, std::size_t end);

    const PixelTable m_pixels;
    std::vector<Replica> m_replicas;
    torch::Tensor m_flat;

    // The batch in hand; written before the round begins, read by the replicas during it.
    const DigitSet* m_set = nullptr;
    std::span<const std::uint32_t> m_indices;
    std::atomic<std::uint32_t> m_round = 0;
    std::atomic<int> m_pending = 0;
    std::atomic<bool> m_quit = false;
};

} // namespace digitpad
