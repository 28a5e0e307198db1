#pragma once

#include "core/ink/drawing.h"
#include "ui/draw/digitmarks.h"
#include "ui/draw/inklayer.h"

#include <QWidget>

#include <optional>

class QTouchEvent;

namespace digitpad {

/// The pad to draw on: a square in the middle of the widget. Takes a mouse (the right button erases), one
/// finger, or a tablet pen with pressure, whose other end erases; a pen takes over from a finger, everything
/// else waits for the gesture in progress to end. Ink is painted incrementally, so that the work for an event
/// does not grow with the stroke.
class DrawingCanvas : public QWidget
{
    Q_OBJECT

public:
    enum class Tool { Pen, Eraser };
    Q_ENUM(Tool)

    /// `drawing` outlives the canvas.
    explicit DrawingCanvas(Drawing* drawing, QWidget* parent = nullptr);

    [[nodiscard]] Tool tool() const { return m_tool; }
    void setTool(Tool tool);
    /// The diameter of pen and eraser in pad units.
    [[nodiscard]] float brushWidth() const { return m_brushWidth; }
    void setBrushWidth(float width);
    /// Shows the brush in the middle of the pad, while its size is being chosen.
    void setBrushPreview(bool shown);

    /// What the ink is read as, to be shown above it; nothing for less than two digits.
    void setReading(const NumberReading& reading);
    [[nodiscard]] const DigitMarks& digitMarks() const { return m_marks; }

    /// The pad in the widget's coordinates.
    [[nodiscard]] QRect padRect() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void padMoved();

protected:
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    /// What draws the gesture in progress; everything else is ignored until it ends.
    enum class Source { None, Mouse, Touch, Tablet };

    void onChanged(const QRectF& area);
    bool touchEvent(QTouchEvent* event);
    void begin(Source source, Tool tool, const QPointF& position, quint64 timestamp, float pressure);
    void extend(const QPointF& position, quint64 timestamp, float pressure);
    void end();
    [[nodiscard]] InkPoint inkPoint(const QPointF& position, quint64 timestamp, float pressure) const;

    /// Makes the layer fit the widget, the screen and the palette; draws everything anew where it did not.
    void ensureLayer();
    void repaintLayer();
    void paintPaper(QPainter& painter) const;
    void paintTail(QPainter& painter) const;
    void paintHint(QPainter& painter) const;
    void paintBrush(QPainter& painter) const;
    void paintFrame(QPainter& painter) const;

    void setHover(std::optional<QPointF> position, Tool tool);
    [[nodiscard]] QRect brushRect() const;
    [[nodiscard]] QRect widgetRect(const QRectF& padArea) const;
    [[nodiscard]] double unit() const { return padRect().width() / double{Drawing::side}; }

    Drawing* m_drawing;
    Tool m_tool = Tool::Pen;
    float m_brushWidth = Drawing::usualWidth;
    bool m_brushPreview = false;

    DigitMarks m_marks;
    InkLayer m_layer;
    std::size_t m_settled = 0; ///< Pieces of the stroke in progress that are in the layer.

    Source m_source = Source::None;
    Tool m_gestureTool = Tool::Pen;
    Qt::MouseButton m_button = Qt::NoButton;
    int m_finger = -1;
    quint64 m_timeOrigin = 0;

    std::optional<QPointF> m_hover; ///< Where the brush is shown.
    Tool m_hoverTool = Tool::Pen;
    bool m_keyboardFocus = false;
};

} // namespace digitpad
