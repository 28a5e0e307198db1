// Evaluation of 10,000 images beside the bare forward passes of the same network: bench_evaluation MODEL
// [IDX-FOLDER] The forwards run at each batch size on as many threads as the evaluation has, inputs ready,
// nothing done with the answers; evaluation is Model::logits() with all figures and readings made of them.
#include "core/torch/evaluation.h"

#include "core/data/idxfile.h"
#include "core/data/syntheticdigits.h"
#include "core/learning/evaluationfigures.h"
#include "core/torch/model.h"
#include "core/torch/modelfile.h"
#include "tests/benchmarks/statistics.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

using namespace digitpad;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int rounds = 3;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

DigitSet testImages(const char* folder)
{
    if (folder != nullptr) {
        const std::string half = std::string(folder) + "/t10k-";
        auto set = readIdxPair(half + "images-idx3-ubyte.gz", half + "labels-idx1-ubyte.gz", "MNIST test");
        if (set) {
            return std::move(*set);
        }
    }
    return syntheticDigits(10'000, 1, {});
}

std::vector<torch::Tensor> batchesOf(const DigitSet& set, const PixelScaling& pixels, std::size_t size)
{
    std::vector<torch::Tensor> batches;
    for (std::size_t begin = 0; begin < set.size(); begin += size) {
        const std::size_t count = std::min(size, set.size() - begin);
        torch::Tensor batch = torch::empty({static_cast<std::int64_t>(count), 1, digitSide, digitSide});
        for (std::size_t i = 0; i < count; ++i) {
            pixels.apply(set.image(begin + i), batch.data_ptr<float>() + i * digitPixels);
        }
        batches.push_back(batch);
    }
    return batches;
}

double forwardsAlone(DigitNet& network, const std::vector<torch::Tensor>& batches)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        at::set_num_threads(1);
        const c10::InferenceMode inference;
        for (std::size_t i = next++; i < batches.size(); i = next++) {
            network.forward(batches[i]);
        }
    };
    const auto start = Clock::now();
    std::vector<std::thread> helpers;
    for (int i = 1; i < evaluationThreads(); ++i) {
        helpers.emplace_back(work);
    }
    work();
    for (std::thread& helper : helpers) {
        helper.join();
    }
    return secondsSince(start);
}

double evaluationOnce(const Model& model, const DigitSet& set)
{
    const auto start = Clock::now();
    const auto logits = model.logits(set, {});
    const auto readings = readingsOf(*logits, set, model.info());
    const auto figures = evaluationFigures(*logits, set, model.info(), readings, 0);
    const double seconds = secondsSince(start);
    if (figures.images != static_cast<std::int64_t>(set.size())) {
        std::puts("not all images are digits");
    }
    return seconds;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::puts("bench_evaluation MODEL [IDX-FOLDER]");
        return 2;
    }
    const auto loaded = readModelFile(argv[1]);
    if (!loaded) {
        std::puts(loaded.error().message.c_str());
        return 1;
    }
    const TorchModel model(loaded->info, *loaded->network);
    const DigitSet set = testImages(argc > 2 ? argv[2] : nullptr);
    const std::vector<std::size_t> sizes{32, 64, 128, 256};
    const auto prepared = makeNetworkLike(*loaded->network);
    copyWeights(*loaded->network, *prepared);
    prepared->eval();
    prepared->prepareForInference();
    std::vector<std::vector<double>> bare(sizes.size());
    std::vector<std::vector<double>> folded(sizes.size());
    std::vector<double> whole;
    // In turn, so that what else the machine does meets all alike.
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const auto batches = batchesOf(set, model.pixels(), sizes[i]);
            bare[i].push_back(forwardsAlone(model.network(), batches));
            folded[i].push_back(forwardsAlone(*prepared, batches));
        }
        whole.push_back(evaluationOnce(model, set));
    }
    double best = 1e9;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        std::printf("forwards alone, batches of %4zu: %.3f s; folded for inference %.3f s\n", sizes[i],
                    median(bare[i]), median(folded[i]));
        best = std::min({best, median(bare[i]), median(folded[i])});
    }
    std::printf("evaluation of %zu images: %.3f s, %.2f times the best forwards\n", set.size(), median(whole),
                median(whole) / best);
    return 0;
}
