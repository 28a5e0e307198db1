#include "ui/draw/padfiles.h"

#include "core/image/picturefile.h"
#include "core/ink/inkfile.h"
#include "ui/draw/inklayer.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImageReader>
#include <QSaveFile>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int pictureSide = 1000;

QString text(const char* source)
{
    return QCoreApplication::translate("digitpad::PadFiles", source);
}

/// “%1” becomes the file's name without its folders.
Error failure(ErrorCode code, const char* sentence, const QString& path, const QString& details = {})
{
    return {code, text(sentence).arg(QFileInfo(path).fileName()).toStdString(), details.toStdString()};
}

bool endsIn(const QString& path, QLatin1String ending)
{
    return path.endsWith(ending, Qt::CaseInsensitive);
}

bool isLines(const QString& path)
{
    return endsIn(path, QLatin1String(".jsonl")) || endsIn(path, QLatin1String(".jsonl.gz"));
}

bool isInkMl(const QString& path)
{
    return endsIn(path, QLatin1String(".inkml"));
}

bool hasPoints(const Ink& ink)
{
    return std::any_of(ink.strokes.begin(), ink.strokes.end(),
                       [](const auto& stroke) { return !stroke->points.empty(); });
}

Result<PadContent> contentOf(Ink ink, const QString& path)
{
    if (!hasPoints(ink)) {
        return failure(ErrorCode::InvalidInput, "“%1” holds no strokes; choose another file.", path);
    }
    return PadContent{std::move(ink), nullptr};
}

Result<PadContent> readFirstLine(const QString& path)
{
    auto reader = InkLinesReader::open(path);
    if (!reader) {
        return reader.error();
    }
    InkLinesReader::Item item = (*reader)->next();
    switch (item.status) {
    case InkLinesReader::Status::Sample:
        return contentOf(std::move(item.sample.ink), path);
    case InkLinesReader::Status::Bad:
    case InkLinesReader::Status::Failed:
        return item.error;
    case InkLinesReader::Status::End:
        break;
    }
    return failure(ErrorCode::InvalidInput, "“%1” holds no drawings; choose another file.", path);
}

bool hasInk(const GrayImage& picture)
{
    return std::any_of(picture.pixels.begin(), picture.pixels.end(), [](std::uint8_t p) { return p > 0; });
}

PadContent contentOf(GrayImage picture)
{
    return {{}, std::make_shared<const GrayImage>(std::move(picture))};
}

Result<void> writeBytes(const QByteArray& bytes, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return failure(ErrorCode::Io,
                       "“%1” could not be written; choose another folder, or make room on the disk.", path,
                       file.errorString());
    }
    return {};
}

Result<void> writePicture(const PadContent& content, const QString& path)
{
    QSaveFile file(path);
    const QImage picture = padPicture(content, pictureSide, Qt::black, Qt::white);
    if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, "PNG") || !file.commit()) {
        return failure(ErrorCode::Io,
                       "“%1” could not be written; choose another folder, or make room on the disk.", path,
                       file.errorString());
    }
    return {};
}

QString pictureFilter()
{
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats()) {
        patterns.append(QStringLiteral("*.%1").arg(QLatin1String(format)));
    }
    return patterns.join(QLatin1Char(' '));
}

} // namespace

Result<PadContent> readPadFile(const QString& path)
{
    if (isInkMl(path)) {
        auto ink = readInkMl(path);
        return ink ? contentOf(std::move(ink).value(), path) : ink.error();
    }
    if (isLines(path)) {
        return readFirstLine(path);
    }
    auto picture = readPicture(path);
    if (!picture) {
        return picture.error();
    }
    if (!hasInk(*picture)) {
        return failure(ErrorCode::InvalidInput,
                       "“%1” shows no ink, only an even ground; choose another picture.", path);
    }
    return contentOf(std::move(picture).value());
}

Result<PadContent> padContentOf(const QImage& picture)
{
    GrayImage ink = inkFromPicture(picture, false);
    if (!hasInk(ink)) {
        return Error{ErrorCode::InvalidInput,
                     text("The picture shows no ink, only an even ground; copy another one.").toStdString()};
    }
    return contentOf(std::move(ink));
}

Result<void> writePadFile(const PadContent& content, const QString& path)
{
    if (content.empty()) {
        return failure(ErrorCode::InvalidInput, "The pad is empty; draw something before you save “%1”.",
                       path);
    }
    if (!isInkMl(path) && !isLines(path)) {
        return writePicture(content, path);
    }
    if (content.ink.empty()) {
        return failure(ErrorCode::InvalidInput,
                       "“%1” would hold strokes, and there is only a picture on the pad; save it as PNG.",
                       path);
    }
    return isInkMl(path) ? writeInkMl(content.ink, path)
                         : writeBytes(toJsonLine({content.ink, {}, {}, {}}) + '\n', path);
}

QStringList openFilters()
{
    const QString pictures = pictureFilter();
    return {text("Drawings and pictures (%1)").arg(QStringLiteral("*.inkml *.jsonl *.jsonl.gz ") + pictures),
            text("Ink (%1)").arg(QStringLiteral("*.inkml *.jsonl *.jsonl.gz")),
            text("Pictures (%1)").arg(pictures), text("All files (%1)").arg(QStringLiteral("*"))};
}

QStringList saveFilters()
{
    return {text("InkML (%1)").arg(QStringLiteral("*.inkml")),
            text("Picture (%1)").arg(QStringLiteral("*.png")),
            text("JSON Lines (%1)").arg(QStringLiteral("*.jsonl"))};
}

QString withEnding(const QString& path, const QString& filter)
{
    static const QStringList endings = {QStringLiteral(".inkml"), QStringLiteral(".png"),
                                        QStringLiteral(".jsonl")};
    for (const QString& ending : endings) {
        if (path.endsWith(ending, Qt::CaseInsensitive)) {
            return path;
        }
    }
    const qsizetype index = std::max<qsizetype>(0, saveFilters().indexOf(filter));
    return path + endings.at(index);
}

bool isModelFile(const QString& path)
{
    return endsIn(path, QLatin1String(".pt"));
}

} // namespace digitpad
