#pragma once

#include "ui/training/plotframe.h"
#include "ui/training/plotrange.h"
#include "ui/training/plotscene.h"

#include <QWidget>

#include <optional>

namespace digitpad {

class PlotLayer;

/// One plot: draws a scene, and says what view the person asks for by wheel, drag and keys; whoever owns it
/// decides, and sets the scene anew. A crosshair shows the values of every run under the mouse, or where the
/// keys have put it. Wheel: zoom; with Shift, or over the numbers of the y axis, of y. Drag: zoom to the
/// band. Drag with Shift or the middle button: move. Double click: reset.
class PlotView : public QWidget
{
    Q_OBJECT

public:
    explicit PlotView(Metric metric, QWidget* parent = nullptr);

    [[nodiscard]] Metric metric() const { return m_scene.metric; }
    [[nodiscard]] const PlotScene& scene() const { return m_scene; }
    void setScene(PlotScene scene);
    /// A line alone, where the mouse is in another plot of the same x axis.
    void setGuide(std::optional<double> x);

    /// Where the lines are, in the widget's coordinates.
    [[nodiscard]] QRectF plotArea() const;
    /// The widget's place of a value.
    [[nodiscard]] QPointF placeOf(double x, double value) const;
    /// What the crosshair says; empty where it is not shown.
    [[nodiscard]] QString crosshairText() const;
    /// Whether the picture on the screen shows the scene, and not an older one still.
    [[nodiscard]] bool settled() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void xWanted(digitpad::Range x);
    void yWanted(digitpad::Range plotted);
    void resetWanted();
    /// Without a value when it goes.
    void crosshairMoved(std::optional<double> x);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class Drag { None, Band, Pan };

    void paintCrosshair(QPainter& painter);
    void paintBand(QPainter& painter);
    void setCrosshair(std::optional<QPointF> place);
    void moveCrosshair(double part);
    [[nodiscard]] QPointF toScene(QPointF place) const;
    [[nodiscard]] QRectF band() const;
    [[nodiscard]] bool handleKey(const QKeyEvent& event, bool apply);
    void zoomX(double factor, double about);
    void zoomY(double factor, double about);
    void panX(double distance);
    void panY(double distance);
    void zoomToBand();

    PlotScene m_scene;
    PlotLayer* m_layer;
    std::optional<QPointF> m_crosshair; ///< As plotted: x and y.
    std::optional<double> m_guide;
    std::optional<QPointF> m_pointer; ///< The mouse, in the widget, where the crosshair is its.
    Drag m_drag = Drag::None;
    QPointF m_dragStart; ///< In the widget.
    QPointF m_dragNow;
    QRectF m_dragView; ///< When it began.
    bool m_keyboardFocus = false;
};

} // namespace digitpad
