#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Members of plain structs as keys of JSON objects, one table a struct. For runoptions.h and runfolder.h.
namespace digitpad {

/// One member as it stands in JSON.
template <class Struct>
struct JsonKey
{
    QString name;
    QString kind; ///< "a number", as messages call it.
    /// Undefined where the member is left out.
    std::function<QJsonValue(const Struct&)> write;
    /// False where the value is of another kind.
    std::function<bool(Struct&, const QJsonValue&)> read;
    bool mayBeMissing = false;
};

template <class Struct>
using JsonKeys = std::vector<JsonKey<Struct>>;

// Types of an own kind have these three in the namespace of the type.
bool readValue(double& target, const QJsonValue& value);
bool readValue(int& target, const QJsonValue& value);
bool readValue(qint64& target, const QJsonValue& value);
/// Up to 2^53, as far as a JSON number counts.
bool readValue(std::size_t& target, const QJsonValue& value);
bool readValue(bool& target, const QJsonValue& value);
bool readValue(std::string& target, const QJsonValue& value);
bool readValue(QString& target, const QJsonValue& value);
bool readValue(QStringList& target, const QJsonValue& value);
bool readValue(std::vector<int>& target, const QJsonValue& value);
/// ISO 8601.
bool readValue(QDateTime& target, const QJsonValue& value);
template <class Value>
bool readValue(std::optional<Value>& target, const QJsonValue& value)
{
    return readValue(target.emplace(), value);
}

/// Undefined for what is no number.
QJsonValue jsonValue(double value);
QJsonValue jsonValue(int value);
QJsonValue jsonValue(qint64 value);
QJsonValue jsonValue(std::size_t value);
QJsonValue jsonValue(bool value);
QJsonValue jsonValue(const std::string& value);
QJsonValue jsonValue(const QString& value);
QJsonValue jsonValue(const QStringList& value);
QJsonValue jsonValue(const std::vector<int>& value);
QJsonValue jsonValue(const QDateTime& value);
template <class Value>
QJsonValue jsonValue(const std::optional<Value>& value)
{
    return value ? jsonValue(*value) : QJsonValue(QJsonValue::Undefined);
}

QString jsonKind(const double&);
QString jsonKind(const int&);
QString jsonKind(const qint64&);
QString jsonKind(const std::size_t&);
QString jsonKind(const bool&);
QString jsonKind(const std::string&);
QString jsonKind(const QString&);
QString jsonKind(const QStringList&);
QString jsonKind(const std::vector<int>&);
QString jsonKind(const QDateTime&);
template <class Value>
QString jsonKind(const std::optional<Value>&)
{
    return jsonKind(Value());
}

template <class Struct, class Value>
JsonKey<Struct> jsonKey(const char* name, Value Struct::*member)
{
    return {QLatin1String(name), jsonKind(Value()),
            [member](const Struct& object) { return jsonValue(object.*member); },
            [member](Struct& object, const QJsonValue& value) { return readValue(object.*member, value); }};
}

/// 64 bits as text; people may write a number all the same.
template <class Struct>
JsonKey<Struct> jsonSeedKey(const char* name, std::uint64_t Struct::*member)
{
    const auto read = [member](Struct& object, const QJsonValue& value) {
        if (value.isDouble()) {
            return readValue(object.*member, value);
        }
        bool ok = false;
        object.*member = value.toString().toULongLong(&ok);
        return ok;
    };
    return {QLatin1String(name), QStringLiteral("a whole number from 0 on, in quotation marks"),
            [member](const Struct& object) { return QString::number(object.*member); }, read};
}

template <class Struct>
QJsonObject jsonObject(const JsonKeys<Struct>& keys, const Struct& object)
{
    QJsonObject result;
    for (const JsonKey<Struct>& key : keys) {
        if (const QJsonValue value = key.write(object); !value.isUndefined()) {
            result.insert(key.name, value);
        }
    }
    return result;
}

/// Short enough for a message.
QString shownValue(const QJsonValue& value);

} // namespace digitpad
