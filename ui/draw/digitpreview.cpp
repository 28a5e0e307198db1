#include "ui/draw/digitpreview.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cstring>

namespace digitpad {

namespace {

constexpr int logicalCell = 5;

/// Every pixel as a square of `cell` device pixels, the grid on its left and upper sides.
QImage magnified(const DigitImage& image, int cell)
{
    QImage result(digitSide * cell, digitSide * cell, QImage::Format_Grayscale8);
    for (int row = 0; row < result.height(); ++row) {
        uchar* line = result.scanLine(row);
        for (int column = 0; column < result.width(); ++column) {
            const bool grid = cell >= 4 && (row % cell == 0 || column % cell == 0);
            const int value = image.at(column / cell, row / cell);
            line[column] = static_cast<uchar>(grid ? value * 7 / 8 + 22 - value / 8 : value);
        }
    }
    return result;
}

} // namespace

DigitPreview::DigitPreview(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("digitPreview"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("The 28 × 28 picture that the network gets"));
    setToolTip(tr(
        "Your drawing as the network gets it: scaled to 20 pixels and centred by its weight in 28 × 28, as "
        "the pictures that it learned from."));
}

void DigitPreview::setImage(const DigitImage& image)
{
    if (!(m_image == image)) {
        m_image = image;
        update();
    }
}

QSize DigitPreview::sizeHint() const
{
    const int side = digitSide * logicalCell + 2;
    return {side, side};
}

int DigitPreview::cellSide() const
{
    return std::max(1, static_cast<int>((width() - 2) * devicePixelRatioF()) / digitSide);
}

QRectF DigitPreview::cellRect(int x, int y) const
{
    const double cell = cellSide() / devicePixelRatioF();
    return {1 + x * cell, 1 + y * cell, cell, cell};
}

void DigitPreview::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QImage picture = magnified(m_image, cellSide());
    const double side = picture.width() / devicePixelRatioF();
    painter.drawImage(QRectF(1, 1, side, side), picture, QRectF(picture.rect()));
    QColor frame = palette().color(QPalette::WindowText);
    frame.setAlpha(90);
    painter.setPen(frame);
    painter.drawRect(QRectF(0.5, 0.5, side + 1, side + 1));
}

} // namespace digitpad
