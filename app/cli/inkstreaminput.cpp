#include "app/cli/inkstreaminput.h"

#include "app/cli/console.h"
#include "core/ink/inkfile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype chunk = 1 << 16;

/// As ::read, but waits also where the descriptor's other owner made it non-blocking.
ssize_t readSome(int descriptor, char* data, std::size_t size)
{
    for (;;) {
        const ssize_t got = ::read(descriptor, data, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN)) {
            return got;
        }
        pollfd waiting{descriptor, POLLIN, 0};
        ::poll(&waiting, 1, -1);
    }
}

} // namespace

Result<std::unique_ptr<InputReader>> InkStreamInput::open(const QString& input)
{
    using Opened = Result<std::unique_ptr<InputReader>>;
    if (input == u"-") {
        return Opened(std::make_unique<InkStreamInput>(STDIN_FILENO, false, u"standard input"_s));
    }
    const int descriptor = ::open(nativePath(input).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return Error{ErrorCode::Io,
                     u"%1 cannot be opened; check that you may read it."_s.arg(quoted(input)).toStdString(),
                     std::strerror(errno)};
    }
    return Opened(std::make_unique<InkStreamInput>(descriptor, true, quoted(input)));
}

InkStreamInput::InkStreamInput(int descriptor, bool owned, QString name)
    : m_descriptor(descriptor)
    , m_owned(owned)
    , m_name(std::move(name))
{
}

InkStreamInput::~InkStreamInput()
{
    if (m_owned) {
        ::close(m_descriptor);
    }
}

InputItem InkStreamInput::next()
{
    for (;;) {
        const std::optional<QByteArray> line = takeLine();
        if (!line) {
            return m_error == 0
                       ? InputItem{}
                       : failed(u"Reading from %1 failed after %2 lines: %3."_s.arg(m_name).arg(m_line).arg(
                             qt_error_string(m_error)));
        }
        if (m_line == 1 && line->startsWith("\x1F\x8B")) {
            return failed(
                u"%1 is gzip; unpack it on the way: zcat FILE | digitpad-cli classify -"_s.arg(m_name));
        }
        if (line->size() > longestLine) {
            return bad(u"is longer than 16 MiB"_s);
        }
        const QByteArray text = line->trimmed();
        if (!text.isEmpty()) {
            return parse(text);
        }
    }
}

bool InkStreamInput::ready() const
{
    if (m_ended || m_buffer.indexOf('\n', m_begin) >= 0) {
        return true;
    }
    pollfd waiting{m_descriptor, POLLIN, 0};
    return ::poll(&waiting, 1, 0) != 0;
}

/// None at the end. Of a line that is too long just more than the limit is kept, and the rest is thrown away.
std::optional<QByteArray> InkStreamInput::takeLine()
{
    for (;;) {
        const qsizetype end = m_buffer.indexOf('\n', m_scanned);
        if (end >= 0 || (m_ended && m_begin < m_buffer.size())) {
            const qsizetype stop = end >= 0 ? end : m_buffer.size();
            const QByteArray line = m_buffer.sliced(m_begin, stop - m_begin);
            m_begin = std::min(stop + 1, m_buffer.size());
            m_scanned = m_begin;
            ++m_line;
            return line;
        }
        if (m_ended || m_error != 0) {
            return std::nullopt;
        }
        readMore();
    }
}

void InkStreamInput::readMore()
{
    m_buffer.remove(0, m_begin);
    m_begin = 0;
    m_buffer.truncate(longestLine + 1);
    m_scanned = m_buffer.size();
    const qsizetype size = m_buffer.size();
    m_buffer.resize(size + chunk);
    const ssize_t got = readSome(m_descriptor, m_buffer.data() + size, static_cast<std::size_t>(chunk));
    if (got < 0) {
        m_error = errno;
    }
    m_ended = got == 0;
    m_buffer.truncate(size + std::max<ssize_t>(got, 0));
}

InputItem InkStreamInput::parse(const QByteArray& line) const
{
    Result<InkSample> sample = fromJsonLine(line);
    if (!sample) {
        return bad(QString::fromStdString(sample.error().message));
    }
    InputItem item;
    item.status = InputItem::Status::Drawing;
    item.line = m_line;
    item.label = QString::fromStdString(sample->label);
    item.drawing = std::move(sample->ink);
    return item;
}

InputItem InkStreamInput::bad(const QString& what) const
{
    InputItem item;
    item.status = InputItem::Status::Bad;
    item.line = m_line;
    item.error =
        Error{ErrorCode::InvalidInput, u"Line %1 of %2 %3."_s.arg(m_line).arg(m_name, what).toStdString()};
    return item;
}

InputItem InkStreamInput::failed(const QString& sentence)
{
    InputItem item;
    item.status = InputItem::Status::Failed;
    item.error = Error{ErrorCode::InvalidInput, sentence.toStdString()};
    return item;
}

} // namespace digitpad::cli
