#include "core/data/mnist.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSaveFile>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <numeric>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(downloadLog, "digitpad.download")

constexpr qint64 chunkBytes = 256 * 1024;
constexpr std::chrono::milliseconds progressInterval{50};

struct DownloadPlan
{
    QString folder;
    QList<QUrl> mirrors;
    QList<MnistFile> files;
    std::chrono::milliseconds timeout{30'000};
};

bool isWhole(const QString& path, const MnistFile& expected, const std::atomic<bool>& cancelled)
{
    QFile file(path);
    if (file.size() != expected.bytes || !file.open(QIODevice::ReadOnly)) {
        return false;
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    while (!file.atEnd() && !cancelled) {
        const QByteArray chunk = file.read(chunkBytes);
        if (chunk.isEmpty()) {
            return false;
        }
        hash.addData(chunk);
    }
    return hash.result().toHex() == expected.sha256;
}

QNetworkRequest requestFor(const QUrl& url, std::chrono::milliseconds timeout)
{
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    // Never from https to http.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setMaximumRedirectsAllowed(5);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("DigitPad/" DIGITPAD_VERSION));
    // The .gz files themselves, neither packed again nor unpacked on the way.
    request.setRawHeader("Accept-Encoding", "identity");
    return request;
}

/// Works off one plan, on the download thread: file after file, mirror after mirror.
class DownloadWorker : public QObject
{
    Q_OBJECT

public:
    DownloadWorker(DownloadPlan plan, std::shared_ptr<std::atomic<bool>> cancelled)
        : m_plan(std::move(plan))
        , m_cancelled(std::move(cancelled))
        , m_network(new QNetworkAccessManager(this))
        , m_progressTimer(new QTimer(this))
    {
        m_progressTimer->setSingleShot(true);
        m_progressTimer->setInterval(progressInterval);
        connect(m_progressTimer, &QTimer::timeout, this, &DownloadWorker::reportProgress);
    }

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

void DownloadWorker::start()
{
    if (!QDir().mkpath(m_plan.folder)) {
        finish(false, diskError(m_plan.folder, tr("the folder cannot be made")));
        return;
    }
    startFile();
}

void DownloadWorker::startFile()
{
    while (m_file < m_plan.files.size() && isWhole(targetPath(), expected(), *m_cancelled)) {
        m_complete += expected().bytes;
        ++m_file;
    }
    if (*m_cancelled) {
        cancel();
        return;
    }
    reportProgress();
    if (m_file == m_plan.files.size()) {
        finish(true, {});
        return;
    }
    m_attempts = 0;
    startMirror();
}

void DownloadWorker::startMirror()
{
    if (m_attempts == m_plan.mirrors.size()) {
        finish(false, networkError());
        return;
    }
    m_target = std::make_unique<QSaveFile>(targetPath());
    if (!m_target->open(QIODevice::WriteOnly)) {
        finish(false, diskError(targetPath(), m_target->errorString()));
        return;
    }
    m_hash.reset();
    m_received = 0;
    m_reply =
        m_network->get(requestFor(m_plan.mirrors[m_mirror].resolved(QUrl(expected().name)), m_plan.timeout));
    m_reply->setReadBufferSize(chunkBytes);
    connect(m_reply, &QNetworkReply::readyRead, this, &DownloadWorker::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &DownloadWorker::onReplyFinished);
}

void DownloadWorker::onReadyRead()
{
    if (!m_reply->isOpen()) {
        return; // Aborted: what was not read yet is gone.
    }
    // The body of an error page is no part of the file.
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200) {
        m_reply->skip(m_reply->bytesAvailable());
        return;
    }
    if (!store(m_reply->readAll())) {
        return;
    }
    if (m_received > expected().bytes) {
        tryNextMirror(tr("the server sent more than the expected %1 bytes").arg(expected().bytes));
        return;
    }
    reportProgressSoon();
}

/// False where the disk refused, which no other mirror would mend: the download is finished then.
bool DownloadWorker::store(const QByteArray& bytes)
{
    m_received += bytes.size();
    m_hash.addData(bytes);
    if (m_target->write(bytes) == bytes.size()) {
        return true;
    }
    finish(false, diskError(targetPath(), m_target->errorString()));
    return false;
}

void DownloadWorker::onReplyFinished()
{
    const QNetworkReply* reply = m_reply;
    onReadyRead();
    if (m_reply != reply) {
        return;
    }
    if (const QString reason = problem(); !reason.isEmpty()) {
        tryNextMirror(reason);
    } else {
        completeFile();
    }
}

/// Why what was received is not the file; empty where it is.
QString DownloadWorker::problem() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_reply->error() != QNetworkReply::NoError) {
        return m_reply->errorString();
    }
    if (status != 200) {
        return tr("the server answered with status %1").arg(status);
    }
    if (m_received != expected().bytes) {
        return tr("the server sent %1 of %2 bytes").arg(m_received).arg(expected().bytes);
    }
    if (m_hash.result().toHex() != expected().sha256) {
        return tr("the file's checksum is wrong");
    }
    return {};
}

