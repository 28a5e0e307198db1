#include "core/torch/model.h"

#include "core/torch/classifier.h"
#include "core/torch/evaluation.h"
#include "core/torch/explainer.h"
#include "core/torch/guard.h"
#include "core/torch/labels.h"
#include "core/torch/modelfile.h"

#include <ATen/Parallel.h>

#include <chrono>
#include <utility>

namespace digitpad {

namespace {

ModelInfo completed(ModelInfo info, const DigitNet& network)
{
    info.network = info.options.network = network.name();
    info.options.details = network.details();
    info.parameters = network.parameterCount();
    info.hasNoDigitClass = network.outputs() == noDigitOutputs;
    return info;
}

} // namespace

TorchModel::TorchModel(ModelInfo info, DigitNet& network)
    : m_info(completed(std::move(info), network))
    , m_network(makeNetworkLike(network))
{
    copyWeights(network, *m_network);
    m_network->eval();
}

void TorchModel::setCalibration(const Calibration& calibration)
{
    m_info.temperature = calibration.temperature;
    m_info.digitScoring = calibration.scoring;
}

Result<std::unique_ptr<Classifier>> TorchModel::makeClassifier() const
{
    using Made = Result<std::unique_ptr<Classifier>>;
    return guarded("The recogniser could not be set up from this model. Choose another one in the File menu.",
                   [this]() -> Made {
                       at::set_num_threads(1);
                       return Made(std::make_unique<TorchClassifier>(m_info, *m_network));
                   });
}

Result<Evaluation> TorchModel::evaluate(const DigitSet& set, const std::function<bool()>& keepGoing) const
{
    // A model that does not know "no digit" can be asked about them all the same.
    if (const Result<void> known = checkLabels(set, noDigitOutputs); !known) {
        return known.error();
    }
    return guarded("The model could not be evaluated. The log says why.", [&]() -> Result<Evaluation> {
        const auto start = std::chrono::steady_clock::now();
        const auto logits = computeLogits(*m_network, pixels(), set, evaluationThreads(), keepGoing);
        if (!logits) {
            return logits.error();
        }
        Evaluation evaluation = evaluationOf(*logits, set, LogitReader(m_info));
        evaluation.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return evaluation;
    });
}

Result<Logits> TorchModel::logits(const DigitSet& set, const std::function<bool(std::size_t)>& progress) const
{
    if (const Result<void> known = checkLabels(set, noDigitOutputs); !known) {
        return known.error();
    }
    return guarded("The model could not be evaluated. The log says why.", [&] {
        return computeLogits([this](const torch::Tensor& images) { return m_network->forward(images); },
                             static_cast<std::size_t>(m_network->outputs()), pixels(), set,
                             evaluationThreads(), progress);
    });
}

Result<Explanation> TorchModel::explain(const DigitImage& image, int digit, int rival) const
{
    if (digit < 0 || digit >= digitClasses || rival < 0 || rival >= digitClasses) {
        return Error{ErrorCode::InvalidInput, "Only readings as one of the digits 0 to 9 can be explained."};
    }
    return guarded("The reading could not be explained. The log says why.", [&]() -> Result<Explanation> {
        at::set_num_threads(1);
        return explainReading(*m_network, pixels(), image, digit, rival);
    });
}

Result<void> TorchModel::save(const std::string& path) const
{
    return guarded("The model could not be written to “" + path + "”. Choose another place and save again.",
                   [&] { return writeModelFile(m_info, *m_network, path); });
}

} // namespace digitpad
