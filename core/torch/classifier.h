#pragma once

#include "core/learning/engine.h"
#include "core/learning/logitreader.h"
#include "core/torch/networks.h"
#include "core/torch/pixelscaling.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace digitpad {

/// Keeps a copy of the weights in the form that is fastest to ask, and is warmed up when constructed: the
/// first forwards are many times slower than the rest. One intra-op thread, that of the caller.
class TorchClassifier final : public Classifier
{
public:
    TorchClassifier(const ModelInfo& info, DigitNet& weights);

    Result<Prediction> classify(const DigitImage& image) override;
    Result<std::vector<Prediction>> classify(std::span<const DigitImage> images) override;

private:
    std::vector<Prediction> predict(std::span<const DigitImage> images);
    void forwardInked(std::span<const DigitImage> images, std::span<const std::size_t> inked,
                      std::vector<Prediction>& predictions);

    std::shared_ptr<DigitNet> m_network;
    PixelScaling m_pixels;
    LogitReader m_reader;
};

} // namespace digitpad
