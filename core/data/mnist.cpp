#include "core/data/mnist.h"

#include "core/data/idxfile.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStringList>

#include <algorithm>

namespace digitpad {

namespace {

QString plainName(const MnistFile& file)
{
    return file.name.chopped(3);
}

bool holdsAll(const QString& folder)
{
    const QDir directory(folder);
    const auto& files = mnistFiles();
    return std::all_of(files.begin(), files.end(), [&directory](const MnistFile& file) {
        return QFileInfo(directory, file.name).size() == file.bytes ||
               QFileInfo(directory, plainName(file)).size() == file.plainBytes;
    });
}

/// The first of the names under which such a file goes, or empty. `stem` is "train-images", `type` "idx3".
QString findIdxFile(const QString& folder, const QString& stem, const QString& type)
{
    for (const QString& name : {stem + u'-' + type, stem + u'.' + type}) {
        for (const auto& ending : {QStringLiteral("-ubyte.gz"), QStringLiteral("-ubyte")}) {
            const QFileInfo file(folder, name + ending);
            if (file.isFile()) {
                return file.filePath();
            }
        }
    }
    return {};
}

Result<DigitSet> readMnist(const QString& folder, IdxHalf half, const QString& name)
{
    auto set = readIdxHalf(folder, half, name);
    if (!set) {
        return set.error();
    }
    if (!*set) {
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("“%1” does not hold the files of %2; download MNIST or choose another folder.")
                .arg(folder, name)
                .toStdString()};
    }
    return std::move(**set);
}

} // namespace

const QList<MnistFile>& mnistFiles()
{
    static const QList<MnistFile> files = {
        {QStringLiteral("train-images-idx3-ubyte.gz"), 9'912'422,
         "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 47'040'016},
        {QStringLiteral("train-labels-idx1-ubyte.gz"), 28'881,
         "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 60'008},
        {QStringLiteral("t10k-images-idx3-ubyte.gz"), 1'648'877,
         "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 7'840'016},
        {QStringLiteral("t10k-labels-idx1-ubyte.gz"), 4'542,
         "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 10'008},
    };
    return files;
}

QString mnistDownloadFolder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("mnist"));
}

QString findMnist()
{
    const QStringList candidates = {qEnvironmentVariable("DIGITPAD_MNIST"), mnistDownloadFolder(),
                                    QStringLiteral("../shared/mnist"), QStringLiteral("../../shared/mnist")};
    const auto found = std::find_if(candidates.begin(), candidates.end(), [](const QString& folder) {
        return !folder.isEmpty() && holdsAll(folder);
    });
    return found == candidates.end() ? QString() : QDir(*found).absolutePath();
}

Result<DigitSet> readMnistTraining(const QString& folder)
{
    return readMnist(folder, IdxHalf::Training, QStringLiteral("MNIST training"));
}

Result<DigitSet> readMnistTest(const QString& folder)
{
    return readMnist(folder, IdxHalf::Test, QStringLiteral("MNIST test"));
}

Result<std::optional<DigitSet>> readIdxHalf(const QString& folder, IdxHalf half, const QString& name,
                                            const ReadingMonitor& monitor)
{
    const QString prefix = half == IdxHalf::Training ? QStringLiteral("train") : QStringLiteral("t10k");
    const QString images = findIdxFile(folder, prefix + QStringLiteral("-images"), QStringLiteral("idx3"));
    const QString labels = findIdxFile(folder, prefix + QStringLiteral("-labels"), QStringLiteral("idx1"));
    if (images.isEmpty() && labels.isEmpty()) {
        return std::optional<DigitSet>();
    }
    if (images.isEmpty() || labels.isEmpty()) {
        const QString missing = prefix + (images.isEmpty() ? QStringLiteral("-images-idx3-ubyte")
                                                           : QStringLiteral("-labels-idx1-ubyte"));
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("“%1” lacks the file “%2” (or “%2.gz”); put it there or choose another folder.")
                .arg(folder, missing)
                .toStdString()};
    }
    auto set = readIdxPair(images.toStdString(), labels.toStdString(), name.toStdString(), monitor);
    if (!set) {
        return set.error();
    }
    return std::optional<DigitSet>(std::move(set).value());
}

} // namespace digitpad
