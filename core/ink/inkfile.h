#pragma once

#include "core/base/result.h"
#include "core/ink/ink.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>

namespace digitpad {

/// One drawing of a collection, as it stands on a line.
struct InkSample
{
    Ink ink;
    std::string label; ///< "0" to "9" for a digit, anything for another sign, empty where unknown.
    std::string source;
    std::string writer;
    std::string added =
        {}; ///< When it was collected, ISO 8601 ("2026-01-31T12:00:00Z"); empty where unknown.

    /// 0 to 9, or -1 where the label is missing or names no digit.
    [[nodiscard]] int digit() const;
};

/// Reads a JSON Lines collection, plain or gzip, line by line in constant memory:
///   {"label": "7", "strokes": [[[x, y], [x, y, t], [x, y, t, p], ...], ...],
///    "source": "...", "writer": "...", "added": "...", "widths": [w, ...]}
///
/// Everything but `strokes` is optional, other keys are passed over, blank lines too. Labels may be numbers.
/// Widths are brush diameters, one a stroke. Coordinates reach from -1e7 to 1e7; pressures are clamped to
/// 0..1; times that are too large for a float (times of day) are counted from the first. An error in one line
/// names its number and the reader goes on behind it.
class InkLinesReader
{
public:
    static Result<std::unique_ptr<InkLinesReader>> open(const QString& path);
    virtual ~InkLinesReader() = default;

    enum class Status {
        Sample, ///< `sample` was filled.
        Bad,    ///< This line is malformed; `error` says what and where. Reading may go on.
        Failed, ///< The file cannot be read any further (broken gzip, I/O); `error` says why.
        End,
    };
    struct Item
    {
        Status status = Status::End;
        InkSample sample;
        std::int64_t line = 0; ///< From 1.
        Error error = {};
    };
    virtual Item next() = 0;
    /// How much of the file's bytes was read, 0 to 1; -1 where its size is unknown.
    [[nodiscard]] virtual double part() const = 0;
};

/// One line as above, without the newline. Numbers are written so that floats survive the round; points that
/// no reader would take back (not finite, out of range) are left out.
QByteArray toJsonLine(const InkSample& sample);
/// The inverse. The error's message says what is wrong without naming a file or line, as the rest of a
/// sentence that begins with “The line ”: "has no strokes".
Result<InkSample> fromJsonLine(const QByteArray& line);

/// InkML (W3C Recommendation, 2011): traces with the channels X, Y and, where declared, T and F (force).
/// Brush widths are kept where the file has them in the unit of the points. Files up to 64 MiB.
Result<Ink> readInkMl(const QString& path);
/// Atomic: the file is there whole or as it was before. Ink without strokes is an error.
Result<void> writeInkMl(const Ink& ink, const QString& path);

} // namespace digitpad
