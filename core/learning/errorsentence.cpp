#include "core/learning/errorsentence.h"

#include <QLoggingCategory>

namespace digitpad {

QString sentenceOf(const Error& error, const QLoggingCategory& log)
{
    if (!error.details.empty()) {
        qCWarning(log).noquote() << QString::fromStdString(error.details);
    }
    return QString::fromStdString(error.message);
}

} // namespace digitpad
