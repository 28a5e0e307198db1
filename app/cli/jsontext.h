#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace digitpad::cli {

/// A JSON string with its quotes.
[[nodiscard]] QByteArray jsonString(const QString& text);
/// The shortest number that reads back as the same float; null for what JSON cannot say (infinite, not a
/// number).
[[nodiscard]] QByteArray jsonNumber(float value);
/// The object on one line, newline included.
[[nodiscard]] QByteArray jsonLine(const QJsonObject& object);

} // namespace digitpad::cli
