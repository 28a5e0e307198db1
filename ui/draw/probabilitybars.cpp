#include "ui/draw/probabilitybars.h"

#include "ui/widgets/tones.h"

#include <QAbstractButton>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

constexpr int gap = 10;
constexpr int barHeight = 12;
constexpr int inset = 6; ///< Room for the highlight around a row's text.

/// What shows that a row can be clicked, is pressed, or has the focus.
void paintButton(QPainter& painter, const QAbstractButton& button, QColor color)
{
    const QRectF area = QRectF(button.geometry()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (button.underMouse()) {
        color.setAlphaF(button.isDown() ? 0.16F : 0.08F);
        painter.setBrush(color);
        painter.drawRoundedRect(area, 4, 4);
    }
    if (button.hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(button.palette().color(QPalette::Active, QPalette::Highlight), 1.5));
        painter.drawRoundedRect(area, 4, 4);
        painter.setPen(Qt::NoPen);
    }
}

} // namespace

QString percentageText(float probability)
{
    const long percent = std::lround(probability * 100);
    return percent >= 100 ? ProbabilityBars::tr(">99\u00A0%", "more than 99 per cent")
                          : ProbabilityBars::tr("%1\u00A0%", "percentage").arg(percent);
}

/// What a row looks like is the bars' business, where it is and what a click means too.
class ProbabilityBars::Row : public QAbstractButton
{
public:
    Row(int digit, ProbabilityBars* bars)
        : QAbstractButton(bars)
        , m_digit(digit)
        , m_bars(bars)
    {
        setObjectName(QStringLiteral("bar%1").arg(digit));
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::NoFocus);
        setCursor(Qt::PointingHandCursor);
        setToolTip(ProbabilityBars::tr("That was a %1 (key %1): keep it in My digits").arg(digit));
        setAccessibleDescription(ProbabilityBars::tr("Keeps the drawing as a %1 in My digits").arg(digit));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(-pos());
        m_bars->paintRow(painter, m_digit);
    }

private:
    int m_digit;
    ProbabilityBars* m_bars;
};

ProbabilityBars::ProbabilityBars(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("probabilityBars"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Probability of each digit"));
    for (int digit = 0; digit < digitClasses; ++digit) {
        auto* made = new Row(digit, this);
        connect(made, &QAbstractButton::clicked, this, [this, digit] { Q_EMIT digitClicked(digit); });
        made->installEventFilter(this);
        m_rows[static_cast<std::size_t>(digit)] = made;
    }
    setCurrent(0);
    clear();
}

void ProbabilityBars::setPassive()
{
    m_passive = true;
    for (Row* row : m_rows) {
        row->setEnabled(false);
        row->setFocusPolicy(Qt::NoFocus);
        row->setAttribute(Qt::WA_TransparentForMouseEvents);
        row->setToolTip({});
        row->setAccessibleDescription({});
    }
    updateGeometry();
}

void ProbabilityBars::setCurrent(int digit)
{
    row(m_current)->setFocusPolicy(Qt::NoFocus);
    m_current = digit;
    row(m_current)->setFocusPolicy(Qt::TabFocus); // A click leaves the focus on the pad.
}

bool ProbabilityBars::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto go = [this](int digit) {
        setCurrent(std::clamp(digit, 0, digitClasses - 1));
        row(m_current)->setFocus(Qt::TabFocusReason);
    };
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        go(m_current - 1);
        return true;
    case Qt::Key_Down:
        go(m_current + 1);
        return true;
    case Qt::Key_Home:
        go(0);
        return true;
    case Qt::Key_End:
        go(digitClasses - 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        row(m_current)->click();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void ProbabilityBars::setValues(const Values& values, int best, bool sure)
{
    m_values = values;
    m_best = best;
    m_sure = sure;
    m_empty = false;
    setAccessibleDescription(description());
    for (int digit = 0; digit < digitClasses; ++digit) {
        row(digit)->setAccessibleName(rowText(digit));
    }
    update();
}

void ProbabilityBars::clear()
{
    m_values = {};
    m_best = -1;
    m_empty = true;
    setAccessibleDescription(tr("Nothing is read yet."));
    for (int digit = 0; digit < digitClasses; ++digit) {
        row(digit)->setAccessibleName(QString::number(digit));
    }
    update();
}

QString ProbabilityBars::rowText(int digit) const
{
    return tr("%1: %2", "digit: percentage")
        .arg(digit)
        .arg(percentageText(m_values[static_cast<std::size_t>(digit)]));
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
            parts.append(rowText(digit));
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
    return {m_passive ? 180 : 240, (digitClasses + (m_passive ? 0 : 1)) * rowHeight()};
}

QRect ProbabilityBars::trackRect(int digit) const
{
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    const int left = inset + metrics.horizontalAdvance(QLatin1Char('0')) + gap;
    const int right = width() - inset - metrics.horizontalAdvance(percentageText(1)) - gap;
    const int middle = digit * rowHeight() + rowHeight() / 2;
    return {left, middle - barHeight / 2, std::max(0, right - left), barHeight};
}

void ProbabilityBars::paintEvent(QPaintEvent*)
{
    if (m_empty || m_passive) {
        return;
    }
    QPainter painter(this);
    painter.setPen(secondaryText(palette()));
    const QRect area(inset, digitClasses * rowHeight(), width() - 2 * inset, rowHeight());
    const QString hint = tr("Wrong? Click the right bar or press its key.");
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(hint, Qt::ElideRight, area.width()));
}

void ProbabilityBars::placeRows()
{
    for (int digit = 0; digit < digitClasses; ++digit) {
        row(digit)->setGeometry(0, digit * rowHeight(), width(), rowHeight());
    }
}

void ProbabilityBars::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeRows();
}

void ProbabilityBars::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        placeRows();
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
    paintButton(painter, *row(digit), text);
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
    const QRect area = row(digit)->geometry().adjusted(inset, 0, -inset, 0);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, QString::number(digit));
    if (!m_empty) {
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, percentageText(value));
    }
}

} // namespace digitpad
