#include "ui/draw/drawingcanvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointingDevice>
#include <QTabletEvent>
#include <QTouchEvent>

#include <algorithm>

namespace digitpad {

namespace {

/// Around the pad, for the frame and the focus ring.
constexpr int margin = 4;

/// Mouse events that Qt or the system made out of touch or pen events, which come here themselves.
bool isSynthesised(const QMouseEvent& event)
{
    const auto device = event.deviceType();
    return event.source() != Qt::MouseEventNotSynthesized ||
           device == QInputDevice::DeviceType::TouchScreen || device == QInputDevice::DeviceType::Stylus;
}

float pressureOf(const QTabletEvent& event)
{
    const bool known = event.pointingDevice()->hasCapability(QInputDevice::Capability::Pressure);
    return known ? static_cast<float>(event.pressure()) : 1;
}

bool erases(const QTabletEvent& event)
{
    return event.pointerType() == QPointingDevice::PointerType::Eraser || event.buttons() & Qt::RightButton;
}

} // namespace

DrawingCanvas::DrawingCanvas(Drawing* drawing, QWidget* parent)
    : QWidget(parent)
    , m_drawing(drawing)
{
    setObjectName(QStringLiteral("drawingCanvas"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setTabletTracking(true);
    setAttribute(Qt::WA_AcceptTouchEvents);
    setContextMenuPolicy(Qt::PreventContextMenu); // The right button erases.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setSizePolicy(policy);
    setAccessibleName(tr("Drawing pad"));
    setAccessibleDescription(tr("Draw a digit with the mouse, a finger or a pen. The right mouse button "
                                "erases, Escape drops a stroke."));
    connect(drawing, &Drawing::changed, this, &DrawingCanvas::onChanged);
    connect(drawing, &Drawing::emptyChanged, this, [this] { update(); }); // The hint.
}

QSize DrawingCanvas::sizeHint() const
{
    return {560, 560};
}

QSize DrawingCanvas::minimumSizeHint() const
{
    return {220, 220};
}

QRect DrawingCanvas::padRect() const
{
    const int side = std::max(1, std::min(width(), height()) - 2 * margin);
    return {(width() - side) / 2, (height() - side) / 2, side, side};
}

QRect DrawingCanvas::widgetRect(const QRectF& padArea) const
{
    const double u = unit();
    const QRectF area(padArea.x() * u, padArea.y() * u, padArea.width() * u, padArea.height() * u);
    return area.translated(padRect().topLeft()).toAlignedRect().adjusted(-2, -2, 2, 2);
}

void DrawingCanvas::setTool(Tool tool)
{
    m_tool = tool;
    setHover(m_hover, tool);
}

void DrawingCanvas::setBrushWidth(float width)
{
    update(brushRect());
    m_brushWidth = width;
    update(brushRect());
}

void DrawingCanvas::setBrushPreview(bool shown)
{
    update(brushRect());
    m_brushPreview = shown;
    update(brushRect());
}

void DrawingCanvas::setReading(const NumberReading& reading)
{
    const QRect before = m_marks.area();
    m_marks.setReading(reading);
    m_marks.layOut(padRect(), font());
    update(before | m_marks.area());
}

bool DrawingCanvas::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
        return touchEvent(static_cast<QTouchEvent*>(event));
    default:
        return QWidget::event(event);
    }
}

void DrawingCanvas::mousePressEvent(QMouseEvent* event)
{
    const bool drawingButton = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
    if (isSynthesised(*event) || !drawingButton || m_source != Source::None ||
        !padRect().contains(event->position().toPoint())) {
        return;
    }
    m_button = event->button();
    const Tool tool = m_button == Qt::RightButton ? Tool::Eraser : m_tool;
    begin(Source::Mouse, tool, event->position(), event->timestamp(), 1);
    setHover(event->position(), tool);
}

void DrawingCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (isSynthesised(*event)) {
        return;
    }
    if (m_source == Source::Mouse) {
        extend(event->position(), event->timestamp(), 1);
    }
    if (m_source == Source::Mouse || m_source == Source::None) {
        setHover(event->position(), m_source == Source::Mouse ? m_gestureTool : m_tool);
    }
}

void DrawingCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (!isSynthesised(*event) && m_source == Source::Mouse && event->button() == m_button) {
        extend(event->position(), event->timestamp(), 1);
        end();
        setHover(event->position(), m_tool);
    }
}

bool DrawingCanvas::touchEvent(QTouchEvent* event)
{
    event->accept(); // Or Qt would send mouse events in its place.
    if (event->type() == QEvent::TouchCancel) {
        if (m_source == Source::Touch) {
            m_drawing->cancelGesture();
            end();
        }
        return true;
    }
    for (const QEventPoint& point : event->points()) {
        const bool pressed = point.state() == QEventPoint::State::Pressed;
        if (pressed && m_source == Source::None && padRect().contains(point.position().toPoint())) {
            m_finger = point.id();
            setHover({}, m_tool);
            begin(Source::Touch, m_tool, point.position(), event->timestamp(), 1);
        } else if (m_source == Source::Touch && point.id() == m_finger &&
                   point.state() != QEventPoint::State::Stationary) {
            extend(point.position(), event->timestamp(), 1);
            if (point.state() == QEventPoint::State::Released) {
                end();
            }
        }
    }
    return true;
}

