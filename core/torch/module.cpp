#include "core/learning/engine.h"
#include "core/torch/torchengine.h"

// The module's whole surface; see core/learning/engine.h.
extern "C" __attribute__((visibility("default"))) int digitpad_engine_abi_version()
{
    return digitpad::engineAbiVersion;
}

extern "C" __attribute__((visibility("default"))) const digitpad::Engine* digitpad_engine()
{
    return &digitpad::torchEngine();
}
