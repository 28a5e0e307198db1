#include "app/cli/inputkind.h"

#include "app/cli/console.h"

#include <QFileInfo>
#include <QImageReader>
#include <QRegularExpression>

#include <memory>
#include <zlib.h>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr unsigned headSize = 4096;

Error problem(ErrorCode code, const QString& sentence)
{
    return Error{code, sentence.toStdString()};
}

/// The beginning of a file, unpacked where it is gzip.
Result<QByteArray> readHead(const QString& path)
{
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(nativePath(path).c_str(), "rb"), gzclose);
    if (!file) {
        return problem(ErrorCode::Io,
                       u"%1 cannot be opened; check that you may read it."_s.arg(quoted(path)));
    }
    QByteArray head(headSize, Qt::Uninitialized);
    const int size = gzread(file.get(), head.data(), headSize);
    if (size < 0) {
        return problem(
            ErrorCode::InvalidInput,
            u"%1 cannot be read: its gzip data is broken; get the file again."_s.arg(quoted(path)));
    }
    head.truncate(size);
    return head;
}

bool isPictureSuffix(const QString& suffix)
{
    return QImageReader::supportedImageFormats().contains(suffix.toLatin1());
}

} // namespace

std::optional<InputKind> kindByName(const QString& path)
{
    static const QRegularExpression idxName(u"(idx[0-9]-ubyte|\\.idx)(\\.gz)?$"_s);
    const QString name = QFileInfo(path).fileName().toLower();
    if (name.endsWith(u".jsonl") || name.endsWith(u".jsonl.gz")) {
        return InputKind::InkLines;
    }
    if (name.endsWith(u".inkml")) {
        return InputKind::InkMl;
    }
    if (idxName.match(name).hasMatch()) {
        return InputKind::Idx;
    }
    if (isPictureSuffix(QFileInfo(name).suffix())) {
        return InputKind::Picture;
    }
    return std::nullopt;
}

InputKind kindByContent(const QByteArray& head)
{
    static const QRegularExpression inkElement(u"<([\\w.-]+:)?ink[\\s>]"_s);
    // An IDX file begins with two zero bytes and its element type; so does no picture format.
    if (head.size() >= 4 && head[0] == 0 && head[1] == 0 && head[2] >= 0x08 && head[2] <= 0x0E) {
        return InputKind::Idx;
    }
    const QByteArray text = (head.startsWith("\xEF\xBB\xBF") ? head.sliced(3) : head).trimmed();
    if (text.startsWith('{')) {
        return InputKind::InkLines;
    }
    if (text.startsWith('<') && inkElement.match(QString::fromUtf8(text)).hasMatch()) {
        return InputKind::InkMl;
    }
    return InputKind::Picture;
}

Result<InputKind> inputKind(const QString& input)
{
    if (input == u"-") {
        return InputKind::InkStream;
    }
    const QFileInfo info(input);
    if (!info.exists()) {
        return problem(ErrorCode::NotFound,
                       u"%1 is not there; check the name and the folder."_s.arg(quoted(input)));
    }
    if (info.isDir()) {
        return problem(ErrorCode::InvalidInput,
                       u"%1 is a folder; name the files in it instead."_s.arg(quoted(input)));
    }
    if (const auto byName = kindByName(input)) {
        return *byName;
    }
    if (!info.isFile()) {
        return InputKind::InkStream; // looking at its beginning would take it away
    }
    const Result<QByteArray> head = readHead(input);
    if (!head) {
        return head.error();
    }
    if (head->isEmpty()) {
        return problem(ErrorCode::InvalidInput,
                       u"%1 is empty; there is nothing to read."_s.arg(quoted(input)));
    }
    return kindByContent(*head);
}

} // namespace digitpad::cli
