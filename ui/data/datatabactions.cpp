// What the Data tab does with images that are selected; the rest is in datatab.cpp.
#include "core/data/digitexport.h"
#include "ui/data/collectioneditor.h"
#include "ui/data/dataitems.h"
#include "ui/data/datatab.h"
#include "ui/data/datatext.h"
#include "ui/data/gallerypage.h"
#include "ui/gallery/imagegallery.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/inbackground.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QSettings>

#include <algorithm>
#include <cstring>

namespace digitpad {

namespace {

/// As files of their own more would bring file managers to their knees.
constexpr std::size_t mostPictures = 10'000;

QString folderSetting()
{
    return QStringLiteral("data/exportFolder");
}

QFileDialog* makeDialog(QWidget* parent, const QString& title)
{
    auto* dialog = new QFileDialog(parent, title, QSettings().value(folderSetting()).toString());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

} // namespace

void DataTab::toPad(std::size_t sample)
{
    if (const quint64 id = m_editor->idOfMine(sample); id != 0) {
        Q_EMIT digitRequested(id);
        return;
    }
    PadContent content;
    const auto& origins = m_data->data.origins;
    if (!m_test && sample < origins.size() && origins[sample].ink) {
        content.ink = *origins[sample].ink;
    } else {
        auto picture = std::make_shared<GrayImage>(digitSide, digitSide);
        std::memcpy(picture->pixels.data(), m_gallery->items()->set().image(sample), digitPixels);
        content.picture = std::move(picture);
    }
    Q_EMIT padRequested(content);
}

void DataTab::copy(std::size_t sample)
{
    const QImage image(m_gallery->items()->set().image(sample), digitSide, digitSide, digitSide,
                       QImage::Format_Grayscale8);
    QGuiApplication::clipboard()->setImage(image.copy());
    say(Tone::Success,
        tr("Image %1 is on the clipboard, 28 × 28 pixels.").arg(countText(static_cast<qint64>(sample))));
}

std::vector<std::size_t> DataTab::samplesToExport() const
{
    if (m_gallery->gallery()->selectedCount() > 0) {
        return m_gallery->selectedSamples();
    }
    std::vector<std::size_t> samples;
    for (int row = 0; row < m_gallery->items()->count(); ++row) {
        samples.push_back(m_gallery->items()->sampleAt(row));
    }
    return samples;
}

void DataTab::chooseFolderForPictures()
{
    const std::size_t count = samplesToExport().size();
    if (count > mostPictures) {
        say(Tone::Warning,
            tr("%1 would be as many files; select at most %2, or export them as an IDX pair.")
                .arg(imagesText(static_cast<qint64>(count)), countText(static_cast<qint64>(mostPictures))));
        return;
    }
    QFileDialog* dialog =
        makeDialog(this, tr("Choose a Folder for %1").arg(imagesText(static_cast<qint64>(count))));
    dialog->setObjectName(QStringLiteral("exportFolderDialog"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DataTab::exportPictures);
    dialog->open();
}

void DataTab::choosePairForIdx()
{
    QFileDialog* dialog = makeDialog(
        this, tr("Export %1 as an IDX Pair").arg(imagesText(static_cast<qint64>(samplesToExport().size()))));
    dialog->setObjectName(QStringLiteral("exportIdxDialog"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("digits-images-idx3-ubyte"));
    connect(dialog, &QFileDialog::fileSelected, this, &DataTab::exportIdx);
    dialog->open();
}

void DataTab::exportPictures(const QString& folder)
{
    QSettings().setValue(folderSetting(), folder);
    const std::vector<std::size_t> samples = samplesToExport();
    const StopFlag stop = renewStop(m_exportStop);
    m_gallery->showTask(tr("Writing pictures…"), 0);
    const auto throttle = std::make_shared<Throttle>();
    const auto monitor = [this, stop, throttle](const ReadingProgress& progress) {
        // Asked for as often as there are pictures.
        if (!*stop && throttle->due()) {
            QMetaObject::invokeMethod(
                this,
                [this, stop, part = progress.part] {
                    if (!*stop) {
                        m_gallery->showTask(tr("Writing pictures…"), part);
                    }
                },
                Qt::QueuedConnection);
        }
        return !*stop;
    };
    const auto write = [data = m_data, test = m_test, samples, folder, monitor]() -> Result<QString> {
        const auto done =
            writePictures(test ? data->data.test : data->data.training, samples, folder, monitor);
        return done ? Result<QString>(folder) : Result<QString>(done.error());
    };
    watch(inBackground(write), samples.size());
}

void DataTab::exportIdx(const QString& path)
{
    QSettings().setValue(folderSetting(), QFileInfo(path).absolutePath());
    const std::vector<std::size_t> samples = samplesToExport();
    renewStop(m_exportStop);
    const auto write = [data = m_data, test = m_test, samples, path] {
        return writeIdxPair(test ? data->data.test : data->data.training, samples, path);
    };
    watch(inBackground(write), samples.size());
}

void DataTab::watch(QFuture<Result<QString>> written, std::size_t count)
{
    m_export = QFuture<void>(written);
    written.then(this, [this, count](const Result<QString>& result) { onExported(result, count); });
}

void DataTab::onExported(const Result<QString>& result, std::size_t count)
{
    m_exportStop.reset();
    m_gallery->taskEnded();
    if (result) {
        say(Tone::Success,
            tr("%1 saved in “%2”.")
                .arg(imagesText(static_cast<qint64>(count)), QDir::toNativeSeparators(*result)));
    } else {
        say(result.error().code == ErrorCode::Cancelled ? Tone::Info : Tone::Error,
            QString::fromStdString(result.error().message));
    }
}

void DataTab::cancelTask()
{
    if (m_exportStop) {
        *m_exportStop = true;
        return; // Its end is told by onExported().
    }
    m_explorer->cancelReading();
    m_gallery->taskEnded();
    m_gallery->readingEnded();
}

} // namespace digitpad
