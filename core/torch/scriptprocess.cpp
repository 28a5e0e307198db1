#include "core/torch/scriptprocess.h"

#include "core/image/digitimage.h"

#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX declares it nowhere.

namespace digitpad {

namespace {

/// DIGITPAD_SCRIPT_HOST, or beside the file that this code is in: the module.
std::string hostPath()
{
    if (const char* chosen = std::getenv("DIGITPAD_SCRIPT_HOST"); chosen != nullptr) {
        return chosen;
    }
    Dl_info info{};
    if (dladdr(reinterpret_cast<const void*>(&hostPath), &info) == 0 || info.dli_fname == nullptr) {
        return {};
    }
    const std::string file = info.dli_fname;
    return file.substr(0, file.rfind('/') + 1) + "digitpad-script-host";
}

/// The first line is for the person, what follows for the log.
Error scriptError(const std::string& text)
{
    const auto newline = text.find('\n');
    return Error{ErrorCode::InvalidInput, text.substr(0, newline),
                 newline == std::string::npos ? std::string() : text.substr(newline + 1)};
}

std::string howItEnded(pid_t process)
{
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? std::string("it was ended by the signal ") + strsignal(WTERMSIG(status))
                               : "it ended with " + std::to_string(WEXITSTATUS(status));
}

} // namespace

Result<std::unique_ptr<ScriptProcess>> ScriptProcess::start(const std::string& file,
                                                            const ScriptLimits& limits)
{
    std::unique_ptr<ScriptProcess> process(new ScriptProcess);
    process->m_limits = limits;
    if (const auto spawned = process->spawn(); !spawned) {
        return spawned.error();
    }
    if (const auto loaded = process->load(file); !loaded) {
        return loaded.error();
    }
    return process;
}

ScriptProcess::~ScriptProcess()
{
    if (m_process > 0) {
        end("it is not needed any more");
    }
}

Result<void> ScriptProcess::spawn()
{
    const std::string host = hostPath();
    int sockets[2] = {-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
        return Error{ErrorCode::Unavailable,
                     "No process could be started for the TorchScript file; close other programs and try "
                     "again.",
                     std::strerror(errno)};
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, sockets[1], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = host;
    char* arguments[] = {name.data(), nullptr};
    const int failed = posix_spawn(&m_process, host.c_str(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(sockets[1]);
    m_socket = sockets[0];
    if (failed != 0) {
        m_process = -1;
        close(m_socket);
        return Error{ErrorCode::Unavailable,
                     "The part of DigitPad that runs TorchScript files is missing; install DigitPad again.",
                     host + ": " + std::strerror(failed)};
    }
    return {};
}

Result<void> ScriptProcess::load(const std::string& file)
{
    const auto reply = ask(ScriptMessage::Load, file.data(), file.size(), m_limits.loadMilliseconds);
    if (!reply) {
        return reply.error();
    }
    if (reply->kind != ScriptMessage::Ready || reply->bytes.size() < sizeof m_traits) {
        return end("its process gave a strange answer");
    }
    std::memcpy(&m_traits, reply->bytes.data(), sizeof m_traits);
    m_className = reply->bytes.substr(sizeof m_traits);
    return {};
}

Result<ScriptPacket> ScriptProcess::ask(ScriptMessage kind, const void* data, std::size_t size,
                                        int milliseconds)
{
    if (m_process < 0) {
        return scriptError(m_failure);
    }
    ScriptPacket packet;
    const bool sent = sendScriptMessage(m_socket, kind, data, size);
    const ScriptReply reply = sent ? receiveScriptMessage(m_socket, packet, milliseconds) : ScriptReply::Gone;
    if (reply == ScriptReply::TimedOut) {
        return end("it gave no answer within " + std::to_string((milliseconds + 999) / 1000) +
                   " s, so it was ended; it may loop for ever");
    }
    if (reply == ScriptReply::Gone) {
        return end("its process broke off; it may need more memory than it is given, or crash");
    }
    if (packet.kind == ScriptMessage::Failed) {
        return scriptError(packet.bytes);
    }
    return packet;
}

Error ScriptProcess::end(const std::string& why)
{
    kill(m_process, SIGKILL);
    m_failure = why + "\n" + howItEnded(m_process);
    close(m_socket);
    m_process = -1;
    return scriptError(m_failure);
}

Result<std::vector<float>> ScriptProcess::forward(const float* values, std::size_t images)
{
    const std::lock_guard lock(m_mutex);
    const auto reply = ask(ScriptMessage::Forward, values, images * digitPixels * sizeof(float),
                           m_limits.forwardMilliseconds);
    if (!reply) {
        return reply.error();
    }
    std::vector<float> logits(images * digitClasses);
    if (reply->kind != ScriptMessage::Logits || reply->bytes.size() != logits.size() * sizeof(float)) {
        return end("its process gave a strange answer");
    }
    std::memcpy(logits.data(), reply->bytes.data(), reply->bytes.size());
    for (const float logit : logits) {
        if (!std::isfinite(logit)) {
            return Error{ErrorCode::InvalidInput, "it gave numbers that are not finite"};
        }
    }
    return logits;
}

} // namespace digitpad
