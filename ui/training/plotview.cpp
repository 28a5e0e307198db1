#include "ui/training/plotview.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr int markerSize = 8;
/// The part of an axis left free behind its end, so that a marker there is not cut in half.
constexpr double markerRoom = 0.02;
/// Plots lower than this do without the axis's title; its numbers need the room.
constexpr int heightForTitle = 190;

/// Blue and vermilion of Okabe and Ito's set, which stay apart for every kind of colour vision; on dark
/// ground its sky blue and orange, which have the contrast there.
QColor lineColor(PlotView::Role role, const QPalette& palette)
{
    const bool dark = isDark(palette);
    if (role == PlotView::Role::Validation) {
        return dark ? QColor(0xE6, 0x9F, 0x00) : QColor(0xD5, 0x5E, 0x00);
    }
    QColor training = dark ? QColor(0x56, 0xB4, 0xE9) : QColor(0x00, 0x72, 0xB2);
    training.setAlphaF(role == PlotView::Role::Faint ? (dark ? 0.42F : 0.32F) : 1.0F);
    return training;
}

QPen linePen(PlotView::Role role, const QPalette& palette)
{
    QPen pen(lineColor(role, palette), role == PlotView::Role::Faint ? 1 : 2);
    if (role == PlotView::Role::Validation) {
        pen.setDashPattern({4, 2});
    }
    pen.setJoinStyle(Qt::BevelJoin); // No spikes at sharp turns, and the cheapest to stroke.
    return pen;
}

void replaceTicks(QCategoryAxis* axis, const AxisScale& scale, const std::function<QString(double)>& toText)
{
    const QStringList old = axis->categoriesLabels();
    for (const QString& label : old) {
        axis->remove(label);
    }
    for (const double tick : scale.ticks) {
        const QString text = toText(tick);
        if (!text.isEmpty()) {
            axis->append(text, tick);
        }
    }
}

void styleAxis(QCategoryAxis* axis, const QPalette& palette)
{
    const QColor text = palette.color(QPalette::Text);
    QColor grid = text;
    grid.setAlphaF(0.13F);
    axis->setLabelsColor(text);
    axis->setTitleBrush(text);
    axis->setGridLinePen(QPen(grid, 1));
    axis->setLinePen(QPen(grid, 1));
}

QCategoryAxis* newAxis(QObject* parent)
{
    auto* axis = new QCategoryAxis(parent);
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setTruncateLabels(false);
    axis->setStartValue(-1e9); // Otherwise the first category's start draws a grid line of its own.
    return axis;
}

} // namespace

PlotView::PlotView(QWidget* parent)
    : QChartView(parent)
    , m_epochs(newAxis(chart()))
    , m_values(newAxis(chart()))
    , m_crosshair(new QGraphicsLineItem(chart()))
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setMinimumSize(220, 140);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setMargins(QMargins(4, 0, 8, 2));
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->setAlignment(Qt::AlignTop);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    chart()->addAxis(m_epochs, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    m_epochs->setTitleText(tr("Epoch"));
    m_crosshair->setZValue(20);
    m_crosshair->hide();
    setEpochAxis(1);
    applyPalette();
}

int PlotView::addLine(Role role, const QString& name)
{
    Line line{role, new QLineSeries(chart())};
    line.series->setName(name);
    chart()->addSeries(line.series);
    line.series->attachAxis(m_epochs);
    line.series->attachAxis(m_values);
    applyLineStyle(line);
    m_lines.append(line);
    return static_cast<int>(m_lines.size()) - 1;
}

void PlotView::addMarkers(int line)
{
    Line& owner = m_lines[line];
    owner.markers = new QScatterSeries(chart());
    owner.markers->setMarkerSize(markerSize);
    owner.markers->setMarkerShape(owner.role == Role::Validation ? QScatterSeries::MarkerShapeRectangle
                                                                 : QScatterSeries::MarkerShapeCircle);
    chart()->addSeries(owner.markers);
    owner.markers->attachAxis(m_epochs);
    owner.markers->attachAxis(m_values);
    const auto legendMarkers = chart()->legend()->markers(owner.markers);
    for (QLegendMarker* marker : legendMarkers) {
        marker->setVisible(false);
    }
    applyLineStyle(owner);
}

