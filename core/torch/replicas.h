#pragma once

#include "core/torch/learner.h"
#include "core/torch/pixelscaling.h"
#include "core/torch/plainbackpropagation.h"

#include <torch/types.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace digitpad {

/// Trains one network on several threads: each replica takes a share of every batch with one intra-op thread,
/// then the gradients are averaged, always in the same order, so that the same seed and thread count give the
/// same bits. On two cores this is faster than LibTorch's own intra-op threads, and does not collapse beside
/// a busy program.
///
/// All parameters lie in one flat tensor and all gradients of a replica in another, so that averaging and the
/// optimizer's step are a few calls whatever the number of layers. Batch statistics are the first replica's.
class ReplicaGroup final : public Learner
{
public:
    /// `count` ≥ 1; count - 1 threads are started. The threads inherit the caller's scheduling priority.
    ReplicaGroup(const std::string& network, const NetworkDetails& details, std::int64_t outputs,
                 std::uint64_t seed, int count, const PixelScaling& pixels);
    ~ReplicaGroup() override;
    ReplicaGroup(const ReplicaGroup&) = delete;
    ReplicaGroup& operator=(const ReplicaGroup&) = delete;

    void startFrom(DigitNet& source) override;
    /// Each replica's thread draws the samples of its own share.
    BatchResult forwardBackward(const SampleSource& samples, std::span<const std::uint32_t> indices) override;
    /// Those of all replicas.
    [[nodiscard]] torch::Tensor& flatParameters() override { return m_flat; }
    /// The first replica, whose buffers count.
    [[nodiscard]] DigitNet& network() override { return *m_replicas.front().network; }
    /// One a replica.
    [[nodiscard]] std::vector<torch::Tensor> dropoutStates() override;
    void setDropoutStates(const std::vector<torch::Tensor>& states) override;

private:
    struct Replica
    {
        std::shared_ptr<DigitNet> network;
        torch::Tensor flatGradient;
        std::optional<PlainBackpropagation> plain; ///< Where the network is as simple as that.
        BatchResult result;
        std::exception_ptr failure;
        std::thread thread;
    };

    void run(std::size_t index);
    void work(std::size_t index);
    void trainShare(Replica& replica, std::size_t begin, std::size_t end);
    void trainPlainly(Replica& replica, const std::vector<std::int64_t>& labels);
    void trainWithAutograd(Replica& replica, const torch::Tensor& input, std::vector<std::int64_t>& labels);

    const PixelScaling m_pixels;
    std::vector<Replica> m_replicas;
    torch::Tensor m_flat;

    // The batch in hand; written before the round begins, read by the replicas during it.
    const SampleSource* m_samples = nullptr;
    std::span<const std::uint32_t> m_indices;
    std::atomic<std::uint32_t> m_round = 0;
    std::atomic<int> m_pending = 0;
    std::atomic<bool> m_quit = false;
};

} // namespace digitpad
