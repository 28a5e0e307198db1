#include "core/torch/replicas.h"

#include "core/torch/flatparameters.h"

#include <ATen/Parallel.h>
#include <torch/nn/functional/loss.h>

#include <algorithm>
#include <array>
#include <utility>

namespace digitpad {

namespace {

void countDigits(const torch::Tensor& logits, const std::vector<std::int64_t>& labels,
                 ReplicaGroup::BatchResult& result)
{
    const float* row = logits.data_ptr<float>();
    const std::int64_t outputs = logits.size(1);
    for (const std::int64_t label : labels) {
        if (label != noDigitLabel) {
            ++result.digits;
            result.correct += std::max_element(row, row + digitClasses) - row == label ? 1 : 0;
        }
        row += outputs;
    }
}

} // namespace

ReplicaGroup::ReplicaGroup(const std::string& network, const NetworkDetails& details, std::int64_t outputs,
                           std::uint64_t seed, int count, const PixelScaling& pixels)
    : m_pixels(pixels)
    , m_replicas(static_cast<std::size_t>(count))
{
    at::set_num_threads(1);
    for (std::size_t i = 0; i < m_replicas.size(); ++i) {
        Replica& replica = m_replicas[i];
        replica.network = makeNetwork(network, details, outputs, seed);
        replica.network->seedDropout(seed + i);
        replica.network->train();
        replica.flatGradient = flattenGradients(*replica.network);
        if (i == 0) {
            m_flat = flattenParameters(*replica.network);
        } else {
            shareParameters(*replica.network, m_flat);
        }
        if (auto layers = replica.network->plainLayers(); !layers.empty()) {
            replica.plain.emplace(std::move(layers));
        }
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

void ReplicaGroup::startFrom(DigitNet& source)
{
    for (Replica& replica : m_replicas) {
        copyWeights(source, *replica.network);
        replica.network->freezeBatchStatistics();
        replica.network->freezeEarlyConvolutions();
    }
}

ReplicaGroup::BatchResult ReplicaGroup::forwardBackward(const SampleSource& samples,
                                                        std::span<const std::uint32_t> indices)
{
    m_samples = &samples;
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
        sum.digits += replica.result.digits;
        sum.correct += replica.result.correct;
    }
    const torch::NoGradGuard noGrad;
    for (std::size_t i = 1; i < m_replicas.size(); ++i) {
        m_flat.mutable_grad().add_(m_replicas[i].flatGradient);
    }
    return sum;
}

std::vector<torch::Tensor> ReplicaGroup::dropoutStates()
{
    std::vector<torch::Tensor> states;
    for (const Replica& replica : m_replicas) {
        states.push_back(replica.network->dropoutState());
    }
    return states;
}

void ReplicaGroup::setDropoutStates(const std::vector<torch::Tensor>& states)
{
    for (std::size_t i = 0; i < m_replicas.size(); ++i) {
        m_replicas[i].network->setDropoutState(states.at(i));
    }
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
        replica.result = {};
        const std::size_t count = m_replicas.size();
        const std::size_t begin = m_indices.size() * index / count;
        const std::size_t end = m_indices.size() * (index + 1) / count;
        if (begin < end) {
            trainShare(replica, begin, end);
        } else {
            replica.flatGradient.zero_();
        }
    } catch (...) {
        replica.failure = std::current_exception();
    }
}

void ReplicaGroup::trainShare(Replica& replica, std::size_t begin, std::size_t end)
{
    const auto images = static_cast<std::int64_t>(end - begin);
    const torch::Tensor input =
        replica.plain ? replica.plain->input(images) : torch::empty({images, 1, digitSide, digitSide});
    std::vector<std::int64_t> labels;
    labels.reserve(end - begin);
    std::array<std::uint8_t, digitPixels> buffer{};
    auto* target = input.data_ptr<float>();
    for (std::size_t i = begin; i < end; ++i, target += digitPixels) {
        m_pixels.apply(m_samples->image(m_indices[i], buffer), target);
        labels.push_back(m_samples->label(m_indices[i]));
    }
    if (replica.plain) {
        trainPlainly(replica, labels);
    } else {
        trainWithAutograd(replica, input, labels);
    }
}

void ReplicaGroup::trainPlainly(Replica& replica, const std::vector<std::int64_t>& labels)
{
    const torch::Tensor& logits = replica.plain->forward();
    // By the whole batch, so that the replicas' sum is the mean over it.
    replica.result.loss =
        crossEntropyWithGradient(logits, labels, labelSmoothing(), static_cast<double>(m_indices.size()),
                                 replica.plain->logitsGradient());
    replica.plain->backward();
    countDigits(logits, labels, replica.result);
}

void ReplicaGroup::trainWithAutograd(Replica& replica, const torch::Tensor& input,
                                     std::vector<std::int64_t>& labels)
{
    replica.flatGradient.zero_();
    const auto images = static_cast<std::int64_t>(labels.size());
    const torch::Tensor truth = torch::from_blob(labels.data(), {images}, torch::kInt64);
    const torch::Tensor logits = replica.network->forward(input);
    // Weighted by the share, so that the replicas' sum is the mean over the whole batch.
    const double share = static_cast<double>(images) / static_cast<double>(m_indices.size());
    namespace functional = torch::nn::functional;
    const auto options = functional::CrossEntropyFuncOptions().label_smoothing(labelSmoothing());
    const torch::Tensor mean = functional::cross_entropy(logits, truth, options);
    const torch::Tensor loss = share < 1 ? mean * share : mean;
    loss.backward();
    replica.result.loss = static_cast<double>(loss.item<float>());
    countDigits(logits, labels, replica.result);
}

} // namespace digitpad
