#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>

#include <zlib.h>

/// Files that the tests of readers make.
namespace digitpad::test {

/// As gzip writes it.
inline QByteArray gzipped(const QByteArray& plain)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(plain.size()))),
                      Qt::Uninitialized);
    QByteArray input = plain;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

/// Writes `bytes` and gives the path back; empty where that failed.
inline QString writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

inline QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray bigEndian(quint32 number)
{
    QByteArray bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.append(static_cast<char>(number >> shift & 0xFFU));
    }
    return bytes;
}

/// An IDX file of unsigned bytes: magic, sizes, values.
inline QByteArray idx(const QList<quint32>& sizes, const QByteArray& values)
{
    QByteArray bytes("\0\0\x08", 3);
    bytes.append(static_cast<char>(sizes.size()));
    for (const quint32 size : sizes) {
        bytes.append(bigEndian(size));
    }
    return bytes.append(values);
}

/// A folder of shared data beside the project, or empty where it is not there.
inline QString sharedFolder(const QString& name)
{
    for (const auto& parent : {QStringLiteral("../shared/"), QStringLiteral("../../shared/")}) {
        const QDir folder(QStringLiteral(DIGITPAD_SOURCE_DIR "/") + parent + name);
        if (folder.exists()) {
            return QDir::cleanPath(folder.absolutePath());
        }
    }
    return {};
}

} // namespace digitpad::test
