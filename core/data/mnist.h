#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace digitpad {

/// One of the four official files.
struct MnistFile
{
    QString name;      ///< As it is downloaded: "train-images-idx3-ubyte.gz".
    qint64 bytes = 0;  ///< Of the download.
    QByteArray sha256; ///< Of the download, lower-case hexadecimal.
    qint64 plainBytes = 0;
};
const QList<MnistFile>& mnistFiles();

/// Where downloads go: "mnist" in the application's data folder.
QString mnistDownloadFolder();
/// The first folder that holds all four files, plain or gzip, with the right sizes: DIGITPAD_MNIST, the
/// download folder, then ../shared/mnist and ../../shared/mnist seen from the working folder, for
/// development. Empty where none does.
QString findMnist();
/// Plain ("…-ubyte") and gzip ("…-ubyte.gz") names are accepted.
Result<DigitSet> readMnistTraining(const QString& folder);
Result<DigitSet> readMnistTest(const QString& folder);

/// The two halves of a folder that is laid out as MNIST is.
enum class IdxHalf {
    Training, ///< Files that begin with "train".
    Test,     ///< Files that begin with "t10k".
};
/// The images and labels of one half of a folder, named `name`; no value where the folder has neither file of
/// it, an error where it has only one of the two. Takes plain and gzip files, with "-idx3-ubyte" or
/// ".idx3-ubyte".
Result<std::optional<DigitSet>> readIdxHalf(const QString& folder, IdxHalf half, const QString& name,
                                            const ReadingMonitor& monitor = {});

/// Downloads the four files, each from the first mirror that gives it whole, checks sizes and SHA-256, and
/// puts each in place atomically; files already there and right are kept. The façade lives on the thread that
/// made it and needs its event loop; the work is on a thread of its own. Exactly one finished() follows
/// start(), cancel() included.
class MnistDownloader : public QObject
{
    Q_OBJECT

public:
    /// Folder URLs ending in "/". Tests pass their own.
    explicit MnistDownloader(QString folder, QList<QUrl> mirrors = publicMirrors(),
                             QObject* parent = nullptr);
    /// Cancels a download in progress; finished() does not come any more.
    ~MnistDownloader() override;

    static QList<QUrl> publicMirrors();

    /// Other files than MNIST's four, for tests. Before start().
    void setFiles(QList<MnistFile> files);
    /// How long a mirror may be silent before the next is asked; 30 s unless set. Before start().
    void setTransferTimeout(std::chrono::milliseconds timeout);

    /// Does nothing while a download is in progress; may be called again after finished().
    void start();
    /// finished() follows, from the event loop; no partial file stays. Does nothing where nothing is in
    /// progress.
    void cancel();

Q_SIGNALS:
    /// At most about 20 a second. Goes back where a mirror failed midway.
    void progress(qint64 receivedBytes, qint64 totalBytes);
    /// `folder` holds the files where `ok`; otherwise `error` is a sentence that says what to do, without a
    /// network too.
    void finished(bool ok, const QString& folder, const QString& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
