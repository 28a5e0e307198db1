#include "core/torch/scriptmodel.h"

#include "core/base/atomicfile.h"
#include "core/learning/logitreader.h"
#include "core/torch/evaluation.h"
#include "core/torch/guard.h"
#include "core/torch/labels.h"
#include "core/torch/logits.h"

#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

/// "The TorchScript network cannot be used: it …"
Error withSubject(const Error& error)
{
    return Error{error.code,
                 error.code == ErrorCode::InvalidInput
                     ? "The TorchScript network cannot be used: " + error.message + ". Choose another model."
                     : error.message,
                 error.details};
}

class ScriptClassifier final : public Classifier
{
public:
    ScriptClassifier(const ModelInfo& info, std::unique_ptr<ScriptProcess> process)
        : m_process(std::move(process))
        , m_pixels(info.mean, info.standardDeviation)
        , m_reader(info)
    {
    }

    Result<Prediction> classify(const DigitImage& image) override
    {
        auto batch = classify(std::span(&image, 1));
        if (!batch) {
            return batch.error();
        }
        return std::move(batch->front());
    }

    Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) override
    {
        std::vector<float> input(images.size() * digitPixels);
        for (std::size_t i = 0; i < images.size(); ++i) {
            m_pixels.apply(images[i].pixels.data(), input.data() + i * digitPixels);
        }
        const auto start = std::chrono::steady_clock::now();
        const auto logits = m_process->forward(input.data(), images.size());
        const std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - start;
        if (!logits) {
            return withSubject(logits.error());
        }
        std::vector<Prediction> predictions(images.size());
        for (std::size_t i = 0; i < images.size(); ++i) {
            const auto reading =
                images[i].blank() ? blankReading() : m_reader.read(logits->data() + i * digitClasses);
            predictions[i] = {images[i],
                              reading.probabilities,
                              reading.digit,
                              reading.confidence,
                              reading.digitScore,
                              reading.accepted,
                              elapsed.count() / static_cast<double>(images.size())};
        }
        return predictions;
    }

private:
    std::unique_ptr<ScriptProcess> m_process;
    PixelScaling m_pixels;
    LogitReader m_reader;
};

/// Carries an Error out of a forward.
class ForwardFailed : public std::exception
{
public:
    explicit ForwardFailed(Error error)
        : reason(std::move(error))
    {
    }
    const Error reason;
};

} // namespace

ScriptModel::ScriptModel(std::string file, const PixelStatistics& normalization, const ScriptLimits& limits,
                         std::unique_ptr<ScriptProcess> process)
    : m_file(std::move(file))
    , m_limits(limits)
    , m_pixels(normalization.mean, normalization.standardDeviation)
    , m_process(std::move(process))
{
    m_info.network = m_process->className();
    m_info.parameters = m_process->traits().parameters;
    m_info.mean = normalization.mean;
    m_info.standardDeviation = normalization.standardDeviation;
    m_info.torchScript = true;
}

Result<std::shared_ptr<const Model>> ScriptModel::load(std::string file, const PixelStatistics& normalization,
                                                       const ScriptLimits& limits)
{
    auto process = ScriptProcess::start(file, limits);
    if (!process) {
        return withSubject(process.error());
    }
    return std::shared_ptr<const Model>(
        new ScriptModel(std::move(file), normalization, limits, std::move(process).value()));
}

Result<std::unique_ptr<Classifier>> ScriptModel::makeClassifier() const
{
    auto process = ScriptProcess::start(m_file, m_limits);
    if (!process) {
        return withSubject(process.error());
    }
    return std::unique_ptr<Classifier>(
        std::make_unique<ScriptClassifier>(m_info, std::move(process).value()));
}

Result<Logits> ScriptModel::logits(const DigitSet& set,
                                   const std::function<bool(std::size_t)>& progress) const
{
    if (const Result<void> known = checkLabels(set, noDigitOutputs); !known) {
        return known.error();
    }
    const auto forward = [this](const torch::Tensor& images) {
        const auto count = static_cast<std::size_t>(images.size(0));
        auto answer = m_process->forward(images.data_ptr<float>(), count);
        if (!answer) {
            throw ForwardFailed(withSubject(answer.error()));
        }
        std::vector<float> values = std::move(answer).value();
        return torch::from_blob(values.data(), {images.size(0), digitClasses}).clone();
    };
    return guarded("The TorchScript network could not be evaluated. The log says why.",
                   [&]() -> Result<Logits> {
                       try {
                           // One thread here: the process has threads of its own.
                           return computeLogits(forward, digitClasses, m_pixels, set, 1, progress);
                       } catch (const ForwardFailed& failed) {
                           return failed.reason;
                       }
                   });
}

Result<Evaluation> ScriptModel::evaluate(const DigitSet& set, const std::function<bool()>& keepGoing) const
{
    const auto start = std::chrono::steady_clock::now();
    const auto answers = logits(set, [&keepGoing](std::size_t) { return !keepGoing || keepGoing(); });
    if (!answers) {
        return answers.error();
    }
    Evaluation evaluation = evaluationOf(*answers, set, LogitReader(m_info));
    evaluation.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return evaluation;
}

Result<Explanation> ScriptModel::explain(const DigitImage&, int, int) const
{
    return Error{ErrorCode::Unavailable,
                 "Networks from TorchScript files cannot be explained; choose one of DigitPad's own models."};
}

Result<void> ScriptModel::save(const std::string& path) const
{
    return writeFileAtomically(path, m_file);
}

} // namespace digitpad
