#include "core/torch/allocator.h"

#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace digitpad {

void keepFreedMemory()
{
#if defined(__GLIBC__)
    for (const char* variable : {"GLIBC_TUNABLES", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"}) {
        if (std::getenv(variable) != nullptr) {
            return;
        }
    }
    constexpr int mebibyte = 1 << 20;
    // The largest that mallopt takes on 64 bits. What is larger, a whole data set for instance, still comes
    // from the kernel alone, and goes back to it.
    mallopt(M_MMAP_THRESHOLD, 32 * mebibyte);
    // Above a training step's working set, so that the top of the heap stays between batches.
    mallopt(M_TRIM_THRESHOLD, 256 * mebibyte);
    mallopt(M_TOP_PAD, 4 * mebibyte);
#endif
}

} // namespace digitpad
