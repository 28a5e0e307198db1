#include "core/data/datasource.h"

#include "core/data/datapart.h"
#include "core/data/digitcsv.h"
#include "core/data/filefolder.h"
#include "core/data/idxfile.h"
#include "core/data/idxpartner.h"
#include "core/data/mnist.h"
#include "core/data/syntheticdigits.h"
#include "core/data/syntheticnodigits.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace digitpad {

namespace {

/// So that the test digits of a seed are not the beginning of its training digits.
constexpr std::uint64_t testSeedOffset = 0x7E57;

enum class Need {
    Both,
    TestIfAny, ///< The training half only where there is no test half.
};

/// What a part of the reading says, as the stretch from `begin` to `end` of the whole.
ReadingMonitor stretch(const ReadingMonitor& monitor, double begin, double end, std::size_t imagesBefore)
{
    return [=, &monitor](const ReadingProgress& progress) {
        const double part = progress.part < 0 ? -1 : begin + (end - begin) * progress.part;
        return !monitor || monitor({imagesBefore + progress.images, part});
    };
}

/// A folder with files that are named as MNIST's are; neither half where it has none.
Result<DataPart> loadIdxFolder(const QString& folder, const QString& name, Need need,
                               const ReadingMonitor& monitor)
{
    // Usually training has six times as many images as test.
    constexpr double testShare = 1.0 / 7;
    DataPart part;
    auto test = readIdxHalf(folder, IdxHalf::Test, name + QStringLiteral(" test"),
                            stretch(monitor, 0, need == Need::Both ? testShare : 1, 0));
    if (!test) {
        return test.error();
    }
    part.test = std::move(*test);
    const double begin = part.test ? testShare : 0;
    const std::size_t before = part.test ? part.test->size() : 0;
    if (!monitor({before, begin})) {
        return cancelledReading();
    }
    if (need == Need::Both || !part.test) {
        auto training = readIdxHalf(folder, IdxHalf::Training, name + QStringLiteral(" training"),
                                    stretch(monitor, begin, 1, before));
        if (!training) {
            return training.error();
        }
        part.training = std::move(*training);
    }
    return part;
}

Result<DataPart> loadFolder(const QString& folder, const QString& name, Need need, bool withNoDigits,
                            const ReadingMonitor& monitor)
{
    auto part = loadIdxFolder(folder, name, need, monitor);
    if (!part || part->training || part->test) {
        return part;
    }
    auto files = loadFileFolder(folder, name, withNoDigits, monitor);
    if (!files) {
        return files.error();
    }
    if (!*files) {
        return dataError(
            ErrorCode::NotFound,
            QStringLiteral("“%1” holds neither files named as MNIST's are (train-images-idx3-ubyte.gz and so "
                           "on) nor pictures or InkML files in folders named 0 to 9; choose another folder.")
                .arg(folder));
    }
    return std::move(**files);
}

Result<DataPart> loadMnist(Need need, const ReadingMonitor& monitor)
{
    const QString folder = findMnist();
    if (folder.isEmpty()) {
        return dataError(
            ErrorCode::NotFound,
            QStringLiteral("MNIST is not on this machine yet: download it (digitpad-cli download-mnist), or "
                           "put its four files into “%1”, or use the built-in synthetic digits.")
                .arg(mnistDownloadFolder()));
    }
    return loadIdxFolder(folder, QStringLiteral("MNIST"), need, monitor);
}

using Synthesizer = DigitSet(std::size_t count, std::uint64_t seed, const std::function<bool()>& keepGoing);

Result<DataPart> loadSynthetic(Synthesizer* make, SampleOrigin::Kind kind, std::size_t count,
                               std::uint64_t seed, Need need, const ReadingMonitor& monitor)
{
    const std::size_t testCount = std::max<std::size_t>(count / 10, 1);
    const std::size_t all = testCount + (need == Need::Both ? count : 0);
    std::size_t asked = 0;
    // Asked before every 256th image of either half.
    const auto keepGoing = [&] {
        const std::size_t images = std::min(all, asked++ * 256);
        return monitor({images, static_cast<double>(images) / static_cast<double>(all)});
    };
    DataPart part;
    part.test = make(testCount, seed + testSeedOffset, keepGoing);
    if (need == Need::Both) {
        part.training = make(count, seed, keepGoing);
        part.origins.assign(part.training->size(), {kind, nullptr});
    }
    if (!keepGoing()) {
        return cancelledReading();
    }
    return part;
}

Result<DataPart> loadIdx(const QString& path, const ReadingMonitor& monitor)
{
    const auto pair = findIdxPair(path);
    if (!pair) {
        return pair.error();
    }
    auto set = readIdxPair(pair->images.toStdString(), pair->labels.toStdString(),
                           QFileInfo(pair->images).fileName().toStdString(), monitor);
    if (!set) {
        return set.error();
    }
    return DataPart{std::move(set).value(), std::nullopt};
}

Result<DataPart> loadCsv(const QString& path, const ReadingMonitor& monitor)
{
    auto set = readDigitCsv(path.toStdString(), QFileInfo(path).fileName().toStdString(), monitor);
    if (!set) {
        return set.error();
    }
    return DataPart{std::move(set).value(), std::nullopt};
}

Error unknownPart(const QString& part)
{
    const QString possible = QStringLiteral(
        "possible are mnist, synthetic, no-digits, a folder with MNIST's files or with pictures, an ink "
        "collection (.jsonl or .jsonl.gz), a table (.csv or .csv.gz) and an IDX image file");
    if (!QFileInfo::exists(part)) {
        return dataError(ErrorCode::NotFound,
                         QStringLiteral("There is no data “%1”; %2.").arg(part, possible));
    }
    return dataError(ErrorCode::InvalidInput,
                     QStringLiteral("“%1” is no data to train with; %2.").arg(part, possible));
}

bool endsWithOneOf(const QString& name, std::initializer_list<QLatin1String> endings)
{
    return std::any_of(endings.begin(), endings.end(),
                       [&name](QLatin1String ending) { return name.endsWith(ending, Qt::CaseInsensitive); });
}

Result<DataPart> loadPath(const DataSource& source, const QString& path, Need need,
                          const ReadingMonitor& monitor)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        return loadFolder(path, QDir(QDir::cleanPath(info.absoluteFilePath())).dirName(), need,
                          source.withNoDigits, monitor);
    }
    if (!info.exists()) {
        return unknownPart(path);
    }
    if (endsWithOneOf(path, {QLatin1String(".jsonl"), QLatin1String(".jsonl.gz")})) {
        return loadInkCollection(path, source.withNoDigits, monitor);
    }
    if (endsWithOneOf(path, {QLatin1String(".csv"), QLatin1String(".csv.gz")})) {
        return loadCsv(path, monitor);
    }
    return isIdxFile(path) ? loadIdx(path, monitor) : unknownPart(path);
}

