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

QString place(const QString& input, qint64 index)
{
    return u"%1[%2]: "_s.arg(input).arg(index);
}

} // namespace

// By hand and not through QJsonDocument, for the order of the keys and the floats' own shortest digits.
QByteArray jsonText(const ClassifiedItem& item)
{
    const Prediction& prediction = item.prediction;
    QByteArray text = "{\"input\":" + jsonString(item.input) + ",\"index\":" + QByteArray::number(item.index);
    if (item.line > 0) {
        text += ",\"line\":" + QByteArray::number(item.line);
    }
    text += ",\"digit\":" + (prediction.digit < 0 ? "null"_ba : QByteArray::number(prediction.digit));
    text += ",\"confidence\":" + jsonNumber(prediction.confidence);
    text += ",\"probabilities\":" + probabilityList(prediction);
    text += ",\"accepted\":" + (prediction.accepted ? "true"_ba : "false"_ba);
    if (!item.label.isEmpty()) {
        text += ",\"label\":" + jsonString(item.label);
    }
    return text + "}\n";
}

QString verdict(const Prediction& prediction)
{
    if (prediction.digit < 0) {
        return u"no digit"_s;
    }
    const QString guess = u"%1 (%2)"_s.arg(QString::number(prediction.digit),
                                           percent(static_cast<double>(prediction.confidence)));
    return prediction.accepted ? guess : u"not sure: "_s + guess;
}

PlainLines::PlainLines(const QStringList& inputs)
{
    for (const QString& input : inputs) {
        m_column = std::max(m_column, place(input, 0).size());
    }
}

QByteArray PlainLines::text(const ClassifiedItem& item)
{
    const QString start = place(item.input, item.index);
    m_column = std::max(m_column, start.size());
    return (start.leftJustified(m_column) + verdict(item.prediction)).toUtf8() + '\n';
}

} // namespace digitpad::cli
