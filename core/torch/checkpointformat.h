#pragma once

#include "core/torch/checkpoint.h"
#include "core/torch/pickledict.h"

#include <torch/types.h>

#include <cstdint>
#include <string>
#include <vector>

/// What the reader and the writer of checkpoints have in common.
namespace digitpad {

inline constexpr std::int64_t checkpointVersion = 1;

PickleDict optionsToDict(const TrainingOptions& options);
/// Throws BadFile where an option is missing or of another type.
TrainingOptions optionsFromDict(const PickleDict& dict);

/// {"0": first, …}: unlike a list, Python reads that without LibTorch's help.
PickleDict tensorsToDict(const std::vector<torch::Tensor>& tensors);
/// Throws BadFile where one is missing.
std::vector<torch::Tensor> tensorsFromDict(const PickleDict& dict, const std::string& what);

/// A row of ten doubles an epoch.
torch::Tensor epochsToTensor(const std::vector<EpochMetrics>& epochs);
/// Throws BadFile where it has another shape.
std::vector<EpochMetrics> epochsFromTensor(const torch::Tensor& rows);

std::int64_t checksumOf(const std::vector<torch::Tensor>& tensors);

} // namespace digitpad
