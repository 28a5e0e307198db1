#include "app/cli/interrupt.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace digitpad::cli {

namespace {

constexpr std::array<int, 2> watchedSignals = {SIGINT, SIGTERM};

// A signal handler reaches nothing but globals.
std::atomic<bool> wasRequested = false;
std::array<int, 2> pipeEnds = {-1, -1};
std::array<struct sigaction, watchedSignals.size()> oldActions;

static_assert(std::atomic<bool>::is_always_lock_free, "else a signal handler must not touch it");

void onSignal(int)
{
    const int error = errno;
    wasRequested = true;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(pipeEnds[1], &byte, 1);
    for (const int watched : watchedSignals) {
        std::signal(watched, SIG_DFL); // so that the second one ends the program
    }
    errno = error;
}

} // namespace

Interrupt::Interrupt()
{
    wasRequested = false;
    if (::pipe2(pipeEnds.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        pipeEnds = {-1, -1};
    }
    struct sigaction action
    {
    };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < watchedSignals.size(); ++i) {
        ::sigaction(watchedSignals[i], nullptr, &oldActions[i]);
        if (oldActions[i].sa_handler != SIG_IGN) { // as nohup and shells ask for programs in the background
            ::sigaction(watchedSignals[i], &action, nullptr);
        }
    }
}

Interrupt::~Interrupt()
{
    for (std::size_t i = 0; i < watchedSignals.size(); ++i) {
        ::sigaction(watchedSignals[i], &oldActions[i], nullptr);
    }
    for (int& end : pipeEnds) {
        ::close(end);
        end = -1;
    }
}

bool Interrupt::requested() const
{
    return wasRequested;
}

int Interrupt::descriptor() const
{
    return pipeEnds[0];
}

} // namespace digitpad::cli
