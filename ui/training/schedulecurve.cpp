#include "ui/training/schedulecurve.h"

#include "ui/training/numberfield.h"
#include "ui/widgets/tones.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

QString shortRate(double rate)
{
    return numberText(QString::number(rate, 'g', 2).toDouble());
}

} // namespace

ScheduleCurve::ScheduleCurve(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("scheduleCurve"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ScheduleCurve::sizeHint() const
{
    return {220, 64 + fontMetrics().height()};
}

void ScheduleCurve::setRates(std::vector<double> rates, int epochs)
{
    if (rates == m_rates && epochs == m_epochs) {
        return;
    }
    m_rates = std::move(rates);
    m_epochs = epochs;
    m_highest = m_rates.empty() ? 0 : *std::max_element(m_rates.begin(), m_rates.end());
    setAccessibleName(m_rates.empty() ? tr("Learning rate over the run")
                                      : tr("Learning rate over the run: from %1 to %2, highest %3")
                                            .arg(shortRate(m_rates.front()), shortRate(m_rates.back()),
                                                 shortRate(m_highest)));
    update();
}

QRectF ScheduleCurve::plot() const
{
    return QRectF(rect()).adjusted(0.5, 2.5, -0.5, -fontMetrics().height() - 3.5);
}

QPointF ScheduleCurve::pointAt(std::size_t index) const
{
    const QRectF area = plot().adjusted(2, 5, -2, -3);
    const double part = static_cast<double>(index) / static_cast<double>(m_rates.size() - 1);
    return {area.left() + area.width() * part, area.bottom() - area.height() * m_rates[index] / m_highest};
}

void ScheduleCurve::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(plot(), palette().color(QPalette::Base));
    painter.setPen(secondaryText(palette()));
    if (m_rates.size() < 2 || !(m_highest > 0)) {
        painter.drawText(plot(), Qt::AlignCenter, tr("Not possible yet"));
        return;
    }
    const QRectF below(0, plot().bottom() + 2, width(), fontMetrics().height());
    painter.drawText(below, Qt::AlignLeft, tr("from %1").arg(shortRate(m_rates.front())));
    painter.drawText(below, Qt::AlignHCenter, tr("highest %1").arg(shortRate(m_highest)));
    painter.drawText(below, Qt::AlignRight, tr("to %1").arg(shortRate(m_rates.back())));
    QPolygonF line;
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        line.append(pointAt(i));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(toneColors(palette(), Tone::Info).accent, 2));
    painter.drawPolyline(line);
}

bool ScheduleCurve::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_rates.size() >= 2) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const double part = std::clamp((help->pos().x() - plot().left()) / plot().width(), 0.0, 1.0);
        const auto index =
            static_cast<std::size_t>(std::lround(part * static_cast<double>(m_rates.size() - 1)));
        QToolTip::showText(help->globalPos(),
                           tr("After %1 epochs: %2")
                               .arg(QString::number(part * m_epochs, 'f', 1), shortRate(m_rates[index])),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace digitpad
