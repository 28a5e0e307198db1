#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct gzFile_s;

namespace digitpad {

/// Reads a file front to back, whether it is plain or gzip (the content tells, not the name). Damage is never
/// taken for the end: a gzip stream that is cut off or fails its checksum is an error. One object, one
/// thread.
class GzipReader
{
public:
    /// A missing file, a folder and a file without permission are errors that name `path` (UTF-8).
    static Result<GzipReader> open(const std::string& path);

    /// Fills `buffer` with up to `size` bytes, 1 to 2^31 - 1, and says how many. 0 is the end; fewer than
    /// `size` means that the end or an error comes with the next call.
    Result<std::size_t> read(void* buffer, std::size_t size);

    [[nodiscard]] const std::string& path() const { return m_path; }
    /// How much of the file's bytes was read, 0 to 1; -1 where its size is unknown.
    [[nodiscard]] double part() const;

private:
    struct Closer
    {
        void operator()(gzFile_s* file) const;
    };

    GzipReader(gzFile_s* file, std::string path);
    [[nodiscard]] Error readError(int code, int systemError) const;

    std::unique_ptr<gzFile_s, Closer> m_file;
    std::string m_path;
    double m_bytes = 0; ///< Of the file; 0 where unknown.
};

/// Reads the lines of a plain or gzip text file in constant memory.
class LineReader
{
public:
    /// Longer lines are skipped and reported, so that a file without newlines cannot fill the memory.
    static constexpr std::size_t maximumLineBytes = 16U << 20U;

    enum class Status {
        Line,    ///< text() and number() are the line's.
        TooLong, ///< The line number() has more than maximumLineBytes; reading may go on behind it.
        Failed,  ///< error() says why the file cannot be read any further.
        End,
    };

    static Result<LineReader> open(const std::string& path);

    Status next();

    /// Without its line ending (\n or \r\n) and without a byte order mark; valid until the next call of
    /// next().
    [[nodiscard]] std::string_view text() const { return m_text; }
    /// From 1.
    [[nodiscard]] std::int64_t number() const { return m_number; }
    [[nodiscard]] const Error& error() const { return m_error; }
    /// As GzipReader::part().
    [[nodiscard]] double part() const { return m_file.part(); }

private:
    explicit LineReader(GzipReader file);
    bool fill();
    Status finish(bool tooLong);
    Status take(std::string_view line);

    GzipReader m_file;
    std::vector<char> m_buffer;
    std::size_t m_begin = 0; ///< What is left in the buffer: [m_begin, m_end).
    std::size_t m_end = 0;
    std::string m_joined; ///< A line that began in an earlier buffer.
    std::string_view m_text;
    std::int64_t m_number = 0;
    bool m_atEnd = false;
    Error m_error;
};

/// “path”, as messages name a file.
std::string quoted(const std::string& path);

} // namespace digitpad
