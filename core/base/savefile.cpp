#include "core/base/savefile.h"

#include <QFileInfo>
#include <QSaveFile>

namespace digitpad {

namespace {

Error saveError(const QString& path, const QString& reason)
{
    return {ErrorCode::Io,
            QStringLiteral("“%1” could not be saved (%2); free some space or choose another place.")
                .arg(path, reason)
                .toStdString()};
}

} // namespace

Result<void> saveFile(const QString& path, const QByteArray& bytes)
{
    if (QFileInfo(path).isDir()) {
        return saveError(path, QStringLiteral("a folder has this name"));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return saveError(path, file.errorString());
    }
    return {};
}

} // namespace digitpad
