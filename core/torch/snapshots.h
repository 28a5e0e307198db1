#pragma once

#include "core/torch/calibration.h"
#include "core/torch/model.h"
#include "core/torch/stepper.h"
#include "core/torch/trainingplan.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace digitpad {

/// Makes models of the weights of a moment, and measures them on the validation images.
class Snapshots
{
public:
    /// All must outlive this; `epochs` are those that have ended, as the run keeps them.
    Snapshots(const TrainingPlan& plan, const TrainingData& data, Stepper& stepper,
              const std::vector<EpochMetrics>& epochs);

    [[nodiscard]] bool hasValidation() const;
    /// To be told before weights change: what was measured is forgotten.
    void weightsChange() { m_logits.reset(); }

    /// Sets validation loss and accuracy, -1 where there is nothing to validate with. False where `keepGoing`
    /// was.
    bool validate(EpochMetrics& metrics, const std::function<bool()>& keepGoing);

    /// With the newest calibration that there is: good enough for weights that are replaced soon.
    [[nodiscard]] ModelInfo lightInfo() const;
    /// For good, with a calibration of its own.
    [[nodiscard]] std::shared_ptr<TorchModel> calibrated();
    /// In milliseconds, calibrated as in lightInfo().
    [[nodiscard]] std::shared_ptr<TorchModel> quick();
    /// Of the weights that the run began with.
    [[nodiscard]] std::shared_ptr<TorchModel> initial() const;
    /// Goes on with what an interrupted run knew.
    void resume(const ModelInfo& newest);

private:
    [[nodiscard]] Result<Logits> logitsOf(const DigitSet& set, const std::function<bool()>& keepGoing);
    /// Not calibrated, but for what a fine-tuned model keeps.
    [[nodiscard]] ModelInfo bareInfo() const;
    [[nodiscard]] bool calibrates() const { return m_plan.start == nullptr && hasValidation(); }

    const TrainingPlan& m_plan;
    const TrainingData& m_data;
    Stepper& m_stepper;
    const std::vector<EpochMetrics>& m_epochs;
    const PixelScaling m_pixels;
    /// Of the newest weights over the validation images, where they have not been trained on since.
    std::optional<Logits> m_logits;
    std::optional<Calibration> m_calibration;
};

/// Sets what the model says of the test set, where there is one.
void measureOnTest(TorchModel& model, const TrainingData& data);

} // namespace digitpad
