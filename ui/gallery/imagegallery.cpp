#include "ui/gallery/imagegallery.h"

#include <QCursor>
#include <QEvent>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr int padding = 5; ///< Between a picture and the frame of its cell.
/// Texts beneath smaller pictures could not be read.
constexpr int leastSideWithTexts = 56;

} // namespace

const std::vector<int>& ImageGallery::zoomSides()
{
    static const std::vector<int> sides{28, 42, 56, 84, 112, 168};
    return sides;
}

ImageGallery::ImageGallery(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::StyledPanel);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    layOutCells();
}

ImageGallery::~ImageGallery() = default;

void ImageGallery::setItems(GalleryItems* items)
{
    if (m_items == items) {
        return;
    }
    if (m_items != nullptr) {
        m_items->disconnect(this);
    }
    m_items = items;
    if (items != nullptr) {
        connect(items, &GalleryItems::reset, this, &ImageGallery::onReset);
        connect(items, &GalleryItems::changed, this, &ImageGallery::onChanged);
        connect(items, &QObject::destroyed, this, [this] { onReset(); });
    }
    onReset();
}

void ImageGallery::onReset()
{
    const int before = m_selection.current();
    const bool hadSelection = m_selection.count() > 0;
    endBand();
    m_mayBand = false;
    m_thumbnails.clear();
    m_hovered = -1;
    m_selection.reset(m_items != nullptr ? m_items->count() : 0);
    layOutCells();
    verticalScrollBar()->setValue(0);
    viewport()->update();
    announce(before, hadSelection);
}

void ImageGallery::onChanged(int first, int last)
{
    m_thumbnails.forget(first, last);
    const int cells = last - first;
    if (cells > m_grid.columns()) {
        viewport()->update();
    } else {
        for (int i = first; i <= last; ++i) {
            updateCell(i);
        }
    }
    if (m_selection.current() >= first && m_selection.current() <= last) {
        describeCurrent();
    }
}

bool ImageGallery::hasTexts() const
{
    return side() >= leastSideWithTexts;
}

QSize ImageGallery::cellSize() const
{
    const int rim = hasTexts() ? padding + gap : gap;
    return {side() + 2 * rim, side() + 2 * rim + (hasTexts() ? fontMetrics().height() + 1 : 0)};
}

void ImageGallery::layOutCells()
{
    m_grid = GalleryGrid(m_items != nullptr ? m_items->count() : 0, cellSize(), viewport()->width());
    m_frames.fill({});
    updateScrollBar();
}

void ImageGallery::updateScrollBar()
{
    QScrollBar* bar = verticalScrollBar();
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(std::max(1, m_grid.cellHeight() / 3));
    bar->setRange(0, std::max(0, m_grid.height() - viewport()->height()));
}

int ImageGallery::scrolled() const
{
    return verticalScrollBar()->value();
}

QRect ImageGallery::cellRect(int index) const
{
    return m_grid.cell(index).translated(0, -scrolled());
}

int ImageGallery::indexAt(QPoint place) const
{
    return m_grid.indexAt(place + QPoint(0, scrolled()));
}

void ImageGallery::updateCell(int index)
{
    if (index >= 0 && index < m_grid.count()) {
        viewport()->update(cellRect(index));
    }
}

void ImageGallery::setHovered(int index)
{
    if (m_hovered != index) {
        updateCell(std::exchange(m_hovered, index));
        updateCell(index);
    }
}

void ImageGallery::announce(int currentBefore, bool selectionMayDiffer)
{
    if (currentBefore != m_selection.current()) {
        describeCurrent();
        Q_EMIT currentChanged(m_selection.current());
    }
    if (selectionMayDiffer) {
        viewport()->update();
        Q_EMIT selectionChanged();
    } else {
        updateCell(currentBefore);
        updateCell(m_selection.current());
    }
}

/// Screen readers read the gallery as one widget, whose description is the picture that has the keyboard.
void ImageGallery::describeCurrent()
{
    setAccessibleDescription(
        m_selection.current() < 0 || m_items == nullptr ? QString() : m_items->description(current()));
}

void ImageGallery::setCurrent(int index)
{
    if (index < 0 || index >= m_grid.count()) {
        return;
    }
    const int before = m_selection.current();
    m_selection.selectOnly(index);
    scrollTo(index);
    announce(before, true);
}

void ImageGallery::select(const std::vector<int>& indices)
{
    const int before = m_selection.current();
    m_selection.select(indices);
    announce(before, true);
}

void ImageGallery::selectAll()
{
    m_selection.selectAll();
    announce(m_selection.current(), true);
}

void ImageGallery::clearSelection()
{
    m_selection.clear();
    announce(m_selection.current(), true);
}

void ImageGallery::scrollTo(int index)
{
    if (index < 0 || index >= m_grid.count()) {
        return;
    }
    const QRect cell = m_grid.cell(index);
    const int lowest = cell.bottom() + 1 - viewport()->height();
    verticalScrollBar()->setValue(std::min(cell.top(), std::max(lowest, scrolled())));
}

void ImageGallery::setZoom(int zoom)
{
    const int wanted = std::clamp(zoom, 0, static_cast<int>(zoomSides().size()) - 1);
    if (wanted == m_zoom) {
        return;
    }
    // What the eye is on: the current picture where it is in sight, else the middle of the view.
    const QRect view = viewport()->rect();
    int kept = m_selection.current();
    if (kept < 0 || !view.intersects(cellRect(kept))) {
        kept = indexAt({0, view.center().y()});
    }
    const int place = kept < 0 ? 0 : cellRect(kept).center().y();
    m_zoom = wanted;
    layOutCells();
    if (kept >= 0) {
        verticalScrollBar()->setValue(m_grid.cell(kept).center().y() - place);
    }
    viewport()->update();
    Q_EMIT zoomChanged(m_zoom);
}

QSize ImageGallery::sizeHint() const
{
    return {8 * cellSize().width(), 5 * cellSize().height()};
}

void ImageGallery::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    // The first picture in sight stays in sight when rows become longer or shorter.
    const int first = m_grid.indexAt({0, scrolled()});
    const int hidden = first < 0 ? 0 : scrolled() - m_grid.cell(first).top();
    layOutCells();
    if (first >= 0) {
        verticalScrollBar()->setValue(m_grid.cell(first).top() + hidden);
    }
    viewport()->update();
}

/// What stays in sight is moved, not painted again.
void ImageGallery::scrollContentsBy(int /*dx*/, int dy)
{
    if (m_band || dy == 0) {
        viewport()->update();
    } else {
        viewport()->scroll(0, dy);
    }
    setHovered(viewport()->underMouse() ? indexAt(viewport()->mapFromGlobal(QCursor::pos())) : -1);
}

void ImageGallery::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
        layOutCells();
        break;
    case QEvent::PaletteChange:
    case QEvent::EnabledChange:
        m_frames.fill({});
        break;
    default:
        return;
    }
    viewport()->update();
}

} // namespace digitpad
