// Mouse, wheel and keys of a PlotView.
#include "ui/training/plotlines.h"
#include "ui/training/plotview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr double keyZoom = 1.25;
constexpr double wheelZoom = 1.2; ///< Per notch.
constexpr double keyPan = 0.1;    ///< Of what is in sight.
/// A band that is narrower than this asks for the other axis alone; one that is so both ways is a click.
constexpr double leastBand = 8;

} // namespace

void PlotView::zoomX(double factor, double about)
{
    const QRectF& view = m_scene.view;
    Q_EMIT xWanted({about - (about - view.left()) / factor, about + (view.right() - about) / factor});
}

void PlotView::zoomY(double factor, double about)
{
    const QRectF& view = m_scene.view;
    Q_EMIT yWanted({about - (about - view.top()) / factor, about + (view.bottom() - about) / factor});
}

void PlotView::panX(double distance)
{
    Q_EMIT xWanted({m_scene.view.left() + distance, m_scene.view.right() + distance});
}

void PlotView::panY(double distance)
{
    Q_EMIT yWanted({m_scene.view.top() + distance, m_scene.view.bottom() + distance});
}

QRectF PlotView::band() const
{
    const QRectF area = plotArea();
    QRectF band = QRectF(m_dragStart, m_dragNow).normalized() & area;
    if (band.height() < leastBand) {
        band.setTop(area.top());
        band.setBottom(area.bottom());
    } else if (band.width() < leastBand) {
        band.setLeft(area.left());
        band.setRight(area.right());
    }
    return band;
}

void PlotView::zoomToBand()
{
    const QRectF drawn = QRectF(m_dragStart, m_dragNow).normalized() & plotArea();
    const QPointF first = toScene(drawn.bottomLeft());
    const QPointF last = toScene(drawn.topRight());
    if (drawn.width() >= leastBand) {
        Q_EMIT xWanted({first.x(), last.x()});
    }
    if (drawn.height() >= leastBand) {
        Q_EMIT yWanted({first.y(), last.y()});
    }
}

void PlotView::mousePressEvent(QMouseEvent* event)
{
    const bool middle = event->button() == Qt::MiddleButton;
    if ((!middle && event->button() != Qt::LeftButton) || m_scene.empty()) {
        QWidget::mousePressEvent(event);
        return;
    }
    const bool pans = middle || event->modifiers().testFlag(Qt::ShiftModifier);
    if (!pans && !plotArea().contains(event->position())) {
        return;
    }
    m_drag = pans ? Drag::Pan : Drag::Band;
    m_dragStart = m_dragNow = event->position();
    m_dragView = m_scene.view;
    setCursor(pans ? Qt::ClosedHandCursor : Qt::CrossCursor);
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF area = plotArea();
    m_dragNow = event->position();
    if (m_drag == Drag::Pan) {
        const QPointF moved = m_dragNow - m_dragStart;
        const double x = -moved.x() / area.width() * m_dragView.width();
        const double y = moved.y() / area.height() * m_dragView.height();
        Q_EMIT xWanted({m_dragView.left() + x, m_dragView.right() + x});
        if (std::abs(moved.y()) >= leastBand || m_scene.view.top() != m_dragView.top()) {
            Q_EMIT yWanted({m_dragView.top() + y, m_dragView.bottom() + y});
        }
        return;
    }
    const bool inside = area.contains(m_dragNow);
    if (m_drag == Drag::None) {
        setCursor(inside && !m_scene.empty() ? Qt::CrossCursor : Qt::ArrowCursor);
    }
    m_pointer = inside ? std::optional(m_dragNow) : std::nullopt;
    setCrosshair(inside ? std::optional(toScene(m_dragNow)) : std::nullopt);
    update();
}

void PlotView::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag ended = std::exchange(m_drag, Drag::None);
    m_dragNow = event->position();
    if (ended == Drag::Band) {
        zoomToBand();
    }
    if (ended != Drag::None) {
        setCursor(plotArea().contains(m_dragNow) ? Qt::CrossCursor : Qt::ArrowCursor);
        update();
    }
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_drag = Drag::None;
        Q_EMIT resetWanted();
    }
}

void PlotView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    if (m_scene.empty()) {
        return;
    }
    const QPointF about = toScene(event->position());
    const QPoint turned = event->angleDelta();
    const bool overNumbers = event->position().x() < plotArea().left();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || overNumbers) {
        const int notches = turned.y() != 0 ? turned.y() : turned.x(); // Some systems turn it with Shift.
        zoomY(std::pow(wheelZoom, notches / 120.0), about.y());
    } else if (std::abs(turned.x()) > std::abs(turned.y())) {
        panX(-turned.x() / 120.0 * keyPan * m_scene.view.width());
    } else if (turned.y() != 0) {
        zoomX(std::pow(wheelZoom, turned.y() / 120.0), about.x());
    }
}

void PlotView::leaveEvent(QEvent* event)
{
    m_pointer.reset();
    if (m_drag == Drag::None) {
        setCrosshair({});
    }
    QWidget::leaveEvent(event);
}

void PlotView::setCrosshair(std::optional<QPointF> place)
{
    if (place == m_crosshair) {
        return;
    }
    m_crosshair = place;
    Q_EMIT crosshairMoved(place ? std::optional(place->x()) : std::nullopt);
    update();
}

void PlotView::moveCrosshair(double part)
{
    m_pointer.reset();
    const QRectF& view = m_scene.view;
    const QPointF at = m_crosshair.value_or(view.center());
    setCrosshair(QPointF(std::clamp(at.x() + part * view.width(), view.left(), view.right()), at.y()));
    setAccessibleDescription(crosshairText());
}

bool PlotView::handleKey(const QKeyEvent& event, bool apply)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool shift = modifiers == Qt::ShiftModifier;
    const bool control = modifiers == Qt::ControlModifier;
    const bool plain = modifiers == Qt::NoModifier;
    const QRectF view = m_scene.view;
    const QPointF about = m_crosshair.value_or(view.center());
    const auto does = [apply](bool here, auto action) {
        if (here && apply) {
            action();
        }
        return here;
    };
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return does(true, [&] { control ? zoomY(keyZoom, about.y()) : zoomX(keyZoom, about.x()); });
    case Qt::Key_Minus:
        return does(plain || control,
                    [&] { control ? zoomY(1 / keyZoom, about.y()) : zoomX(1 / keyZoom, about.x()); });
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const double sign = event.key() == Qt::Key_Right ? 1 : -1;
        return does(plain || shift || control, [&] {
            if (plain) {
                panX(sign * keyPan * view.width());
            } else {
                moveCrosshair(sign * (control ? 0.1 : 0.01));
            }
        });
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        return does(plain, [&] { panY((event.key() == Qt::Key_Up ? 1 : -1) * keyPan * view.height()); });
    case Qt::Key_Home:
    case Qt::Key_0:
        return does(plain, [&] { Q_EMIT resetWanted(); });
    case Qt::Key_Escape:
        return does(plain && (m_drag != Drag::None || m_crosshair), [&] {
            m_drag = Drag::None;
            m_pointer.reset();
            setCrosshair({});
        });
    default:
        return false;
    }
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    if (!handleKey(*event, true)) {
        QWidget::keyPressEvent(event);
    }
}

bool PlotView::event(QEvent* event)
{
    // Keys of the plot come before shortcuts of the window.
    if (event->type() == QEvent::ShortcutOverride && handleKey(*static_cast<QKeyEvent*>(event), false)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

} // namespace digitpad
