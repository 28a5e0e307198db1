// How the canvas looks; what it does is in drawingcanvas.cpp.
#include "core/ink/strokeeraser.h"
#include "ui/draw/drawingcanvas.h"

#include <QPaintEvent>
#include <QPainter>

#include <cmath>

namespace digitpad {

namespace {

QColor withAlpha(QColor color, int alpha)
{
    color.setAlpha(alpha);
    return color;
}

} // namespace

void DrawingCanvas::ensureLayer()
{
    const int pixels = std::max(1, static_cast<int>(std::lround(padRect().width() * devicePixelRatioF())));
    const QColor ink = palette().color(QPalette::Text);
    if (m_layer.pixels() != pixels || m_layer.ink() != ink) {
        m_layer.reset(pixels, ink);
        repaintLayer();
    }
}

void DrawingCanvas::repaintLayer()
{
    PadContent content = m_drawing->content();
    const Stroke* stroke = m_drawing->strokeInProgress();
    if (stroke != nullptr) {
        content.ink.strokes.pop_back(); // Its last piece is not settled and must not stay in the layer.
    }
    m_layer.repaint(content, m_layer.image().rect());
    m_settled = stroke != nullptr ? m_layer.addSettled(*stroke, 0) : 0;
}

void DrawingCanvas::paintEvent(QPaintEvent* event)
{
    ensureLayer();
    QPainter painter(this);
    painter.setClipRegion(event->region());
    paintPaper(painter);
    if (m_drawing->empty()) {
        paintHint(painter);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.setClipRect(padRect(), Qt::IntersectClip);
    paintTail(painter);
    m_marks.paint(painter, palette(), event->rect());
    paintBrush(painter);
    painter.restore();
    paintFrame(painter);
}

void DrawingCanvas::paintPaper(QPainter& painter) const
{
    painter.fillRect(padRect(), palette().color(QPalette::Base));
    // One pixel of the layer on one of the screen, whatever the scale.
    const double side = m_layer.pixels() / devicePixelRatioF();
    painter.drawImage(QRectF(padRect().topLeft(), QSizeF(side, side)), m_layer.image(),
                      QRectF(m_layer.image().rect()));
}

void DrawingCanvas::paintTail(QPainter& painter) const
{
    const Stroke* stroke = m_drawing->strokeInProgress();
    if (stroke == nullptr) {
        return;
    }
    const CurvePiece tail = curvePiece(*stroke, stroke->points.size() - 1);
    const auto place = [this](const PenPlace& pen) {
        return QPointF(pen.point.x, pen.point.y) * unit() + padRect().topLeft();
    };
    const QColor ink = palette().color(QPalette::Text);
    const double width = (tail.from.radius + tail.to.radius) * unit();
    painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap));
    if (tail.from.point.x == tail.to.point.x && tail.from.point.y == tail.to.point.y) {
        painter.drawPoint(place(tail.to));
    } else {
        painter.drawLine(place(tail.from), place(tail.to));
    }
}

void DrawingCanvas::paintHint(QPainter& painter) const
{
    QFont large = font();
    large.setPointSizeF(font().pointSizeF() * 1.6);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(padRect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Draw a digit here"));
}

void DrawingCanvas::paintBrush(QPainter& painter) const
{
    if (!m_hover && !m_brushPreview) {
        return;
    }
    const double radius = double{m_brushWidth} / 2 * unit();
    const QPointF centre = m_hover && !m_brushPreview ? *m_hover : QRectF(padRect()).center();
    const bool eraser = (m_brushPreview ? m_tool : m_hoverTool) == Tool::Eraser;
    // Two rings, so that one of them shows on ink and the other on paper.
    painter.setBrush(eraser ? QBrush(withAlpha(palette().color(QPalette::Base), 170)) : QBrush(Qt::NoBrush));
    painter.setPen(QPen(withAlpha(palette().color(QPalette::Base), 200), 1));
    painter.drawEllipse(centre, radius + 1, radius + 1);
    painter.setPen(QPen(withAlpha(palette().color(QPalette::Text), 170), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(centre, radius, radius);
}

QRect DrawingCanvas::brushRect() const
{
    if (!m_hover && !m_brushPreview) {
        return {};
    }
    const double reach = double{m_brushWidth} / 2 * unit() + 3;
    const QPointF centre = m_hover && !m_brushPreview ? *m_hover : QRectF(padRect()).center();
    return QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach).toAlignedRect();
}

void DrawingCanvas::paintFrame(QPainter& painter) const
{
    const bool ring = hasFocus() && m_keyboardFocus;
    const QColor color =
        ring ? palette().color(QPalette::Highlight) : withAlpha(palette().color(QPalette::WindowText), 90);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, ring ? 2 : 1));
    const double out = ring ? 2 : 0.5;
    painter.drawRect(QRectF(padRect()).adjusted(-out, -out, out, out));
}

} // namespace digitpad
