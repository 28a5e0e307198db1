#pragma once

#include "ui/training/plotscene.h"

#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace digitpad {

/// Where the parts of a plot lie within its bounds, in logical pixels.
struct PlotFrame
{
    QRectF title; ///< Its name, and the key to its lines.
    QRectF area;  ///< Whole pixels.
    bool xTitle = true;
};
PlotFrame plotFrame(const PlotScene& scene, const QRectF& bounds);

/// All around the area: title, key, the axes' numbers; and the words of an empty plot.
void paintFrame(QPainter& painter, const PlotScene& scene, const QRectF& bounds);
/// The whole plot as vectors.
void paintPlot(QPainter& painter, const PlotScene& scene, const QRectF& bounds);

/// A short piece of a line, as legends show it.
void paintSwatch(QPainter& painter, const QRectF& rect, const QColor& color, double width,
                 const QList<qreal>& dashes, bool marker);

/// What a crosshair says of one run; texts that are empty take no room.
struct CrosshairRow
{
    QString name;
    int style = 0;
    QColor color;
    QString training; ///< The mean, or the epoch's value.
    QString batch;    ///< The batch alone, where a mean is shown.
    QString validation;
    double nearness = 0; ///< Distance of the run's values to the mouse, as plotted.
};
struct Crosshair
{
    QString place; ///< "Epoch 3.42"
    QString trainingHeading;
    QString batchHeading;
    QString validationHeading;
    std::vector<CrosshairRow> rows;
    std::size_t more = 0; ///< Runs that there is no row for.
};
/// The values of every shown run at x. No more rows than `most`: those nearest to `plotted`. Without rows
/// where no run has values there.
Crosshair crosshairAt(const PlotScene& scene, double x, double plotted, std::size_t most);
/// As lines of text, for screen readers.
QString crosshairText(const Crosshair& crosshair);
/// A panel beside `at`, within `bounds`.
void paintCrosshairPanel(QPainter& painter, const PlotScene& scene, const Crosshair& crosshair, QPointF at,
                         const QRectF& bounds);

} // namespace digitpad
