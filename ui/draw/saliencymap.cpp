#include "ui/draw/saliencymap.h"

#include "ui/draw/divergingcolors.h"

#include <QImage>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace digitpad {

namespace {

constexpr int logicalCell = 5;

QImage colored(const DigitImage& image, const SaliencyMap::Values& values, float scale)
{
    QImage picture(digitSide, digitSide, QImage::Format_RGB32);
    for (int y = 0; y < digitSide; ++y) {
        for (int x = 0; x < digitSide; ++x) {
            const float value = values[static_cast<std::size_t>(y * digitSide + x)];
            picture.setPixel(x, y, divergingColorOnInk(scale > 0 ? value / scale : 0, image.at(x, y)));
        }
    }
    return picture;
}

/// Calls `function` with each pixel of the 3×3 around one, as far as it is in the picture, and its weight:
/// binomial, times its ink.
template <class Function>
void forInkAround(const DigitImage& image, int x, int y, Function function)
{
    for (int v = std::max(0, y - 1); v <= std::min(digitSide - 1, y + 1); ++v) {
        for (int u = std::max(0, x - 1); u <= std::min(digitSide - 1, x + 1); ++u) {
            const int binomial = (2 - std::abs(u - x)) * (2 - std::abs(v - y));
            function(static_cast<std::size_t>(v * digitSide + u),
                     static_cast<float>(binomial * image.at(u, v)));
        }
    }
}

} // namespace

SaliencyMap::Values sharedAlongInk(const DigitImage& image, const SaliencyMap::Values& values)
{
    SaliencyMap::Values shared{};
    for (int pixel = 0; pixel < digitPixels; ++pixel) {
        const int x = pixel % digitSide;
        const int y = pixel / digitSide;
        const float value = values[static_cast<std::size_t>(pixel)];
        float weights = 0;
        forInkAround(image, x, y, [&](std::size_t, float weight) { weights += weight; });
        if (weights > 0) {
            forInkAround(image, x, y, [&](std::size_t neighbour, float weight) {
                shared[neighbour] += value * weight / weights;
            });
        } else {
            shared[static_cast<std::size_t>(pixel)] += value;
        }
    }
    return shared;
}

SaliencyMap::SaliencyMap(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
}

void SaliencyMap::setValues(const DigitImage& image, const Values& values)
{
    m_image = image;
    m_values = values;
    m_scale = std::transform_reduce(
        values.begin(), values.end(), 0.0F, [](float a, float b) { return std::max(a, b); },
        [](float value) { return std::abs(value); });
    update();
}

QSize SaliencyMap::sizeHint() const
{
    const int side = digitSide * logicalCell + 2;
    return {side, side};
}

double SaliencyMap::cellSide() const
{
    const double ratio = devicePixelRatioF();
    return std::max(1.0, std::floor((width() - 2) * ratio / digitSide)) / ratio;
}

QRectF SaliencyMap::cellRect(int x, int y) const
{
    const double cell = cellSide();
    return {1 + x * cell, 1 + y * cell, cell, cell};
}

void SaliencyMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const double side = digitSide * cellSide();
    painter.drawImage(QRectF(1, 1, side, side), colored(m_image, m_values, m_scale));
    QColor frame = palette().color(QPalette::WindowText);
    frame.setAlpha(90);
    painter.setPen(frame);
    painter.drawRect(QRectF(0.5, 0.5, side + 1, side + 1));
    if (m_pointed >= 0) {
        painter.setPen(Qt::white);
        painter.drawRect(
            cellRect(m_pointed % digitSide, m_pointed / digitSide).adjusted(-0.5, -0.5, 0.5, 0.5));
    }
}

void SaliencyMap::mouseMoveEvent(QMouseEvent* event)
{
    pointAt(event->position());
}

void SaliencyMap::mousePressEvent(QMouseEvent* event)
{
    pointAt(event->position()); // A finger does not hover.
}

void SaliencyMap::leaveEvent(QEvent*)
{
    setPointed(-1);
}

void SaliencyMap::pointAt(QPointF position)
{
    const int x = static_cast<int>(std::floor((position.x() - 1) / cellSide()));
    const int y = static_cast<int>(std::floor((position.y() - 1) / cellSide()));
    const bool inside = x >= 0 && y >= 0 && x < digitSide && y < digitSide;
    setPointed(inside ? y * digitSide + x : -1);
}

void SaliencyMap::setPointed(int pixel)
{
    if (m_pointed != pixel) {
        m_pointed = pixel;
        update();
        Q_EMIT pixelPointedAt(pixel);
    }
}

} // namespace digitpad
