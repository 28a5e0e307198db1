#include "core/data/downloadworker.h"
#include "core/data/mnist.h"

#include <QThread>

namespace digitpad {

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
