#pragma once

#include "core/learning/engine.h"
#include "core/torch/networks.h"
#include "core/torch/replicas.h"

#include <memory>
#include <string>

namespace digitpad {

/// A copy of `source`'s parameters and buffers in `target`; both are networks of the same name.
void copyWeights(DigitNet& source, DigitNet& target);

class TorchModel final : public Model
{
public:
    /// Takes a copy of the weights, in evaluation mode.
    TorchModel(ModelInfo info, DigitNet& network);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override;
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet& set,
                                              const std::function<bool()>& keepGoing) const override;
    [[nodiscard]] Result<void> save(const std::string& path) const override;

    /// Before the model is shared.
    void setTestAccuracy(double accuracy) { m_info.testAccuracy = accuracy; }
    [[nodiscard]] PixelTable pixels() const { return {m_info.mean, m_info.standardDeviation}; }

private:
    ModelInfo m_info;
    std::shared_ptr<DigitNet> m_network;
};

} // namespace digitpad
