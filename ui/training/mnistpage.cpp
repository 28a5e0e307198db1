#include "ui/training/mnistpage.h"

#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <utility>

namespace digitpad {

namespace {

/// Which of the files that training needs is not there, compressed or not; empty where both are.
QString missingFile(const QString& folder)
{
    const QDir files(folder);
    if (files.entryList({QStringLiteral("train-images*idx3-ubyte*")}, QDir::Files).isEmpty()) {
        return QStringLiteral("train-images-idx3-ubyte");
    }
    if (files.entryList({QStringLiteral("train-labels*idx1-ubyte*")}, QDir::Files).isEmpty()) {
        return QStringLiteral("train-labels-idx1-ubyte");
    }
    return {};
}

qint64 downloadBytes()
{
    qint64 bytes = 0;
    for (const MnistFile& file : mnistFiles()) {
        bytes += file.bytes;
    }
    return bytes;
}

QString megabytes(qint64 bytes)
{
    return numberLocale().toString(static_cast<double>(bytes) / 1e6, 'f', 1);
}

} // namespace

MnistPage::MnistPage(QList<QUrl> mirrors, QWidget* parent)
    : QWidget(parent)
    , m_mirrors(std::move(mirrors))
    , m_state(new QLabel(this))
    , m_download(new QPushButton(tr("Download"), this))
    , m_choose(new QPushButton(tr("Choose folder…"), this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_error(new ErrorLabel(this))
{
    m_state->setObjectName(QStringLiteral("mnistState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_download->setObjectName(QStringLiteral("mnistDownload"));
    m_download->setToolTip(
        tr("Downloads MNIST's four files, %1 MB, and checks them.").arg(megabytes(downloadBytes())));
    m_choose->setObjectName(QStringLiteral("mnistChoose"));
    m_choose->setToolTip(tr("Takes MNIST's files from a folder of yours, compressed (.gz) or not."));
    m_progress->setObjectName(QStringLiteral("mnistProgress"));
    m_cancel->setObjectName(QStringLiteral("mnistCancel"));
    m_cancel->setToolTip(tr("Ends the download; files that are already complete are kept."));
    connect(m_download, &QPushButton::clicked, this, &MnistPage::download);
    connect(m_choose, &QPushButton::clicked, this, &MnistPage::openFolderDialog);
    connect(m_cancel, &QPushButton::clicked, this, &MnistPage::cancel);
    layOut();
    look();
}

void MnistPage::layOut()
{
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_download);
    buttons->addWidget(m_choose);
    buttons->addStretch();
    auto* progress = new QHBoxLayout;
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    layout->addLayout(buttons);
    layout->addLayout(progress);
    layout->addWidget(m_error);
}

QString MnistPage::part() const
{
    if (m_found.isEmpty()) {
        return {};
    }
    return m_folder.isEmpty() ? QStringLiteral("mnist") : m_folder;
}

QString MnistPage::error() const
{
    return m_error->text();
}

bool MnistPage::chooseFolder(const QString& folder)
{
    const QString missing = missingFile(folder);
    if (!missing.isEmpty()) {
        m_error->setText(tr("“%1” holds no %2; choose the folder with MNIST's four files.")
                             .arg(QDir::toNativeSeparators(folder), missing));
        return false;
    }
    m_folder = folder;
    m_error->setText({});
    look();
    return true;
}

void MnistPage::chooseUsual()
{
    m_folder.clear();
    look();
}

void MnistPage::look()
{
    if (!m_folder.isEmpty() && !missingFile(m_folder).isEmpty()) {
        m_folder.clear();
    }
    const QString before = std::exchange(m_found, m_folder.isEmpty() ? findMnist() : m_folder);
    if (!m_found.isEmpty()) {
        m_error->setText({});
    }
    showState();
    if (before != m_found) {
        Q_EMIT changed();
    }
}

void MnistPage::showMissing()
{
    if (!downloading()) {
        m_error->setText(
            tr("MNIST is not on this computer; download it, choose a folder that holds it, or take the "
               "synthetic digits."));
    } else {
        m_error->setText(tr("MNIST is still being downloaded; start when it is there."));
    }
}

void MnistPage::download()
{
    if (downloading()) {
        return;
    }
    m_error->setText({});
    m_downloader = new MnistDownloader(mnistDownloadFolder(), m_mirrors, this);
    connect(m_downloader, &MnistDownloader::progress, this, &MnistPage::onProgress);
    connect(m_downloader, &MnistDownloader::finished, this, &MnistPage::onFinished);
    onProgress(0, 0);
    showState();
    m_downloader->start();
}

void MnistPage::cancel()
{
    if (downloading()) {
        m_downloader->cancel();
    }
}

void MnistPage::onProgress(qint64 received, qint64 total)
{
    m_progress->setRange(0, static_cast<int>(total / 1000));
    m_progress->setValue(static_cast<int>(received / 1000));
    m_progress->setFormat(tr("%1 of %2 MB").arg(megabytes(received), megabytes(total)));
}

void MnistPage::onFinished(bool ok, const QString& /*folder*/, const QString& error)
{
    std::exchange(m_downloader, nullptr)->deleteLater();
    if (ok) {
        m_folder.clear();
    }
    look();
    m_error->setText(ok ? QString() : error);
}

void MnistPage::openFolderDialog()
{
    auto* dialog = new QFileDialog(this, tr("Choose the folder with MNIST's files"), m_found);
    dialog->setObjectName(QStringLiteral("mnistFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MnistPage::chooseFolder);
    dialog->open();
}

void MnistPage::showState()
{
    const bool found = !m_found.isEmpty();
    if (downloading()) {
        m_state->setText(tr("Downloading to %1").arg(QDir::toNativeSeparators(mnistDownloadFolder())));
    } else if (found) {
        m_state->setText(tr("✓ Found in %1").arg(QDir::toNativeSeparators(QDir::cleanPath(m_found))));
    } else {
        m_state->setText(tr("Not on this computer yet."));
    }
    m_download->setVisible(!found && !downloading());
    m_choose->setVisible(!downloading());
    m_choose->setText(found ? tr("Other folder…") : tr("Choose folder…"));
    m_progress->setVisible(downloading());
    m_cancel->setVisible(downloading());
}

} // namespace digitpad
