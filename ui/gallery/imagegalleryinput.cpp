// What a gallery does with keys and the mouse; the rest is in imagegallery.cpp.
#include "ui/gallery/imagegallery.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimerEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr int autoScrollMilliseconds = 16;
constexpr int wheelStep = 120; ///< One click of a usual wheel.
constexpr int usualZoom = 2;

} // namespace

bool ImageGallery::zoomByKey(const QKeyEvent& event)
{
    if (!event.modifiers().testFlag(Qt::ControlModifier)) {
        return false;
    }
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(m_zoom + 1);
        return true;
    case Qt::Key_Minus:
        setZoom(m_zoom - 1);
        return true;
    case Qt::Key_0:
        setZoom(usualZoom);
        return true;
    default:
        return false;
    }
}

/// Where a key goes from the current picture; -1 where it goes nowhere.
int ImageGallery::target(int key) const
{
    const int columns = m_grid.columns();
    const int page = std::max(1, viewport()->height() / m_grid.cellHeight()) * columns;
    const int from = m_selection.current();
    const int last = m_grid.count() - 1;
    // Up and down stay in their column: at the first and last row they go nowhere.
    const auto byRows = [from, last](int step) {
        const int to = from + step;
        return to < 0 || to > last ? from : to;
    };
    switch (key) {
    case Qt::Key_Left:
        return std::max(from - 1, 0);
    case Qt::Key_Right:
        return std::min(from + 1, last);
    case Qt::Key_Up:
        return byRows(-columns);
    case Qt::Key_Down:
        return from / columns < last / columns ? std::min(from + columns, last) : from;
    case Qt::Key_PageUp:
        return from - page >= 0 ? from - page : from % columns;
    case Qt::Key_PageDown:
        return std::min(from + page, last);
    case Qt::Key_Home:
        return 0;
    case Qt::Key_End:
        return last;
    default:
        return -1;
    }
}

void ImageGallery::moveTo(int index, Qt::KeyboardModifiers modifiers)
{
    const int before = m_selection.current();
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        m_selection.selectTo(index, modifiers.testFlag(Qt::ControlModifier));
    } else if (modifiers.testFlag(Qt::ControlModifier)) {
        m_selection.setCurrent(index);
    } else {
        m_selection.selectOnly(index);
    }
    scrollTo(index);
    announce(before, m_selection.count() > 0);
}

bool ImageGallery::moveByKey(const QKeyEvent& event)
{
    if (m_grid.count() == 0) {
        return false;
    }
    if (m_selection.current() < 0 && target(event.key()) >= 0) {
        // The first key of all goes to what is in sight, not a screen away from it.
        const int first = std::max(0, m_grid.indexAt({0, scrolled()}));
        moveTo(event.key() == Qt::Key_End ? m_grid.count() - 1 : first, event.modifiers());
        return true;
    }
    const int to = target(event.key());
    if (to >= 0) {
        moveTo(to, event.modifiers());
    }
    return to >= 0;
}

void ImageGallery::keyPressEvent(QKeyEvent* event)
{
    if (zoomByKey(*event) || moveByKey(*event)) {
        return;
    }
    const int current = m_selection.current();
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Space && current >= 0) {
        m_selection.toggle(current);
        announce(current, true);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current >= 0) {
        Q_EMIT activated(current);
    } else {
        event->ignore(); // Not to the scroll bar, as the base class has it, but to the parent.
    }
}

void ImageGallery::mousePressEvent(QMouseEvent* event)
{
    const int index = indexAt(event->pos());
    const int before = m_selection.current();
    const bool add = event->modifiers().testFlag(Qt::ControlModifier);
    if (event->button() == Qt::RightButton) {
        if (index >= 0 && !m_selection.contains(index)) {
            m_selection.selectOnly(index);
            announce(before, true);
        }
        return;
    }
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_mayBand = true;
    m_pressed = event->pos() + QPoint(0, scrolled());
    if (index < 0) {
        if (!add) {
            clearSelection();
        }
        return;
    }
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_selection.selectTo(index, add);
    } else if (add) {
        m_selection.toggle(index);
    } else {
        m_selection.selectOnly(index);
    }
    scrollTo(index);
    announce(before, true);
}

void ImageGallery::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(indexAt(event->pos()));
    if (!m_mayBand || !event->buttons().testFlag(Qt::LeftButton)) {
        return;
    }
    const QPoint moved = event->pos() + QPoint(0, scrolled()) - m_pressed;
    if (!m_band && moved.manhattanLength() >= QApplication::startDragDistance()) {
        m_band = true;
        m_selection.beginBand(event->modifiers().testFlag(Qt::ControlModifier));
        m_autoScroll.start(autoScrollMilliseconds, this);
    }
    if (m_band) {
        dragBand(event->pos());
    }
}

void ImageGallery::dragBand(QPoint place)
{
    m_mouse = place;
    m_bandRect = QRect(m_pressed, place + QPoint(0, scrolled())).normalized().adjusted(0, 0, 1, 1);
    m_selection.setBand(m_grid, m_grid.block(m_bandRect));
    const int before = m_selection.current();
    if (const int index = indexAt(place); index >= 0 && m_selection.contains(index)) {
        m_selection.setCurrent(index);
    }
    announce(before, true);
}

void ImageGallery::endBand()
{
    m_autoScroll.stop();
    if (std::exchange(m_band, false)) {
        viewport()->update();
    }
}

void ImageGallery::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_mayBand = false;
        endBand();
    }
}

void ImageGallery::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index >= 0) {
        m_mayBand = false;
        Q_EMIT activated(index);
    }
}

void ImageGallery::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_rest.timerId()) {
        m_rest.stop();
        for (const int index : std::exchange(m_unpainted, {})) {
            updateCell(index);
        }
        return;
    }
    if (event->timerId() != m_autoScroll.timerId()) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    // A rubber band that is pulled over the edge pulls the pictures along, the faster the farther it is out.
    const int above = std::min(m_mouse.y(), 0);
    const int below = std::max(m_mouse.y() - viewport()->height(), 0);
    if (above != 0 || below != 0) {
        verticalScrollBar()->setValue(scrolled() + (above + below) / 2);
        dragBand(m_mouse);
    }
}

void ImageGallery::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / wheelStep;
    m_wheel -= steps * wheelStep;
    setZoom(m_zoom + steps);
    event->accept();
}

void ImageGallery::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        Q_EMIT menuRequested(indexAt(event->pos()), event->globalPos());
    } else {
        const QPoint place = current() < 0 ? QPoint() : cellRect(current()).center();
        Q_EMIT menuRequested(current(), viewport()->mapToGlobal(place));
    }
}

void ImageGallery::showTip(const QHelpEvent& event)
{
    const int index = indexAt(event.pos());
    if (index < 0 || m_items == nullptr) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(event.globalPos(), m_items->description(index), viewport(), cellRect(index));
    }
}

bool ImageGallery::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        showTip(*static_cast<QHelpEvent*>(event));
        return true;
    }
    if (event->type() == QEvent::Leave) {
        setHovered(-1);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ImageGallery::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    updateCell(current());
}

void ImageGallery::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    updateCell(current());
}

} // namespace digitpad
