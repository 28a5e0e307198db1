#include "core/data/datapart.h"
#include "core/data/lookalikes.h"
#include "core/image/normalizer.h"
#include "core/ink/inkfile.h"

#include <QFileInfo>

#include <string>
#include <unordered_map>
#include <utility>

namespace digitpad {

namespace {

constexpr qsizetype namedLines = 3;
constexpr std::int64_t linesBetweenQuestions = 64;

/// The lines of a collection that were left out, in words.
class LeftOut
{
public:
    explicit LeftOut(QString path)
        : m_path(std::move(path))
    {
    }

    void addMalformed(const Error& error)
    {
        if (++m_malformed <= namedLines) {
            m_sentences += QString::fromStdString(error.message);
        }
    }
    void addUnlabelled() { ++m_unlabelled; }
    void addOther() { ++m_others; }
    void addLookAlike() { ++m_lookAlikes; }

    [[nodiscard]] QStringList sentences() const
    {
        QStringList all = m_sentences;
        if (m_malformed > namedLines) {
            all += QStringLiteral("“%1” has %2 more malformed lines; all of them were left out.")
                       .arg(m_path)
                       .arg(m_malformed - namedLines);
        }
        const auto add = [&](std::int64_t count, const QString& sentence) {
            if (count > 0) {
                all += sentence.arg(m_path).arg(count);
            }
        };
        add(m_unlabelled, QStringLiteral("“%1” has %2 drawings without a label; they were left out."));
        add(m_others, QStringLiteral("“%1” has %2 drawings without a digit as label; they were left out."));
        add(m_lookAlikes, QStringLiteral("“%1” has %2 drawings of signs that look like a digit (O, l and "
                                         "their like); they were left out."));
        return all;
    }

private:
    QString m_path;
    QStringList m_sentences;
    std::int64_t m_malformed = 0;
    std::int64_t m_unlabelled = 0;
    std::int64_t m_others = 0;
    std::int64_t m_lookAlikes = 0;
};

/// Takes drawings in, and gives the hands that drew them numbers.
class Collector
{
public:
    Collector(const QString& path, bool withNoDigits)
        : m_leftOut(path)
        , m_withNoDigits(withNoDigits)
    {
        m_set.name = QFileInfo(path).fileName().toStdString();
    }

    void add(InkSample sample)
    {
        const int label = labelOf(sample);
        if (label >= 0) {
            m_set.add(normalizeInk(sample.ink), label,
                      groupNumber(sample.source.empty() ? sample.writer : sample.source));
            m_origins.push_back(
                {SampleOrigin::Kind::Strokes, std::make_shared<const Ink>(std::move(sample.ink))});
        }
    }
    void addMalformed(const Error& error) { m_leftOut.addMalformed(error); }

    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] std::size_t size() const { return m_set.size(); }
    DataPart take()
    {
        return DataPart{std::move(m_set), std::nullopt, m_leftOut.sentences(), std::move(m_origins)};
    }

private:
    /// -1 where the drawing is left out.
    int labelOf(const InkSample& sample)
    {
        if (sample.digit() >= 0) {
            return sample.digit();
        }
        if (!m_withNoDigits) {
            m_leftOut.addOther();
        } else if (sample.label.empty()) {
            m_leftOut.addUnlabelled();
        } else if (looksLikeADigit(QString::fromStdString(sample.label))) {
            m_leftOut.addLookAlike();
        } else {
            return noDigitLabel;
        }
        return -1;
    }

    std::uint32_t groupNumber(const std::string& name)
    {
        if (name.empty()) {
            return 0;
        }
        const auto next = static_cast<std::uint32_t>(m_set.groupNames.size() + 1);
        const auto [place, isNew] = m_groups.emplace(name, next);
        if (isNew) {
            m_set.groupNames.push_back(name);
        }
        return place->second;
    }

    DigitSet m_set;
    std::vector<SampleOrigin> m_origins;
    std::unordered_map<std::string, std::uint32_t> m_groups;
    LeftOut m_leftOut;
    bool m_withNoDigits;
};

Error nothingToLearn(const QString& path, bool withNoDigits)
{
    const QString sentence =
        withNoDigits
            ? QStringLiteral("“%1” holds no drawing whose label can be learned; choose another file.")
            : QStringLiteral("“%1” holds no drawing that is labelled with a digit; choose another "
                             "file.");
    return dataError(ErrorCode::InvalidInput, sentence.arg(path));
}

} // namespace

Result<DataPart> loadInkCollection(const QString& path, bool withNoDigits, const ReadingMonitor& monitor)
{
    auto reader = InkLinesReader::open(path);
    if (!reader) {
        return reader.error();
    }
    Collector collector(path, withNoDigits);
    for (std::int64_t lines = 1;; ++lines) {
        if (lines % linesBetweenQuestions == 0 && !monitor({collector.size(), (*reader)->part()})) {
            return cancelledReading();
        }
        auto item = (*reader)->next();
        switch (item.status) {
        case InkLinesReader::Status::Sample:
            collector.add(std::move(item.sample));
            break;
        case InkLinesReader::Status::Bad:
            collector.addMalformed(item.error);
            break;
        case InkLinesReader::Status::Failed:
            return item.error;
        case InkLinesReader::Status::End:
            return collector.empty() ? Result<DataPart>(nothingToLearn(path, withNoDigits))
                                     : Result<DataPart>(collector.take());
        }
    }
}

} // namespace digitpad
