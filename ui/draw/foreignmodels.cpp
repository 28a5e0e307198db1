#include "ui/draw/foreignmodels.h"

#include "ui/draw/foreignmodeldialog.h"
#include "ui/widgets/inbackground.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QFuture>
#include <QSettings>

#include <optional>
#include <utility>

namespace digitpad {

namespace {

QByteArray hashOf(const QString& path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result().toHex() : QByteArray();
}

QString settingOf(const QByteArray& hash)
{
    return QStringLiteral("foreignModels/") + QString::fromLatin1(hash);
}

/// What the person said of a file with this content.
std::optional<PixelStatistics> remembered(const QByteArray& hash)
{
    const QStringList numbers = QSettings().value(settingOf(hash)).toStringList();
    if (hash.isEmpty() || numbers.size() != 2) {
        return std::nullopt;
    }
    const PixelStatistics said{numbers[0].toDouble(), numbers[1].toDouble()};
    return said.standardDeviation > 0 ? std::optional(said) : std::nullopt;
}

void remember(const QByteArray& hash, const PixelStatistics& normalization)
{
    if (!hash.isEmpty()) {
        QSettings().setValue(settingOf(hash),
                             QStringList{QString::number(normalization.mean, 'g', 17),
                                         QString::number(normalization.standardDeviation, 'g', 17)});
    }
}

} // namespace

ForeignModels::ForeignModels(QWidget* window)
    : QObject(window)
    , m_window(window)
{
}

void ForeignModels::open(const Engine* engine, const QString& path)
{
    using Inspected = std::pair<QByteArray, Result<ModelFileInfo>>;
    const Request request{++m_request, engine, path, {}};
    inBackground([engine, path] {
        const std::string native = QFile::encodeName(path).toStdString();
        return Inspected{hashOf(path), engine->inspectModel(native)};
    }).then(this, [this, request](const Inspected& inspected) {
        Request known = request;
        known.hash = inspected.first;
        onInspected(known, inspected.second);
    });
}

void ForeignModels::onInspected(const Request& request, const Result<ModelFileInfo>& file)
{
    if (request.number != m_request) {
        return;
    }
    if (!file || file->kind == ModelFileKind::DigitPad) {
        Q_EMIT ownModel(request.path);
        return;
    }
    if (const auto said = remembered(request.hash)) {
        load(request, *said);
        return;
    }
    ask(request, *file);
}

void ForeignModels::ask(const Request& request, const ModelFileInfo& file)
{
    auto* dialog = new ForeignModelDialog(QFileInfo(request.path).fileName(), file, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, request] {
        const PixelStatistics normalization = dialog->normalization();
        remember(request.hash, normalization);
        if (request.number == m_request) {
            load(request, normalization);
        }
    });
    dialog->open();
}

void ForeignModels::load(const Request& request, const PixelStatistics& normalization)
{
    using Loaded = Result<std::shared_ptr<const Model>>;
    inBackground([engine = request.engine, path = request.path, normalization] {
        return engine->loadForeignModel(QFile::encodeName(path).toStdString(), normalization);
    }).then(this, [this, request](const Loaded& model) {
        if (request.number != m_request) {
            return;
        }
        if (!model) {
            Q_EMIT failed(model.error());
        } else {
            Q_EMIT loaded(*model, QFileInfo(request.path).fileName());
        }
    });
}

} // namespace digitpad
