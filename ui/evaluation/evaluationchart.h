#pragma once

#include "core/report/chartpainter.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace digitpad {

/// A chart of an evaluation in the palette's colours: lines, bands and bars over two axes. The mouse, and the
/// arrow keys where the chart has the keyboard, go through its stops, whose values are written beside the
/// place. GUI thread only.
class EvaluationChart : public QWidget
{
    Q_OBJECT

public:
    /// Told apart by colour; none is red or green.
    enum class Hue { First, Second, Quiet };
    enum class Form {
        Line,
        DottedLine, ///< With a dot at each point.
        Dashes,
        Bars, ///< From the axis to each point, as wide as `barWidth`, around it.
    };
    struct Series
    {
        QString name; ///< In the key; empty for none.
        Hue hue = Hue::First;
        Form form = Form::Line;
        QList<QPointF> points;
        QList<QPointF> low = {}; ///< A band from here to `high`; as many points of either, or none.
        QList<QPointF> high = {};
        double barWidth = 0;
    };
    /// A place with something to say.
    struct Stop
    {
        double x = 0;
        QString text;               ///< Its values, in one line or several.
        QList<QPointF> points = {}; ///< What is marked there.
    };

    explicit EvaluationChart(const QString& title, QWidget* parent = nullptr);

    void setAxes(const ChartAxis& x, const ChartAxis& y);
    /// In the order to paint. Names stand as a key above the plot.
    void setSeries(const QList<Series>& series);
    [[nodiscard]] const QList<Series>& series() const { return m_series; }
    /// Ascending by x.
    void setStops(const QList<Stop>& stops);
    [[nodiscard]] const QList<Stop>& stops() const { return m_stops; }
    /// -1 for none.
    [[nodiscard]] int currentStop() const { return m_stop; }
    /// Instead of a chart, while there are no series.
    void setEmptyText(const QString& text);
    /// In widget coordinates.
    [[nodiscard]] QPointF place(double x, double y) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    static QColor color(const QPalette& palette, Hue hue);

Q_SIGNALS:
    void currentStopChanged(int stop);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

    void setCurrentStop(int stop);
    /// Between the series and the marks of the current stop.
    virtual void paintMarks(ChartPainter& /*chart*/) const {}
    [[nodiscard]] QRectF plot() const;
    /// The axis' value at a widget coordinate, also beyond the plot.
    [[nodiscard]] double valueAt(double x) const;

private:
    /// Of the plot and its axes, without the key.
    [[nodiscard]] QRectF chartArea() const;
    [[nodiscard]] ChartLook look() const;
    void paintKey(QPainter& painter) const;
    [[nodiscard]] int stopNear(double x) const;
    void paintSeries(ChartPainter& chart) const;
    void paintStop(QPainter& painter, ChartPainter& chart) const;
    void paintStopText(QPainter& painter, const QPointF& place, const QString& text) const;

    ChartAxis m_x;
    ChartAxis m_y;
    QList<Series> m_series;
    QList<Stop> m_stops;
    QString m_title;
    QString m_emptyText;
    int m_stop = -1;
};

/// "0 %" to "100 %", for an axis of parts.
ChartAxis percentAxis(const QString& title, double from = 0, double to = 1);

} // namespace digitpad