void PlotView::setPoints(int line, const QList<QPointF>& points)
{
    m_lines[line].series->replace(points);
    if (m_lines[line].markers != nullptr) {
        m_lines[line].markers->replace(points);
    }
}

QList<QPointF> PlotView::points(int line) const
{
    return m_lines[line].series->points();
}

void PlotView::setEpochAxis(double end)
{
    if (end == m_epochEnd) {
        return;
    }
    m_epochEnd = end;
    const AxisScale scale = linearScale(0, end, end > 1 && end < 5 ? static_cast<int>(end) : 5);
    replaceTicks(m_epochs, scale, [&](double tick) {
        return tick <= end ? numberLocale().toString(tick, 'f', scale.decimals) : QString();
    });
    m_epochs->setRange(0, end * (1 + markerRoom));
}

void PlotView::setValueAxis(const AxisScale& scale, const std::function<QString(double)>& toText)
{
    if (scale == m_valueScale) {
        return;
    }
    m_valueScale = scale;
    replaceTicks(m_values, scale, toText);
    m_values->setRange(scale.low, scale.high + markerRoom * (scale.high - scale.low));
}

double PlotView::valueAxisLow() const
{
    return m_valueScale.low;
}

double PlotView::valueAxisHigh() const
{
    return m_valueScale.high;
}

double PlotView::epochAxisHigh() const
{
    return m_epochEnd;
}

void PlotView::setHoverText(std::function<QString(double)> textAt)
{
    m_hoverText = std::move(textAt);
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF area = chart()->plotArea();
    const QPointF at = chart()->mapFromScene(mapToScene(event->position().toPoint()));
    const QString text = area.contains(at) && m_hoverText && !m_lines.isEmpty()
                             ? m_hoverText(chart()->mapToValue(at, m_lines.first().series).x())
                             : QString();
    if (text.isEmpty()) {
        hideCrosshair();
        return;
    }
    m_crosshair->setLine(at.x(), area.top(), at.x(), area.bottom());
    m_crosshair->show();
    QToolTip::showText(event->globalPosition().toPoint() + QPoint(12, 0), text, this);
}

void PlotView::resizeEvent(QResizeEvent* event)
{
    m_epochs->setTitleVisible(height() >= heightForTitle);
    QChartView::resizeEvent(event);
}

void PlotView::drawForeground(QPainter* painter, const QRectF& rect)
{
    QChartView::drawForeground(painter, rect);
    const bool empty = std::all_of(m_lines.begin(), m_lines.end(),
                                   [](const Line& line) { return line.series->count() == 0; });
    if (empty && !m_emptyText.isEmpty()) {
        painter->setPen(secondaryText(palette()));
        painter->setFont(font());
        painter->drawText(chart()->mapToScene(chart()->plotArea()).boundingRect(),
                          Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
}

void PlotView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void PlotView::leaveEvent(QEvent* event)
{
    hideCrosshair();
    QChartView::leaveEvent(event);
}

void PlotView::hideCrosshair()
{
    if (m_crosshair->isVisible()) {
        m_crosshair->hide();
        QToolTip::hideText();
    }
}

void PlotView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QChartView::changeEvent(event);
}

void PlotView::applyPalette()
{
    setBackgroundBrush(palette().base());
    chart()->setBackgroundBrush(palette().base());
    chart()->setBackgroundPen(Qt::NoPen);
    chart()->legend()->setLabelColor(palette().color(QPalette::Text));
    styleAxis(m_epochs, palette());
    styleAxis(m_values, palette());
    QColor crosshair = palette().color(QPalette::Text);
    crosshair.setAlphaF(0.5F);
    m_crosshair->setPen(QPen(crosshair, 1, Qt::DotLine));
    for (const Line& line : std::as_const(m_lines)) {
        applyLineStyle(line);
    }
}

void PlotView::applyLineStyle(const Line& line)
{
    line.series->setPen(linePen(line.role, palette()));
    if (line.markers != nullptr) {
        line.markers->setColor(lineColor(line.role, palette()));
        line.markers->setBorderColor(palette().color(QPalette::Base));
    }
}

} // namespace digitpad
