#pragma once

#include <cstdint>
#include <optional>
#include <string>

/// How the program and the process that runs a TorchScript file talk: messages over a local socket, each a
/// kind, a length and so many bytes. Both ends are of one build, so numbers stay in the machine's order.
namespace digitpad {

enum class ScriptMessage : std::uint32_t {
    Load,    ///< To the script: the file's bytes. Ready or Failed follows.
    Forward, ///< To the script: N × 784 normalised floats. Logits or Failed follows.
    Ready,   ///< From it: a ScriptTraits, then the name of the network's class.
    Logits,  ///< From it: N × 10 floats.
    Failed,  ///< From it: what is wrong, for the person, then a newline and the details.
};

struct ScriptTraits
{
    std::int64_t parameters = 0;
};

struct ScriptPacket
{
    ScriptMessage kind = ScriptMessage::Failed;
    std::string bytes;
};

/// Larger messages are refused: a file of modelSizeLimit fits.
inline constexpr std::uint64_t scriptMessageLimit = std::uint64_t{257} << 20U;

/// False where the other end is gone.
bool sendScriptMessage(int socket, ScriptMessage kind, const void* data, std::size_t size);

enum class ScriptReply { Received, Gone, TimedOut };
/// Waits at most so long; below 0 for ever.
ScriptReply receiveScriptMessage(int socket, ScriptPacket& packet, int milliseconds);

} // namespace digitpad
