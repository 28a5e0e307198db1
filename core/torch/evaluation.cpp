#include "core/torch/evaluation.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace digitpad {

namespace {

constexpr std::size_t evaluationBatch = 256;

using Confusion = std::array<std::array<std::int64_t, digitClasses>, digitClasses>;

double crossEntropy(const float* logits, int label)
{
    const double highest = *std::max_element(logits, logits + digitClasses);
    double sum = 0;
    for (int i = 0; i < digitClasses; ++i) {
        sum += std::exp(static_cast<double>(logits[i]) - highest);
    }
    return highest + std::log(sum) - static_cast<double>(logits[label]);
}

/// The batches of one evaluation, handed out to whichever thread is free. Each batch's loss has a place of
/// its own, so that the sum is taken in the same order whatever the threads did.
class Work
{
public:
    Work(DigitNet& network, const PixelTable& pixels, const DigitSet& set,
         const std::function<bool()>& keepGoing)
        : m_network(network)
        , m_pixels(pixels)
        , m_set(set)
        , m_keepGoing(keepGoing)
        , m_losses((set.size() + evaluationBatch - 1) / evaluationBatch)
    {
    }

    void run()
    {
        at::set_num_threads(1);
        const c10::InferenceMode inference;
        Confusion confusion{};
        try {
            for (std::size_t batch = m_next++; batch < m_losses.size(); batch = m_next++) {
                if (m_cancelled || (m_keepGoing && !m_keepGoing())) {
                    m_cancelled = true;
                    break;
                }
                evaluateBatch(batch, confusion);
            }
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_failure = std::current_exception();
            m_cancelled = true;
        }
        const std::lock_guard lock(m_mutex);
        for (std::size_t truth = 0; truth < confusion.size(); ++truth) {
            for (std::size_t guess = 0; guess < confusion.size(); ++guess) {
                m_confusion[truth][guess] += confusion[truth][guess];
            }
        }
    }

    [[nodiscard]] bool cancelled() const { return m_cancelled; }

    Evaluation result() const
    {
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        Evaluation evaluation;
        evaluation.images = m_set.size();
        evaluation.confusion = m_confusion;
        std::int64_t correct = 0;
        for (std::size_t i = 0; i < m_confusion.size(); ++i) {
            correct += m_confusion[i][i];
        }
        for (const double loss : m_losses) {
            evaluation.loss += loss;
        }
        const auto count = static_cast<double>(std::max<std::size_t>(1, m_set.size()));
        evaluation.loss /= count;
        evaluation.accuracy = static_cast<double>(correct) / count;
        return evaluation;
    }

private:
    void evaluateBatch(std::size_t batch, Confusion& confusion)
    {
        const std::size_t begin = batch * evaluationBatch;
        const std::size_t end = std::min(m_set.size(), begin + evaluationBatch);
        torch::Tensor input = torch::empty({static_cast<std::int64_t>(end - begin), 1, digitSide, digitSide});
        auto* target = input.data_ptr<float>();
        for (std::size_t i = begin; i < end; ++i, target += digitPixels) {
            m_pixels.apply(m_set.image(i), target);
        }
        const torch::Tensor logits = m_network.forward(input);
        const float* row = logits.data_ptr<float>();
        for (std::size_t i = begin; i < end; ++i, row += digitClasses) {
            const int label = m_set.labels[i];
            const auto guess = std::max_element(row, row + digitClasses) - row;
            ++confusion[static_cast<std::size_t>(label)][static_cast<std::size_t>(guess)];
            m_losses[batch] += crossEntropy(row, label);
        }
    }

    DigitNet& m_network;
    const PixelTable& m_pixels;
    const DigitSet& m_set;
    const std::function<bool()>& m_keepGoing;
    std::vector<double> m_losses;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_cancelled = false;
    std::mutex m_mutex;
    Confusion m_confusion{};
    std::exception_ptr m_failure;
};

} // namespace

Result<Evaluation> evaluate(DigitNet& network, const PixelTable& pixels, const DigitSet& set, int threads,
                            const std::function<bool()>& keepGoing)
{
    const auto start = std::chrono::steady_clock::now();
    const bool training = network.is_training();
    network.eval();
    Work work(network, pixels, set, keepGoing);
    std::vector<std::thread> helpers;
    for (int i = 1; i < threads; ++i) {
        helpers.emplace_back([&work] { work.run(); });
    }
    work.run();
    for (std::thread& helper : helpers) {
        helper.join();
    }
    network.train(training);
    Evaluation evaluation = work.result();
    if (work.cancelled()) {
        return Error{ErrorCode::Cancelled, "The evaluation was stopped."};
    }
    evaluation.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return evaluation;
}

int evaluationThreads()
{
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
}

} // namespace digitpad
