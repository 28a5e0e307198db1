#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QPainter>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <functional>

namespace digitpad {

/// One axis of a chart on paper.
struct ChartAxis
{
    QString title;
    double from = 0;
    double to = 1;
    QList<double> ticks;
    std::function<QString(double)> text; ///< Of a tick.
};

/// What a chart's frame and texts look like.
struct ChartLook
{
    QColor paper; ///< Behind the legend and around dots; the rest of the ground is the caller's.
    QColor ink;
    QColor faint;
    QColor grid;
    QFont font;
};

/// Draws a chart with two axes: frame, grid, ticks and titles first, then what is asked for, in the axes'
/// units. Any painter will do, so that a PDF gets lines and a web page a picture.
class ChartPainter
{
public:
    /// On white paper. `area` in the painter's units, of which about 96 are an inch.
    ChartPainter(QPainter& painter, const QRectF& area, ChartAxis x, ChartAxis y);
    ChartPainter(QPainter& painter, const QRectF& area, ChartAxis x, ChartAxis y, ChartLook look);

    /// Where within `area` such a chart has its plot.
    static QRectF plotOf(const QRectF& area, const ChartAxis& y, const QFont& font);
    [[nodiscard]] QRectF plot() const { return m_plot; }
    [[nodiscard]] QPointF map(double x, double y) const;
    void line(const QList<QPointF>& points, const QColor& color, double width = 1.8,
              Qt::PenStyle style = Qt::SolidLine);
    /// Between the polylines of low and high values, as many of each.
    void band(const QList<QPointF>& low, const QList<QPointF>& high, const QColor& color);
    void bar(double left, double right, double bottom, double top, const QColor& color);
    void dot(double x, double y, const QColor& color);
    /// A dashed line across the plot, with a word at its upper end, or lower by a part of its length.
    void mark(double x, const QString& text, double part = 0);
    /// A line across the plot in a colour of its own, without a word.
    void rule(double x, const QColor& color, double width);
    /// Entries from the upper left corner of the plot, or its lower right one.
    struct Entry
    {
        QString text;
        QColor color;
    };
    void legend(const QList<Entry>& entries, Qt::Corner corner);

    static QColor paper() { return Qt::white; }
    static QColor ink() { return {0x22, 0x26, 0x2b}; }
    static QColor faint() { return {0x6a, 0x71, 0x7a}; }
    static QColor grid() { return {0xe2, 0xe5, 0xe9}; }
    static QColor blue() { return {0x1f, 0x6f, 0xc4}; }
    static QColor orange() { return {0xd9, 0x6b, 0x00}; }

    /// Of all charts, as high as so many of the painter's units.
    static QFont font(double pixels, bool bold = false);

private:
    void paintAxes();

    QPainter& m_painter;
    ChartAxis m_x;
    ChartAxis m_y;
    ChartLook m_look;
    QRectF m_area;
    QRectF m_plot;
};

/// Evenly from `from` to `to`, both included.
QList<double> evenTicks(double from, double to, int count);

} // namespace digitpad
