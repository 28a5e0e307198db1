#include "core/torch/scriptchannel.h"

#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>

namespace digitpad {

namespace {

using Clock = std::chrono::steady_clock;

struct Header
{
    std::uint32_t kind = 0;
    std::uint32_t unused = 0;
    std::uint64_t size = 0;
};

bool sendAll(int socket, const void* data, std::size_t size)
{
    const auto* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t sent = send(socket, at, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// What is left of a time; -1 of none.
class Deadline
{
public:
    explicit Deadline(int milliseconds)
        : m_end(Clock::now() + std::chrono::milliseconds(milliseconds))
        , m_endless(milliseconds < 0)
    {
    }
    [[nodiscard]] int left() const
    {
        using std::chrono::milliseconds;
        const auto rest = std::chrono::duration_cast<milliseconds>(m_end - Clock::now()).count();
        return m_endless ? -1 : static_cast<int>(rest > 0 ? rest : 0);
    }

private:
    Clock::time_point m_end;
    bool m_endless;
};

ScriptReply receiveAll(int socket, void* data, std::size_t size, const Deadline& deadline)
{
    auto* at = static_cast<char*>(data);
    while (size > 0) {
        pollfd ready{socket, POLLIN, 0};
        const int events = poll(&ready, 1, deadline.left());
        if (events == 0) {
            return ScriptReply::TimedOut;
        }
        const ssize_t got = events < 0 ? -1 : recv(socket, at, size, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return ScriptReply::Gone;
        }
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return ScriptReply::Received;
}

} // namespace

bool sendScriptMessage(int socket, ScriptMessage kind, const void* data, std::size_t size)
{
    const Header header{static_cast<std::uint32_t>(kind), 0, size};
    return sendAll(socket, &header, sizeof header) && sendAll(socket, data, size);
}

ScriptReply receiveScriptMessage(int socket, ScriptPacket& packet, int milliseconds)
{
    const Deadline deadline(milliseconds);
    Header header;
    if (const auto got = receiveAll(socket, &header, sizeof header, deadline); got != ScriptReply::Received) {
        return got;
    }
    if (header.size > scriptMessageLimit) {
        return ScriptReply::Gone;
    }
    packet.kind = static_cast<ScriptMessage>(header.kind);
    packet.bytes.resize(header.size);
    return receiveAll(socket, packet.bytes.data(), packet.bytes.size(), deadline);
}

} // namespace digitpad
