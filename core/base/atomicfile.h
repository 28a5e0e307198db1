#pragma once

#include "core/base/result.h"

#include <span>
#include <string>

namespace digitpad {

/// Writes `bytes` beside `path`, has them on the disk (fsync), then renames: the file at `path` is there
/// whole or as it was before. A symbolic link is followed. For code without Qt; elsewhere QSaveFile does the
/// same.
Result<void> writeFileAtomically(const std::string& path, std::span<const char> bytes);

/// The same for those who have words of their own for what went wrong: 0, or an errno.
[[nodiscard]] int replaceFile(const std::string& path, std::span<const char> bytes);

/// The whole file. More than `limit` bytes is an error, so that a wrong file cannot fill the memory.
Result<std::string> readWholeFile(const std::string& path, std::size_t limit);

} // namespace digitpad