void DownloadWorker::completeFile()
{
    dropReply();
    if (!m_target->commit()) {
        finish(false, diskError(targetPath(), m_target->errorString()));
        return;
    }
    m_target.reset();
    m_complete += m_received;
    m_received = 0;
    ++m_file;
    startFile();
}

void DownloadWorker::tryNextMirror(const QString& reason)
{
    m_lastReason = reason;
    qCWarning(downloadLog) << "Mirror failed:" << m_reply->url() << reason;
    dropReply();
    m_target.reset();
    m_received = 0;
    ++m_attempts;
    m_mirror = (m_mirror + 1) % m_plan.mirrors.size();
    startMirror();
}

void DownloadWorker::dropReply()
{
    if (QNetworkReply* reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

/// Not with every chunk, and yet the newest figures are always told.
void DownloadWorker::reportProgressSoon()
{
    if (!m_progressTimer->isActive()) {
        m_progressTimer->start();
    }
}

void DownloadWorker::reportProgress()
{
    m_progressTimer->stop();
    const qint64 total = std::accumulate(m_plan.files.begin(), m_plan.files.end(), qint64{0},
                                         [](qint64 sum, const MnistFile& file) { return sum + file.bytes; });
    Q_EMIT progress(m_complete + m_received, total);
}

void DownloadWorker::cancel()
{
    finish(false, tr("The download of MNIST was cancelled."));
}

/// Drops what is half done, so that no partial file stays.
void DownloadWorker::finish(bool ok, const QString& error)
{
    dropReply();
    m_target.reset();
    m_progressTimer->stop();
    Q_EMIT finished(ok, error);
}

QString DownloadWorker::diskError(const QString& path, const QString& reason) const
{
    return tr("“%1” could not be written (%2): free some space or make the folder writable, then try again.")
        .arg(path, reason);
}

QString DownloadWorker::networkError() const
{
    return tr("“%1” could not be downloaded (%2): check the network connection and try again, or put the "
              "four MNIST "
              "files into “%3” yourself, or use the built-in synthetic digits.")
        .arg(expected().name, m_lastReason, m_plan.folder);
}

} // namespace

class MnistDownloader::Private
{
public:
    DownloadPlan plan;
    bool running = false;
    int run = 0; ///< Counts the starts, so that a late word of an earlier one is told apart.
    std::unique_ptr<QThread> thread;
    DownloadWorker* worker = nullptr; ///< Lives on the thread and goes with it.
    std::shared_ptr<std::atomic<bool>> cancelled;

    void stopThread();
};

void MnistDownloader::Private::stopThread()
{
    if (thread) {
        *cancelled = true;
        thread->quit();
        thread->wait();
        thread.reset();
    }
}

MnistDownloader::MnistDownloader(QString folder, QList<QUrl> mirrors, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->plan.folder = std::move(folder);
    d->plan.mirrors = std::move(mirrors);
    d->plan.files = mnistFiles();
}

MnistDownloader::~MnistDownloader()
{
    d->stopThread();
}

QList<QUrl> MnistDownloader::publicMirrors()
{
    return {QUrl(QStringLiteral("https://ossci-datasets.s3.amazonaws.com/mnist/")),
            QUrl(QStringLiteral("https://storage.googleapis.com/cvdf-datasets/mnist/"))};
}

void MnistDownloader::setFiles(QList<MnistFile> files)
{
    d->plan.files = std::move(files);
}

void MnistDownloader::setTransferTimeout(std::chrono::milliseconds timeout)
{
    d->plan.timeout = timeout;
}

void MnistDownloader::start()
{
    if (d->running) {
        return;
    }
    d->stopThread();
    d->running = true;
    d->cancelled = std::make_shared<std::atomic<bool>>(false);
    d->thread = std::make_unique<QThread>();
    d->thread->setObjectName(QStringLiteral("MnistDownload"));
    d->worker = new DownloadWorker(d->plan, d->cancelled);
    d->worker->moveToThread(d->thread.get());
    connect(d->thread.get(), &QThread::started, d->worker, &DownloadWorker::start);
    connect(d->thread.get(), &QThread::finished, d->worker, &QObject::deleteLater);
    connect(d->worker, &DownloadWorker::progress, this, &MnistDownloader::progress);
    connect(d->worker, &DownloadWorker::finished, this,
            [this, run = ++d->run](bool ok, const QString& error) {
                if (d->running && run == d->run) {
                    d->running = false;
                    d->thread->quit();
                    Q_EMIT finished(ok, d->plan.folder, error);
                }
            });
    d->thread->start();
}

void MnistDownloader::cancel()
{
    if (d->running) {
        *d->cancelled = true;
        QMetaObject::invokeMethod(d->worker, &DownloadWorker::cancel, Qt::QueuedConnection);
    }
}

} // namespace digitpad

#include "mnistdownloader.moc"
