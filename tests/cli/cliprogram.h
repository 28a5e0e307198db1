#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>

namespace digitpad {

/// What a run of digitpad-cli left behind.
struct CliRun
{
    bool crashed = true; ///< Ended by a signal, or not at all.
    int code = -1;
    QByteArray out;
    QByteArray err;

    /// Standard output's lines as JSON objects; an empty object stands for a line that is none.
    [[nodiscard]] QList<QJsonObject> objects() const;
    /// Non-empty lines of standard error.
    [[nodiscard]] QStringList messages() const;
};

/// The program, not started yet, with the signals' usual meaning.
std::unique_ptr<QProcess> cliProcess(const QStringList& arguments);
/// Runs it to its end.
CliRun runCli(const QStringList& arguments, const QByteArray& standardInput = {});
/// Waits for a started program's end.
CliRun finishCli(QProcess& process);
/// Waits until a started program has written a whole line on standard output and takes it; empty where it
/// never does.
QByteArray nextLine(QProcess& process);

/// Trains a small model on synthetic digits; false where that failed.
bool trainSmallModel(const QString& path);

/// A JSON line with a drawing that looks like a one, labelled so.
QByteArray oneAsJsonLine();
void writeFile(const QString& path, const QByteArray& content);
void writeGzip(const QString& path, const QByteArray& content);
/// Dark strokes of a one on white paper.
void writePictureOfOne(const QString& path);
/// `count` images of 28×28, each with a vertical bar.
QByteArray idxImages(int count);

} // namespace digitpad
