#pragma once

#include "core/base/result.h"

#include <QString>

class QLoggingCategory;

namespace digitpad {

/// The sentence for the person; the details, where there are any, go to the log. From any thread.
QString sentenceOf(const Error& error, const QLoggingCategory& log);

} // namespace digitpad
