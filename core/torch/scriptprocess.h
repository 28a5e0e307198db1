#pragma once

#include "core/base/result.h"
#include "core/torch/scriptchannel.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <vector>

namespace digitpad {

/// How long a TorchScript file may take before it is ended.
struct ScriptLimits
{
    int loadMilliseconds = 30'000;    ///< Its process's start included.
    int forwardMilliseconds = 10'000; ///< For one batch.
};

/// A TorchScript network in a process of its own (digitpad-script-host). A loop in it cannot be broken off,
/// and an operator may crash, so neither is in this one; that one can be ended. Before it looks at the file
/// it gives up what it needs no more: it can open no file and no connection, and its memory is bounded.
///
/// Thread-safe: one forward after the other. What fails once for good, fails from then on with the same
/// error.
class ScriptProcess
{
public:
    /// Starts the process, loads the file's bytes and tries the network with made-up images.
    static Result<std::unique_ptr<ScriptProcess>> start(const std::string& file, const ScriptLimits& limits);
    ~ScriptProcess();
    ScriptProcess(const ScriptProcess&) = delete;
    ScriptProcess& operator=(const ScriptProcess&) = delete;

    [[nodiscard]] const std::string& className() const { return m_className; }
    [[nodiscard]] const ScriptTraits& traits() const { return m_traits; }

    /// `images` × 784 normalised floats in, `images` × 10 logits out, all finite.
    Result<std::vector<float>> forward(const float* values, std::size_t images);

private:
    ScriptProcess() = default;
    Result<void> spawn();
    Result<void> load(const std::string& file);
    /// Sends and waits; any failure of the process itself ends it.
    Result<ScriptPacket> ask(ScriptMessage kind, const void* data, std::size_t size, int milliseconds);
    Error end(const std::string& why);

    ScriptLimits m_limits;
    std::mutex m_mutex;
    pid_t m_process = -1;
    int m_socket = -1;
    std::string m_failure; ///< Why the process ended; empty while it runs.
    std::string m_className;
    ScriptTraits m_traits;
};

} // namespace digitpad
