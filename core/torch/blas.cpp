#include "core/torch/blas.h"

#include <climits>

#include <array>
#include <cstdlib>
#include <link.h>
#include <string_view>
#include <vector>

namespace digitpad {

namespace {

int collectPath(dl_phdr_info* info, std::size_t, void* data)
{
    if (info->dlpi_name != nullptr && *info->dlpi_name != '\0') {
        static_cast<std::vector<std::string>*>(data)->emplace_back(info->dlpi_name);
    }
    return 0;
}

std::string resolved(const std::string& path)
{
    std::array<char, PATH_MAX> buffer{};
    return realpath(path.c_str(), buffer.data()) != nullptr ? std::string(buffer.data()) : path;
}

} // namespace

BlasLibrary loadedBlas()
{
    std::vector<std::string> paths;
    dl_iterate_phdr(collectPath, &paths);
    // Debian's LibTorch calls whatever stands behind the alternative libblas.so.3; the others are fallbacks
    // for builds that link one BLAS directly.
    for (const std::string_view wanted : {"/libblas.so", "/libmkl_core.so", "/libopenblas", "/libblis"}) {
        for (const std::string& path : paths) {
            if (path.find(wanted) != std::string::npos) {
                const std::string file = resolved(path);
                return {file, file.find("/blas/libblas.so") != std::string::npos};
            }
        }
    }
    return {};
}

} // namespace digitpad
