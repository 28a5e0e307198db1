#include "core/report/chartpainter.h"

#include <QFontMetricsF>
#include <QPolygonF>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr double textPixels = 11;
constexpr double gapBetweenTicks = 3;

} // namespace

QFont ChartPainter::font(double pixels, bool bold)
{
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setStyleHint(QFont::SansSerif);
    font.setPixelSize(static_cast<int>(pixels));
    font.setBold(bold);
    return font;
}

ChartPainter::ChartPainter(QPainter& painter, const QRectF& area, ChartAxis x, ChartAxis y)
    : ChartPainter(painter, area, std::move(x), std::move(y),
                   {paper(), ink(), faint(), grid(), font(textPixels)})
{
}

ChartPainter::ChartPainter(QPainter& painter, const QRectF& area, ChartAxis x, ChartAxis y, ChartLook look)
    : m_painter(painter)
    , m_x(std::move(x))
    , m_y(std::move(y))
    , m_look(std::move(look))
    , m_area(area)
    , m_plot(plotOf(area, m_y, m_look.font))
{
    m_painter.setFont(m_look.font);
    paintAxes();
}

QRectF ChartPainter::plotOf(const QRectF& area, const ChartAxis& y, const QFont& font)
{
    const QFontMetricsF metrics(font);
    double widest = 0;
    for (const double tick : y.ticks) {
        widest = std::max(widest, metrics.horizontalAdvance(y.text(tick)));
    }
    const double line = metrics.height();
    return area.adjusted(line + 8 + widest + 6, 6, -20, -(2 * line + 12));
}

QPointF ChartPainter::map(double x, double y) const
{
    return {m_plot.left() + (x - m_x.from) / (m_x.to - m_x.from) * m_plot.width(),
            m_plot.bottom() - (y - m_y.from) / (m_y.to - m_y.from) * m_plot.height()};
}

void ChartPainter::paintAxes()
{
    const QFontMetricsF metrics(m_painter.font());
    const double line = metrics.height();
    double free = m_area.left() - m_area.width();
    for (const double tick : std::as_const(m_x.ticks)) {
        const double x = map(tick, m_y.from).x();
        m_painter.setPen(QPen(m_look.grid, 1));
        m_painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
        const QString text = m_x.text(tick);
        const double width = metrics.horizontalAdvance(text);
        if (x - width / 2 < free) {
            continue; // Numbers never run into each other.
        }
        free = x + width / 2 + gapBetweenTicks;
        m_painter.setPen(m_look.faint);
        m_painter.drawText(QRectF(x - 40, m_plot.bottom() + 3, 80, line), Qt::AlignCenter, text);
    }
    for (const double tick : std::as_const(m_y.ticks)) {
        const double y = map(m_x.from, tick).y();
        m_painter.setPen(QPen(m_look.grid, 1));
        m_painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        m_painter.setPen(m_look.faint);
        m_painter.drawText(QRectF(m_area.left(), y - line / 2, m_plot.left() - 6 - m_area.left(), line),
                           Qt::AlignRight | Qt::AlignVCenter, m_y.text(tick));
    }
    m_painter.setPen(m_look.ink);
    m_painter.drawText(QRectF(m_plot.left(), m_area.bottom() - line - 2, m_plot.width(), line),
                       Qt::AlignCenter, m_x.title);
    m_painter.save();
    m_painter.translate(m_area.left() + line / 2 + 1, m_plot.center().y());
    m_painter.rotate(-90);
    m_painter.drawText(QRectF(-m_plot.height() / 2, -line / 2, m_plot.height(), line), Qt::AlignCenter,
                       m_y.title);
    m_painter.restore();
}

void ChartPainter::line(const QList<QPointF>& points, const QColor& color, double width, Qt::PenStyle style)
{
    QPolygonF polygon;
    for (const QPointF& point : points) {
        polygon << map(point.x(), point.y());
    }
    m_painter.save();
    m_painter.setClipRect(m_plot.adjusted(-1, -1, 1, 1));
    m_painter.setPen(QPen(color, width, style, Qt::RoundCap, Qt::RoundJoin));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolyline(polygon);
    m_painter.restore();
}

void ChartPainter::band(const QList<QPointF>& low, const QList<QPointF>& high, const QColor& color)
{
    QPolygonF polygon;
    for (const QPointF& point : low) {
        polygon << map(point.x(), point.y());
    }
    for (auto point = high.crbegin(); point != high.crend(); ++point) {
        polygon << map(point->x(), point->y());
    }
    QColor pale = color;
    pale.setAlphaF(0.16F);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(pale);
    m_painter.drawPolygon(polygon);
}

void ChartPainter::bar(double left, double right, double bottom, double top, const QColor& color)
{
    const QRectF rect(map(left, top), map(right, bottom));
    if (rect.height() > 0) {
        m_painter.fillRect(rect.adjusted(0.5, 0, -0.5, 0), color);
    }
}

void ChartPainter::dot(double x, double y, const QColor& color)
{
    m_painter.setPen(QPen(m_look.paper, 1));
    m_painter.setBrush(color);
    m_painter.drawEllipse(map(x, y), 3.2, 3.2);
}

void ChartPainter::mark(double x, const QString& text, double part)
{
    const double at = map(x, m_y.from).x();
    const QFontMetricsF metrics(m_painter.font());
    m_painter.setPen(QPen(m_look.ink, 1.2, Qt::DashLine));
    m_painter.drawLine(QPointF(at, m_plot.top()), QPointF(at, m_plot.bottom()));
    m_painter.setPen(m_look.ink);
    const double width = metrics.horizontalAdvance(text) + 2;
    const bool left = at + 5 + width > m_plot.right();
    const QRectF box(left ? at - 5 - width : at + 5, m_plot.top() + 2 + part * m_plot.height(), width,
                     metrics.height());
    m_painter.fillRect(box, m_look.paper);
    m_painter.drawText(box, Qt::AlignCenter, text);
}

void ChartPainter::rule(double x, const QColor& color, double width)
{
    const double at = map(x, m_y.from).x();
    m_painter.setPen(QPen(color, width));
    m_painter.drawLine(QPointF(at, m_plot.top()), QPointF(at, m_plot.bottom()));
}

void ChartPainter::legend(const QList<Entry>& entries, Qt::Corner corner)
{
    const QFontMetricsF metrics(m_painter.font());
    double width = 0;
    for (const Entry& entry : entries) {
        width = std::max(width, metrics.horizontalAdvance(entry.text));
    }
    const double line = metrics.height() + 2;
    QRectF box(0, 0, width + 28, line * static_cast<double>(entries.size()) + 6);
    if (corner == Qt::TopLeftCorner) {
        box.moveTopLeft(m_plot.topLeft() + QPointF(6, 6));
    } else {
        box.moveBottomRight(m_plot.bottomRight() - QPointF(6, 6));
    }
    QColor ground = m_look.paper;
    ground.setAlpha(225);
    m_painter.fillRect(box, ground);
    double y = box.top() + 3;
    for (const Entry& entry : entries) {
        m_painter.fillRect(QRectF(box.left() + 4, y + line / 2 - 4, 14, 8), entry.color);
        m_painter.setPen(m_look.ink);
        m_painter.drawText(QRectF(box.left() + 23, y, width + 4, line), Qt::AlignLeft | Qt::AlignVCenter,
                           entry.text);
        y += line;
    }
}

QList<double> evenTicks(double from, double to, int count)
{
    QList<double> ticks;
    for (int i = 0; i < count; ++i) {
        ticks << from + (to - from) * i / (count - 1);
    }
    return ticks;
}

} // namespace digitpad
