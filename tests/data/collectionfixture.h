#pragma once

#include "core/data/digitcollection.h"
#include "core/data/mydigit.h"
#include "core/ink/inkfile.h"
#include "tests/support/fulldisk.h"
#include "tests/support/samples.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

namespace digitpad::test {

/// A drawing that no other number gives.
inline Ink drawing(int number)
{
    return seven(2 + 0.25F * float(number % 40), float(number), 100, 60);
}

inline QByteArray lineFor(int number, int digit)
{
    return toJsonLine({drawing(number), std::to_string(digit), {}, {}, {}}) + '\n';
}

using Ids = std::vector<quint64>;

/// A collection as one program has it, with what it told so far.
struct Program
{
    explicit Program(const QString& path)
        : collection(path, [this] { return ++lastId; })
    {
    }

    quint64 add(int number, int digit)
    {
        collection.add({++lastId, drawing(number), digit, {}, nullptr});
        return lastId;
    }
    Result<void> sync()
    {
        auto result = collection.sync();
        news = collection.takeNews();
        return result;
    }
    /// The ids of what the last sync() found.
    [[nodiscard]] Ids appeared() const
    {
        Ids ids;
        for (const MyDigit& digit : news.appeared) {
            ids.push_back(digit.id);
        }
        return ids;
    }

    quint64 lastId = 0;
    DigitCollection collection;
    DigitCollection::News news;
};

inline QByteArray labelsIn(const QByteArray& file)
{
    QByteArray labels;
    for (const QByteArray& line : file.split('\n')) {
        const auto sample = fromJsonLine(line);
        labels += sample ? sample->label.c_str() : line.isEmpty() ? "" : "?";
    }
    return labels;
}

} // namespace digitpad::test
