#pragma once

#include "core/data/mnist.h"

#include <QWidget>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace digitpad {

class ErrorLabel;

/// Where MNIST is: found on this computer, chosen as a folder, or to be downloaded, with progress and a way
/// out.
class MnistPage : public QWidget
{
    Q_OBJECT

public:
    /// Tests pass mirrors of their own.
    explicit MnistPage(QList<QUrl> mirrors = MnistDownloader::publicMirrors(), QWidget* parent = nullptr);

    /// For DataSource::parts: "mnist", or the folder that was chosen. Empty while MNIST is missing.
    [[nodiscard]] QString part() const;
    /// The chosen folder; empty where MNIST is looked for in its usual places.
    [[nodiscard]] QString folder() const { return m_folder; }
    /// Takes it where it holds MNIST's training files; otherwise says what is missing and keeps what was.
    bool chooseFolder(const QString& folder);
    /// Back to the usual places.
    void chooseUsual();
    /// Looks again, for files may have come or gone.
    void look();
    /// The sentence to show when a run is to start and MNIST is missing.
    void showMissing();
    [[nodiscard]] bool downloading() const { return m_downloader != nullptr; }
    [[nodiscard]] QString error() const;

Q_SIGNALS:
    /// MNIST was found, chosen or lost.
    void changed();

private:
    void layOut();
    void download();
    void cancel();
    void onProgress(qint64 received, qint64 total);
    void onFinished(bool ok, const QString& folder, const QString& error);
    void openFolderDialog();
    void showState();

    QList<QUrl> m_mirrors;
    QString m_folder;
    QString m_found;
    MnistDownloader* m_downloader = nullptr; ///< A child; null while nothing is being downloaded.

    QLabel* m_state;
    QPushButton* m_download;
    QPushButton* m_choose;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    ErrorLabel* m_error;
};

} // namespace digitpad
