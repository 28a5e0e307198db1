#pragma once

namespace digitpad {

/// Has the C library keep the memory of freed tensors of up to 32 MiB for the next ones, instead of giving it
/// back and asking for it again with every batch: the kernel clears each page anew, an eighth of the time of
/// a training on two cores. For the whole process; to be called before other threads allocate much. Does
/// nothing where the C library is not glibc, or where GLIBC_TUNABLES or MALLOC_… variables already say
/// otherwise.
void keepFreedMemory();

} // namespace digitpad
