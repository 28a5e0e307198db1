#include "core/torch/gpu.h"

#include <ATen/Context.h>
#include <torch/cuda.h>

#include <dlfcn.h>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace digitpad {

namespace {

namespace fs = std::filesystem;

/// LibTorch's CUDA part lies beside the part that is loaded already.
fs::path cudaLibrary()
{
    Dl_info info = {};
    if (dladdr(reinterpret_cast<const void*>(&torch::cuda::is_available), &info) == 0 ||
        info.dli_fname == nullptr) {
        return {};
    }
    std::error_code code;
    const fs::path folder = fs::weakly_canonical(info.dli_fname, code).parent_path();
    const fs::path library = folder / "libtorch_cuda.so";
    return fs::exists(library, code) ? library : fs::path();
}

/// As the driver tells it: "Model: \t\t NVIDIA H100 80GB HBM3".
std::string modelIn(const fs::path& file)
{
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        const auto value = line.find_first_not_of(" \t", line.find(':') + 1);
        if (line.starts_with("Model:") && value != std::string::npos) {
            return line.substr(value);
        }
    }
    return {};
}

Gpu driversGpu()
{
    Gpu gpu;
    std::error_code code;
    gpu.there = fs::exists("/dev/nvidia0", code) || fs::exists("/dev/dxg", code);
    for (const auto& entry : fs::directory_iterator("/proc/driver/nvidia/gpus", code)) {
        gpu.there = true;
        if (gpu.name.empty()) {
            gpu.name = modelIn(entry.path() / "information");
        }
    }
    return gpu;
}

bool loadCuda()
{
    if (!at::hasCUDA()) {
        const fs::path library = cudaLibrary();
        // Kept for good: what it registers with LibTorch stays in use.
        if (library.empty() || dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr) {
            return false;
        }
    }
    return torch::cuda::is_available();
}

} // namespace

Gpu findGpu()
{
    const Gpu gpu = driversGpu();
    return gpu.there && (at::hasCUDA() || !cudaLibrary().empty()) ? gpu : Gpu();
}

bool startGpu()
{
    static const bool started = loadCuda();
    return started;
}

} // namespace digitpad
