// How drawings get onto the pad and off it: files, the clipboard, other programs. The rest is in drawtab.cpp.
#include "ui/draw/drawingcanvas.h"
#include "ui/draw/drawtab.h"
#include "ui/draw/foreignmodels.h"
#include "ui/draw/inklayer.h"
#include "ui/draw/padfiles.h"
#include "ui/widgets/droppedfile.h"
#include "ui/widgets/floatingmessage.h"
#include "ui/widgets/inbackground.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QFuture>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QSettings>

#include <memory>

namespace digitpad {

namespace {

constexpr int copiedSide = 512;

QString folderSetting()
{
    return QStringLiteral("draw/folder");
}

/// Opens without an event loop of its own; deletes itself.
QFileDialog* makeDialog(QWidget* parent, const QString& title, const QStringList& filters)
{
    auto* dialog = new QFileDialog(parent, title, QSettings().value(folderSetting()).toString());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(filters);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [](const QString& path) {
        QSettings().setValue(folderSetting(), QFileInfo(path).absolutePath());
    });
    return dialog;
}

} // namespace

template <class Read>
void DrawTab::openInBackground(Read read, const QString& undoText, bool fit)
{
    using Content = Result<PadContent>;
    const int request = ++m_openRequest;
    inBackground(std::move(read)).then(this, [this, request, undoText, fit](const Content& content) {
        if (request != m_openRequest) {
            return;
        }
        if (!content) {
            report(content.error());
            return;
        }
        m_message->dismiss();
        m_drawing.replace(*content, undoText, fit);
    });
}

void DrawTab::openFile(const QString& path)
{
    if (isModelFile(path)) {
        openModel(path);
        return;
    }
    openInBackground([path] { return readPadFile(path); }, tr("open “%1”").arg(QFileInfo(path).fileName()),
                     true);
}

void DrawTab::openModel(const QString& path)
{
    if (const Engine* engine = m_recognizer->engine()) {
        m_models->open(engine, path);
    } else {
        m_recognizer->loadModel(path); // It waits for the engine.
    }
}

void DrawTab::connectModels()
{
    connect(m_models, &ForeignModels::ownModel, m_recognizer, &Recognizer::loadModel);
    connect(m_models, &ForeignModels::loaded, m_recognizer, &Recognizer::useModel);
    connect(m_models, &ForeignModels::failed, this, &DrawTab::report);
}

void DrawTab::openPicture(const QImage& picture)
{
    openInBackground([picture] { return padContentOf(picture); }, tr("paste"), false);
}

void DrawTab::saveFile(const QString& path)
{
    const PadContent content = m_drawing.content();
    inBackground([content, path] {
        return writePadFile(content, path);
    }).then(this, [=, this](const Result<void>& saved) {
        const bool partly =
            content.picture && !content.ink.empty() && !path.endsWith(u".png", Qt::CaseInsensitive);
        const QString name = QFileInfo(path).fileName();
        if (!saved) {
            report(saved.error());
        } else if (partly) {
            say(Tone::Warning,
                tr("“%1” holds your strokes without the picture under them; save as PNG to keep both.")
                    .arg(name));
        } else {
            say(Tone::Success, tr("Saved as “%1”.").arg(name));
        }
    });
}

bool DrawTab::canOpen(const QMimeData* mime)
{
    return mime->hasImage() || !firstLocalFile(mime).isEmpty();
}

void DrawTab::open(const QMimeData* mime)
{
    const QString path = firstLocalFile(mime);
    if (!path.isEmpty()) {
        openFile(path);
    } else if (mime->hasImage()) {
        openPicture(qvariant_cast<QImage>(mime->imageData()));
    }
}

void DrawTab::copyPicture()
{
    if (!m_drawing.empty()) {
        QGuiApplication::clipboard()->setImage(
            padPicture(m_drawing.content(), copiedSide, Qt::black, Qt::white));
    }
}

void DrawTab::pastePicture()
{
    const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
    if (mime != nullptr && canOpen(mime)) {
        open(mime);
    } else {
        say(Tone::Info, tr("There is no picture to paste; copy one in another program first."));
    }
}

void DrawTab::chooseFileToOpen()
{
    QFileDialog* dialog = makeDialog(this, tr("Open a Picture or an Ink File"), openFilters());
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DrawTab::openFile);
    dialog->open();
}

void DrawTab::chooseFileToSave()
{
    QFileDialog* dialog = makeDialog(this, tr("Save the Drawing"), saveFilters());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("inkml"));
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString& filter) { dialog->setDefaultSuffix(withEnding({}, filter).mid(1)); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString& path) {
        saveFile(withEnding(path, dialog->selectedNameFilter()));
    });
    dialog->open();
}

void DrawTab::chooseModel()
{
    QFileDialog* dialog = makeDialog(
        this, tr("Load a Model"),
        {tr("Models (%1)").arg(QStringLiteral("*.pt")), tr("All files (%1)").arg(QStringLiteral("*"))});
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DrawTab::openModel);
    dialog->open();
}

} // namespace digitpad
