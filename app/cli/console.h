#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <string>

namespace digitpad::cli {

/// Everything for the person's eyes goes to standard error, one line each.
void say(const QString& line);
/// The sentence for the person; its details go to the log.
void say(const Error& error);
/// The first few of many sentences, and how many more there are.
void sayAll(const QStringList& lines);

/// Sends Qt's and the program's own log to standard error where `verbose`, and nowhere otherwise: what a
/// person needs to know is said by say().
void setUpLog(bool verbose);

/// While one lives, what libraries print on standard error by themselves (libpng on every damaged picture) is
/// dropped, unless the log is on. Nothing may be said meanwhile. One thread only.
class LibraryNoiseBlocker
{
public:
    LibraryNoiseBlocker();
    ~LibraryNoiseBlocker();
    LibraryNoiseBlocker(const LibraryNoiseBlocker&) = delete;
    LibraryNoiseBlocker& operator=(const LibraryNoiseBlocker&) = delete;

private:
    int m_standardError = -1;
};

[[nodiscard]] bool standardErrorIsTerminal();
/// In columns; 80 where it cannot be found out.
[[nodiscard]] int terminalWidth();

/// “path”, for sentences.
[[nodiscard]] QString quoted(const QString& path);
/// A path for functions that take bytes.
[[nodiscard]] std::string nativePath(const QString& path);

/// Numbers as English text has them, whatever the locale: 12,345 and 99.8.
[[nodiscard]] QString number(double value, int decimals = 0);
/// 0.998 as "99.8 %".
[[nodiscard]] QString percent(double part, int decimals = 1);

} // namespace digitpad::cli
