#include "core/data/digitexport.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QSaveFile>

namespace digitpad {

namespace {

QByteArray header(std::initializer_list<std::size_t> sizes)
{
    QByteArray bytes("\0\0\x08", 3);
    bytes.append(static_cast<char>(sizes.size()));
    for (const std::size_t size : sizes) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.append(static_cast<char>(size >> shift & 0xFFU));
        }
    }
    return bytes;
}

Result<void> save(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return Error{
            ErrorCode::Io,
            QStringLiteral("“%1” could not be written (%2); choose another place or make room there.")
                .arg(path, file.errorString())
                .toStdString()};
    }
    return {};
}

/// "7-000012.png", or "7-000012-2.png" where another export has left one.
QString freePath(const QDir& folder, const QString& name)
{
    QString path = folder.filePath(name + QStringLiteral(".png"));
    for (int i = 2; QFileInfo::exists(path); ++i) {
        path = folder.filePath(QStringLiteral("%1-%2.png").arg(name).arg(i));
    }
    return path;
}

QString labelsPathOf(const QString& imagesPath)
{
    const QFileInfo info(imagesPath);
    QString name = info.fileName();
    name.replace(QStringLiteral("images"), QStringLiteral("labels"));
    name.replace(QStringLiteral("idx3"), QStringLiteral("idx1"));
    return info.dir().filePath(name);
}

} // namespace

Result<QString> writeIdxPair(const DigitSet& set, std::span<const std::size_t> indices,
                             const QString& imagesPath)
{
    QByteArray images = header({indices.size(), digitSide, digitSide});
    QByteArray labels = header({indices.size()});
    images.reserve(images.size() + static_cast<qsizetype>(indices.size()) * digitPixels);
    for (const std::size_t index : indices) {
        if (set.labels[index] >= digitClasses) {
            return Error{ErrorCode::InvalidInput,
                         "IDX files hold digits alone, and some of these images are none; "
                         "select digits, or export them as PNG."};
        }
        images.append(reinterpret_cast<const char*>(set.image(index)), digitPixels);
        labels.append(static_cast<char>(set.labels[index]));
    }
    const bool named = QFileInfo(imagesPath).fileName().contains(u"images");
    const QString path = named ? imagesPath : imagesPath + QStringLiteral("-images-idx3-ubyte");
    if (const auto saved = save(path, images); !saved) {
        return saved.error();
    }
    if (const auto saved = save(labelsPathOf(path), labels); !saved) {
        return saved.error();
    }
    return path;
}

Result<void> writePictures(const DigitSet& set, std::span<const std::size_t> indices, const QString& folder,
                           const ReadingMonitor& monitor)
{
    const QDir directory(folder);
    std::size_t done = 0;
    for (const std::size_t index : indices) {
        const double part = static_cast<double>(done) / static_cast<double>(indices.size());
        if (monitor && !monitor({done, part})) {
            return Error{ErrorCode::Cancelled, "The export was cancelled; the pictures written so far stay."};
        }
        ++done;
        const QImage image(set.image(index), digitSide, digitSide, digitSide, QImage::Format_Grayscale8);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        const int label = set.labels[index];
        const QString name = QStringLiteral("%1-%2")
                                 .arg(label < digitClasses ? QString::number(label) : QStringLiteral("x"))
                                 .arg(index, 6, 10, QLatin1Char('0'));
        if (const auto saved = save(freePath(directory, name), bytes); !saved) {
            return saved.error();
        }
    }
    return {};
}

} // namespace digitpad
