#include "core/torch/rangetest.h"

#include "core/torch/batchorder.h"
#include "core/torch/flushdenormals.h"
#include "core/torch/runclock.h"
#include "core/torch/samplesource.h"
#include "core/torch/stepper.h"
#include "core/torch/trainingplan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace digitpad {

namespace {

constexpr int fewestSteps = 10;
constexpr int mostSteps = 100'000;
/// What one batch's loss weighs against those before it; batches differ more than neighbouring rates.
constexpr double newestWeight = 0.05;
/// Once the smoothed loss is so many times its lowest, or a batch's so many times the first, larger rates
/// have nothing more to tell.
constexpr double explodedFactor = 4;

Result<void> checkRange(const RateRange& range)
{
    std::ostringstream message;
    if (!(range.lowest > 0 && range.lowest < range.highest && range.highest <= 100)) {
        message << "A range of learning rates from " << range.lowest << " to " << range.highest
                << " cannot be tested; choose a first rate above 0 and a last one above that, up to 100.";
    } else if (range.steps < fewestSteps || range.steps > mostSteps) {
        message << "A test of learning rates over " << range.steps << " batches is impossible; choose "
                << fewestSteps << " to " << mostSteps << ".";
    }
    return message.str().empty() ? Result<void>() : Error{ErrorCode::InvalidInput, message.str()};
}

class RangeTest
{
public:
    RangeTest(const TrainingPlan& plan, const TrainingData& data, const RateRange& range,
              TrainingObserver& observer)
        : m_range(range)
        , m_observer(observer)
        , m_samples(*data.training, data.renderer.get(), plan.options.seed)
        , m_order(data.training->size(), static_cast<std::size_t>(plan.options.batchSize), plan.options.seed)
        , m_stepper(plan)
    {
    }

    Result<RateRangeTest> run()
    {
        RateRangeTest test;
        double lowest = std::numeric_limits<double>::infinity();
        for (int step = 0; step < m_range.steps; ++step) {
            if (m_clock.outside([this] { return m_observer.stopRequested(); })) {
                return Error{ErrorCode::Cancelled, "The test of learning rates was stopped."};
            }
            const double rate = rateAt(step);
            const auto result = m_stepper.step(m_samples, nextBatch(step), rate);
            if (result.exploded) {
                break;
            }
            const double loss = smoothed(result.batch.loss, step);
            test.points.push_back({rate, loss});
            report(step, rate, result);
            lowest = std::min(lowest, loss);
            if (loss > explodedFactor * lowest ||
                result.batch.loss > explodedFactor * test.points.front().loss) {
                break;
            }
        }
        test.suggestion = steepestRate(test.points);
        return test;
    }

private:
    [[nodiscard]] double rateAt(int step) const
    {
        return m_range.lowest *
               std::pow(m_range.highest / m_range.lowest, static_cast<double>(step) / (m_range.steps - 1));
    }

    std::span<const std::uint32_t> nextBatch(int step)
    {
        const std::int64_t number = step % m_order.batches();
        if (number == 0) {
            const auto epoch = static_cast<int>(step / m_order.batches() + 1);
            m_order.shuffle(epoch);
            m_samples.beginEpoch(epoch);
        }
        const auto batch = m_order.batch(number + 1);
        m_images += static_cast<std::int64_t>(batch.size());
        return batch;
    }

    /// An average that forgets, corrected for its beginning at 0.
    double smoothed(double loss, int step)
    {
        m_average += newestWeight * (loss - m_average);
        return m_average / (1 - std::pow(1 - newestWeight, step + 1));
    }

    void report(int step, double rate, const Stepper::Step& result)
    {
        BatchProgress progress;
        progress.epoch = 1;
        progress.batch = progress.step = step + 1;
        progress.batches = m_range.steps;
        progress.loss = result.batch.loss;
        progress.accuracy = static_cast<double>(result.batch.correct) /
                            static_cast<double>(std::max<std::int64_t>(1, result.batch.digits));
        progress.learningRate = rate;
        progress.gradientNorm = result.gradientNorm;
        progress.imagesPerSecond = static_cast<double>(m_images) / std::max(1e-9, m_clock.seconds());
        progress.secondsLeft = m_clock.seconds() / (step + 1) * (m_range.steps - step - 1);
        m_observer.onBatch(progress);
    }

    const RateRange m_range;
    TrainingObserver& m_observer;
    RunClock m_clock;
    SampleSource m_samples;
    BatchOrder m_order;
    Stepper m_stepper;
    double m_average = 0;
    std::int64_t m_images = 0;
};

} // namespace

double steepestRate(const std::vector<RateRangeTest::Point>& points)
{
    const auto lowest = std::min_element(points.begin(), points.end(),
                                         [](const auto& a, const auto& b) { return a.loss < b.loss; }) -
                        points.begin();
    // The slope over a tenth of the test: over neighbours it would be that of two batches.
    const auto reach = std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(points.size()) / 20);
    double steepest = 0;
    double rate = 0;
    for (std::ptrdiff_t i = reach; i + reach <= lowest; ++i) {
        const auto at = [&](std::ptrdiff_t place) { return points[static_cast<std::size_t>(place)]; };
        const double slope =
            (at(i + reach).loss - at(i - reach).loss) / std::log(at(i + reach).rate / at(i - reach).rate);
        if (slope < steepest) {
            steepest = slope;
            rate = at(i).rate;
        }
    }
    return rate;
}

Result<RateRangeTest> runRangeTest(const TrainingOptions& options, const TrainingData& data,
                                   const RateRange& range, TrainingObserver& observer)
{
    if (const Result<void> possible = checkRange(range); !possible) {
        return possible.error();
    }
    TrainingOptions plain = options;
    plain.weightAverage = 0; // Nobody looks at the average.
    const auto plan = planTraining(plain, data);
    if (!plan) {
        return plan.error();
    }
    const FlushDenormals flush;
    return RangeTest(*plan, data, range, observer).run();
}

} // namespace digitpad
