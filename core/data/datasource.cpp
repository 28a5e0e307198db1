#include "core/data/datasource.h"

#include "core/base/gzipreader.h"
#include "core/data/idxfile.h"
#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"
#include "core/ink/inkfile.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <optional>

namespace digitpad {

namespace {

using KeepGoing = std::function<bool()>;

constexpr qsizetype namedLines = 3;
constexpr std::int64_t linesBetweenQuestions = 64;
/// So that the test digits of a seed are not the beginning of its training digits.
constexpr std::uint64_t testSeedOffset = 0x7E57;

Error cancelled()
{
    return {ErrorCode::Cancelled, "Reading the data was cancelled."};
}

Error invalid(ErrorCode code, const QString& message)
{
    return {code, message.toStdString()};
}

/// What one part of a source gives; either half may be missing.
struct Part
{
    std::optional<DigitSet> training;
    std::optional<DigitSet> test;
    QStringList warnings;
};

enum class Need {
    Both,
    TestIfAny, ///< The training half only where there is no test half.
};

Result<Part> loadFolder(const QString& folder, const QString& name, Need need, const KeepGoing& keepGoing)
{
    Part part;
    auto test = readIdxHalf(folder, IdxHalf::Test, name + QStringLiteral(" test"));
    if (!test) {
        return test.error();
    }
    part.test = std::move(*test);
    if (!keepGoing()) {
        return cancelled();
    }
    if (need == Need::Both || !part.test) {
        auto training = readIdxHalf(folder, IdxHalf::Training, name + QStringLiteral(" training"));
        if (!training) {
            return training.error();
        }
        part.training = std::move(*training);
    }
    if (!part.training && !part.test) {
        return invalid(ErrorCode::NotFound,
                       QStringLiteral("“%1” holds no files named as MNIST's are "
                                      "(train-images-idx3-ubyte.gz and so on); choose another folder.")
                           .arg(folder));
    }
    return part;
}

Result<Part> loadMnist(Need need, const KeepGoing& keepGoing)
{
    const QString folder = findMnist();
    if (folder.isEmpty()) {
        return invalid(
            ErrorCode::NotFound,
            QStringLiteral("MNIST is not on this machine yet: download it (digitpad-cli download-mnist), or "
                           "put its four files into “%1”, or use the built-in synthetic digits.")
                .arg(mnistDownloadFolder()));
    }
    return loadFolder(folder, QStringLiteral("MNIST"), need, keepGoing);
}

Result<Part> loadSynthetic(const DataSource& source, Need need, const KeepGoing& keepGoing)
{
    Part part;
    const std::size_t testCount = std::max<std::size_t>(source.syntheticCount / 10, 1);
    part.test = syntheticDigits(testCount, source.syntheticSeed + testSeedOffset, keepGoing);
    if (need == Need::Both) {
        part.training = syntheticDigits(source.syntheticCount, source.syntheticSeed, keepGoing);
    }
    if (!keepGoing()) {
        return cancelled();
    }
    return part;
}

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

