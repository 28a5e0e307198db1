#include "core/learning/jsonkeys.h"

#include <QJsonDocument>

#include <cmath>
#include <limits>
#include <type_traits>

namespace digitpad {

namespace {

template <class Number>
bool readWhole(Number& target, const QJsonValue& value)
{
    constexpr bool small = std::is_same_v<Number, int>;
    constexpr double most = small ? std::numeric_limits<int>::max() : 0x1.0p53;
    constexpr double least = std::is_unsigned_v<Number> ? 0 : small ? -most - 1 : -most;
    const double number = value.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!(number >= least && number <= most) || std::floor(number) != number) {
        return false;
    }
    target = static_cast<Number>(number);
    return true;
}

} // namespace

bool readValue(double& target, const QJsonValue& value)
{
    target = value.toDouble();
    return value.isDouble();
}

bool readValue(int& target, const QJsonValue& value)
{
    return readWhole(target, value);
}

bool readValue(qint64& target, const QJsonValue& value)
{
    return readWhole(target, value);
}

bool readValue(std::size_t& target, const QJsonValue& value)
{
    return readWhole(target, value);
}

bool readValue(bool& target, const QJsonValue& value)
{
    target = value.toBool();
    return value.isBool();
}

bool readValue(std::string& target, const QJsonValue& value)
{
    target = value.toString().toStdString();
    return value.isString();
}

bool readValue(QString& target, const QJsonValue& value)
{
    target = value.toString();
    return value.isString();
}

bool readValue(QStringList& target, const QJsonValue& value)
{
    target.clear();
    const QJsonArray array = value.toArray();
    for (const QJsonValue& entry : array) {
        if (!entry.isString()) {
            return false;
        }
        target += entry.toString();
    }
    return value.isArray();
}

bool readValue(std::vector<int>& target, const QJsonValue& value)
{
    target.clear();
    const QJsonArray array = value.toArray();
    for (const QJsonValue& entry : array) {
        if (!readWhole(target.emplace_back(), entry)) {
            return false;
        }
    }
    return value.isArray();
}

bool readValue(QDateTime& target, const QJsonValue& value)
{
    target = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return target.isValid();
}

QJsonValue jsonValue(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Undefined);
}

QJsonValue jsonValue(int value)
{
    return value;
}

QJsonValue jsonValue(qint64 value)
{
    return value;
}

QJsonValue jsonValue(std::size_t value)
{
    return static_cast<qint64>(value);
}

QJsonValue jsonValue(bool value)
{
    return value;
}

QJsonValue jsonValue(const std::string& value)
{
    return QString::fromStdString(value);
}

QJsonValue jsonValue(const QString& value)
{
    return value;
}

QJsonValue jsonValue(const QStringList& value)
{
    return QJsonArray::fromStringList(value);
}

QJsonValue jsonValue(const std::vector<int>& value)
{
    QJsonArray array;
    for (const int entry : value) {
        array.append(entry);
    }
    return array;
}

QJsonValue jsonValue(const QDateTime& value)
{
    return value.isValid() ? QJsonValue(value.toUTC().toString(Qt::ISODateWithMs))
                           : QJsonValue(QJsonValue::Undefined);
}

QString jsonKind(const double&)
{
    return QStringLiteral("a number");
}

QString jsonKind(const int&)
{
    return QStringLiteral("a whole number");
}

QString jsonKind(const qint64&)
{
    return QStringLiteral("a whole number");
}

QString jsonKind(const std::size_t&)
{
    return QStringLiteral("a whole number from 0 on");
}

QString jsonKind(const bool&)
{
    return QStringLiteral("true or false");
}

QString jsonKind(const std::string&)
{
    return QStringLiteral("a text");
}

QString jsonKind(const QString&)
{
    return QStringLiteral("a text");
}

QString jsonKind(const QStringList&)
{
    return QStringLiteral("a list of texts");
}

QString jsonKind(const std::vector<int>&)
{
    return QStringLiteral("a list of whole numbers");
}

QString jsonKind(const QDateTime&)
{
    return QStringLiteral("a date and time as in 2026-01-31T12:00:00Z");
}

QString shownValue(const QJsonValue& value)
{
    constexpr qsizetype most = 40;
    QString text = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    text = text.mid(1, text.size() - 2);
    return text.size() <= most ? text : text.left(most) + QStringLiteral("…");
}

} // namespace digitpad
