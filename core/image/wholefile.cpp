#include "core/image/wholefile.h"

#include <QtEndian>

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

/// Of a bitmap's header, little-endian.
qint64 numberAt(const QByteArray& file, qsizetype at)
{
    return qFromLittleEndian<qint32>(file.constData() + at);
}

bool bitmapIsWhole(const QByteArray& file)
{
    constexpr qsizetype headerEnd = 34;
    if (file.size() < headerEnd) {
        return false;
    }
    const qint64 headerSize = numberAt(file, 14);
    const bool compressed = numberAt(file, 30) != 0;
    if (headerSize < 40 || compressed) {
        return true;
    }
    const qint64 width = numberAt(file, 18);
    const qint64 height = std::abs(numberAt(file, 22));
    const qint64 bitsPerPixel = qFromLittleEndian<quint16>(file.constData() + 28);
    const qint64 bytesPerRow = (width * bitsPerPixel + 31) / 32 * 4;
    return file.size() >= numberAt(file, 10) + bytesPerRow * height;
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
