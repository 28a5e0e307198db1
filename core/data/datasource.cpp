#include "core/data/datasource.h"

#include "core/data/datapart.h"
#include "core/data/idxfile.h"
#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <optional>

namespace digitpad {

namespace {

using KeepGoing = std::function<bool()>;

/// So that the test digits of a seed are not the beginning of its training digits.
constexpr std::uint64_t testSeedOffset = 0x7E57;

enum class Need {
    Both,
    TestIfAny, ///< The training half only where there is no test half.
};

Result<DataPart> loadFolder(const QString& folder, const QString& name, Need need, const KeepGoing& keepGoing)
{
    DataPart part;
    auto test = readIdxHalf(folder, IdxHalf::Test, name + QStringLiteral(" test"), keepGoing);
    if (!test) {
        return test.error();
    }
    part.test = std::move(*test);
    if (need == Need::Both || !part.test) {
        auto training = readIdxHalf(folder, IdxHalf::Training, name + QStringLiteral(" training"), keepGoing);
        if (!training) {
            return training.error();
        }
        part.training = std::move(*training);
    }
    if (!part.training && !part.test) {
        return dataError(ErrorCode::NotFound,
                         QStringLiteral("“%1” holds no files named as MNIST's are "
                                        "(train-images-idx3-ubyte.gz and so on); choose another folder.")
                             .arg(folder));
    }
    return part;
}

Result<DataPart> loadMnist(Need need, const KeepGoing& keepGoing)
{
    const QString folder = findMnist();
    if (folder.isEmpty()) {
        return dataError(
            ErrorCode::NotFound,
            QStringLiteral("MNIST is not on this machine yet: download it (digitpad-cli download-mnist), or "
                           "put its four files into “%1”, or use the built-in synthetic digits.")
                .arg(mnistDownloadFolder()));
    }
    return loadFolder(folder, QStringLiteral("MNIST"), need, keepGoing);
}

using Synthesizer = DigitSet(std::size_t count, std::uint64_t seed, const KeepGoing& keepGoing);

Result<DataPart> loadSynthetic(Synthesizer* make, SampleOrigin::Kind kind, std::size_t count,
                               std::uint64_t seed, Need need, const KeepGoing& keepGoing)
{
    DataPart part;
    part.test = make(std::max<std::size_t>(count / 10, 1), seed + testSeedOffset, keepGoing);
    if (need == Need::Both) {
        part.training = make(count, seed, keepGoing);
        part.origins.assign(part.training->size(), {kind, nullptr});
    }
    if (!keepGoing()) {
        return cancelledReading();
    }
    return part;
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

Result<DataPart> loadIdx(const QString& imagesPath, const QStringList& candidates, const KeepGoing& keepGoing)
{
    for (const QString& labels : candidates) {
        if (!QFileInfo(labels).isFile()) {
            continue;
        }
        auto set = readIdxPair(imagesPath.toStdString(), labels.toStdString(),
                               QFileInfo(imagesPath).fileName().toStdString(), keepGoing);
        if (!set) {
            return set.error();
        }
        return DataPart{std::move(set).value(), std::nullopt};
    }
    return dataError(ErrorCode::NotFound,
                     QStringLiteral("The labels of “%1” are missing; put them beside it as “%2”.")
                         .arg(imagesPath, QFileInfo(candidates.front()).fileName()));
}

Error unknownPart(const QString& part)
{
    const QString possible = QStringLiteral(
        "possible are mnist, synthetic, no-digits, a folder with MNIST's files, an ink collection "
        "(.jsonl or .jsonl.gz) and an IDX image file (…-images-idx3-ubyte)");
    if (!QFileInfo::exists(part)) {
        return dataError(ErrorCode::NotFound,
                         QStringLiteral("There is no data “%1”; %2.").arg(part, possible));
    }
    return dataError(ErrorCode::InvalidInput,
                     QStringLiteral("“%1” is no data to train with; %2.").arg(part, possible));
}

Result<DataPart> loadPart(const DataSource& source, const QString& part, Need need,
                          const KeepGoing& keepGoing)
{
    if (part == u"mnist") {
        return loadMnist(need, keepGoing);
    }
    if (part == u"synthetic") {
        return loadSynthetic(syntheticDigits, SampleOrigin::Kind::SyntheticDigit, source.syntheticCount,
                             source.syntheticSeed, need, keepGoing);
    }
    if (part == u"no-digits") {
        return loadSynthetic(syntheticNoDigits, SampleOrigin::Kind::SyntheticNoDigit, source.noDigitCount,
                             source.syntheticSeed, need, keepGoing);
    }
    const QFileInfo info(part);
    if (info.isDir()) {
        return loadFolder(part, QDir(QDir::cleanPath(info.absoluteFilePath())).dirName(), need, keepGoing);
    }
    if (info.exists() && (part.endsWith(u".jsonl") || part.endsWith(u".jsonl.gz"))) {
        return loadInkCollection(part, source.withNoDigits, keepGoing);
    }
    if (const QStringList candidates = labelCandidates(part); info.exists() && !candidates.isEmpty()) {
        return loadIdx(part, candidates, keepGoing);
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

void joinOrigins(std::vector<SampleOrigin>& origins, DataPart& part)
{
    if (part.training) {
        part.origins.resize(part.training->size());
        origins.insert(origins.end(), part.origins.begin(), part.origins.end());
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
        joinOrigins(data.origins, *part);
        join(data.training, part->training);
        join(data.test, part->test);
        data.warnings += part->warnings;
    }
    if (data.training.size() == 0) {
        return dataError(ErrorCode::InvalidInput,
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
        return dataError(ErrorCode::InvalidInput,
                         QStringLiteral("“%1” has no images to measure with; choose another source.")
                             .arg(source.parts.join(QStringLiteral(", "))));
    }
    return data;
}

} // namespace digitpad
