#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/statusline.h"
#include "core/data/mnist.h"

#include <QEventLoop>
#include <QNetworkProxyFactory>
#include <QSocketNotifier>
#include <QUrl>

#include <optional>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr double bytesPerMegabyte = 1e6;
constexpr int barWidth = 40;

/// None where one is no web address.
std::optional<QList<QUrl>> mirrorUrls(const QStringList& mirrors)
{
    QList<QUrl> urls;
    for (const QString& mirror : mirrors) {
        const QUrl url(mirror.endsWith(u'/') ? mirror : mirror + u'/', QUrl::StrictMode);
        const bool web = url.scheme() == u"http" || url.scheme() == u"https";
        if (!url.isValid() || !web || url.host().isEmpty()) {
            say(u"--mirror %1 is no web address; it should look like https://example.org/mnist/"_s.arg(
                quoted(mirror)));
            return std::nullopt;
        }
        urls.append(url);
    }
    return urls;
}

QString progressText(qint64 received, qint64 total)
{
    const double part = total > 0 ? static_cast<double>(received) / static_cast<double>(total) : 0;
    return u"Downloading MNIST %1 %2 of %3 MB"_s.arg(
        progressBar(part, barWidth), number(static_cast<double>(received) / bytesPerMegabyte, 1),
        number(static_cast<double>(total) / bytesPerMegabyte, 1));
}

struct Outcome
{
    bool ok = false;
    QString folder;
    QString error;
};

/// Runs the download to its end; Ctrl+C cancels it.
Outcome download(MnistDownloader& downloader)
{
    const Interrupt interrupt;
    QSocketNotifier stop(interrupt.descriptor(), QSocketNotifier::Read);
    StatusLine status;
    QEventLoop loop;
    std::optional<Outcome> outcome;
    QObject::connect(&stop, &QSocketNotifier::activated, &loop, [&] {
        stop.setEnabled(false);
        downloader.cancel();
    });
    QObject::connect(&downloader, &MnistDownloader::progress, &loop, [&](qint64 received, qint64 total) {
        if (status.due()) {
            status.show(progressText(received, total));
        }
    });
    QObject::connect(&downloader, &MnistDownloader::finished, &loop,
                     [&](bool ok, const QString& folder, const QString& error) {
                         outcome = Outcome{ok, folder, error};
                         loop.quit();
                     });
    downloader.start();
    if (!outcome) {
        loop.exec();
    }
    return outcome.value_or(Outcome{});
}

} // namespace

int runDownload(const DownloadOptions& options, Output& output)
{
    const std::optional<QList<QUrl>> mirrors = mirrorUrls(options.mirrors);
    if (!mirrors) {
        return WrongUsage;
    }
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    const QString folder = options.folder.isEmpty() ? mnistDownloadFolder() : options.folder;
    MnistDownloader downloader(folder, mirrors->isEmpty() ? MnistDownloader::publicMirrors() : *mirrors);
    const Outcome outcome = download(downloader);
    if (!outcome.ok) {
        say(outcome.error);
        return Failed;
    }
    output.write(u"MNIST is in %1\n"_s.arg(quoted(outcome.folder)).toUtf8());
    return Done;
}

} // namespace digitpad::cli
