#include "core/torch/logits.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace digitpad {

namespace {

/// Small enough that what a layer leaves for the next stays in the cache.
constexpr std::size_t evaluationBatch = 64;

/// The batches of one set, handed out to whichever thread is free; each has its own place in the result.
class Work
{
public:
    Work(const BatchForward& network, std::size_t outputs, const PixelScaling& pixels, const DigitSet& set,
         const LogitProgress& progress)
        : m_network(network)
        , m_pixels(pixels)
        , m_set(set)
        , m_progress(progress)
        , m_batches((set.size() + evaluationBatch - 1) / evaluationBatch)
    {
        m_logits.outputs = outputs;
        m_logits.values.resize(set.size() * m_logits.outputs);
    }

    void run(bool asks)
    {
        at::set_num_threads(1);
        const c10::InferenceMode inference;
        try {
            while (!m_cancelled) {
                if (asks && m_progress && !m_progress(m_done)) {
                    m_cancelled = true;
                    break;
                }
                const std::size_t batch = m_next++;
                if (batch >= m_batches) {
                    break;
                }
                forward(batch);
            }
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_failure = std::current_exception();
            m_cancelled = true;
        }
    }

    Result<Logits> result()
    {
        if (m_failure) {
            std::rethrow_exception(m_failure);
        }
        if (m_cancelled) {
            return Error{ErrorCode::Cancelled, "The evaluation was stopped."};
        }
        return std::move(m_logits);
    }

private:
    void forward(std::size_t batch)
    {
        const std::size_t begin = batch * evaluationBatch;
        const std::size_t end = std::min(m_set.size(), begin + evaluationBatch);
        const torch::Tensor input =
            torch::empty({static_cast<std::int64_t>(end - begin), 1, digitSide, digitSide});
        auto* target = input.data_ptr<float>();
        for (std::size_t i = begin; i < end; ++i, target += digitPixels) {
            m_pixels.apply(m_set.image(i), target);
        }
        const torch::Tensor logits = m_network(input).contiguous();
        std::copy_n(logits.data_ptr<float>(), logits.numel(),
                    m_logits.values.data() + begin * m_logits.outputs);
        m_done += end - begin;
    }

    const BatchForward& m_network;
    const PixelScaling& m_pixels;
    const DigitSet& m_set;
    const LogitProgress& m_progress;
    const std::size_t m_batches;
    Logits m_logits;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<std::size_t> m_done = 0; ///< Images.
    std::atomic<bool> m_cancelled = false;
    std::mutex m_mutex;
    std::exception_ptr m_failure;
};

/// A network's mode, restored at the end. Changed only where needed: a model's network is evaluated from
/// several threads, and never trains.
class EvaluationMode
{
public:
    explicit EvaluationMode(DigitNet& network)
        : m_network(network)
        , m_training(network.is_training())
    {
        if (m_training) {
            m_network.eval();
        }
    }
    ~EvaluationMode()
    {
        if (m_training) {
            m_network.train();
        }
    }
    EvaluationMode(const EvaluationMode&) = delete;
    EvaluationMode& operator=(const EvaluationMode&) = delete;

private:
    DigitNet& m_network;
    const bool m_training;
};

} // namespace

Result<Logits> computeLogits(const BatchForward& forward, std::size_t outputs, const PixelScaling& pixels,
                             const DigitSet& set, int threads, const LogitProgress& progress)
{
    Work work(forward, outputs, pixels, set, progress);
    std::vector<std::thread> helpers;
    for (int i = 1; i < threads; ++i) {
        helpers.emplace_back([&work] { work.run(false); });
    }
    work.run(true);
    for (std::thread& helper : helpers) {
        helper.join();
    }
    return work.result();
}

Result<Logits> computeLogits(DigitNet& network, const PixelScaling& pixels, const DigitSet& set, int threads,
                             const std::function<bool()>& keepGoing)
{
    const EvaluationMode mode(network);
    LogitProgress progress;
    if (keepGoing) {
        progress = [&keepGoing](std::size_t) { return keepGoing(); };
    }
    return computeLogits([&network](const torch::Tensor& images) { return network.forward(images); },
                         static_cast<std::size_t>(network.outputs()), pixels, set, threads, progress);
}

} // namespace digitpad
