// The peer of bench_recipes: training as LibTorch's own examples write it, with its MNIST data set, its
// DataLoader, its optimizer, and its intra-op threads: bench_plainloop MNIST-FOLDER RECIPE SEEDS THREADS The
// folder holds the four files unpacked, as torch::data::datasets::MNIST wants them. RECIPE is "one-epoch"
// (that of tuomaso/train_mnist_fast: one epoch, batch 256, Adam 0.01 with betas 0.7 and 0.9, one-cycle,
// conv5x5-24, pool, conv3x3-32, pool, fc 256) or "baseline" (784-128-64-10, Adam 0.001, batch 64, ten
// epochs).
#include <ATen/Parallel.h>
#include <torch/data.h>
#include <torch/nn.h>
#include <torch/optim/adam.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Recipe
{
    bool convolutional = false;
    int epochs = 1;
    std::int64_t batch = 64;
    double rate = 0.001;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double mean = 0.5;
    double deviation = 0.5;
};

Recipe recipeNamed(const std::string& name)
{
    if (name == "baseline") {
        return {false, 10};
    }
    return {true, 1, 256, 0.01, 0.7, 0.9, 0.1307, 0.3081};
}

torch::nn::Sequential network(const Recipe& recipe)
{
    using namespace torch::nn;
    if (!recipe.convolutional) {
        return Sequential(Flatten(), Linear(784, 128), ReLU(), Linear(128, 64), ReLU(), Linear(64, 10));
    }
    return Sequential(Conv2d(Conv2dOptions(1, 24, 5)), MaxPool2d(2), ReLU(), Conv2d(Conv2dOptions(24, 32, 3)),
                      MaxPool2d(2), ReLU(), Flatten(), Linear(800, 256), ReLU(), Linear(256, 10));
}

/// One-cycle: up to the highest rate over three tenths of the run, then down to 0, both along a cosine.
double oneCycle(double highest, double done)
{
    constexpr double rising = 0.3;
    const double part = done < rising ? done / rising : 1 - (done - rising) / (1 - rising);
    const double low = done < rising ? highest / 25 : 0;
    return low + (highest - low) * (1 - std::cos(std::numbers::pi * part)) / 2;
}

auto data(const std::string& folder, const Recipe& recipe, torch::data::datasets::MNIST::Mode mode)
{
    return torch::data::datasets::MNIST(folder, mode)
        .map(torch::data::transforms::Normalize<>(recipe.mean, recipe.deviation))
        .map(torch::data::transforms::Stack<>());
}

double testAccuracy(torch::nn::Sequential& net, const std::string& folder, const Recipe& recipe)
{
    const torch::NoGradGuard noGrad;
    auto loader = torch::data::make_data_loader<torch::data::samplers::SequentialSampler>(
        data(folder, recipe, torch::data::datasets::MNIST::Mode::kTest), 1'000);
    std::int64_t correct = 0;
    for (const auto& batch : *loader) {
        correct += net->forward(batch.data).argmax(1).eq(batch.target).sum().item<std::int64_t>();
    }
    return static_cast<double>(correct) / 10'000;
}

void run(const std::string& folder, const std::string& name, std::uint64_t seed)
{
    const Recipe recipe = recipeNamed(name);
    torch::manual_seed(seed);
    auto net = network(recipe);
    torch::optim::Adam optimizer(net->parameters(),
                                 torch::optim::AdamOptions(recipe.rate).betas({recipe.beta1, recipe.beta2}));
    auto images = data(folder, recipe, torch::data::datasets::MNIST::Mode::kTrain);
    const auto steps =
        static_cast<double>((images.size().value() + static_cast<std::size_t>(recipe.batch) - 1) /
                            static_cast<std::size_t>(recipe.batch));
    auto loader = torch::data::make_data_loader<torch::data::samplers::RandomSampler>(
        std::move(images), static_cast<std::size_t>(recipe.batch));
    const auto start = Clock::now();
    double step = 0;
    for (int epoch = 0; epoch < recipe.epochs; ++epoch) {
        for (const auto& batch : *loader) {
            if (recipe.convolutional) {
                optimizer.param_groups().front().options().set_lr(oneCycle(recipe.rate, ++step / steps));
            }
            optimizer.zero_grad();
            torch::nn::functional::cross_entropy(net->forward(batch.data), batch.target).backward();
            optimizer.step();
        }
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("plain loop %s seed=%d threads=%d seconds=%.2f test=%.4f\n", name.c_str(),
                static_cast<int>(seed), at::get_num_threads(), seconds, testAccuracy(net, folder, recipe));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 5) {
        std::fprintf(stderr, "bench_plainloop MNIST-FOLDER one-epoch|baseline FIRST-SEED[-LAST] THREADS\n");
        return 2;
    }
    at::set_num_threads(std::atoi(argv[4]));
    const std::string seeds = argv[3];
    const auto dash = seeds.find('-');
    const int last = std::atoi(seeds.c_str() + (dash == std::string::npos ? 0 : dash + 1));
    for (int seed = std::atoi(seeds.c_str()); seed <= last; ++seed) {
        run(argv[1], argv[2], static_cast<std::uint64_t>(seed));
    }
    return 0;
}
