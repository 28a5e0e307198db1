// How a gallery looks; what it does is in imagegallery.cpp and imagegalleryinput.cpp.
#include "core/image/digitimage.h"
#include "ui/gallery/imagegallery.h"
#include "ui/widgets/tones.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr int textInset = 4;
constexpr double radius = 4;

} // namespace

/// Painting rounded frames one by one would take most of a frame's time: one of each kind is kept. Pictures
/// that are close together have none.
void ImageGallery::prepareFrames()
{
    const double scale = devicePixelRatioF();
    const QSize size = cellSize();
    if (!m_frames[0].isNull() && m_frames[0].devicePixelRatio() == scale && m_frameSize == size) {
        return;
    }
    m_frameSize = size;
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    const QColor accent = palette().color(QPalette::Active, QPalette::Highlight);
    for (const Look look : {Look::Plain, Look::Hovered, Look::Selected}) {
        QPixmap frame(QSize(static_cast<int>(std::ceil(size.width() * scale)),
                            static_cast<int>(std::ceil(size.height() * scale))));
        frame.setDevicePixelRatio(scale);
        frame.fill(base);
        QPainter painter(&frame);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool chosen = look == Look::Selected;
        const double faint = look == Look::Hovered ? 0.4 : 0.14;
        painter.setPen(chosen ? QPen(accent, 2) : QPen(mixed(text, base, faint), 1));
        painter.setBrush(chosen ? mixed(accent, base, 0.22) : base);
        if (hasTexts() || look != Look::Plain) {
            const double inset = hasTexts() ? gap + 0.5 : 1;
            painter.drawRoundedRect(QRectF({}, QSizeF(size)).adjusted(inset, inset, -inset, -inset), radius,
                                    radius);
        }
        painter.end();
        m_frames[static_cast<std::size_t>(look)] = frame;
    }
}

void ImageGallery::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (m_items == nullptr || m_grid.count() == 0) {
        return;
    }
    prepareFrames();
    const int pixels = static_cast<int>(std::lround(side() * devicePixelRatioF()));
    m_thumbnails.prepare(pixels, palette().color(QPalette::Text));
    m_thumbnails.beginFrame();
    for (const QRect& part : event->region()) {
        const auto block = m_grid.block(part.translated(0, scrolled()));
        painter.setClipRect(part);
        for (int row = block.top; row <= block.bottom; ++row) {
            for (int column = block.first; column <= block.last; ++column) {
                if (const int index = m_grid.index(row, column); index < m_grid.count()) {
                    paintCell(painter, index);
                }
            }
        }
        if (m_band) {
            paintBand(painter);
        }
    }
    if (!m_unpainted.empty()) {
        m_rest.start(0, this);
    }
}

void ImageGallery::paintCell(QPainter& painter, int index)
{
    const bool selected = m_selection.contains(index);
    const Look look = selected ? Look::Selected : index == m_hovered ? Look::Hovered : Look::Plain;
    // Cells may be a pixel wider than the frame is; it stands in their middle.
    const QRect whole = cellRect(index);
    const QSize size = cellSize();
    const QRect cell({whole.left() + (whole.width() - size.width()) / 2, whole.top()}, size);
    painter.drawPixmap(cell.topLeft(), m_frames[static_cast<std::size_t>(look)]);
    const GalleryItem item = m_items->item(index);
    const QRect picture(cell.left() + (cell.width() - side()) / 2, cell.top() + (cell.width() - side()) / 2,
                        side(), side());
    if (item.pixels != nullptr) {
        if (const QImage* thumbnail = m_thumbnails.image(index, item.pixels)) {
            painter.drawImage(QRectF(picture), *thumbnail, QRectF(thumbnail->rect()));
        } else {
            m_unpainted.push_back(index);
        }
    }
    if (hasTexts()) {
        paintTexts(painter, cell, item, selected);
        paintBadge(painter, picture, item);
    }
    if (index == m_selection.current() && hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.adjusted(gap + 2, gap + 2, -gap - 3, -gap - 3));
    }
}

void ImageGallery::paintTexts(QPainter& painter, const QRect& cell, const GalleryItem& item,
                              bool selected) const
{
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    const QFontMetrics metrics = fontMetrics();
    const QRect line(cell.left() + gap + textInset, cell.bottom() - gap - metrics.height(),
                     cell.width() - 2 * (gap + textInset), metrics.height());
    painter.setPen(text);
    const bool alone = item.caption.isEmpty();
    painter.drawText(line, (alone ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter,
                     metrics.elidedText(item.label, Qt::ElideRight, line.width()));
    if (!alone) {
        const int room = line.width() - metrics.horizontalAdvance(item.label) - textInset;
        if (metrics.horizontalAdvance(item.caption) <= room) {
            painter.setPen(mixed(text, base, selected ? 0.85 : 0.66));
            painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, item.caption);
        }
    }
}

void ImageGallery::paintBadge(QPainter& painter, const QRect& picture, const GalleryItem& item) const
{
    if (item.badge.isEmpty()) {
        return;
    }
    const ToneColors colors = toneColors(palette(), item.badgeTone);
    const QFontMetrics metrics = fontMetrics();
    const int height = metrics.height();
    const int width = std::min(std::max(height, metrics.horizontalAdvance(item.badge) + 8), picture.width());
    const QRectF badge(picture.right() + 1 - width, picture.top(), width, height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(colors.background);
    painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(colors.text);
    painter.drawText(badge, Qt::AlignCenter, item.badge);
}

void ImageGallery::paintBand(QPainter& painter) const
{
    QColor accent = palette().color(QPalette::Active, QPalette::Highlight);
    painter.setPen(accent);
    accent.setAlpha(48);
    painter.setBrush(accent);
    painter.drawRect(m_bandRect.translated(0, -scrolled()).adjusted(0, 0, -1, -1));
}

} // namespace digitpad
