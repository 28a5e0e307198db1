#include "core/data/idxpartner.h"

#include "core/data/datapart.h"
#include "core/data/idxfile.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace digitpad {

namespace {

constexpr int imageDimensions = 3;
constexpr int labelDimensions = 1;
constexpr int filesLookedInto = 500;

/// What the other half may be called; empty where the name is not one of the usual ones.
QStringList partnerNames(const QString& path, bool isImages)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(.*)(images|labels)([-.])idx[13]-ubyte(\\.gz)?$"));
    const QFileInfo file(path);
    const auto match = pattern.match(file.fileName());
    if (!match.hasMatch() || (match.captured(2) == u"images") != isImages) {
        return {};
    }
    const QString stem = file.path() + u'/' + match.captured(1) +
                         (isImages ? QStringLiteral("labels") : QStringLiteral("images"));
    const QString type = isImages ? QStringLiteral("idx1-ubyte") : QStringLiteral("idx3-ubyte");
    QStringList names;
    for (const QString& separator : {match.captured(3), QStringLiteral("-"), QStringLiteral(".")}) {
        names += stem + separator + type;
        names += stem + separator + type + QStringLiteral(".gz");
    }
    return names;
}

QString firstFile(const QStringList& paths)
{
    for (const QString& path : paths) {
        if (QFileInfo(path).isFile()) {
            return path;
        }
    }
    return {};
}

/// Files beside `path` with these dimensions and so many items.
QStringList fitting(const QString& path, int dimensions, std::uint32_t count)
{
    QStringList found;
    QDirIterator files(QFileInfo(path).path(), QDir::Files);
    for (int looked = 0; files.hasNext() && looked < filesLookedInto; ++looked) {
        const QString file = files.next();
        const auto shape = idxShape(file.toStdString());
        if (shape && shape->dimensions == dimensions && shape->count == count) {
            found += file;
        }
    }
    return found;
}

Error noPartner(const QString& path, bool isImages, const QStringList& names)
{
    if (!names.isEmpty()) {
        const QString sentence =
            isImages ? QStringLiteral("The labels of “%1” are missing; put them beside it as “%2”.")
                     : QStringLiteral("The images of “%1” are missing; put them beside it as “%2”.");
        return dataError(ErrorCode::NotFound, sentence.arg(path, QFileInfo(names.front()).fileName()));
    }
    const QString sentence =
        isImages
            ? QStringLiteral("No file beside “%1” holds as many labels as it has images; put the IDX file "
                             "of its labels there.")
            : QStringLiteral("No file beside “%1” holds as many images as it has labels; put the IDX file "
                             "of its images there.");
    return dataError(ErrorCode::NotFound, sentence.arg(path));
}

} // namespace

bool isIdxFile(const QString& path)
{
    const auto shape = idxShape(path.toStdString());
    return shape && (shape->dimensions == imageDimensions || shape->dimensions == labelDimensions);
}

Result<IdxPair> findIdxPair(const QString& path)
{
    const auto shape = idxShape(path.toStdString());
    const bool isImages = !shape || shape->dimensions == imageDimensions;
    const QStringList names = partnerNames(path, isImages);
    QString partner = firstFile(names);
    if (partner.isEmpty() && shape) {
        const QStringList others = fitting(path, isImages ? labelDimensions : imageDimensions, shape->count);
        if (others.size() > 1) {
            return dataError(
                ErrorCode::InvalidInput,
                QStringLiteral("Beside “%1” lie %2 files that could belong to it (%3, %4); put the "
                               "two that belong together into a folder of their own.")
                    .arg(path)
                    .arg(others.size())
                    .arg(QFileInfo(others[0]).fileName(), QFileInfo(others[1]).fileName()));
        }
        partner = others.value(0);
    }
    if (partner.isEmpty()) {
        return noPartner(path, isImages, names);
    }
    return isImages ? IdxPair{path, partner} : IdxPair{partner, path};
}

} // namespace digitpad
