#pragma once

#include <string>

namespace digitpad {

/// What this machine and this LibTorch have for training on a GPU.
struct Gpu
{
    bool there = false;
    std::string name; ///< "NVIDIA H100 80GB HBM3"; empty where unknown.
};

/// A quick look, without starting CUDA: whether LibTorch comes with its CUDA part and the driver knows a GPU.
Gpu findGpu();

/// Loads LibTorch's CUDA part, which takes seconds and much memory, and asks it. False where it cannot be
/// used after all. Thread-safe; the first call does the work.
bool startGpu();

} // namespace digitpad
