#include "core/data/digitlines.h"

#include "core/image/normalizer.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace digitpad {

QByteArray lineOf(const MyDigit& digit)
{
    const std::string added = digit.added.toString(Qt::ISODate).toStdString();
    return toJsonLine({digit.ink, std::to_string(digit.digit), {}, {}, added});
}

MyDigit digitOf(const InkSample& sample, quint64 id)
{
    const QDateTime added = QDateTime::fromString(QString::fromStdString(sample.added), Qt::ISODate);
    return {id, sample.ink, sample.digit(), added.toUTC(), imageOf(sample.ink)};
}

std::shared_ptr<const DigitImage> imageOf(const Ink& ink)
{
    return std::make_shared<const DigitImage>(normalizeInk(ink));
}

QByteArray keyOf(const QByteArray& line)
{
    return QCryptographicHash::hash(line, QCryptographicHash::Sha1);
}

QByteArray withLabel(const QByteArray& line, int digit)
{
    QJsonObject object = QJsonDocument::fromJson(line).object();
    object.insert(u"label", QString::number(digit));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray joined(const std::vector<QByteArray>& lines)
{
    qsizetype size = 0;
    for (const QByteArray& line : lines) {
        size += line.size() + 1;
    }
    QByteArray bytes;
    bytes.reserve(size);
    for (const QByteArray& line : lines) {
        bytes.append(line).append('\n');
    }
    return bytes;
}

std::string_view viewOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace digitpad
