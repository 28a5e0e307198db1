#include "ui/draw/layerview.h"

#include "ui/draw/divergingcolors.h"
#include "ui/widgets/tones.h"

#include <QImage>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace digitpad {

namespace {

constexpr int pictureSide = 56;
constexpr int filterSide = 30;
constexpr int gap = 3;
constexpr int tileGap = 8;
constexpr int barHeight = 4;

float largestMagnitude(std::span<const float> values)
{
    float largest = 0;
    for (const float value : values) {
        largest = std::max(largest, std::abs(value));
    }
    return largest;
}

std::span<const float> part(const std::vector<float>& values, int index, int width, int height)
{
    const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    return std::span(values).subspan(static_cast<std::size_t>(index) * size, size);
}

/// A picture of a matrix, `color` of each value.
template <class Color>
QImage pictureOf(std::span<const float> values, int width, int height, Color color)
{
    QImage picture(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            picture.setPixel(x, y, color(values[static_cast<std::size_t>(y * width + x)]));
        }
    }
    return picture;
}

} // namespace

LayerView::LayerView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("layerView"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("What the first layer answers"));
    setMouseTracking(true);
}

void LayerView::setResponses(const LayerResponses& responses)
{
    const bool otherLayer = responses.count != m_responses.count || responses.width != m_responses.width;
    m_responses = responses;
    m_strongest.resize(static_cast<std::size_t>(responses.count));
    for (int unit = 0; unit < responses.count; ++unit) {
        m_strongest[static_cast<std::size_t>(unit)] =
            largestMagnitude(part(responses.values, unit, responses.width, responses.height));
    }
    m_scale = largestMagnitude(m_strongest);
    m_units.resize(static_cast<std::size_t>(responses.count));
    std::iota(m_units.begin(), m_units.end(), 0);
    if (!convolutional()) {
        std::stable_sort(m_units.begin(), m_units.end(),
                         [this](int a, int b) { return strongest(a) > strongest(b); });
    }
    m_units.resize(std::min<std::size_t>(m_units.size(), mostTiles));
    if (otherLayer) {
        m_pointed = -1;
        updateGeometry();
    }
    update();
}

int LayerView::columns() const
{
    return convolutional() ? 3 : 5;
}

int LayerView::tileHeight() const
{
    return convolutional() ? pictureSide : pictureSide + gap + barHeight;
}

QSize LayerView::sizeHint() const
{
    const int rows = (static_cast<int>(m_units.size()) + columns() - 1) / columns();
    return {3 * (filterSide + gap + pictureSide), std::max(0, rows * (tileHeight() + tileGap) - tileGap)};
}

QRect LayerView::tileRect(int place) const
{
    const int tileWidth = convolutional() ? filterSide + gap + pictureSide : pictureSide;
    const int column = place % columns();
    // The first tile begins and the last one ends with the row.
    const int left = column * (width() - tileWidth) / (columns() - 1);
    return {left, place / columns() * (tileHeight() + tileGap), tileWidth, tileHeight()};
}

int LayerView::pointedUnit() const
{
    return m_pointed < 0 ? -1 : m_units[static_cast<std::size_t>(m_pointed)];
}

QImage LayerView::filterPicture(int unit) const
{
    const int width = m_responses.filterWidth;
    const int height = m_responses.filterHeight;
    const auto weights = part(m_responses.filters, unit, width, height);
    const float scale = largestMagnitude(weights);
    return pictureOf(weights, width, height,
                     [scale](float weight) { return divergingColor(scale > 0 ? weight / scale : 0); });
}

QImage LayerView::responsePicture(int unit) const
{
    const auto values = part(m_responses.values, unit, m_responses.width, m_responses.height);
    return pictureOf(values, m_responses.width, m_responses.height, [this](float value) {
        const float bright = m_scale > 0 ? std::clamp(value / m_scale, 0.0F, 1.0F) : 0;
        const int grey = static_cast<int>(std::lround(22 + 233 * std::pow(bright, 0.7F)));
        return qRgb(grey, grey, grey);
    });
}

void LayerView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    for (int place = 0; place < static_cast<int>(m_units.size()); ++place) {
        if (tileRect(place).adjusted(-2, -2, 2, 2).intersects(event->rect())) {
            paintTile(painter, place);
        }
    }
}

void LayerView::paintTile(QPainter& painter, int place) const
{
    const int unit = m_units[static_cast<std::size_t>(place)];
    const QRect tile = tileRect(place);
    if (convolutional()) {
        paintConvolution(painter, tile, unit);
    } else {
        paintFullyConnected(painter, tile, unit);
    }
    if (place == m_pointed) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(tile.adjusted(-1, -1, 0, 0));
    }
}

void LayerView::paintConvolution(QPainter& painter, const QRect& tile, int unit) const
{
    painter.drawImage(QRect(tile.topLeft(), QSize(filterSide, filterSide)), filterPicture(unit));
    painter.drawImage(QRect(tile.left() + filterSide + gap, tile.top(), pictureSide, pictureSide),
                      responsePicture(unit));
}

void LayerView::paintFullyConnected(QPainter& painter, const QRect& tile, int unit) const
{
    const float value = strongest(unit);
    painter.setOpacity(value > 0 ? 1 : 0.45); // A unit that keeps silent stands back.
    painter.drawImage(QRect(tile.topLeft(), QSize(pictureSide, pictureSide)), filterPicture(unit));
    painter.setOpacity(1);
    QRect track(tile.left(), tile.bottom() + 1 - barHeight, pictureSide, barHeight);
    painter.fillRect(track,
                     mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.15));
    track.setWidth(m_scale > 0 ? static_cast<int>(std::lround(pictureSide * value / m_scale)) : 0);
    painter.fillRect(track, palette().color(QPalette::Highlight));
}

void LayerView::mouseMoveEvent(QMouseEvent* event)
{
    pointAt(event->position().toPoint());
}

void LayerView::mousePressEvent(QMouseEvent* event)
{
    pointAt(event->position().toPoint()); // A finger does not hover.
}

void LayerView::leaveEvent(QEvent*)
{
    setPointed(-1);
}

void LayerView::pointAt(QPoint position)
{
    for (int place = 0; place < static_cast<int>(m_units.size()); ++place) {
        if (tileRect(place).contains(position)) {
            setPointed(place);
            return;
        }
    }
    setPointed(-1);
}

void LayerView::setPointed(int place)
{
    if (m_pointed != place) {
        m_pointed = place;
        update();
        Q_EMIT unitPointedAt(pointedUnit());
    }
}

} // namespace digitpad
