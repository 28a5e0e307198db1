#include "ui/evaluation/evaluationchart.h"

#include "ui/training/plotframe.h"
#include "ui/training/runcolors.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr double padding = 6;

} // namespace

ChartAxis percentAxis(const QString& title, double from, double to)
{
    return {title, from, to, evenTicks(from, to, 6), [](double part) { return percentText(part, 0); }};
}

EvaluationChart::EvaluationChart(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
{
    setAccessibleName(title);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_x = percentAxis({});
    m_y = percentAxis({});
}

QColor EvaluationChart::color(const QPalette& palette, Hue hue)
{
    return hue == Hue::Quiet ? secondaryText(palette) : runColor(hue == Hue::First ? 0 : 1, isDark(palette));
}

void EvaluationChart::setAxes(const ChartAxis& x, const ChartAxis& y)
{
    m_x = x;
    m_y = y;
    update();
}

void EvaluationChart::setSeries(const QList<Series>& series)
{
    m_series = series;
    update();
}

void EvaluationChart::setStops(const QList<Stop>& stops)
{
    m_stops = stops;
    m_stop = -1;
    QStringList words;
    for (const Stop& stop : stops.mid(0, 20)) { // A screen reader is not to read hundreds.
        words += stop.text;
    }
    words.replaceInStrings(QStringLiteral("\n"), QStringLiteral(", "));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void EvaluationChart::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

QSize EvaluationChart::sizeHint() const
{
    return minimumSizeHint(); // Layouts give it what they have.
}

QSize EvaluationChart::minimumSizeHint() const
{
    return {200, 180};
}

QRectF EvaluationChart::chartArea() const
{
    const bool key = std::any_of(m_series.begin(), m_series.end(),
                                 [](const Series& series) { return !series.name.isEmpty(); });
    return QRectF(rect()).adjusted(0, key ? fontMetrics().height() : 0, 0, 0);
}

QRectF EvaluationChart::plot() const
{
    return ChartPainter::plotOf(chartArea(), m_y, font());
}

QPointF EvaluationChart::place(double x, double y) const
{
    const QRectF area = plot();
    return {area.left() + (x - m_x.from) / (m_x.to - m_x.from) * area.width(),
            area.bottom() - (y - m_y.from) / (m_y.to - m_y.from) * area.height()};
}

double EvaluationChart::valueAt(double x) const
{
    const QRectF area = plot();
    return m_x.from + (x - area.left()) / std::max(1.0, area.width()) * (m_x.to - m_x.from);
}

ChartLook EvaluationChart::look() const
{
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    return {base, text, secondaryText(palette()), mixed(text, base, 0.14), font()};
}

int EvaluationChart::stopNear(double x) const
{
    int nearest = -1;
    double distance = 0;
    for (int i = 0; i < m_stops.size(); ++i) {
        const double away = std::abs(m_stops[i].x - x);
        if (nearest < 0 || away < distance) {
            nearest = i;
            distance = away;
        }
    }
    return nearest;
}

void EvaluationChart::setCurrentStop(int stop)
{
    if (m_stop != stop) {
        m_stop = stop;
        update();
        Q_EMIT currentStopChanged(stop);
    }
}

void EvaluationChart::paintSeries(ChartPainter& chart) const
{
    for (const Series& series : m_series) {
        const QColor tint = color(palette(), series.hue);
        if (!series.low.isEmpty()) {
            chart.band(series.low, series.high, tint);
        }
        switch (series.form) {
        case Form::Line:
            chart.line(series.points, tint, 2);
            break;
        case Form::Dashes:
            chart.line(series.points, tint, 1, Qt::DashLine);
            break;
        case Form::DottedLine:
            chart.line(series.points, tint, 2);
            for (const QPointF& point : series.points) {
                chart.dot(point.x(), point.y(), tint);
            }
            break;
        case Form::Bars:
            for (const QPointF& point : series.points) {
                chart.bar(point.x() - series.barWidth / 2, point.x() + series.barWidth / 2, m_y.from,
                          point.y(), tint);
            }
            break;
        }
    }
}

void EvaluationChart::paintKey(QPainter& painter) const
{
    constexpr double swatch = 18;
    const double height = fontMetrics().height();
    double x = plot().left();
    for (const Series& series : m_series) {
        if (series.name.isEmpty()) {
            continue;
        }
        const QList<qreal> dashes = series.form == Form::Dashes ? QList<qreal>{4, 3} : QList<qreal>();
        paintSwatch(painter, {x, 2, swatch, height}, color(palette(), series.hue),
                    series.form == Form::Bars ? 8 : 2, dashes, series.form == Form::DottedLine);
        x += swatch + padding;
        const double width = fontMetrics().horizontalAdvance(series.name);
        painter.setPen(secondaryText(palette()));
        painter.drawText(QRectF(x, 2, width + 1, height), Qt::AlignLeft | Qt::AlignVCenter, series.name);
        x += width + 3 * padding;
    }
}

void EvaluationChart::paintStopText(QPainter& painter, const QPointF& place, const QString& text) const
{
    const QRectF area = plot();
    QRectF words = painter.boundingRect(QRectF(0, 0, 400, 400), Qt::AlignLeft, text);
    QRectF box = words.adjusted(-padding, -padding / 2, padding, padding / 2);
    const bool left = place.x() > area.center().x();
    box.moveLeft(left ? place.x() - 10 - box.width() : place.x() + 10);
    box.moveTop(std::clamp(place.y() - box.height() / 2, area.top(),
                           std::max(area.top(), area.bottom() - box.height())));
    box.moveLeft(std::clamp(box.left(), 0.0, std::max(0.0, width() - box.width())));
    painter.setPen(mixed(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.35));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(box.adjusted(padding, padding / 2, padding, padding), Qt::AlignLeft, text);
}

void EvaluationChart::paintStop(QPainter& painter, ChartPainter& chart) const
{
    const Stop& stop = m_stops[m_stop];
    chart.rule(stop.x, secondaryText(palette()), 1);
    QPointF at = place(stop.x, (m_y.from + m_y.to) / 2);
    for (const QPointF& point : stop.points) {
        painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawEllipse(chart.map(point.x(), point.y()), 4, 4);
        at = chart.map(point.x(), point.y());
    }
    paintStopText(painter, at, stop.text);
}

void EvaluationChart::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(plot(), palette().color(QPalette::Base));
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_series.isEmpty()) {
        painter.setPen(secondaryText(palette()));
        painter.drawText(plot().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    ChartPainter chart(painter, chartArea(), m_x, m_y, look());
    paintSeries(chart);
    paintKey(painter);
    paintMarks(chart);
    if (m_stop >= 0) {
        paintStop(painter, chart);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(plot().toRect().adjusted(-1, -1, 0, 0));
    }
}

void EvaluationChart::mouseMoveEvent(QMouseEvent* event)
{
    const bool inside = plot().adjusted(-padding, 0, padding, 2 * padding).contains(event->position());
    setCurrentStop(inside ? stopNear(valueAt(event->position().x())) : -1);
}

void EvaluationChart::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setCurrentStop(-1);
}

void EvaluationChart::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_stops.size()) - 1;
    if (last < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrentStop(m_stop < 0 ? last : std::max(0, m_stop - 1));
        break;
    case Qt::Key_Right:
        setCurrentStop(std::min(last, m_stop + 1));
        break;
    case Qt::Key_Home:
        setCurrentStop(0);
        break;
    case Qt::Key_End:
        setCurrentStop(last);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void EvaluationChart::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void EvaluationChart::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    setCurrentStop(-1);
    update();
}

} // namespace digitpad
