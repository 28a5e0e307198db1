#pragma once

#include "core/learning/engine.h"
#include "core/torch/calibration.h"
#include "core/torch/networks.h"
#include "core/torch/pixelscaling.h"

#include <memory>
#include <string>

namespace digitpad {

class TorchModel final : public Model
{
public:
    /// Takes a copy of the weights, in evaluation mode, and sets what `info` says of their number and
    /// outputs.
    TorchModel(ModelInfo info, DigitNet& network);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override;
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet& set,
                                              const std::function<bool()>& keepGoing) const override;
    [[nodiscard]] Result<Logits> logits(const DigitSet& set,
                                        const std::function<bool(std::size_t)>& progress) const override;
    [[nodiscard]] Result<Explanation> explain(const DigitImage& image, int digit, int rival) const override;
    [[nodiscard]] Result<void> save(const std::string& path) const override;

    // These two before the model is shared.
    void setTestAccuracy(double accuracy) { m_info.testAccuracy = accuracy; }
    void setCalibration(const Calibration& calibration);
    /// Never trained; copyWeights() takes from it.
    [[nodiscard]] DigitNet& network() const { return *m_network; }
    [[nodiscard]] PixelScaling pixels() const { return {m_info.mean, m_info.standardDeviation}; }

private:
    ModelInfo m_info;
    std::shared_ptr<DigitNet> m_network;
};

} // namespace digitpad