Result<DataPart> loadPart(const DataSource& source, const QString& part, Need need,
                          const ReadingMonitor& monitor)
{
    if (part == u"mnist") {
        return loadMnist(need, monitor);
    }
    if (part == u"synthetic") {
        return loadSynthetic(syntheticDigits, SampleOrigin::Kind::SyntheticDigit, source.syntheticCount,
                             source.syntheticSeed, need, monitor);
    }
    if (part == u"no-digits") {
        return loadSynthetic(syntheticNoDigits, SampleOrigin::Kind::SyntheticNoDigit, source.noDigitCount,
                             source.syntheticSeed, need, monitor);
    }
    return loadPath(source, part, need, monitor);
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

Result<LoadedData> loadData(const DataSource& source, const std::function<bool()>& keepGoing)
{
    return loadData(source, ReadingMonitor([&keepGoing](const ReadingProgress&) { return keepGoing(); }));
}

Result<LoadedData> loadAllData(const DataSource& source, const ReadingMonitor& monitor)
{
    LoadedData data;
    const auto parts = static_cast<double>(source.parts.size());
    double done = 0;
    for (const QString& name : source.parts) {
        auto part = loadPart(
            source, name, Need::Both,
            stretch(monitor, done / parts, (done + 1) / parts, data.training.size() + data.test.size()));
        ++done;
        if (!part) {
            return part.error();
        }
        joinOrigins(data.origins, *part);
        join(data.training, part->training);
        join(data.test, part->test);
        data.warnings += part->warnings;
    }
    if (data.training.size() == 0 && data.test.size() == 0) {
        return dataError(ErrorCode::InvalidInput,
                         QStringLiteral("“%1” holds no images; choose another source.")
                             .arg(source.parts.join(QStringLiteral(", "))));
    }
    return data;
}

Result<LoadedData> loadData(const DataSource& source, const ReadingMonitor& monitor)
{
    auto data = loadAllData(source, monitor);
    if (data && data->training.size() == 0) {
        return dataError(ErrorCode::InvalidInput,
                         QStringLiteral("“%1” has no training images; add a source that has some.")
                             .arg(source.parts.join(QStringLiteral(", "))));
    }
    return data;
}

Result<LoadedData> loadEvaluationData(const DataSource& source, const std::function<bool()>& keepGoing)
{
    return loadEvaluationData(source,
                              ReadingMonitor([&keepGoing](const ReadingProgress&) { return keepGoing(); }));
}

Result<LoadedData> loadEvaluationData(const DataSource& source, const ReadingMonitor& monitor)
{
    LoadedData data;
    const auto parts = static_cast<double>(source.parts.size());
    double done = 0;
    for (const QString& name : source.parts) {
        auto part = loadPart(source, name, Need::TestIfAny,
                             stretch(monitor, done / parts, (done + 1) / parts, data.test.size()));
        ++done;
        if (!part) {
            return part.error();
        }
        if (part->test) {
            data.origins.resize(data.origins.size() + part->test->size()); // Those of a test set are unknown.
            join(data.test, part->test);
        } else {
            joinOrigins(data.origins, *part);
            join(data.test, part->training);
        }
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
