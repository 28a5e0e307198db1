#include "ui/training/samplestrip.h"

#include "ui/training/fieldgroup.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace digitpad {

namespace {

QList<QImage> imagesOf(const std::vector<DigitImage>& digits)
{
    QList<QImage> images;
    for (const DigitImage& digit : digits) {
        images.append(
            QImage(digit.pixels.data(), digitSide, digitSide, digitSide, QImage::Format_Grayscale8).copy());
    }
    return images;
}

} // namespace

SampleStrip::SampleStrip(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("sampleStrip"));
    setAccessibleName(tr("Samples as they are, and as they vary"));
    setToolTip(wrappedTip(tr("Above, samples of the data; below, what the network may see of them in an "
                             "epoch. Click for others.")));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void SampleStrip::setSamples(const std::vector<DigitImage>& plain, const std::vector<DigitImage>& varied)
{
    m_plainImages = plain;
    m_variedImages = varied;
    m_plain = imagesOf(plain);
    m_varied = imagesOf(varied);
    update();
}

QSize SampleStrip::sizeHint() const
{
    constexpr int usual = 24;
    return {samples * usual + (samples - 1) * gap, 2 * largestSide + gap};
}

int SampleStrip::cellSide() const
{
    return std::min((width() - (samples - 1) * gap) / samples, largestSide);
}

void SampleStrip::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

void SampleStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT clicked();
    }
}

void SampleStrip::paintRow(QPainter& painter, int top, const QList<QImage>& images) const
{
    const int side = cellSide();
    for (int i = 0; i < samples; ++i) {
        const QRect cell(i * (side + gap), top, side, side);
        painter.fillRect(cell, Qt::black);
        if (i < images.size()) {
            painter.drawImage(cell, images[i]);
        }
    }
}

void SampleStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    paintRow(painter, 0, m_plain);
    paintRow(painter, cellSide() + gap, m_varied);
}

} // namespace digitpad
