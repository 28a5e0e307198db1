#include "core/base/gzipreader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <zlib.h>

namespace digitpad {

namespace {

constexpr std::size_t bufferBytes = std::size_t{256} << 10U;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

std::string systemMessage(int code)
{
    return std::generic_category().message(code);
}

} // namespace

std::string quoted(const std::string& path)
{
    return "“" + path + "”";
}

void GzipReader::Closer::operator()(gzFile_s* file) const
{
    gzclose_r(file);
}

GzipReader::GzipReader(gzFile_s* file, std::string path)
    : m_file(file)
    , m_path(std::move(path))
{
    std::error_code unknown;
    const auto bytes = std::filesystem::file_size(m_path, unknown);
    m_bytes = unknown ? 0 : static_cast<double>(bytes);
}

Result<GzipReader> GzipReader::open(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return Error{ErrorCode::InvalidInput, quoted(path) + " is a folder; choose a file in it."};
    }
    errno = 0;
    gzFile_s* file = gzopen(path.c_str(), "rb");
    if (file == nullptr) {
        const int code = errno;
        if (code == ENOENT || code == ENOTDIR) {
            return Error{ErrorCode::NotFound, "There is no file " + quoted(path) + "; check its name."};
        }
        return Error{ErrorCode::Io, quoted(path) + " cannot be opened (" + systemMessage(code) +
                                        "); check its permissions."};
    }
    gzbuffer(file, bufferBytes);
    return GzipReader(file, path);
}

double GzipReader::part() const
{
    const auto done = gzoffset(m_file.get());
    return m_bytes > 0 && done >= 0 ? std::min(static_cast<double>(done) / m_bytes, 1.0) : -1;
}

Result<std::size_t> GzipReader::read(void* buffer, std::size_t size)
{
    errno = 0;
    const int count = gzread(m_file.get(), buffer, static_cast<unsigned>(size));
    const int systemError = errno;
    // A truncated stream ends as if it were whole; only gzerror() tells. What came before the cut is given
    // first.
    if (count <= 0) {
        int code = Z_OK;
        gzerror(m_file.get(), &code);
        if (code != Z_OK && code != Z_STREAM_END) {
            return readError(code, systemError);
        }
    }
    return static_cast<std::size_t>(count);
}

Error GzipReader::readError(int code, int systemError) const
{
    int again = Z_OK;
    const char* text = gzerror(m_file.get(), &again);
    std::string details = text == nullptr ? std::string() : text;
    if (code == Z_ERRNO) {
        return {ErrorCode::Io,
                quoted(m_path) + " cannot be read (" + systemMessage(systemError) +
                    "); check the disk it is on.",
                std::move(details)};
    }
    const char* what = code == Z_BUF_ERROR ? " is cut off: its gzip data end too early"
                                           : " is damaged: its gzip data are broken";
    return {ErrorCode::InvalidInput, quoted(m_path) + what + "; get the file again.", std::move(details)};
}

LineReader::LineReader(GzipReader file)
    : m_file(std::move(file))
    , m_buffer(bufferBytes)
{
}

Result<LineReader> LineReader::open(const std::string& path)
{
    auto file = GzipReader::open(path);
    if (!file) {
        return file.error();
    }
    return LineReader(std::move(file).value());
}

LineReader::Status LineReader::next()
{
    m_joined.clear();
    m_text = {};
    bool tooLong = false;
    for (;;) {
        if (m_begin == m_end && !fill()) {
            return finish(tooLong);
        }
        const char* begin = m_buffer.data() + m_begin;
        const std::size_t available = m_end - m_begin;
        const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', available));
        const std::size_t length = newline != nullptr ? static_cast<std::size_t>(newline - begin) : available;
        m_begin += length + (newline != nullptr ? 1 : 0);
        tooLong = tooLong || m_joined.size() + length > maximumLineBytes;
        if (newline != nullptr && !tooLong && m_joined.empty()) {
            return take({begin, length});
        }
        if (!tooLong) {
            m_joined.append(begin, length);
        }
        if (newline != nullptr) {
            return finish(tooLong);
        }
    }
}

/// False at the end and on failure.
bool LineReader::fill()
{
    if (m_atEnd) {
        return false;
    }
    const auto count = m_file.read(m_buffer.data(), m_buffer.size());
    if (!count) {
        m_error = count.error();
        m_atEnd = true;
        return false;
    }
    m_begin = 0;
    m_end = *count;
    m_atEnd = m_end == 0;
    return !m_atEnd;
}

/// Ends a line that lies in m_joined, or the file.
LineReader::Status LineReader::finish(bool tooLong)
{
    const bool fileEnded = m_begin == m_end && m_atEnd;
    if (fileEnded && !m_error.message.empty()) {
        return Status::Failed;
    }
    if (tooLong) {
        ++m_number;
        return Status::TooLong;
    }
    if (m_joined.empty()) {
        return Status::End;
    }
    return take(m_joined);
}

LineReader::Status LineReader::take(std::string_view line)
{
    ++m_number;
    if (m_number == 1 && line.starts_with(byteOrderMark)) {
        line.remove_prefix(byteOrderMark.size());
    }
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    m_text = line;
    return Status::Line;
}

} // namespace digitpad
