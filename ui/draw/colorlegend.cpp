#include "ui/draw/colorlegend.h"

#include "ui/draw/divergingcolors.h"
#include "ui/widgets/tones.h"

#include <QPainter>

namespace digitpad {

namespace {

constexpr int barHeight = 8;
constexpr int gap = 6;

QLinearGradient gradient(const QRectF& bar)
{
    constexpr int stops = 16;
    QLinearGradient colors(bar.topLeft(), bar.topRight());
    for (int i = 0; i <= stops; ++i) {
        const double place = static_cast<double>(i) / stops;
        colors.setColorAt(place, QColor(divergingColorOnInk(static_cast<float>(2 * place - 1), 255)));
    }
    return colors;
}

} // namespace

ColorLegend::ColorLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ColorLegend::setWords(const QString& negative, const QString& positive)
{
    m_negative = negative;
    m_positive = positive;
    setAccessibleName(tr("Orange: %1; blue: %2").arg(negative, positive));
    updateGeometry();
    update();
}

QSize ColorLegend::sizeHint() const
{
    const int words = fontMetrics().horizontalAdvance(m_negative + m_positive);
    return {words + 2 * gap + 3 * barHeight, fontMetrics().height()};
}

void ColorLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(secondaryText(palette()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, m_negative);
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_positive);
    const int left = fontMetrics().horizontalAdvance(m_negative) + gap;
    const int right = width() - fontMetrics().horizontalAdvance(m_positive) - gap;
    const QRectF bar(left, (height() - barHeight) / 2.0, right - left, barHeight);
    if (bar.width() < barHeight) {
        return; // Very large fonts: the words alone are better than words over colours.
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(gradient(bar));
    painter.drawRoundedRect(bar, barHeight / 2.0, barHeight / 2.0);
}

} // namespace digitpad
