#include "core/torch/snapshots.h"

#include "core/torch/evaluation.h"

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

/// Enough to calibrate a model by that nobody keeps.
constexpr std::size_t quickSamples = 500;

/// At most `count` images from all over the set.
DigitSet spreadSample(const DigitSet& set, std::size_t count)
{
    std::vector<std::size_t> indices;
    const std::size_t wanted = std::min(count, set.size());
    for (std::size_t i = 0; i < wanted; ++i) {
        indices.push_back(i * set.size() / wanted);
    }
    return subset(set, indices);
}

} // namespace

Snapshots::Snapshots(const TrainingPlan& plan, const TrainingData& data, Stepper& stepper,
                     const std::vector<EpochMetrics>& epochs)
    : m_plan(plan)
    , m_data(data)
    , m_stepper(stepper)
    , m_epochs(epochs)
    , m_pixels(plan.statistics.mean, plan.statistics.standardDeviation)
{
}

bool Snapshots::hasValidation() const
{
    return m_data.validation && m_data.validation->size() > 0;
}

bool Snapshots::validate(EpochMetrics& metrics, const std::function<bool()>& keepGoing)
{
    if (!hasValidation()) {
        metrics.validationLoss = metrics.validationAccuracy = -1;
        return true;
    }
    auto logits = logitsOf(*m_data.validation, keepGoing);
    if (!logits) {
        return false;
    }
    metrics.validationLoss = meanCrossEntropy(*logits, *m_data.validation);
    metrics.validationAccuracy = evaluationOf(*logits, *m_data.validation, LogitReader(bareInfo())).accuracy;
    m_logits = std::move(*logits);
    return true;
}

Result<Logits> Snapshots::logitsOf(const DigitSet& set, const std::function<bool()>& keepGoing)
{
    return computeLogits(m_stepper.newest(), m_pixels, set, evaluationThreads(), keepGoing);
}

ModelInfo Snapshots::bareInfo() const
{
    ModelInfo info;
    if (m_plan.start != nullptr) {
        info.temperature = m_plan.start->info().temperature;
        info.digitScoring = m_plan.start->info().digitScoring;
    }
    info.network = m_plan.options.network;
    info.hasNoDigitClass = m_plan.outputs == noDigitOutputs;
    info.mean = m_plan.statistics.mean;
    info.standardDeviation = m_plan.statistics.standardDeviation;
    info.trainedOn = m_plan.dataNames;
    info.options = m_plan.options;
    info.epochsTrained = static_cast<int>(m_epochs.size());
    if (!m_epochs.empty()) {
        info.validationAccuracy = m_epochs.back().validationAccuracy;
    }
    return info;
}

ModelInfo Snapshots::lightInfo() const
{
    ModelInfo info = bareInfo();
    if (calibrates() && m_calibration) {
        info.temperature = m_calibration->temperature;
        info.digitScoring = m_calibration->scoring;
    }
    return info;
}

std::shared_ptr<TorchModel> Snapshots::calibrated()
{
    auto model = std::make_shared<TorchModel>(bareInfo(), m_stepper.newest());
    if (calibrates()) {
        if (!m_logits) {
            m_logits = logitsOf(*m_data.validation, {}).value();
        }
        m_calibration = calibrate(*m_logits, *m_data.validation);
        model->setCalibration(*m_calibration);
    }
    return model;
}

std::shared_ptr<TorchModel> Snapshots::quick()
{
    if (calibrates() && !m_calibration) {
        const DigitSet few = spreadSample(*m_data.validation, quickSamples);
        m_calibration = calibrate(logitsOf(few, {}).value(), few);
    }
    return std::make_shared<TorchModel>(lightInfo(), m_stepper.newest());
}

std::shared_ptr<TorchModel> Snapshots::initial() const
{
    ModelInfo info = bareInfo();
    info.epochsTrained = 0;
    info.validationAccuracy = -1;
    if (m_plan.start != nullptr) {
        return std::make_shared<TorchModel>(info, m_plan.start->network());
    }
    return std::make_shared<TorchModel>(info, *m_plan.newNetwork(m_plan.options.seed));
}

void Snapshots::resume(const ModelInfo& newest)
{
    if (newest.digitScoring) {
        m_calibration = Calibration{newest.temperature, *newest.digitScoring};
    }
}

void measureOnTest(TorchModel& model, const TrainingData& data)
{
    if (!data.test || data.test->size() == 0) {
        return;
    }
    if (const auto evaluation = model.evaluate(*data.test, {})) {
        model.setTestAccuracy(evaluation->accuracy);
    }
}

} // namespace digitpad
