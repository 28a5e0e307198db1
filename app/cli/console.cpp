#include "app/cli/console.h"

#include "app/cli/statusline.h"

#include <QFile>
#include <QLocale>
#include <QLoggingCategory>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualWidth = 80;
constexpr qsizetype mostLines = 20;

bool logIsOn = false;

void dropMessage(QtMsgType, const QMessageLogContext&, const QString&) {}

void printMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    say(qFormatLogMessage(type, context, message));
}

} // namespace

void say(const QString& line)
{
    StatusLine::makeRoom();
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

void say(const Error& error)
{
    say(QString::fromStdString(error.message));
    if (!error.details.empty()) {
        qWarning("%s", error.details.c_str());
    }
}

void sayAll(const QStringList& lines)
{
    for (const QString& line : lines.first(std::min(lines.size(), mostLines))) {
        say(line);
    }
    if (lines.size() > mostLines) {
        say(u"… and %1 more like these."_s.arg(lines.size() - mostLines));
    }
}

void setUpLog(bool verbose)
{
    logIsOn = verbose;
    qInstallMessageHandler(verbose ? printMessage : dropMessage);
    if (verbose) {
        QLoggingCategory::setFilterRules(u"digitpad*=true"_s);
    }
}

LibraryNoiseBlocker::LibraryNoiseBlocker()
{
    const int nowhere = logIsOn ? -1 : ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        m_standardError = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
}

LibraryNoiseBlocker::~LibraryNoiseBlocker()
{
    if (m_standardError >= 0) {
        ::dup2(m_standardError, STDERR_FILENO);
        ::close(m_standardError);
    }
}

bool standardErrorIsTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

int terminalWidth()
{
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : usualWidth;
}

QString quoted(const QString& path)
{
    return u'“' + path + u'”';
}

std::string nativePath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

QString number(double value, int decimals)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(value, 'f', decimals);
}

QString percent(double part, int decimals)
{
    return number(part * 100, decimals) + u" %"_s;
}

} // namespace digitpad::cli
