#include "core/data/downloadworker.h"

#include <QFile>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSaveFile>
#include <QTimer>

#include <numeric>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(downloadLog, "digitpad.download")

constexpr qint64 chunkBytes = 256 * 1024;
constexpr std::chrono::milliseconds progressInterval{50};

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

} // namespace

DownloadWorker::DownloadWorker(DownloadPlan plan, std::shared_ptr<std::atomic<bool>> cancelled)
    : m_plan(std::move(plan))
    , m_cancelled(std::move(cancelled))
    , m_network(new QNetworkAccessManager(this))
    , m_progressTimer(new QTimer(this))
{
    m_progressTimer->setSingleShot(true);
    m_progressTimer->setInterval(progressInterval);
    connect(m_progressTimer, &QTimer::timeout, this, &DownloadWorker::reportProgress);
}

DownloadWorker::~DownloadWorker() = default;

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

} // namespace digitpad
