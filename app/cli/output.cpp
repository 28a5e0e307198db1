#include "app/cli/output.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace digitpad::cli {

namespace {

constexpr qsizetype bufferSize = 1 << 16;

/// A descriptor that its other owner made non-blocking is waited for. Returns errno, or 0.
int writeAll(int descriptor, const char* data, qsizetype size)
{
    while (size > 0) {
        const ssize_t written = ::write(descriptor, data, static_cast<std::size_t>(size));
        if (written >= 0) {
            data += written;
            size -= written;
        } else if (errno == EAGAIN) {
            pollfd waiting{descriptor, POLLOUT, 0};
            ::poll(&waiting, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

Output::Output(int descriptor)
    : m_descriptor(descriptor)
{
    m_buffer.reserve(bufferSize);
}

Output::~Output()
{
    flush();
}

void Output::write(const QByteArray& text)
{
    m_buffer += text;
    if (m_buffer.size() >= bufferSize) {
        flush();
    }
}

bool Output::flush()
{
    if (m_error == 0) {
        m_error = writeAll(m_descriptor, m_buffer.constData(), m_buffer.size());
    }
    m_buffer.resize(0); // keeps the reserved room, unlike clear()
    return ok();
}

bool Output::readerGone() const
{
    return m_error == EPIPE;
}

int takeStandardOutput()
{
    int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO) {
        descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    ::close(descriptor);
    const int own = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    return own;
}

} // namespace digitpad::cli
