#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <array>
#include <memory>

namespace digitpad {

/// One of the four official files.
struct MnistFile
{
    const char* name;
    qint64 bytes;
    const char* sha256; ///< Lower-case hexadecimal.
};
const std::array<MnistFile, 4>& mnistFiles();

/// Where downloads go: "mnist" in the application's data folder.
QString mnistDownloadFolder();
/// The first folder that holds all four files with the right sizes: DIGITPAD_MNIST, the download folder, then
/// ../shared/mnist and ../../shared/mnist seen from the working folder, for development. Empty where none
/// does.
QString findMnist();
/// Plain ("…-ubyte") and gzip ("…-ubyte.gz") names are accepted.
Result<DigitSet> readMnistTraining(const QString& folder);
Result<DigitSet> readMnistTest(const QString& folder);

/// Downloads the four files, each from the first mirror that gives it whole, checks sizes and SHA-256, and
/// puts each in place atomically; files already there and right are kept. Lives on the thread that made it,
/// needs its event loop, blocks nothing. Exactly one finished() follows start(), cancel() included.
class MnistDownloader : public QObject
{
    Q_OBJECT

public:
    /// Folder URLs ending in "/". Tests pass their own.
    explicit MnistDownloader(QString folder, QList<QUrl> mirrors = publicMirrors(),
                             QObject* parent = nullptr);
    ~MnistDownloader() override;

    static QList<QUrl> publicMirrors();
    void start();
    void cancel();

Q_SIGNALS:
    void progress(qint64 receivedBytes, qint64 totalBytes);
    /// `folder` holds the files where `error` is null. The error says what to do without a network.
    void finished(bool ok, const QString& folder, const QString& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
