#pragma once

#include "core/learning/prediction.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace digitpad::cli {

/// One item that was read, with the place where it came from.
struct ClassifiedItem
{
    QString input;
    qint64 index = 0; ///< From 0; items that failed are counted too.
    qint64 line = 0;  ///< From 1; 0 where the input has no lines.
    QString label;    ///< Empty where unknown.
    Prediction prediction;
};

/// One JSON object and a newline.
[[nodiscard]] QByteArray jsonText(const ClassifiedItem& item);

/// "7 (99.8 %)", "not sure: 4 (42.0 %)", "no digit".
[[nodiscard]] QString verdict(const Prediction& prediction);

/// Lines for people, "input[index]: verdict", the verdicts below each other as far as a stream allows.
class PlainLines
{
public:
    /// All inputs, whose longest name sets the column.
    explicit PlainLines(const QStringList& inputs);
    [[nodiscard]] QByteArray text(const ClassifiedItem& item);

private:
    qsizetype m_column = 0;
};

} // namespace digitpad::cli
