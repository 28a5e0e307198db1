#include "ui/data/pixelgrid.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int usualCell = 8;
constexpr double fontPart = 0.42; ///< Of a cell: three figures fit.
constexpr int bright = 140;

} // namespace

PixelGrid::PixelGrid(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("The image, pixel by pixel"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PixelGrid::setImage(const DigitImage& image)
{
    m_image = image;
    update();
}

QSize PixelGrid::sizeHint() const
{
    return {digitSide * usualCell, digitSide * usualCell};
}

QSize PixelGrid::minimumSizeHint() const
{
    return {digitSide * 4, digitSide * 4};
}

int PixelGrid::sideForValues() const
{
    return 20;
}

int PixelGrid::cell() const
{
    return std::max(1, std::min(width(), height()) / digitSide);
}

QRect PixelGrid::grid() const
{
    const int side = cell() * digitSide;
    return {(width() - side) / 2, (height() - side) / 2, side, side};
}

void PixelGrid::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const QRect area = grid();
    const int side = cell();
    painter.drawImage(
        area, QImage(m_image.pixels.data(), digitSide, digitSide, digitSide, QImage::Format_Grayscale8));
    if (side >= sideForValues()) {
        QFont small = font();
        small.setPixelSize(static_cast<int>(side * fontPart));
        painter.setFont(small);
        for (int y = 0; y < digitSide; ++y) {
            for (int x = 0; x < digitSide; ++x) {
                const int value = m_image.at(x, y);
                painter.setPen(value >= bright ? QColor(0, 0, 0)
                               : value > 0     ? QColor(225, 225, 225)
                                               : QColor(92, 92, 92));
                painter.drawText(QRect(area.left() + x * side, area.top() + y * side, side, side),
                                 Qt::AlignCenter, QString::number(value));
            }
        }
    }
    QColor frame = palette().color(QPalette::WindowText);
    frame.setAlpha(90);
    painter.setPen(frame);
    painter.drawRect(area.adjusted(0, 0, -1, -1));
}

bool PixelGrid::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QRect area = grid();
        if (area.contains(help->pos())) {
            const int x = (help->pos().x() - area.left()) / cell();
            const int y = (help->pos().y() - area.top()) / cell();
            QToolTip::showText(help->globalPos(),
                               tr("Column %1, row %2: %3").arg(x).arg(y).arg(m_image.at(x, y)), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace digitpad
