#include "app/cli/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <charconv>
#include <cmath>

namespace digitpad::cli {

QByteArray jsonString(const QString& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

QByteArray jsonNumber(float value)
{
    if (!std::isfinite(value)) {
        return QByteArrayLiteral("null");
    }
    std::array<char, 32> text;
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    return QByteArray(text.data(), written.ptr - text.data());
}

QByteArray jsonLine(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace digitpad::cli
