#pragma once

#include "core/base/result.h"
#include "ui/training/plotscene.h"

#include <QIODevice>
#include <QImage>
#include <QList>
#include <QRect>
#include <QSizeF>

#include <vector>

namespace digitpad {

/// Where plots lie that share a room: the first is the large one, the others beside it where the room is
/// wide, below it otherwise. Empty for none.
QList<QRect> plotRects(QSize room, qsizetype plots);

/// Charts as they go into files and onto the clipboard: the plots with their legend. A value; the functions
/// below run on any thread.
struct ChartPicture
{
    std::vector<PlotScene> plots; ///< At least one.
    QSize room;                   ///< Of the plots, in logical pixels; the legend comes below.
};

/// At twice the density of a screen.
QImage chartImage(const ChartPicture& picture);
/// By the name's end: .svg, .csv (the numbers of the shown runs), .png otherwise. Atomic.
Result<void> writeChart(const ChartPicture& picture, const QString& path);

/// A header, then for each run a row an epoch and a row a batch, with the columns of a run's own metrics.csv.
/// Numbers as programs read them, names quoted where they need it. False where the device took no more.
bool writeCurves(QIODevice& device, const std::vector<PlotRun>& runs);

} // namespace digitpad
