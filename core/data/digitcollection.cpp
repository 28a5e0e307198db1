#include "core/data/digitcollection.h"

#include "core/base/atomicfile.h"
#include "core/base/gzipreader.h"
#include "core/data/digitlines.h"
#include "core/data/mydigits.h"
#include "core/ink/inkfile.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <cerrno>

namespace digitpad {

namespace {

/// Some three hundred thousand drawings.
constexpr std::size_t maximumBytes = std::size_t{512} << 20U;
/// More new drawings than these come in with a new file, so that a power loss cannot leave half of them.
constexpr std::size_t mostAppended = 16;

} // namespace

DigitCollection::DigitCollection(QString path, std::function<quint64()> nextId)
    : m_path(std::move(path))
    , m_nextId(std::move(nextId))
{
}

void DigitCollection::add(const MyDigit& digit)
{
    m_edits.push_back({Edit::Kind::Add, digit.id, digit.digit, lineOf(digit)});
    m_drawings.insert(digit.id, drawingKey(digit.ink));
    m_news.images.emplace_back(digit.id, imageOf(digit.ink));
}

void DigitCollection::relabel(const std::vector<quint64>& ids, int digit)
{
    for (const quint64 id : ids) {
        m_edits.push_back({Edit::Kind::Label, id, digit, {}});
    }
}

void DigitCollection::remove(const std::vector<quint64>& ids)
{
    for (const quint64 id : ids) {
        m_edits.push_back({Edit::Kind::Remove, id, -1, {}});
    }
}

void DigitCollection::restore(const std::vector<std::pair<quint64, int>>& digits)
{
    for (const auto& [id, digit] : digits) {
        m_edits.push_back({Edit::Kind::Restore, id, digit, {}});
    }
}

Result<void> DigitCollection::sync()
{
    const auto mode = m_edits.empty() ? LockedFile::Mode::Existing : LockedFile::Mode::Create;
    auto file = LockedFile::open(m_path.toStdString(), mode);
    if (!file && file.error().code == ErrorCode::NotFound) {
        Lines none;
        merge(none);
        m_stamp = {};
        return {};
    }
    if (!file) {
        return file.error();
    }
    return write(*file);
}

Result<void> DigitCollection::write(LockedFile& file)
{
    if (file.stamp() != m_stamp || !m_loaded) {
        if (const auto read = readAndMerge(file); !read) {
            return read.error();
        }
    }
    if (m_edits.empty()) {
        return {};
    }
    return fewAdditionsOnly() ? appendAdditions(file) : rewrite(file);
}

bool DigitCollection::fewAdditionsOnly() const
{
    return m_edits.size() <= mostAppended &&
           std::all_of(m_edits.begin(), m_edits.end(),
                       [](const Edit& edit) { return edit.kind == Edit::Kind::Add; });
}

Result<void> DigitCollection::appendAdditions(LockedFile& file)
{
    std::vector<QByteArray> lines;
    for (const Edit& edit : m_edits) {
        lines.push_back(edit.line);
    }
    if (auto appended = file.append(viewOf(joined(lines))); !appended) {
        return appended;
    }
    for (const Edit& edit : m_edits) {
        m_known.push_back({keyOf(edit.line), edit.id});
    }
    m_edits.clear();
    m_stamp = file.stamp();
    return {};
}

Result<void> DigitCollection::rewrite(LockedFile& file)
{
    const auto read = readAndMerge(file);
    if (!read) {
        return read.error();
    }
    if (!file.writable()) {
        return storeError(file.path(), EACCES);
    }
    const Lines lines = edited(*read);
    std::vector<QByteArray> texts;
    for (const Line& line : lines) {
        texts.push_back(line.text);
    }
    const QByteArray bytes = joined(texts);
    if (const int number = replaceFile(file.path(), viewOf(bytes)); number != 0) {
        return storeError(file.path(), number);
    }
    remember(lines);
    m_edits.clear();
    m_stamp = FileStamp::of(file.path()); // Nobody else writes while `file` is locked.
    return {};
}

void DigitCollection::putInPlace(Lines& lines, quint64 id)
{
    const auto is = [id](const Line& line) { return line.id == id; };
    const auto moved = std::find_if(lines.begin(), lines.end(), is);
    if (moved == lines.end()) {
        return;
    }
    const auto later = std::find_if(lines.begin(), moved, [id](const Line& line) { return line.id > id; });
    std::rotate(later, moved, moved + 1);
}

DigitCollection::Lines DigitCollection::edited(Lines lines)
{
    QHash<quint64, std::size_t> places;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        places.insert(lines[i].id, i);
    }
    QSet<quint64> gone;
    std::vector<quint64> restored;
    const auto put = [&](quint64 id, const QByteArray& text) {
        places.insert(id, lines.size());
        lines.push_back({text, keyOf(text), id});
    };
    const auto label = [&](quint64 id, int digit) {
        Line& line = lines[places.value(id)];
        line.text = withLabel(line.text, digit);
        line.key = keyOf(line.text);
    };
    for (const Edit& edit : m_edits) {
        const bool there = places.contains(edit.id) && !gone.contains(edit.id);
        if (edit.kind == Edit::Kind::Add) {
            put(edit.id, edit.line);
        } else if (edit.kind == Edit::Kind::Label && there) {
            label(edit.id, edit.digit);
        } else if (edit.kind == Edit::Kind::Remove && there) {
            m_removed.insert(edit.id, lines[places.value(edit.id)].text);
            gone.insert(edit.id);
        } else if (edit.kind == Edit::Kind::Restore && (there || m_removed.contains(edit.id))) {
            if (gone.contains(edit.id)) {
                gone.remove(edit.id);
            } else if (!there) {
                put(edit.id, m_removed.value(edit.id));
                restored.push_back(edit.id);
            }
            label(edit.id, edit.digit);
        }
    }
    std::erase_if(lines, [&gone](const Line& line) { return gone.contains(line.id); });
    std::sort(restored.begin(), restored.end());
    for (const quint64 id : restored) {
        putInPlace(lines, id);
    }
    return lines;
}

