#pragma once

#include <string>

namespace digitpad {

struct BlasLibrary
{
    std::string path;  ///< Of the shared library in this process; empty where none was found.
    bool slow = false; ///< Netlib's reference BLAS.
};

/// Looks through the libraries that this process has loaded.
BlasLibrary loadedBlas();

} // namespace digitpad
