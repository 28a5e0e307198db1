#include "tests/cli/cliprogram.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <zlib.h>

namespace digitpad {

namespace {

constexpr int patience = 120'000; // milliseconds; a loaded machine with sanitizers is slow

QString programPath()
{
    return QStringLiteral(DIGITPAD_BIN_DIR "/digitpad-cli");
}

/// A test that was started in the background may have inherited that Ctrl+C means nothing.
void restoreSignals()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGPIPE, SIG_DFL);
}

void appendNumber(QByteArray& bytes, quint32 value)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes.append(static_cast<char>(value >> shift));
    }
}

} // namespace

QList<QJsonObject> CliRun::objects() const
{
    QList<QJsonObject> objects;
    for (const QByteArray& line : out.split('\n')) {
        if (!line.isEmpty()) {
            objects.append(QJsonDocument::fromJson(line).object());
        }
    }
    return objects;
}

QStringList CliRun::messages() const
{
    return QString::fromUtf8(err).split(u'\n', Qt::SkipEmptyParts);
}

std::unique_ptr<QProcess> cliProcess(const QStringList& arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProgram(programPath());
    process->setArguments(arguments);
    process->setChildProcessModifier(restoreSignals);
    return process;
}

CliRun runCli(const QStringList& arguments, const QByteArray& standardInput)
{
    const auto process = cliProcess(arguments);
    process->start();
    process->write(standardInput);
    process->closeWriteChannel();
    return finishCli(*process);
}

CliRun finishCli(QProcess& process)
{
    CliRun run;
    const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(patience);
    run.crashed =
        !ended || process.error() == QProcess::FailedToStart || process.exitStatus() != QProcess::NormalExit;
    run.code = ended ? process.exitCode() : -1;
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

QByteArray nextLine(QProcess& process)
{
    const QDeadlineTimer deadline(patience);
    while (!process.canReadLine()) {
        if (deadline.hasExpired() || !process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            return {};
        }
    }
    return process.readLine();
}

bool trainSmallModel(const QString& path)
{
    const CliRun run =
        runCli({QStringLiteral("train"), QStringLiteral("--data"), QStringLiteral("synthetic"),
                QStringLiteral("--synthetic-count"), QStringLiteral("3000"), QStringLiteral("--epochs"),
                QStringLiteral("4"), QStringLiteral("--out"), path});
    if (run.code != 0) {
        qWarning("training failed: %s", run.err.constData());
    }
    return run.code == 0;
}

QByteArray oneAsJsonLine()
{
    return QByteArrayLiteral(R"({"label": "1", "strokes": [[[50, 10], [50, 30], [51, 60], [50, 90]]]})"
                             "\n");
}

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void writeGzip(const QString& path, const QByteArray& content)
{
    gzFile file = gzopen(QFile::encodeName(path).constData(), "wb");
    QVERIFY(file != nullptr);
    QCOMPARE(gzwrite(file, content.constData(), static_cast<unsigned>(content.size())),
             static_cast<int>(content.size()));
    QCOMPARE(gzclose(file), Z_OK);
}

void writePictureOfOne(const QString& path)
{
    QImage picture(120, 120, QImage::Format_RGB32);
    picture.fill(Qt::white);
    for (int y = 20; y < 100; ++y) {
        for (int x = 56; x < 66; ++x) {
            picture.setPixel(x, y, qRgb(0, 0, 0));
        }
    }
    QVERIFY(picture.save(path));
}

QByteArray idxImages(int count)
{
    QByteArray bytes;
    for (const quint32 value : {0x0803U, static_cast<quint32>(count), 28U, 28U}) {
        appendNumber(bytes, value);
    }
    QByteArray image(28 * 28, '\0');
    for (int y = 4; y < 24; ++y) {
        image[y * 28 + 13] = '\xFF';
        image[y * 28 + 14] = '\xFF';
    }
    return bytes + image.repeated(count);
}

} // namespace digitpad
