#include "core/image/wholefile.h"

#include <QDataStream>

#include <cstdlib>

namespace digitpad {

namespace {

enum Marker : int {
    FirstRestart = 0xD0,
    LastRestart = 0xD7,
    StartOfImage = 0xD8,
    EndOfImage = 0xD9,
};

int byteAt(const QByteArray& file, qsizetype index)
{
    return static_cast<unsigned char>(file.at(index));
}

/// The next 0xFF that begins a marker: not a stuffed byte, a restart, or fill. The file's size where none
/// follows.
qsizetype nextMarker(const QByteArray& file, qsizetype from)
{
    for (qsizetype i = file.indexOf('\xff', from); i >= 0 && i + 1 < file.size();
         i = file.indexOf('\xff', i + 1)) {
        const int code = byteAt(file, i + 1);
        const bool restart = code >= FirstRestart && code <= LastRestart;
        if (code != 0 && code != 0xFF && !restart) {
            return i;
        }
    }
    return file.size();
}

/// Behind the segment whose marker is at `at`: it says its length itself.
qsizetype segmentEnd(const QByteArray& file, qsizetype at)
{
    if (at + 3 >= file.size()) {
        return file.size();
    }
    return at + 2 + byteAt(file, at + 2) * 256 + byteAt(file, at + 3);
}

/// Whether the end-of-image marker is where the format wants it.
bool jpegIsWhole(const QByteArray& file)
{
    qsizetype at = nextMarker(file, 0);
    while (at < file.size()) {
        const int code = byteAt(file, at + 1);
        if (code == EndOfImage) {
            return true;
        }
        // Coded data follows the start of a scan; it holds no marker but restarts, and so is passed over as
        // well.
        at = nextMarker(file, code == StartOfImage ? at + 2 : segmentEnd(file, at));
    }
    return false;
}

bool bitmapIsWhole(const QByteArray& file)
{
    QDataStream header(file);
    header.setByteOrder(QDataStream::LittleEndian);
    header.skipRawData(10);
    qint32 dataOffset = 0;
    qint32 headerSize = 0;
    qint32 width = 0;
    qint32 height = 0; // Negative where the rows go from top to bottom.
    qint16 planes = 0;
    qint16 bitsPerPixel = 0;
    qint32 compression = 0;
    header >> dataOffset >> headerSize >> width >> height >> planes >> bitsPerPixel >> compression;
    if (header.status() != QDataStream::Ok) {
        return false;
    }
    constexpr qint32 usualHeader = 40;
    if (headerSize < usualHeader || compression != 0) {
        return true;
    }
    constexpr qint64 sideLimit = 1 << 24;
    const qint64 rows = std::abs(qint64{height});
    if (width < 1 || width > sideLimit || rows > sideLimit || bitsPerPixel < 1 || bitsPerPixel > 64) {
        return false;
    }
    const qint64 bytesPerRow = (qint64{width} * bitsPerPixel + 31) / 32 * 4;
    return file.size() >= dataOffset + bytesPerRow * rows;
}

} // namespace

bool isWholePicture(const QByteArray& file, const QByteArray& format)
{
    if (format == "jpeg") {
        return jpegIsWhole(file);
    }
    return format != "bmp" || bitmapIsWhole(file);
}

} // namespace digitpad
