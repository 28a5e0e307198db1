#pragma once

#include "core/learning/numberreader.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace digitpad::cli {

/// Where an item came from.
struct ItemPlace
{
    QString input;
    qint64 index = 0; ///< From 0; items that failed are counted too.
    qint64 line = 0;  ///< From 1; 0 where the input has no lines.
    QString label;    ///< Empty where unknown.
};

/// One item that was read as a digit.
struct ClassifiedItem
{
    ItemPlace place;
    Prediction prediction;
};

/// One JSON object and a newline.
[[nodiscard]] QByteArray jsonText(const ClassifiedItem& item);
[[nodiscard]] QByteArray jsonText(const ItemPlace& place, const NumberReading& reading);

/// "7 (99.8 %)", "not sure: 4 (42.0 %)", "no digit (most like 7, digit score 12.0 %)", "no digit (blank)".
[[nodiscard]] QString verdict(const Prediction& prediction);
/// "42 (4: 99.8 %, 2: 97.1 %)", with question marks behind digits that are not accepted; "no digits".
[[nodiscard]] QString verdict(const NumberReading& reading);

/// Lines for people, "input[index]: verdict", the verdicts below each other as far as a stream allows.
class PlainLines
{
public:
    /// All inputs, whose longest name sets the column.
    explicit PlainLines(const QStringList& inputs);
    [[nodiscard]] QByteArray text(const ItemPlace& place, const QString& verdict);

private:
    qsizetype m_column = 0;
};

} // namespace digitpad::cli
