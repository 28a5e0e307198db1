#include "core/learning/runlock.h"

#include "core/base/lockedfile.h"

#include <QFile>

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace digitpad {

namespace {

constexpr auto longestWait = std::chrono::seconds(5);
constexpr auto betweenTries = std::chrono::milliseconds(5);

QByteArray lockPath(const QString& runFolder)
{
    return QFile::encodeName(runFolder + QStringLiteral("/lock"));
}

/// A byte of the file for each purpose.
struct flock byteOf(RunLock::Purpose purpose)
{
    struct flock range = {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    range.l_start = purpose == RunLock::Purpose::Train ? 0 : 1;
    range.l_len = 1;
    return range;
}

/// False where somebody else has it.
bool tryLock(int descriptor, RunLock::Purpose purpose)
{
    struct flock range = byteOf(purpose);
    while (fcntl(descriptor, F_OFD_SETLK, &range) != 0) {
        if (errno != EINTR) {
            return errno != EAGAIN && errno != EACCES; // Anything else: this file system has no locks.
        }
    }
    return true;
}

/// A lock that waits would wait for ever for a program that was stopped in the middle.
bool lock(int descriptor, RunLock::Purpose purpose)
{
    const auto end = std::chrono::steady_clock::now() + longestWait;
    while (!tryLock(descriptor, purpose)) {
        if (purpose == RunLock::Purpose::Train || std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(betweenTries);
    }
    return true;
}

Error openError(const QString& runFolder, int number)
{
    if (number == ENOENT || number == ENOTDIR) {
        return {ErrorCode::NotFound, "The run's folder “" + runFolder.toStdString() +
                                         "” is no longer there; somebody has moved or deleted it."};
    }
    return storeError(lockPath(runFolder).toStdString(), number);
}

Error inUse(const QString& runFolder, RunLock::Purpose purpose)
{
    const char* const why = purpose == RunLock::Purpose::Train
                                ? "” is being trained; stop that training first."
                                : "” is being changed by another program; try again in a moment.";
    return {ErrorCode::Unavailable, "The run “" + runFolder.section(u'/', -1).toStdString() + why};
}

} // namespace

Result<RunLock> RunLock::take(const QString& runFolder, Purpose purpose)
{
    const int descriptor =
        open(lockPath(runFolder).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
    if (descriptor < 0) {
        return openError(runFolder, errno);
    }
    RunLock result(descriptor);
    if (!lock(descriptor, purpose)) {
        return inUse(runFolder, purpose);
    }
    return result;
}

bool RunLock::training(const QString& runFolder)
{
    const int descriptor = open(lockPath(runFolder).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return false;
    }
    struct flock range = byteOf(Purpose::Train);
    const bool asked = fcntl(descriptor, F_OFD_GETLK, &range) == 0;
    close(descriptor);
    return asked && range.l_type != F_UNLCK;
}

RunLock::RunLock(RunLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

RunLock::~RunLock()
{
    if (m_descriptor >= 0) {
        close(m_descriptor); // And with it goes the lock.
    }
}

} // namespace digitpad
