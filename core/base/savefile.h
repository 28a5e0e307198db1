#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace digitpad {

/// Writes a whole file atomically: afterwards it holds `bytes`, or on an error what it held before.
Result<void> saveFile(const QString& path, const QByteArray& bytes);

} // namespace digitpad
