#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace digitpad::cli {

/// What `classify` can read.
enum class InputKind {
    Picture,
    InkMl,
    InkLines,  ///< A JSON Lines file, plain or gzip.
    InkStream, ///< JSON Lines on standard input, a pipe or another thing that can be read only once.
    Idx,
};

/// By the file's name alone; none where it says nothing.
std::optional<InputKind> kindByName(const QString& path);
/// By the first bytes, unpacked where the file is gzip. Anything unknown counts as a picture, of which there
/// are many formats, and whose reader says what it cannot read.
InputKind kindByContent(const QByteArray& head);
/// By name and, where that says nothing, by content. The error says why the file cannot be read at all.
Result<InputKind> inputKind(const QString& input);

} // namespace digitpad::cli
