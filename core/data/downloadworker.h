#pragma once

#include "core/data/mnist.h"

#include <QCryptographicHash>
#include <QDir>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <memory>

class QNetworkAccessManager;
class QNetworkReply;
class QSaveFile;
class QTimer;

namespace digitpad {

/// What is to be downloaded, from where, and where to.
struct DownloadPlan
{
    QString folder;
    QList<QUrl> mirrors;
    QList<MnistFile> files;
    std::chrono::milliseconds timeout{30'000};
};

/// Works off one plan, on the download thread: file after file, mirror after mirror.
class DownloadWorker : public QObject
{
    Q_OBJECT

public:
    /// `cancelled` is looked at while files that are there already are being read.
    DownloadWorker(DownloadPlan plan, std::shared_ptr<std::atomic<bool>> cancelled);
    ~DownloadWorker() override;

    void start();
    void cancel();

Q_SIGNALS:
    void progress(qint64 receivedBytes, qint64 totalBytes);
    void finished(bool ok, const QString& error);

private:
    void startFile();
    void startMirror();
    void onReadyRead();
    void onReplyFinished();
    bool store(const QByteArray& bytes);
    QString problem() const;
    void completeFile();
    void tryNextMirror(const QString& reason);
    void dropReply();
    void reportProgress();
    void reportProgressSoon();
    void finish(bool ok, const QString& error);
    QString diskError(const QString& path, const QString& reason) const;
    QString networkError() const;

    [[nodiscard]] const MnistFile& expected() const { return m_plan.files[m_file]; }
    [[nodiscard]] QString targetPath() const { return QDir(m_plan.folder).filePath(expected().name); }

    DownloadPlan m_plan;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    QNetworkAccessManager* m_network;
    QTimer* m_progressTimer;
    QNetworkReply* m_reply = nullptr;
    std::unique_ptr<QSaveFile> m_target;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qsizetype m_file = 0;
    qsizetype m_mirror = 0;   ///< The one being asked; a mirror that worked is asked first for the next file.
    qsizetype m_attempts = 0; ///< Mirrors asked for this file.
    qint64 m_received = 0;    ///< Of this file.
    qint64 m_complete = 0;    ///< Bytes of the files behind us.
    QString m_lastReason = tr("no server is known");
};

} // namespace digitpad
