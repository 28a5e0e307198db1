#include "ui/data/barchart.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr int usualHeight = 150;
constexpr int gap = 4;

} // namespace

BarChart::BarChart(const QString& title, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(title);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BarChart::setBars(const QList<Bar>& bars)
{
    m_bars = bars;
    m_marked = -1;
    m_largest = 0;
    QStringList words;
    for (const Bar& bar : bars) {
        m_largest = std::max(m_largest, bar.value);
        if (words.size() < 20) { // A screen reader is not to read two hundred bars.
            words += bar.tip;
        }
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void BarChart::setLogarithmic(bool on)
{
    m_logarithmic = on;
    update();
}

void BarChart::setChoosable(bool on)
{
    m_choosable = on;
    setFocusPolicy(on ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(on ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void BarChart::setAxisTitle(const QString& title)
{
    m_axisTitle = title;
    update();
}

QSize BarChart::sizeHint() const
{
    return {360, usualHeight + 2 * fontMetrics().height()};
}

QSize BarChart::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

QRectF BarChart::plotArea() const
{
    const QFontMetrics metrics = fontMetrics();
    const int left = metrics.horizontalAdvance(countText(std::llround(m_largest))) + gap;
    const int lines = m_axisTitle.isEmpty() ? 1 : 2;
    return QRectF(rect()).adjusted(left, metrics.height() / 2.0, -1, -lines * metrics.height() - gap);
}

double BarChart::part(double value) const
{
    if (m_largest <= 0) {
        return 0;
    }
    return m_logarithmic ? std::log1p(value) / std::log1p(m_largest) : value / m_largest;
}

QRectF BarChart::barRect(int index) const
{
    const QRectF area = plotArea();
    const double step = area.width() / std::max<double>(1, static_cast<double>(m_bars.size()));
    const double rim = step > 8 ? std::min(step * 0.15, 6.0) : step > 3 ? 0.5 : 0;
    double height = part(m_bars[index].value) * area.height();
    if (m_bars[index].value > 0) {
        height = std::max(height, 1.0); // What is there can be seen.
    }
    return {area.left() + index * step + rim, area.bottom() - height, step - 2 * rim, height};
}

int BarChart::barAt(QPointF place) const
{
    const QRectF area = plotArea();
    if (m_bars.isEmpty() || place.x() < area.left() || place.x() >= area.right() || place.y() < 0 ||
        place.y() > height()) {
        return -1;
    }
    const double step = area.width() / static_cast<double>(m_bars.size());
    return std::min(static_cast<int>((place.x() - area.left()) / step), static_cast<int>(m_bars.size()) - 1);
}

void BarChart::setMarked(int index)
{
    if (m_marked != index) {
        m_marked = index;
        update();
    }
}

void BarChart::paintAxis(QPainter& painter, const QRectF& area) const
{
    const QColor line = mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.18);
    painter.setPen(line);
    painter.drawLine(QPointF(area.left(), area.top()), QPointF(area.right(), area.top()));
    painter.drawLine(QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5));
    painter.setPen(secondaryText(palette()));
    const int height = fontMetrics().height();
    const auto write = [&](double y, const QString& text) {
        painter.drawText(QRectF(0, y - height / 2.0, area.left() - gap, height),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    };
    write(area.top(), countText(std::llround(m_largest)));
    write(area.bottom(), countText(0));
}

void BarChart::paintLabels(QPainter& painter, const QRectF& area) const
{
    const QFontMetrics metrics = fontMetrics();
    painter.setPen(secondaryText(palette()));
    double free = -1e9;
    for (int i = 0; i < m_bars.size(); ++i) {
        if (m_bars[i].label.isEmpty()) {
            continue;
        }
        const double width = metrics.horizontalAdvance(m_bars[i].label);
        double left = barRect(i).center().x() - width / 2;
        left = std::min(left, this->width() - width);
        if (left < free) {
            continue;
        }
        painter.drawText(QPointF(left, area.bottom() + gap + metrics.ascent()), m_bars[i].label);
        free = left + width + 2 * gap;
    }
    if (!m_axisTitle.isEmpty()) {
        painter.drawText(
            QRectF(area.left(), area.bottom() + gap + metrics.height(), area.width(), metrics.height()),
            Qt::AlignCenter, m_axisTitle);
    }
}

void BarChart::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const QRectF area = plotArea();
    paintAxis(painter, area);
    const QColor accent = palette().color(QPalette::Active, QPalette::Highlight);
    const QColor quiet = mixed(accent, palette().color(QPalette::Window), 0.72);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_bars.size(); ++i) {
        painter.fillRect(barRect(i), i == m_marked ? accent : quiet);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (hasFocus() && m_marked >= 0) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DotLine));
        const QRectF bar = barRect(m_marked);
        painter.drawRect(QRectF(bar.left() - 2, area.top(), bar.width() + 3, area.height()).toRect());
    }
    paintLabels(painter, area);
}

void BarChart::mouseMoveEvent(QMouseEvent* event)
{
    setMarked(barAt(event->position()));
}

void BarChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setMarked(-1);
}

void BarChart::mousePressEvent(QMouseEvent* event)
{
    const int index = barAt(event->position());
    if (m_choosable && event->button() == Qt::LeftButton && index >= 0) {
        Q_EMIT barChosen(index);
    }
}

void BarChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_marked < 0 && !m_bars.isEmpty()) {
        setMarked(0);
    }
}

void BarChart::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_bars.size()) - 1;
    if (!m_choosable || last < 0) {
        QWidget::keyPressEvent(event);
    } else if (event->key() == Qt::Key_Left) {
        setMarked(std::max(m_marked - 1, 0));
    } else if (event->key() == Qt::Key_Right) {
        setMarked(std::min(m_marked + 1, last));
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_marked >= 0) {
        Q_EMIT barChosen(m_marked);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool BarChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = barAt(help->pos());
        if (index >= 0) {
            QToolTip::showText(help->globalPos(), m_bars[index].tip, this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace digitpad
