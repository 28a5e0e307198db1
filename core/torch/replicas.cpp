#include "core/torch/replicas.h"

#include <ATen/Parallel.h>
#include <torch/nn/functional/loss.h>

#include <algorithm>

namespace digitpad {

namespace {

/// Floats between two parameters' starts are a multiple of this, so that each is aligned for vector
/// instructions.
constexpr std::int64_t alignment = 16;

std::int64_t alignedSize(const torch::Tensor& parameter)
{
    return (parameter.numel() + alignment - 1) / alignment * alignment;
}

std::int64_t countCorrect(const torch::Tensor& logits, const std::vector<std::int64_t>& labels)
{
    const float* row = logits.data_ptr<float>();
    std::int64_t correct = 0;
    for (const std::int64_t label : labels) {
        correct += std::max_element(row, row + digitClasses) - row == label ? 1 : 0;
        row += digitClasses;
    }
    return correct;
}

} // namespace

PixelTable::PixelTable(double mean, double standardDeviation)
{
    for (std::size_t byte = 0; byte < m_values.size(); ++byte) {
        m_values[byte] = static_cast<float>((static_cast<double>(byte) / 255.0 - mean) / standardDeviation);
    }
}

void PixelTable::apply(const std::uint8_t* image, float* target) const
{
    for (int i = 0; i < digitPixels; ++i) {
        target[i] = m_values[image[i]];
    }
}

ReplicaGroup::ReplicaGroup(const std::string& network, std::uint64_t seed, int count,
                           const PixelTable& pixels)
    : m_pixels(pixels)
    , m_replicas(static_cast<std::size_t>(count))
{
    at::set_num_threads(1);
    for (std::size_t i = 0; i < m_replicas.size(); ++i) {
        m_replicas[i].network = makeNetwork(network, seed);
        m_replicas[i].network->seedDropout(seed + i);
        share(m_replicas[i]);
    }
    m_flat.requires_grad_(true);
    m_flat.mutable_grad() = m_replicas.front().flatGradient;
    for (std::size_t i = 1; i < m_replicas.size(); ++i) {
        m_replicas[i].thread = std::thread([this, i] { run(i); });
    }
}

ReplicaGroup::~ReplicaGroup()
{
    m_quit = true;
    ++m_round;
    m_round.notify_all();
    for (Replica& replica : m_replicas) {
        if (replica.thread.joinable()) {
            replica.thread.join();
        }
    }
}

void ReplicaGroup::share(Replica& replica)
{
    const torch::NoGradGuard noGrad;
    auto parameters = replica.network->parameters();
    std::int64_t total = 0;
    for (const torch::Tensor& parameter : parameters) {
        total += alignedSize(parameter);
    }
    const bool first = !m_flat.defined();
    if (first) {
        m_flat = torch::zeros({total});
    }
    replica.flatGradient = torch::zeros({total});
    std::int64_t offset = 0;
    for (torch::Tensor& parameter : parameters) {
        const torch::Tensor place = m_flat.narrow(0, offset, parameter.numel()).view(parameter.sizes());
        if (first) {
            place.copy_(parameter);
        }
        parameter.set_data(place);
        parameter.mutable_grad() =
            replica.flatGradient.narrow(0, offset, parameter.numel()).view(parameter.sizes());
        offset += alignedSize(parameter);
    }
    replica.network->train();
}

ReplicaGroup::BatchResult ReplicaGroup::forwardBackward(const DigitSet& set,
                                                        std::span<const std::uint32_t> indices)
{
    m_set = &set;
    m_indices = indices;
    m_pending = static_cast<int>(m_replicas.size()) - 1;
    ++m_round;
    m_round.notify_all();
    work(0);
    for (int pending = m_pending; pending != 0; pending = m_pending) {
        m_pending.wait(pending);
    }

    BatchResult sum;
    for (Replica& replica : m_replicas) {
        if (replica.failure) {
            std::rethrow_exception(std::exchange(replica.failure, nullptr));
        }
        sum.loss += replica.result.loss;
        sum.correct += replica.result.correct;
    }
    const torch::NoGradGuard noGrad;
    for (std::size_t i = 1; i < m_replicas.size(); ++i) {
        m_flat.mutable_grad().add_(m_replicas[i].flatGradient);
    }
    return sum;
}

void ReplicaGroup::run(std::size_t index)
{
    at::set_num_threads(1);
    std::uint32_t seen = 0;
    while (true) {
        m_round.wait(seen);
        seen = m_round;
        if (m_quit) {
            return;
        }
        work(index);
        if (--m_pending == 0) {
            m_pending.notify_one();
        }
    }
}

void ReplicaGroup::work(std::size_t index)
{
    Replica& replica = m_replicas[index];
    try {
        replica.flatGradient.zero_();
        replica.result = {};
        const std::size_t count = m_replicas.size();
        const std::size_t begin = m_indices.size() * index / count;
        const std::size_t end = m_indices.size() * (index + 1) / count;
        if (begin < end) {
            trainShare(replica, begin, end);
        }
    } catch (...) {
        replica.failure = std::current_exception();
    }
}

void ReplicaGroup::trainShare(Replica& replica, std::size_t begin, std::size_t end)
{
    const auto images = static_cast<std::int64_t>(end - begin);
    torch::Tensor input = torch::empty({images, 1, digitSide, digitSide});
    std::vector<std::int64_t> labels;
    labels.reserve(end - begin);
    auto* target = input.data_ptr<float>();
    for (std::size_t i = begin; i < end; ++i, target += digitPixels) {
        m_pixels.apply(m_set->image(m_indices[i]), target);
        labels.push_back(m_set->labels[m_indices[i]]);
    }
    const torch::Tensor truth = torch::from_blob(labels.data(), {images}, torch::kInt64);
    const torch::Tensor logits = replica.network->forward(input);
    // Weighted by the share, so that the replicas' sum is the mean over the whole batch.
    const double share = static_cast<double>(images) / static_cast<double>(m_indices.size());
    const torch::Tensor loss = torch::nn::functional::cross_entropy(logits, truth) * share;
    loss.backward();
    replica.result.loss = static_cast<double>(loss.item<float>());
    replica.result.correct = countCorrect(logits, labels);
}

} // namespace digitpad
