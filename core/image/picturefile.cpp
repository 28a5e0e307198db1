#include "core/image/picturefile.h"

#include "core/image/inkextraction.h"
#include "core/image/luminance.h"
#include "core/image/wholefile.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

#include <algorithm>

namespace digitpad {

namespace {

/// Longer pictures are scaled down to this side: a digit needs 20 pixels, and a photograph of one seldom less
/// than a tenth of its side.
constexpr int sideLimit = 1536;
/// Beyond this a file is a mistake or a trap: it takes seconds to decode even where only a small picture is
/// made of it.
constexpr int megabyteLimit = 512;
constexpr qint64 pixelLimit = megabyteLimit * 1'000'000LL / 4;
constexpr qint64 byteLimit = 256LL * 1024 * 1024;
/// Drawings (SVG) have no size of their own that matters.
constexpr int vectorSide = 512;

/// “%1” becomes the file's name without its folders.
Error failure(ErrorCode code, const QString& sentence, const QString& path, const QString& details = {})
{
    return {code, sentence.arg(QFileInfo(path).fileName()).toStdString(), details.toStdString()};
}

Error notAPicture(const QString& path, const QString& details)
{
    return failure(
        ErrorCode::InvalidInput,
        QStringLiteral("“%1” is no picture that can be read here; save it as PNG or JPEG and open that."),
        path, details);
}

Error damaged(const QString& path, const QString& details)
{
    return failure(ErrorCode::InvalidInput,
                   QStringLiteral("“%1” is damaged or ends too early; copy or download it again."), path,
                   details);
}

Error tooLarge(const QString& path, const QString& details)
{
    return failure(
        ErrorCode::InvalidInput,
        QStringLiteral("“%1” is too large to be read; scale it down, or cut out the digit, and open that."),
        path, details);
}

Result<QByteArray> readFile(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return failure(ErrorCode::NotFound, QStringLiteral("“%1” is not there; check its name and folder."),
                       path, path);
    }
    if (info.isDir()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("“%1” is a folder; choose a picture in it."),
                       path, path);
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, QStringLiteral("“%1” cannot be read; check its permissions."), path,
                       file.errorString());
    }
    // Read with a limit, not asked for its size: a pipe or a device has none.
    QByteArray bytes = file.read(byteLimit + 1);
    if (file.error() != QFileDevice::NoError) {
        return failure(ErrorCode::Io, QStringLiteral("“%1” could not be read to its end; try again."), path,
                       file.errorString());
    }
    if (bytes.isEmpty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("“%1” is empty; choose another picture."),
                       path);
    }
    if (bytes.size() > byteLimit) {
        return tooLarge(path, QStringLiteral("over 256 MiB"));
    }
    return bytes;
}

bool isVector(const QByteArray& format)
{
    return format.startsWith("svg");
}

/// Formats whose pictures come back as they were drawn, so that an even ground is exactly even.
bool isLossless(const QByteArray& format)
{
    static const QList<QByteArray> formats = {"png", "bmp",  "gif", "ico", "pbm", "pgm", "ppm",
                                              "tif", "tiff", "xbm", "xpm", "svg", "svgz"};
    return formats.contains(format);
}

/// Eight bytes a pixel. (A broken file may give any number as its format.)
bool hasDeepPixels(QImage::Format format)
{
    return format == QImage::Format_RGBX64 || format == QImage::Format_RGBA64 ||
           format == QImage::Format_RGBA64_Premultiplied;
}

QSize readingSize(const QSize& size, const QByteArray& format)
{
    const int longer = std::max(size.width(), size.height());
    if (isVector(format)) {
        return size.scaled(vectorSide, vectorSide, Qt::KeepAspectRatio).expandedTo({1, 1});
    }
    return longer > sideLimit ? size.scaled(sideLimit, sideLimit, Qt::KeepAspectRatio).expandedTo({1, 1})
                              : size;
}

} // namespace

GrayImage inkFromPicture(const QImage& picture, bool lossy)
{
    if (picture.isNull()) {
        return {};
    }
    const QSize size = readingSize(picture.size(), {});
    const QImage bounded = size == picture.size()
                               ? picture
                               : picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return extractInk(luminanceOf(bounded), lossy);
}

Result<GrayImage> readPicture(const QString& path)
{
    const Result<QByteArray> bytes = readFile(path);
    if (!bytes) {
        return bytes.error();
    }
    QBuffer buffer;
    buffer.setData(*bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    // For the whole process, and the same in every version of Qt.
    QImageReader::setAllocationLimit(megabyteLimit);
    if (!reader.canRead()) {
        return notAPicture(path, reader.errorString());
    }
    const QByteArray format = reader.format();
    const QSize size = reader.size();
    const bool deep = hasDeepPixels(reader.imageFormat());
    if (qint64{size.width()} * size.height() > (deep ? pixelLimit / 2 : pixelLimit)) {
        return tooLarge(path, QStringLiteral("%1 × %2 pixels").arg(size.width()).arg(size.height()));
    }
    if (!isWholePicture(*bytes, format)) {
        return damaged(path, QStringLiteral("data missing at the end"));
    }
    if (size.isValid()) {
        reader.setScaledSize(readingSize(size, format));
    }
    const QImage picture = reader.read();
    if (picture.isNull()) {
        return damaged(path, reader.errorString());
    }
    return inkFromPicture(picture, !isLossless(format));
}

} // namespace digitpad
