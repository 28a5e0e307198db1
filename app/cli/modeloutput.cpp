#include "app/cli/modeloutput.h"

#include "app/cli/console.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

Error unwritable(ErrorCode code, const QString& sentence)
{
    return Error{code, sentence.toStdString()};
}

/// A new name each time: a rescued model must not replace another one.
QString rescuePath()
{
    const QString moment = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    return QDir::temp().filePath(
        u"digitpad-rescued-%1-%2.pt"_s.arg(moment).arg(QCoreApplication::applicationPid()));
}

} // namespace

Result<void> checkWritable(const QString& path)
{
    const QFileInfo file(path);
    const QString folder = file.absolutePath();
    if (file.exists() && !file.isFile()) {
        return unwritable(
            ErrorCode::InvalidInput,
            u"The model cannot be saved as %1, which is a folder or no regular file; give --out the name of a file."_s
                .arg(quoted(path)));
    }
    if (!QFileInfo(folder).isDir()) {
        return unwritable(
            ErrorCode::NotFound,
            u"The folder %1 for the model is not there; create it, or give --out another one."_s.arg(
                quoted(folder)));
    }
    QTemporaryFile trial(file.absoluteFilePath() + u".XXXXXX"_s);
    if (!trial.open()) {
        return unwritable(ErrorCode::Io,
                          u"Nothing can be written in %1 (%2); give --out another folder."_s.arg(
                              quoted(folder), trial.errorString()));
    }
    return {};
}

Result<SavedModel> saveOrRescue(const Model& model, const QString& path)
{
    const Result<void> saved = model.save(nativePath(path));
    if (saved) {
        return SavedModel{path, true};
    }
    say(saved.error());
    const QString rescue = rescuePath();
    const Result<void> rescued = model.save(nativePath(rescue));
    if (!rescued) {
        return rescued.error();
    }
    say(u"The model was saved as %1 instead; move it to where you want it."_s.arg(quoted(rescue)));
    return SavedModel{rescue, false};
}

} // namespace digitpad::cli
