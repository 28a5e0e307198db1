#include "ui/evaluation/distortionstrip.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr int largestSide = 32;

} // namespace

DistortionStrip::DistortionStrip(Distortion distortion, std::function<double(double)> placeOf,
                                 QWidget* parent)
    : QWidget(parent)
    , m_distortion(distortion)
    , m_placeOf(std::move(placeOf))
{
    setAccessibleName(tr("A digit at each of these levels"));
    setToolTip(tr("How these levels look. Click for another digit."));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DistortionStrip::setImage(const DigitImage& image, std::size_t index)
{
    m_images.clear();
    for (const double level : distortionLevels(m_distortion)) {
        const DigitImage changed = distorted(image, m_distortion, level, index);
        m_images.append(
            QImage(changed.pixels.data(), digitSide, digitSide, digitSide, QImage::Format_Grayscale8).copy());
    }
    update();
}

void DistortionStrip::clear()
{
    m_images.clear();
    update();
}

void DistortionStrip::setCurrent(int level)
{
    if (m_current != level) {
        m_current = level;
        update();
    }
}

QSize DistortionStrip::sizeHint() const
{
    return {220, largestSide + 4};
}

/// No two of them overlap.
int DistortionStrip::side() const
{
    const auto& levels = distortionLevels(m_distortion);
    double room = largestSide + 2;
    for (std::size_t i = 1; i < levels.size(); ++i) {
        room = std::min(room, m_placeOf(levels[i]) - m_placeOf(levels[i - 1]));
    }
    return std::max(8, static_cast<int>(room) - 2);
}

QRect DistortionStrip::cellRect(int level) const
{
    const double x = m_placeOf(distortionLevels(m_distortion)[static_cast<std::size_t>(level)]);
    return {qRound(x - side() / 2.0), 2, side(), side()};
}

void DistortionStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (int i = 0; i < m_images.size(); ++i) {
        const QRect cell = cellRect(i);
        painter.drawImage(cell, m_images[i]);
        if (i == m_current) {
            painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), 2));
            painter.drawRect(cell);
        }
    }
}

void DistortionStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT clicked();
    }
}

} // namespace digitpad
