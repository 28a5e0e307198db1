#include "app/cli/statusline.h"

#include "app/cli/console.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds interval{100};

std::atomic<bool> onScreen = false;

} // namespace

StatusLine::StatusLine(bool enabled)
    : m_enabled(enabled && standardErrorIsTerminal())
    , m_shown(std::chrono::steady_clock::now() - interval)
{
}

StatusLine::~StatusLine()
{
    makeRoom();
}

bool StatusLine::due() const
{
    return m_enabled && std::chrono::steady_clock::now() - m_shown >= interval;
}

void StatusLine::show(const QString& text)
{
    if (!m_enabled) {
        return;
    }
    m_shown = std::chrono::steady_clock::now();
    // The last column stays free: some terminals wrap as soon as it is written.
    const QByteArray line = "\r\033[K" + text.left(terminalWidth() - 1).toUtf8();
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
    onScreen = true;
}

void StatusLine::makeRoom()
{
    if (onScreen.exchange(false)) {
        std::fputs("\r\033[K", stderr);
        std::fflush(stderr);
    }
}

QString progressBar(double part, int width)
{
    const int room = std::max(1, width - 2);
    const int filled = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * room));
    QString bar(filled, u'=');
    if (filled > 0 && filled < room) {
        bar.back() = u'>';
    }
    return u'[' + bar.leftJustified(room) + u']';
}

QString clockTime(double seconds)
{
    const qint64 total = std::llround(std::clamp(seconds, 0.0, 1e9));
    const qint64 hours = total / 3600;
    const QString tail = u"%1:%2"_s.arg(total / 60 % 60, hours > 0 ? 2 : 1, 10, QChar(u'0'))
                             .arg(total % 60, 2, 10, QChar(u'0'));
    return hours > 0 ? u"%1:%2"_s.arg(hours).arg(tail) : tail;
}

} // namespace digitpad::cli