DigitCollection::Lines DigitCollection::splitLines(const std::string& content)
{
    static constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    Lines lines;
    std::string_view rest = content;
    if (rest.starts_with(byteOrderMark)) {
        rest.remove_prefix(byteOrderMark.size());
    }
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const QByteArray text(rest.data(), static_cast<qsizetype>(end));
        lines.push_back({text, keyOf(text), 0});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

Result<DigitCollection::Lines> DigitCollection::readAndMerge(LockedFile& file)
{
    auto content = file.read(maximumBytes);
    if (!content) {
        return content.error();
    }
    if (!content->empty() && content->back() != '\n') {
        const auto mended = mend(file, *content);
        if (!mended && !m_edits.empty()) {
            return mended.error(); // What is appended would be joined to what was cut off.
        }
        if (!mended) {
            m_news.notices.append(QString::fromStdString(mended.error().message));
        }
    }
    const bool whole = content->empty() || content->back() == '\n';
    Lines lines = splitLines(*content);
    merge(lines);
    m_stamp = whole ? file.stamp() : FileStamp(); // To be mended before anything is appended.
    return lines;
}

Result<void> DigitCollection::mend(LockedFile& file, std::string& content)
{
    const std::size_t begin = content.rfind('\n') + 1; // npos + 1 is 0.
    const QByteArray tail(content.data() + begin, static_cast<qsizetype>(content.size() - begin));
    if (fromJsonLine(tail).ok() || tail.trimmed().isEmpty()) {
        content.push_back('\n');
        return file.append("\n"); // Only its end is missing.
    }
    const QString aside = m_path + QStringLiteral(".cut-off");
    auto asideFile = LockedFile::open(aside.toStdString(), LockedFile::Mode::Create);
    if (!asideFile) {
        return asideFile.error();
    }
    if (auto kept = asideFile->append(viewOf(tail + '\n')); !kept) {
        return kept;
    }
    if (auto cut = file.truncate(static_cast<std::int64_t>(begin)); !cut) {
        return cut;
    }
    content.resize(begin);
    m_news.notices.append(
        MyDigits::tr(
            "“%1” broke off in the middle of its last drawing, as after a power cut; all before it is "
            "kept, and the broken piece is in “%2”.")
            .arg(m_path, QFileInfo(aside).fileName()));
    return {};
}

/// Gives the lines the ids of those that were there before, and notices what came and went.
void DigitCollection::merge(Lines& lines)
{
    QMultiHash<QByteArray, quint64> before;
    for (auto known = m_known.rbegin(); known != m_known.rend(); ++known) {
        before.insert(known->key, known->id); // Of several the last inserted is found first.
    }
    m_otherLines = 0;
    for (Line& line : lines) {
        const auto same = before.find(line.key);
        if (same != before.end()) {
            line.id = *same;
            before.erase(same);
        } else {
            line.id = takeDigit(line.text);
        }
        m_otherLines += line.id == 0 && !line.text.trimmed().isEmpty() ? 1 : 0;
    }
    std::vector<quint64> vanished;
    std::copy_if(before.begin(), before.end(), std::back_inserter(vanished),
                 [](quint64 id) { return id != 0; });
    forget(vanished);
    remember(lines);
    m_loaded = true;
}

quint64 DigitCollection::takeDigit(const QByteArray& text)
{
    const auto sample = fromJsonLine(text);
    if (!sample || sample->digit() < 0) {
        return 0;
    }
    MyDigit digit = digitOf(*sample, m_nextId());
    const quint64 id = digit.id;
    m_drawings.insert(id, drawingKey(digit.ink));
    m_news.appeared.push_back(std::move(digit));
    return id;
}

void DigitCollection::forget(const std::vector<quint64>& vanished)
{
    if (vanished.empty()) {
        return;
    }
    const QSet<quint64> gone(vanished.begin(), vanished.end());
    const auto dropped = std::erase_if(m_edits, [&gone](const Edit& edit) { return gone.contains(edit.id); });
    if (dropped > 0) {
        m_news.notices.append(
            MyDigits::tr("Another program changed %n of these digits meanwhile; its change was "
                         "kept, so look at them again.",
                         nullptr, static_cast<int>(dropped)));
    }
    for (const quint64 id : vanished) {
        m_drawings.remove(id);
    }
    m_news.vanished.insert(m_news.vanished.end(), vanished.begin(), vanished.end());
}

void DigitCollection::remember(const Lines& lines)
{
    m_known.clear();
    for (const Line& line : lines) {
        m_known.push_back({line.key, line.id});
    }
}

Result<ImportCounts> DigitCollection::importFrom(const QString& path)
{
    if (const auto synced = sync(); !synced) {
        return synced.error();
    }
    QSet<QByteArray> there;
    for (const Known& known : m_known) {
        there.insert(m_drawings.value(known.id)); // Those that were deleted may come again.
    }
    const auto import = readImport(path, std::move(there));
    if (!import) {
        return import.error();
    }
    std::vector<MyDigit> digits;
    for (const auto& [line, sample] : import->digits) {
        digits.push_back(digitOf(sample, m_nextId()));
        m_edits.push_back({Edit::Kind::Add, digits.back().id, digits.back().digit, line});
    }
    if (const auto written = sync(); !written) {
        m_edits.clear();
        return written.error();
    }
    for (MyDigit& digit : digits) {
        m_drawings.insert(digit.id, drawingKey(digit.ink));
        m_news.appeared.push_back(std::move(digit));
    }
    return import->counts;
}

Result<DigitCollection::Lines> DigitCollection::allLines()
{
    auto file = LockedFile::open(m_path.toStdString(), LockedFile::Mode::Existing);
    if (!file && file.error().code == ErrorCode::NotFound) {
        return edited({});
    }
    if (!file) {
        return file.error();
    }
    auto lines = readAndMerge(*file);
    return lines ? Result<Lines>(edited(*lines)) : lines;
}

Result<int> DigitCollection::exportTo(const QString& path, const std::vector<quint64>& ids)
{
    const QString target = QFileInfo(path).canonicalFilePath();
    if (!target.isEmpty() && target == QFileInfo(m_path).canonicalFilePath()) {
        return Error{ErrorCode::InvalidInput,
                     quoted(path.toStdString()) + " is the collection itself; choose another name."};
    }
    const auto lines = allLines();
    if (!lines) {
        return lines.error();
    }
    const QSet<quint64> wanted(ids.begin(), ids.end());
    std::vector<QByteArray> texts;
    for (const Line& line : *lines) {
        if (line.id != 0 && (wanted.isEmpty() || wanted.contains(line.id))) {
            texts.push_back(line.text.trimmed());
        }
    }
    const QByteArray bytes = joined(texts);
    if (const auto written = writeFileAtomically(path.toStdString(), viewOf(bytes)); !written) {
        return written.error();
    }
    return static_cast<int>(texts.size());
}

} // namespace digitpad
