#include "ui/draw/probabilitybars.h"

#include "ui/widgets/tones.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

constexpr int gap = 10;
constexpr int barHeight = 12;

} // namespace

QString percentageText(float probability)
{
    const long percent = std::lround(probability * 100);
    return percent >= 100 ? ProbabilityBars::tr(">99\u00A0%", "more than 99 per cent")
                          : ProbabilityBars::tr("%1\u00A0%", "percentage").arg(percent);
}

ProbabilityBars::ProbabilityBars(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("probabilityBars"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Probability of each digit"));
    clear();
}

void ProbabilityBars::setValues(const Values& values, int best, bool sure)
{
    m_values = values;
    m_best = best;
    m_sure = sure;
    m_empty = false;
    setAccessibleDescription(description());
    update();
}

void ProbabilityBars::clear()
{
    m_values = {};
    m_best = -1;
    m_empty = true;
    setAccessibleDescription(tr("Nothing is read yet."));
    update();
}

QString ProbabilityBars::description() const
{
    std::array<int, digitClasses> order{};
    std::iota(order.begin(), order.end(), 0);
    const auto value = [this](int digit) { return m_values[static_cast<std::size_t>(digit)]; };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return value(a) > value(b); });
    QStringList parts;
    for (int digit : order) {
        if (parts.isEmpty() || value(digit) >= 0.01F) {
            parts.append(tr("%1: %2", "digit: percentage").arg(digit).arg(percentageText(value(digit))));
        }
    }
    return parts.join(QStringLiteral(", "));
}

int ProbabilityBars::rowHeight() const
{
    return std::max(fontMetrics().height() + 5, barHeight + 8);
}

QSize ProbabilityBars::sizeHint() const
{
    return {240, digitClasses * rowHeight()};
}

QRect ProbabilityBars::trackRect(int digit) const
{
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    const int left = metrics.horizontalAdvance(QLatin1Char('0')) + gap;
    const int right = width() - metrics.horizontalAdvance(percentageText(1)) - gap;
    const int middle = digit * rowHeight() + rowHeight() / 2;
    return {left, middle - barHeight / 2, std::max(0, right - left), barHeight};
}

void ProbabilityBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int digit = 0; digit < digitClasses; ++digit) {
        paintRow(painter, digit);
    }
}

void ProbabilityBars::paintRow(QPainter& painter, int digit) const
{
    const float value = m_values[static_cast<std::size_t>(digit)];
    const bool best = digit == m_best;
    const QColor text = palette().color(QPalette::WindowText);
    const QColor window = palette().color(QPalette::Window);
    const QColor doubtful = toneColors(palette(), Tone::Warning).accent;
    const QColor strong = m_sure ? palette().color(QPalette::Highlight) : doubtful;
    const QRect track = trackRect(digit);

    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(text, window, 0.1));
    painter.drawRoundedRect(track, barHeight / 2.0, barHeight / 2.0);
    const double length = track.width() * double{value};
    if (length >= 1) {
        painter.setBrush(best ? strong : mixed(text, window, 0.4));
        painter.setClipRect(QRectF(track.left(), track.top(), length, track.height()));
        painter.drawRoundedRect(track, barHeight / 2.0, barHeight / 2.0);
        painter.setClipping(false);
    }

    QFont rowFont = font();
    rowFont.setBold(best);
    painter.setFont(rowFont);
    painter.setPen(best || m_empty ? text : secondaryText(palette()));
    const QRect row(0, digit * rowHeight(), width(), rowHeight());
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, QString::number(digit));
    if (!m_empty) {
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, percentageText(value));
    }
}

} // namespace digitpad
