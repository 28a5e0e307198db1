#pragma once

#include "ui/gallery/gallerygrid.h"
#include "ui/gallery/galleryitems.h"
#include "ui/gallery/galleryselection.h"
#include "ui/gallery/gallerythumbnails.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QPixmap>
#include <QPointer>

#include <array>
#include <vector>

class QHelpEvent;

namespace digitpad {

/// Any number of 28×28 pictures as a grid that scrolls: only what is in sight costs anything. Arrows, Home,
/// End and the page keys go through them, Shift extends the selection, Ctrl moves without it, Space toggles,
/// Ctrl+A selects all, dragging selects what a rubber band touches. Ctrl with +, - and 0, or with the wheel,
/// changes their size. Keys that are not its own, 0 to 9 for one, go to the parent. GUI thread only.
class ImageGallery : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit ImageGallery(QWidget* parent = nullptr);
    ~ImageGallery() override;

    /// Not owned; may go before the gallery does, or be null.
    void setItems(GalleryItems* items);
    [[nodiscard]] GalleryItems* items() const { return m_items; }

    /// The picture that has the keyboard; -1 for none.
    [[nodiscard]] int current() const { return m_selection.current(); }
    /// Selects it alone and brings it into view.
    void setCurrent(int index);
    /// Ascending.
    [[nodiscard]] std::vector<int> selected() const { return m_selection.indices(); }
    [[nodiscard]] int selectedCount() const { return m_selection.count(); }
    /// These alone, as far as they exist; the last of them becomes the current one.
    void select(const std::vector<int>& indices);
    void selectAll();
    void clearSelection();
    void scrollTo(int index);

    /// Sides that a picture can have, in logical pixels, ascending.
    [[nodiscard]] static const std::vector<int>& zoomSides();
    /// An index into zoomSides().
    [[nodiscard]] int zoom() const { return m_zoom; }
    /// Clamped. What is in the middle of the view stays there.
    void setZoom(int zoom);

    /// In viewport coordinates, also where it is out of sight.
    [[nodiscard]] QRect cellRect(int index) const;
    /// -1 where there is none. `place` is in viewport coordinates.
    [[nodiscard]] int indexAt(QPoint place) const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// -1 where there is none any more.
    void currentChanged(int index);
    /// selected() is another.
    void selectionChanged();
    /// A double click, Return or Enter.
    void activated(int index);
    /// The right mouse button or the menu key, after the picture beneath was selected if it was not; -1 for
    /// the ground.
    void menuRequested(int index, QPoint globalPlace);
    void zoomChanged(int zoom);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    enum class Look { Plain, Hovered, Selected };

    static constexpr int gap = 2; ///< From a cell's frame to its edge.

    void onReset();
    void onChanged(int first, int last);
    void layOutCells();
    void updateScrollBar();
    [[nodiscard]] int side() const { return zoomSides()[static_cast<std::size_t>(m_zoom)]; }
    [[nodiscard]] QSize cellSize() const;
    [[nodiscard]] bool hasTexts() const;
    [[nodiscard]] int scrolled() const;
    void setHovered(int index);
    void updateCell(int index);
    /// Tells the listeners what is different from before a change of the selection.
    void announce(int currentBefore, bool selectionMayDiffer);
    void describeCurrent();

    // imagegalleryinput.cpp
    bool zoomByKey(const QKeyEvent& event);
    bool moveByKey(const QKeyEvent& event);
    [[nodiscard]] int target(int key) const;
    void moveTo(int index, Qt::KeyboardModifiers modifiers);
    void dragBand(QPoint place);
    void endBand();
    void showTip(const QHelpEvent& event);

    // imagegallerypainting.cpp
    void prepareFrames();
    void paintCell(QPainter& painter, int index);
    void paintTexts(QPainter& painter, const QRect& cell, const GalleryItem& item, bool selected) const;
    void paintBadge(QPainter& painter, const QRect& picture, const GalleryItem& item) const;
    void paintBand(QPainter& painter) const;

    QPointer<GalleryItems> m_items;
    GalleryGrid m_grid;
    GallerySelection m_selection;
    GalleryThumbnails m_thumbnails;
    std::array<QPixmap, 3> m_frames; ///< A cell's ground for each Look; made anew when null.
    QSize m_frameSize;
    int m_zoom = 2;
    int m_hovered = -1;
    int m_wheel = 0;        ///< Eighths of a degree that are not a step of zoom yet.
    QPoint m_pressed;       ///< In content coordinates.
    QPoint m_mouse;         ///< In viewport coordinates, while the rubber band is out.
    bool m_mayBand = false; ///< The left button is down.
    bool m_band = false;
    QRect m_bandRect; ///< In content coordinates.
    QBasicTimer m_autoScroll;
    std::vector<int> m_unpainted; ///< In sight, but their thumbnails have to wait for the next frame.
    QBasicTimer m_rest;           ///< For that frame.
};

} // namespace digitpad
