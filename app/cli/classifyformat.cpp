#include "app/cli/classifyformat.h"

#include "app/cli/console.h"
#include "app/cli/jsontext.h"

#include <algorithm>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

QByteArray probabilityList(const Prediction& prediction)
{
    QByteArray list = "[";
    for (const float probability : prediction.probabilities) {
        list += (list.size() > 1 ? "," : "") + jsonNumber(probability);
    }
    return list + ']';
}

QString heading(const QString& input, qint64 index)
{
    return u"%1[%2]: "_s.arg(input).arg(index);
}

QByteArray jsonBool(bool value)
{
    return value ? "true"_ba : "false"_ba;
}

QByteArray jsonDigit(int digit)
{
    return digit < 0 ? "null"_ba : QByteArray::number(digit);
}

QByteArray jsonScore(float score)
{
    return score < 0 ? "null"_ba : jsonNumber(score);
}

/// The beginning of an object, without a comma behind it.
QByteArray jsonPlace(const ItemPlace& place)
{
    QByteArray text =
        "{\"input\":" + jsonString(place.input) + ",\"index\":" + QByteArray::number(place.index);
    if (place.line > 0) {
        text += ",\"line\":" + QByteArray::number(place.line);
    }
    return text;
}

/// The end of an object.
QByteArray jsonLabel(const ItemPlace& place)
{
    return (place.label.isEmpty() ? QByteArray() : ",\"label\":" + jsonString(place.label)) + "}\n";
}

/// Digit, confidence, score and whether it is accepted, with a comma before each.
QByteArray jsonGuess(const Prediction& prediction)
{
    return ",\"confidence\":" + jsonNumber(prediction.confidence) +
           ",\"digit_score\":" + jsonScore(prediction.digitScore) +
           ",\"accepted\":" + jsonBool(prediction.accepted);
}

QByteArray jsonReason(const Prediction& prediction)
{
    const std::string reason = rejectionReason(prediction);
    return reason.empty() ? QByteArray() : ",\"reason\":" + jsonString(QString::fromStdString(reason));
}

QByteArray jsonBox(const InkBox& box)
{
    return '[' + jsonNumber(box.left) + ',' + jsonNumber(box.top) + ',' + jsonNumber(box.right - box.left) +
           ',' + jsonNumber(box.bottom - box.top) + ']';
}

QByteArray jsonOf(const ReadDigit& digit)
{
    return "{\"digit\":" + jsonDigit(digit.prediction.digit) + jsonGuess(digit.prediction) +
           jsonReason(digit.prediction) + ",\"box\":" + jsonBox(digit.box) +
           ",\"text_line\":" + QByteArray::number(digit.line) + '}';
}

} // namespace

// By hand and not through QJsonDocument, for the order of the keys and the floats' own shortest digits.
QByteArray jsonText(const ClassifiedItem& item)
{
    const Prediction& prediction = item.prediction;
    return jsonPlace(item.place) + ",\"digit\":" + jsonDigit(prediction.digit) + jsonGuess(prediction) +
           jsonReason(prediction) + ",\"probabilities\":" + probabilityList(prediction) +
           jsonLabel(item.place);
}

QByteArray jsonText(const ItemPlace& place, const NumberReading& reading)
{
    QByteArray digits;
    for (const ReadDigit& digit : reading.digits) {
        digits += (digits.isEmpty() ? "" : ",") + jsonOf(digit);
    }
    return jsonPlace(place) + ",\"number\":" + jsonString(QString::fromStdString(reading.number)) +
           ",\"accepted\":" + jsonBool(reading.accepted()) + ",\"digits\":[" + digits + ']' +
           jsonLabel(place);
}

QString verdict(const Prediction& prediction)
{
    if (prediction.digit < 0) {
        return u"no digit (blank)"_s;
    }
    const QString digit = QString::number(prediction.digit);
    if (!prediction.accepted && prediction.digitScore >= 0) {
        return u"no digit (most like %1, digit score %2)"_s.arg(
            digit, percent(static_cast<double>(prediction.digitScore)));
    }
    const QString guess = u"%1 (%2)"_s.arg(digit, percent(static_cast<double>(prediction.confidence)));
    const bool sure = prediction.accepted && prediction.confidence >= acceptanceThreshold;
    return sure ? guess : u"not sure: "_s + guess;
}

QString verdict(const NumberReading& reading)
{
    if (reading.digits.empty()) {
        return u"no digits"_s;
    }
    QStringList digits;
    for (const ReadDigit& digit : reading.digits) {
        const Prediction& prediction = digit.prediction;
        const QString doubt = prediction.accepted ? QString() : u"?"_s;
        digits.append(u"%1%2: %3"_s.arg(QString::number(prediction.digit), doubt,
                                        percent(static_cast<double>(prediction.confidence))));
    }
    return u"%1 (%2)"_s.arg(QString::fromStdString(reading.number), digits.join(u", "_s));
}

PlainLines::PlainLines(const QStringList& inputs)
{
    for (const QString& input : inputs) {
        m_column = std::max(m_column, heading(input, 0).size());
    }
}

QByteArray PlainLines::text(const ItemPlace& place, const QString& verdict)
{
    const QString start = heading(place.input, place.index);
    m_column = std::max(m_column, start.size());
    return (start.leftJustified(m_column) + verdict).toUtf8() + '\n';
}

} // namespace digitpad::cli
