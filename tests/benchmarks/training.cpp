// Throughput of training and latency of one forward: bench_training [MNIST-FOLDER [NETWORK [THREADS]]]
// Without a folder the built-in synthetic digits are used, 10,000 of them; without a network, every one;
// without threads, one and two.
#include "core/data/idxfile.h"
#include "core/data/syntheticdigits.h"
#include "core/learning/networks.h"
#include "core/torch/torchengine.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

using namespace digitpad;

namespace {

class Silent final : public TrainingObserver
{
public:
    void onBatch(const BatchProgress&) override {}
    void onEpoch(const EpochMetrics&) override {}
    bool stopRequested() override { return false; }
};

DigitSet load(const std::string& folder)
{
    if (folder.empty()) {
        return syntheticDigits(10'000, 1, {});
    }
    auto set =
        readIdxPair(folder + "/train-images-idx3-ubyte.gz", folder + "/train-labels-idx1-ubyte.gz", "MNIST");
    if (!set) {
        std::fprintf(stderr, "%s\n", set.error().message.c_str());
        std::exit(1);
    }
    return std::move(set).value();
}

double medianForwardMicroseconds(const Model& model, const DigitSet& set)
{
    auto classifier = model.makeClassifier();
    if (!classifier) {
        return -1;
    }
    std::vector<double> times;
    for (std::size_t i = 0; i < 2'000; ++i) {
        const auto prediction = (*classifier)->classify(set.digitImage(i % set.size()));
        if (prediction) {
            times.push_back(prediction->forwardMicroseconds);
        }
    }
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                     times.end());
    return times[times.size() / 2];
}

void measure(const std::string& network, const TrainingData& data, int threads)
{
    TrainingOptions options;
    options.network = network;
    options.epochs = 1;
    options.threads = threads;
    const auto validated = validate(options, data.training->size() + data.validation->size());
    if (!validated) {
        std::fprintf(stderr, "%s\n", validated.error().message.c_str());
        return;
    }
    Silent observer;
    const auto start = std::chrono::steady_clock::now();
    const auto result = torchEngine().train(*validated, data, observer);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        return;
    }
    std::printf(
        "%-12s threads=%d images/s=%.0f epoch-with-validation=%.2fs validation=%.4f forward-p50=%.1fus\n",
        network.c_str(), threads, result->imagesPerSecond, seconds, result->epochs.back().validationAccuracy,
        medianForwardMicroseconds(*result->last, *data.validation));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const DigitSet all = load(argc > 1 ? argv[1] : "");
    auto split = splitForValidation(all, all.size() / 10, 1);
    const TrainingData data{std::make_shared<const DigitSet>(std::move(split.training)),
                            std::make_shared<const DigitSet>(std::move(split.validation)), nullptr};
    std::printf("LibTorch %s, BLAS %s\n", torchEngine().info().libtorchVersion.c_str(),
                torchEngine().info().blas.c_str());
    const std::vector<int> threadCounts =
        argc > 3 ? std::vector<int>{std::atoi(argv[3])} : std::vector<int>{1, 2};
    for (const NetworkDescription& network : networkDescriptions()) {
        if (argc > 2 && network.name != argv[2]) {
            continue;
        }
        for (const int threads : threadCounts) {
            measure(network.name, data, threads);
        }
    }
    return 0;
}
