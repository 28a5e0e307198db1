#pragma once

#include "core/base/lockedfile.h"
#include "core/base/result.h"
#include "core/data/digitimport.h"
#include "core/data/mydigit.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace digitpad {

/// The file beneath MyDigits: JSON Lines, one labelled drawing a line. Changes are asked for by id and reach
/// the file with sync(). Whatever else is in the file stays there: keys that are not ours, lines that are no
/// digits, and what another program wrote meanwhile. One object, one thread; everything may wait for the
/// disk.
class DigitCollection
{
public:
    /// `nextId` gives the ids of digits that come from files; may be asked from this object's thread only.
    DigitCollection(QString path, std::function<quint64()> nextId);

    void add(const MyDigit& digit);
    void relabel(const std::vector<quint64>& ids, int digit);
    void remove(const std::vector<quint64>& ids);
    /// Digits with their labels; those that were removed come back as they stood in the file.
    void restore(const std::vector<std::pair<quint64, int>>& digits);

    /// Takes in what is new in the file, mends its end where it was cut off, and writes the changes asked
    /// for: one more drawing by appending, all else by putting a new file in the old one's place. Changes
    /// that could not be written wait for the next call.
    Result<void> sync();

    /// Adds the drawings of another collection, all or none.
    Result<ImportCounts> importFrom(const QString& path);
    /// Writes the lines of these digits, all where there are none, and says how many; those that could not be
    /// written to the collection's own file too.
    Result<int> exportTo(const QString& path, const std::vector<quint64>& ids);

    /// What happened since the last call that the caller does not know.
    struct News
    {
        std::vector<MyDigit> appeared;
        std::vector<quint64> vanished;
        std::vector<std::pair<quint64, std::shared_ptr<const DigitImage>>>
            images;          ///< Of what add() was given.
        QStringList notices; ///< Sentences for the person.
    };
    News takeNews() { return std::exchange(m_news, {}); }

    /// Whether the file was read at least once, or is known not to be there.
    [[nodiscard]] bool loaded() const { return m_loaded; }
    [[nodiscard]] bool hasUnwrittenChanges() const { return !m_edits.empty(); }
    /// Lines that are no labelled digits, blank ones not counted.
    [[nodiscard]] int otherLines() const { return m_otherLines; }

private:
    struct Line
    {
        QByteArray text; ///< Without the newline.
        QByteArray key;  ///< A hash of the text.
        quint64 id = 0;  ///< 0 where it is no digit.
    };
    using Lines = std::vector<Line>;

    struct Edit
    {
        enum class Kind { Add, Label, Remove, Restore };

        Kind kind;
        quint64 id;
        int digit;
        QByteArray line; ///< Of what is added.
    };

    struct Known
    {
        QByteArray key;
        quint64 id;
    };

    static Lines splitLines(const std::string& content);
    Result<Lines> readAndMerge(LockedFile& file);
    Result<void> mend(LockedFile& file, std::string& content);
    void merge(Lines& lines);
    quint64 takeDigit(const QByteArray& text);
    void forget(const std::vector<quint64>& vanished);
    void remember(const Lines& lines);

    Lines edited(Lines lines);
    /// Moves the line before those of higher ids: an order that undoing keeps.
    static void putInPlace(Lines& lines, quint64 id);
    [[nodiscard]] bool fewAdditionsOnly() const;
    Result<void> write(LockedFile& file);
    Result<void> appendAdditions(LockedFile& file);
    Result<void> rewrite(LockedFile& file);
    Result<Lines> allLines();

    const QString m_path;
    const std::function<quint64()> m_nextId;
    bool m_loaded = false;
    int m_otherLines = 0;
    FileStamp m_stamp;                     ///< The file's when it was read or written last.
    std::vector<Known> m_known;            ///< Its lines at that time.
    std::vector<Edit> m_edits;             ///< Changes that are not in the file.
    QHash<quint64, QByteArray> m_removed;  ///< Lines taken out, for restore().
    QHash<quint64, QByteArray> m_drawings; ///< A hash of each digit's ink.
    News m_news;
};

} // namespace digitpad