    [[nodiscard]] QStringList sentences() const
    {
        QStringList all = m_sentences;
        if (m_malformed > namedLines) {
            all += QStringLiteral("“%1” has %2 more malformed lines; all of them were left out.")
                       .arg(m_path)
                       .arg(m_malformed - namedLines);
        }
        if (m_unlabelled > 0) {
            all += QStringLiteral("“%1” has %2 drawings without a digit as label; they were left out.")
                       .arg(m_path)
                       .arg(m_unlabelled);
        }
        return all;
    }

private:
    QString m_path;
    QStringList m_sentences;
    std::int64_t m_malformed = 0;
    std::int64_t m_unlabelled = 0;
};

void addSample(DigitSet& set, LeftOut& leftOut, const InkSample& sample)
{
    if (sample.digit() < 0) {
        leftOut.addUnlabelled();
    } else {
        set.add(normalizeInk(sample.ink), sample.digit());
    }
}

Result<Part> loadCollection(const QString& path, const KeepGoing& keepGoing)
{
    auto reader = InkLinesReader::open(path);
    if (!reader) {
        return reader.error();
    }
    DigitSet set;
    set.name = QFileInfo(path).fileName().toStdString();
    LeftOut leftOut(path);
    for (std::int64_t lines = 1;; ++lines) {
        if (lines % linesBetweenQuestions == 0 && !keepGoing()) {
            return cancelled();
        }
        const auto item = (*reader)->next();
        if (item.status == InkLinesReader::Status::End) {
            break;
        }
        switch (item.status) {
        case InkLinesReader::Status::Sample:
            addSample(set, leftOut, item.sample);
            break;
        case InkLinesReader::Status::Bad:
            leftOut.addMalformed(item.error);
            break;
        case InkLinesReader::Status::Failed:
            return item.error;
        case InkLinesReader::Status::End:
            break;
        }
    }
    if (set.size() == 0) {
        return invalid(
            ErrorCode::InvalidInput,
            QStringLiteral("“%1” holds no drawing that is labelled with a digit; choose another file.")
                .arg(path));
    }
    return Part{std::move(set), std::nullopt, leftOut.sentences()};
}

/// The labels that belong to an IDX image file, by name; empty where the name is not an image file's.
QStringList labelCandidates(const QString& imagesPath)
{
    static const QRegularExpression pattern(QStringLiteral("^(.*)images([-.])idx3-ubyte(\\.gz)?$"));
    const QFileInfo file(imagesPath);
    const auto match = pattern.match(file.fileName());
    if (!match.hasMatch()) {
        return {};
    }
    const QString stem = file.path() + u'/' + match.captured(1) + QStringLiteral("labels");
    QStringList candidates;
    for (const QString& separator : {match.captured(2), QStringLiteral("-"), QStringLiteral(".")}) {
        for (const auto& ending : {QStringLiteral("idx1-ubyte"), QStringLiteral("idx1-ubyte.gz")}) {
            candidates += stem + separator + ending;
        }
    }
    return candidates;
}

Result<Part> loadIdx(const QString& imagesPath, const QStringList& candidates)
{
    for (const QString& labels : candidates) {
        if (!QFileInfo(labels).isFile()) {
            continue;
        }
        auto set = readIdxPair(imagesPath.toStdString(), labels.toStdString(),
                               QFileInfo(imagesPath).fileName().toStdString());
        if (!set) {
            return set.error();
        }
        return Part{std::move(set).value(), std::nullopt, {}};
    }
    return invalid(ErrorCode::NotFound,
                   QStringLiteral("The labels of “%1” are missing; put them beside it as “%2”.")
                       .arg(imagesPath, QFileInfo(candidates.front()).fileName()));
}

Error unknownPart(const QString& part)
{
    const QString possible =
        QStringLiteral("possible are mnist, synthetic, a folder with MNIST's files, an ink collection "
                       "(.jsonl or .jsonl.gz) and an IDX image file (…-images-idx3-ubyte)");
    if (!QFileInfo::exists(part)) {
        return invalid(ErrorCode::NotFound, QStringLiteral("There is no data “%1”; %2.").arg(part, possible));
    }
    return invalid(ErrorCode::InvalidInput,
                   QStringLiteral("“%1” is no data to train with; %2.").arg(part, possible));
}

Result<Part> loadPart(const DataSource& source, const QString& part, Need need, const KeepGoing& keepGoing)
{
    if (part == u"mnist") {
        return loadMnist(need, keepGoing);
    }
    if (part == u"synthetic") {
        return loadSynthetic(source, need, keepGoing);
    }
    const QFileInfo info(part);
    if (info.isDir()) {
        return loadFolder(part, QDir(QDir::cleanPath(info.absoluteFilePath())).dirName(), need, keepGoing);
    }
    if (info.exists() && (part.endsWith(u".jsonl") || part.endsWith(u".jsonl.gz"))) {
        return loadCollection(part, keepGoing);
    }
    if (const QStringList candidates = labelCandidates(part); info.exists() && !candidates.isEmpty()) {
        return loadIdx(part, candidates);
    }
    return unknownPart(part);
}

void join(DigitSet& target, std::optional<DigitSet>& source)
{
    if (!source) {
        return;
    }
    if (target.size() == 0 && target.name.empty()) {
        target = std::move(*source);
    } else {
        append(target, *source);
    }
}

} // namespace

Result<LoadedData> loadData(const DataSource& source, const KeepGoing& keepGoing)
{
    LoadedData data;
    for (const QString& name : source.parts) {
        auto part = loadPart(source, name, Need::Both, keepGoing);
        if (!part) {
            return part.error();
        }
        join(data.training, part->training);
        join(data.test, part->test);
        data.warnings += part->warnings;
    }
    if (data.training.size() == 0) {
        return invalid(ErrorCode::InvalidInput,
                       QStringLiteral("“%1” has no training images; add a source that has some.")
                           .arg(source.parts.join(QStringLiteral(", "))));
    }
    return data;
}

Result<LoadedData> loadEvaluationData(const DataSource& source, const KeepGoing& keepGoing)
{
    LoadedData data;
    for (const QString& name : source.parts) {
        auto part = loadPart(source, name, Need::TestIfAny, keepGoing);
        if (!part) {
            return part.error();
        }
        join(data.test, part->test ? part->test : part->training);
        data.warnings += part->warnings;
    }
    if (data.test.size() == 0) {
        return invalid(ErrorCode::InvalidInput,
                       QStringLiteral("“%1” has no images to measure with; choose another source.")
                           .arg(source.parts.join(QStringLiteral(", "))));
    }
    return data;
}

} // namespace digitpad
