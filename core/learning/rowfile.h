#pragma once

#include "core/base/atomicfile.h"
#include "core/base/lockedfile.h"
#include "core/learning/runcurves.h"

#include <QFileInfo>
#include <QString>

#include <cstddef>
#include <string>
#include <vector>

namespace digitpad {

/// A CSV file to which rows are added, and all written anew where one before was changed.
template <class Row>
struct RowFile
{
    std::vector<Row> rows = {};
    std::size_t written = 0; ///< Of the rows; they are in the file.
    bool anew = false;       ///< Whether what the file holds is not their beginning.

    /// Takes back the rows from there on.
    void cut(typename std::vector<Row>::iterator place)
    {
        rows.erase(place, rows.end());
        anew = anew || rows.size() < written;
    }
    Result<void> write(const QString& path, const std::string& header);
};

template <class Row>
std::string textOf(const std::vector<Row>& rows, std::size_t from)
{
    std::string text;
    for (std::size_t i = from; i < rows.size(); ++i) {
        text += rowOf(rows[i]);
    }
    return text;
}

inline Result<void> replaceText(const QString& path, const std::string& text)
{
    const std::string name = path.toStdString();
    const int number = replaceFile(name, text);
    return number == 0 ? Result<void>() : Result<void>(storeError(name, number));
}

inline Result<void> appendText(const QString& path, const std::string& text)
{
    auto file = LockedFile::open(path.toStdString(), LockedFile::Mode::Existing);
    return file ? file->append(text) : Result<void>(file.error());
}

template <class Row>
Result<void> RowFile<Row>::write(const QString& path, const std::string& header)
{
    const bool whole = anew || !QFileInfo::exists(path);
    if (!whole && written == rows.size()) {
        return {};
    }
    auto done = whole ? replaceText(path, header + textOf(rows, 0)) : appendText(path, textOf(rows, written));
    if (done) {
        written = rows.size();
        anew = false;
    }
    return done;
}

} // namespace digitpad
