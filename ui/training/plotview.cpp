#include "ui/training/plotview.h"

#include "ui/training/plotlayer.h"
#include "ui/training/plotlines.h"
#include "ui/widgets/tones.h"

#include <QFocusEvent>
#include <QPainter>
#include <QtMath>

#include <utility>

namespace digitpad {

namespace {

constexpr std::size_t mostCrosshairRows = 12;
constexpr QSize smallest(180, 120);

} // namespace

PlotView::PlotView(Metric metric, QWidget* parent)
    : QWidget(parent)
    , m_layer(new PlotLayer(this))
{
    m_scene.metric = metric;
    m_scene.colors = PlotColors::of(palette());
    m_scene.font = font();
    setObjectName(metricKey(metric) + QStringLiteral("Plot"));
    setAccessibleName(tr("%1 plot").arg(metricName(metric)));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_layer, &PlotLayer::ready, this, qOverload<>(&QWidget::update));
}

void PlotView::setScene(PlotScene scene)
{
    m_scene = std::move(scene);
    if (m_pointer && m_drag == Drag::None) { // What is under the mouse has changed.
        setCrosshair(toScene(*m_pointer));
    }
    update();
}

void PlotView::setGuide(std::optional<double> x)
{
    if (x != m_guide) {
        m_guide = x;
        update();
    }
}

QRectF PlotView::plotArea() const
{
    return plotFrame(m_scene, rect()).area;
}

QPointF PlotView::placeOf(double x, double value) const
{
    const QRectF area = plotArea();
    return area.topLeft() + areaPoint(m_scene, area.size(), x, m_scene.plotted(value));
}

QString PlotView::crosshairText() const
{
    return m_crosshair ? digitpad::crosshairText(
                             crosshairAt(m_scene, m_crosshair->x(), m_crosshair->y(), mostCrosshairRows))
                       : QString();
}

bool PlotView::settled() const
{
    return m_layer->shows(m_scene, plotArea().size().toSize(), devicePixelRatioF());
}

QSize PlotView::sizeHint() const
{
    return {480, 280};
}

QSize PlotView::minimumSizeHint() const
{
    return smallest;
}

QPointF PlotView::toScene(QPointF place) const
{
    const QRectF area = plotArea();
    const QPointF inside = place - area.topLeft();
    return {m_scene.view.left() + inside.x() / area.width() * m_scene.view.width(),
            m_scene.view.bottom() - inside.y() / area.height() * m_scene.view.height()};
}

void PlotView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF area = plotArea();
    const QRegion around = QRegion(rect()) - area.toRect();
    for (const QRect& part : around) {
        painter.fillRect(part, m_scene.colors.base);
    }
    m_layer->paint(painter, area.topLeft().toPoint(), m_scene, area.size().toSize(), devicePixelRatioF());
    paintFrame(painter, m_scene, rect());
    paintCrosshair(painter);
    paintBand(painter);
    if (m_keyboardFocus) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void PlotView::paintCrosshair(QPainter& painter)
{
    const QRectF area = plotArea();
    const std::optional<double> x = m_crosshair ? std::optional(m_crosshair->x()) : m_guide;
    if (!x || *x < m_scene.view.left() || *x > m_scene.view.right() || m_scene.empty()) {
        return;
    }
    const double column = area.left() + areaPoint(m_scene, area.size(), *x, 0).x();
    painter.setPen(QPen(mixed(m_scene.colors.text, m_scene.colors.base, 0.5), 1, Qt::DashLine));
    painter.drawLine(QPointF(qFloor(column) + 0.5, area.top()), QPointF(qFloor(column) + 0.5, area.bottom()));
    if (!m_crosshair || m_drag != Drag::None) {
        return;
    }
    const Crosshair crosshair = crosshairAt(m_scene, m_crosshair->x(), m_crosshair->y(), mostCrosshairRows);
    if (!crosshair.rows.empty()) {
        const double row = area.top() + areaPoint(m_scene, area.size(), 0, m_crosshair->y()).y();
        paintCrosshairPanel(painter, m_scene, crosshair, {column, row}, rect());
    }
}

void PlotView::paintBand(QPainter& painter)
{
    if (m_drag != Drag::Band) {
        return;
    }
    QColor fill = palette().color(QPalette::Highlight);
    painter.setPen(fill);
    fill.setAlphaF(0.18F);
    painter.setBrush(fill);
    painter.drawRect(band().adjusted(0.5, 0.5, -0.5, -0.5));
}

void PlotView::focusInEvent(QFocusEvent* event)
{
    m_keyboardFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                      event->reason() == Qt::ShortcutFocusReason;
    update();
    QWidget::focusInEvent(event);
}

void PlotView::focusOutEvent(QFocusEvent* event)
{
    m_keyboardFocus = false;
    if (!underMouse()) {
        setCrosshair({});
    }
    update();
    QWidget::focusOutEvent(event);
}

} // namespace digitpad