void DrawingCanvas::tabletEvent(QTabletEvent* event)
{
    event->accept(); // Or Qt would send mouse events in its place.
    const Tool tool = erases(*event) ? Tool::Eraser : m_tool;
    const QPointF position = event->position();
    if (event->type() == QEvent::TabletPress && m_source != Source::Tablet &&
        padRect().contains(position.toPoint())) {
        if (m_source == Source::Touch) { // The hand that holds the pen came down first.
            m_drawing->cancelGesture();
        }
        begin(Source::Tablet, tool, position, event->timestamp(), pressureOf(*event));
    } else if (m_source == Source::Tablet) {
        // A pen that leaves the surface presses no more; that would thin the end of every stroke.
        if (event->type() == QEvent::TabletMove) {
            extend(position, event->timestamp(), pressureOf(*event));
        } else if (event->type() == QEvent::TabletRelease) {
            end();
        }
    }
    setHover(position, m_source == Source::Tablet ? m_gestureTool : tool);
}

void DrawingCanvas::begin(Source source, Tool tool, const QPointF& position, quint64 timestamp,
                          float pressure)
{
    if (m_drawing->empty()) {
        m_timeOrigin = timestamp;
    }
    m_source = source;
    m_gestureTool = tool;
    const InkPoint point = inkPoint(position, timestamp, pressure);
    if (tool == Tool::Pen) {
        m_drawing->beginStroke(point, m_brushWidth);
    } else {
        m_drawing->beginErase(point.x, point.y, m_brushWidth / 2);
    }
}

void DrawingCanvas::extend(const QPointF& position, quint64 timestamp, float pressure)
{
    const InkPoint point = inkPoint(position, timestamp, pressure);
    if (m_gestureTool == Tool::Pen) {
        m_drawing->extendStroke(point);
    } else {
        m_drawing->extendErase(point.x, point.y);
    }
}

void DrawingCanvas::end()
{
    m_source = Source::None;
    m_finger = -1;
    m_drawing->endGesture();
}

InkPoint DrawingCanvas::inkPoint(const QPointF& position, quint64 timestamp, float pressure) const
{
    const QPointF point = (position - padRect().topLeft()) / unit();
    const quint64 time = timestamp > m_timeOrigin ? timestamp - m_timeOrigin : 0;
    return {static_cast<float>(point.x()), static_cast<float>(point.y()), static_cast<float>(time), pressure};
}

void DrawingCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_drawing->gestureInProgress()) {
        m_drawing
            ->cancelGesture(); // The button is still down: its movements go nowhere until it is released.
        return;
    }
    QWidget::keyPressEvent(event);
}

void DrawingCanvas::leaveEvent(QEvent* event)
{
    setHover({}, m_tool);
    QWidget::leaveEvent(event);
}

void DrawingCanvas::hideEvent(QHideEvent* event)
{
    if (m_source != Source::None) {
        end(); // The release will not come here.
    }
    setHover({}, m_tool);
    QWidget::hideEvent(event);
}

void DrawingCanvas::focusInEvent(QFocusEvent* event)
{
    const auto reason = event->reason();
    m_keyboardFocus =
        reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    update();
    QWidget::focusInEvent(event);
}

void DrawingCanvas::focusOutEvent(QFocusEvent* event)
{
    update();
    QWidget::focusOutEvent(event);
}

void DrawingCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::EnabledChange) {
        update();
    }
    QWidget::changeEvent(event);
}

void DrawingCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_marks.layOut(padRect(), font());
    Q_EMIT padMoved();
}

void DrawingCanvas::onChanged(const QRectF& area)
{
    const Stroke* stroke = m_drawing->strokeInProgress();
    if (m_layer.pixels() == 0) {
        m_settled = 0; // Before the first paint: ensureLayer() draws it all.
    } else if (stroke != nullptr) {
        m_settled = m_layer.addSettled(*stroke, std::min(m_settled, settledPieces(*stroke)));
    } else {
        m_settled = 0;
        m_layer.repaint(m_drawing->content(), m_layer.deviceRect(area));
    }
    update(widgetRect(area));
}

void DrawingCanvas::setHover(std::optional<QPointF> position, Tool tool)
{
    const bool inside = position && padRect().contains(position->toPoint());
    if (!inside && m_source == Source::None) {
        position.reset();
    }
    update(brushRect());
    m_hover = position;
    m_hoverTool = tool;
    update(brushRect());
    const Qt::CursorShape shape = inside ? Qt::CrossCursor : Qt::ArrowCursor;
    if (cursor().shape() != shape) {
        setCursor(shape);
    }
}

} // namespace digitpad
