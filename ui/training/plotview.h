#pragma once

#include "ui/training/axisscale.h"

#include <QChartView>
#include <QList>
#include <QPointF>
#include <QString>

#include <functional>

class QCategoryAxis;
class QGraphicsLineItem;
class QLineSeries;
class QScatterSeries;

namespace digitpad {

/// One plot: lines over the epochs of a run, on axes with round ticks, in colours that people with any colour
/// vision tell apart on light and dark palettes; a crosshair shows the values under the mouse. Points are
/// replaced in bulk.
class PlotView : public QChartView
{
    Q_OBJECT

public:
    enum class Role {
        Faint,      ///< The training colour, thin and pale: every batch.
        Training,   ///< Bold and solid.
        Validation, ///< Dashed, with a marker at each point.
    };

    explicit PlotView(QWidget* parent = nullptr);

    /// Gives the line's number. Lines are drawn in the order they are added. `name` goes to the legend.
    int addLine(Role role, const QString& name);
    /// A marker at every point of a line, for lines with few points.
    void addMarkers(int line);
    void setPoints(int line, const QList<QPointF>& points);
    [[nodiscard]] QList<QPointF> points(int line) const;

    void setEpochAxis(double end);
    /// `toText` turns a tick into its label.
    void setValueAxis(const AxisScale& scale, const std::function<QString(double)>& toText);
    /// Where the value axis runs from and to, in the units of the points.
    [[nodiscard]] double valueAxisLow() const;
    [[nodiscard]] double valueAxisHigh() const;
    [[nodiscard]] double epochAxisHigh() const;

    /// Stands in the plot while there are no points at all.
    void setEmptyText(const QString& text);
    /// What the crosshair says at an epoch; an empty text hides it.
    void setHoverText(std::function<QString(double epoch)> textAt);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void changeEvent(QEvent* event) override;

private:
    struct Line
    {
        Role role;
        QLineSeries* series = nullptr;
        QScatterSeries* markers = nullptr;
    };

    void applyPalette();
    void applyLineStyle(const Line& line);
    void hideCrosshair();

    QList<Line> m_lines;
    QCategoryAxis* m_epochs;
    QCategoryAxis* m_values;
    AxisScale m_valueScale;
    double m_epochEnd = 0;
    QString m_emptyText;
    QGraphicsLineItem* m_crosshair;
    std::function<QString(double)> m_hoverText;
};

} // namespace digitpad
