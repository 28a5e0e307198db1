#pragma once

#include "core/learning/engine.h"
#include "core/torch/pixelscaling.h"
#include "core/torch/scriptprocess.h"

#include <memory>
#include <string>

namespace digitpad {

/// A network from a TorchScript file. Each classifier has a process of its own, evaluation another one.
class ScriptModel final : public Model
{
public:
    /// `file` is the file's content. Starts its process and tries it.
    static Result<std::shared_ptr<const Model>> load(std::string file, const PixelStatistics& normalization,
                                                     const ScriptLimits& limits);

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override;
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet& set,
                                              const std::function<bool()>& keepGoing) const override;
    [[nodiscard]] Result<Logits> logits(const DigitSet& set,
                                        const std::function<bool(std::size_t)>& progress) const override;
    /// An error: what a foreign network sees is not known.
    [[nodiscard]] Result<Explanation> explain(const DigitImage& image, int digit, int rival) const override;
    /// The file as it was.
    [[nodiscard]] Result<void> save(const std::string& path) const override;

private:
    ScriptModel(std::string file, const PixelStatistics& normalization, const ScriptLimits& limits,
                std::unique_ptr<ScriptProcess> process);

    ModelInfo m_info;
    const std::string m_file;
    const ScriptLimits m_limits;
    const PixelScaling m_pixels;
    const std::unique_ptr<ScriptProcess> m_process; ///< For evaluation.
};

} // namespace digitpad
