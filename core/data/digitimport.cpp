#include "core/data/digitimport.h"

#include "core/base/gzipreader.h"

#include <QCryptographicHash>

namespace digitpad {

namespace {

constexpr std::size_t maximumBytes = std::size_t{256} << 20U;

class Importer
{
public:
    explicit Importer(QSet<QByteArray> known)
        : m_known(std::move(known))
    {
    }

    /// False where it is too much.
    bool take(std::string_view text)
    {
        const QByteArray line(text.data(), static_cast<qsizetype>(text.size()));
        if (line.trimmed().isEmpty()) {
            return true;
        }
        auto sample = fromJsonLine(line);
        if (!sample || sample->digit() < 0) {
            skip();
            return true;
        }
        const QByteArray drawing = drawingKey(sample->ink);
        if (m_known.contains(drawing)) {
            ++m_import.counts.duplicates;
            return true;
        }
        m_known.insert(drawing);
        m_import.digits.push_back({line, std::move(*sample)});
        ++m_import.counts.added;
        m_bytes += text.size();
        return m_bytes <= maximumBytes;
    }

    void skip() { ++m_import.counts.skipped; }
    [[nodiscard]] bool foundAny() const { return m_import.counts.added + m_import.counts.duplicates > 0; }
    DigitImport result() { return std::move(m_import); }

private:
    QSet<QByteArray> m_known;
    DigitImport m_import;
    std::size_t m_bytes = 0;
};

Error unusable(const QString& path, const char* why)
{
    return {ErrorCode::InvalidInput, quoted(path.toStdString()) + why};
}

} // namespace

QByteArray drawingKey(const Ink& ink)
{
    static_assert(sizeof(InkPoint) == 4 * sizeof(float)); // No padding.
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (const auto& stroke : ink.strokes) {
        hash.addData(
            QByteArray::fromRawData(reinterpret_cast<const char*>(stroke->points.data()),
                                    static_cast<qsizetype>(stroke->points.size() * sizeof(InkPoint))));
        hash.addData(QByteArray::number(double{stroke->width})); // Ends the stroke, too.
    }
    return hash.result();
}

Result<DigitImport> readImport(const QString& path, QSet<QByteArray> known)
{
    auto reader = LineReader::open(path.toStdString());
    if (!reader) {
        return reader.error();
    }
    Importer importer(std::move(known));
    for (;;) {
        switch (reader->next()) {
        case LineReader::Status::Line:
            if (!importer.take(reader->text())) {
                return unusable(path, " is too large for My digits; split it and import a part.");
            }
            break;
        case LineReader::Status::TooLong:
            importer.skip();
            break;
        case LineReader::Status::Failed:
            return reader->error();
        case LineReader::Status::End:
            if (!importer.foundAny()) {
                return unusable(path, " holds no labelled digits; choose a collection in JSON Lines.");
            }
            return importer.result();
        }
    }
}

} // namespace digitpad
