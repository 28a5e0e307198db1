#pragma once

#include "ui/training/plotscene.h"

#include <QImage>
#include <QPolygonF>

#include <vector>

class QPainter;

namespace digitpad {

/// A line of a plot, ready to be painted: in logical pixels of the plot's area, origin top left.
struct PlotLine
{
    QPolygonF points;
    QColor color;
    double width = 1;
    QList<qreal> dashes = {};
    std::vector<QPointF> markers = {};
};

/// How a run's lines look; the legend, the key and the crosshair show the same.
struct RunLook
{
    QColor raw;
    QColor training;
    QColor validation;
    double trainingWidth = 2;
    QList<qreal> trainingDashes;
    QList<qreal> validationDashes;
};
RunLook runLook(const PlotScene& scene, const PlotRun& run);

/// Batches one by one are drawn behind their mean while no more runs than this are shown; more would cover
/// each other.
inline constexpr std::size_t mostRunsWithRawLines = 12;

/// A point of the area for a point of the scene.
QPointF areaPoint(const PlotScene& scene, QSizeF area, double x, double plotted);

/// What a plot of this size shows, in the order in which it is painted. Of points that share a pixel column
/// the first, lowest, highest and last are kept: no spike is lost, and however many points there are, the
/// lines stay short.
std::vector<PlotLine> plotLines(const PlotScene& scene, QSizeF area);

/// The places of the best epochs, with their colours.
std::vector<std::pair<QPointF, QColor>> bestMarks(const PlotScene& scene, QSizeF area);

/// The plot's area as a picture: ground, grid, lines and marks. `area` in logical pixels. Any thread.
QImage renderArea(const PlotScene& scene, QSizeF area, double devicePixelRatio);
/// The same as vectors, at the painter's origin.
void paintArea(QPainter& painter, const PlotScene& scene, QSizeF area);

} // namespace digitpad
