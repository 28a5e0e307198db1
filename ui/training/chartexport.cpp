#include "ui/training/chartexport.h"

#include "ui/training/plotframe.h"
#include "ui/training/plotlines.h"
#include "ui/training/runcolors.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

struct ChartExport
{
    Q_DECLARE_TR_FUNCTIONS(ChartExport)
};

constexpr int gap = 8;
constexpr double margin = 10;
constexpr double swatchWidth = 30;
constexpr double pictureScale = 2;
constexpr int dotsPerInch = 96; // Of a logical pixel.

struct LegendPlace
{
    const PlotRun* run;
    QRectF rect;
};

/// The legend's entries in lines below the plots. Gives its height.
double placeLegend(const ChartPicture& picture, std::vector<LegendPlace>* places)
{
    const PlotScene& scene = picture.plots.front();
    const QFontMetricsF metrics(scene.font);
    const double line = std::ceil(metrics.height()) + 4;
    QPointF at(margin, picture.room.height() + margin);
    for (const PlotRun& run : scene.runs) {
        const double width = swatchWidth + 6 + std::ceil(metrics.horizontalAdvance(run.name));
        if (at.x() > margin && at.x() + width > picture.room.width() - margin) {
            at = {margin, at.y() + line};
        }
        if (places != nullptr) {
            places->push_back({&run, QRectF(at, QSizeF(width, line))});
        }
        at.rx() += width + 2 * margin;
    }
    return scene.runs.empty() ? 0 : at.y() + line + margin - picture.room.height();
}

QSize wholeSize(const ChartPicture& picture)
{
    return picture.room + QSize(0, static_cast<int>(std::ceil(placeLegend(picture, nullptr))));
}

void paintLegend(QPainter& painter, const ChartPicture& picture)
{
    const PlotScene& scene = picture.plots.front();
    std::vector<LegendPlace> places;
    placeLegend(picture, &places);
    painter.setFont(scene.font);
    painter.setPen(scene.colors.text);
    for (const auto& [run, rect] : places) {
        paintSwatch(painter, {rect.left(), rect.top(), swatchWidth, rect.height()},
                    runColor(run->style, scene.colors.dark), 2.5, runDash(run->style), false);
        painter.drawText(rect.adjusted(swatchWidth + 6, 0, 2, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         run->name);
    }
}

Error unwritable(const QFileDevice& file)
{
    const QString text =
        ChartExport::tr("“%1” could not be written; choose another folder, or make room on the disk.")
            .arg(file.fileName());
    return {ErrorCode::Io, text.toStdString(), file.errorString().toStdString()};
}

bool writeSvg(QIODevice& device, const ChartPicture& picture)
{
    QSvgGenerator svg;
    svg.setOutputDevice(&device);
    svg.setSize(wholeSize(picture));
    svg.setViewBox(QRect(QPoint(), wholeSize(picture)));
    svg.setResolution(dotsPerInch);
    svg.setTitle(ChartExport::tr("Training"));
    QPainter painter;
    if (!painter.begin(&svg)) {
        return false;
    }
    painter.fillRect(QRect(QPoint(), wholeSize(picture)), picture.plots.front().colors.base);
    const QList<QRect> rects = plotRects(picture.room, static_cast<qsizetype>(picture.plots.size()));
    for (std::size_t i = 0; i < picture.plots.size(); ++i) {
        paintPlot(painter, picture.plots[i], rects[static_cast<qsizetype>(i)]);
    }
    paintLegend(painter, picture);
    return painter.end();
}

QByteArray quoted(const QString& text)
{
    QByteArray field = text.toUtf8();
    if (field.contains(',') || field.contains('"') || field.contains('\n') || field.contains('\r')) {
        field.replace('"', "\"\"");
        field = '"' + field + '"';
    }
    return field;
}

/// Nine significant digits give a float back as it was; epochs are doubles and get what they need.
QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 9);
}

QByteArray epochRow(const QByteArray& name, const EpochMetrics& epoch)
{
    QByteArrayList fields{name, "epoch", QByteArray::number(epoch.epoch),
                          QByteArray::number(static_cast<qlonglong>(epoch.step))};
    for (const double value :
         {epoch.trainingLoss, epoch.trainingAccuracy, epoch.validationLoss, epoch.validationAccuracy,
          epoch.learningRate, epoch.gradientNorm, epoch.seconds}) {
        fields.append(number(value));
    }
    fields.append(epoch.best ? "1" : "0");
    return fields.join(',') + '\n';
}

QByteArray batchRow(const QByteArray& name, const PlotRun& run, const BatchPoint& batch)
{
    const auto epoch =
        static_cast<qlonglong>(std::floor((static_cast<double>(batch.step) - 0.5) / run.stepsPerEpoch) + 1);
    const QByteArrayList fields{name,
                                "batch",
                                QByteArray::number(epoch),
                                QByteArray::number(static_cast<qlonglong>(batch.step)),
                                number(double(batch.loss)),
                                number(double(batch.accuracy)),
                                {},
                                {},
                                number(double(batch.learningRate)),
                                number(double(batch.gradientNorm)),
                                {},
                                {}};
    return fields.join(',') + '\n';
}

} // namespace

QList<QRect> plotRects(QSize room, qsizetype plots)
{
    if (plots < 2) {
        return plots == 1 ? QList<QRect>{QRect(QPoint(), room)} : QList<QRect>();
    }
    const bool wide = room.width() > 2 * room.height();
    const int length = wide ? room.width() : room.height();
    const int breadth = wide ? room.height() : room.width();
    const int first = (length - gap) * (plots == 2 ? 11 : 12) / 20;
    const int others = static_cast<int>(plots) - 1;
    QList<QRect> rects{wide ? QRect(0, 0, first, breadth) : QRect(0, 0, breadth, first)};
    for (int i = 0; i < others; ++i) {
        const int from = i * (breadth + gap) / others;
        const int size = (i + 1) * (breadth + gap) / others - gap - from;
        const int rest = length - first - gap;
        rects.append(wide ? QRect(first + gap, from, rest, size) : QRect(from, first + gap, size, rest));
    }
    return rects;
}

QImage chartImage(const ChartPicture& picture)
{
    const QSize size = wholeSize(picture);
    QImage image((QSizeF(size) * pictureScale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(pictureScale);
    image.fill(picture.plots.front().colors.base);
    QPainter painter(&image);
    const QList<QRect> rects = plotRects(picture.room, static_cast<qsizetype>(picture.plots.size()));
    for (std::size_t i = 0; i < picture.plots.size(); ++i) {
        const QRectF bounds = rects[static_cast<qsizetype>(i)];
        const QRectF area = plotFrame(picture.plots[i], bounds).area;
        painter.drawImage(area.topLeft(), renderArea(picture.plots[i], area.size(), pictureScale));
        paintFrame(painter, picture.plots[i], bounds);
    }
    paintLegend(painter, picture);
    return image;
}

Result<void> writeChart(const ChartPicture& picture, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return unwritable(file);
    }
    const bool written = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive) ? writeSvg(file, picture)
                         : path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)
                             ? writeCurves(file, picture.plots.front().runs)
                             : chartImage(picture).save(&file, "PNG");
    if (!written || !file.commit()) {
        return unwritable(file);
    }
    return {};
}

bool writeCurves(QIODevice& device, const std::vector<PlotRun>& runs)
{
    const auto write = [&device](const QByteArray& row) { return device.write(row) == row.size(); };
    if (!write("run,row,epoch,step,training_loss,training_accuracy,validation_loss,validation_accuracy,"
               "learning_rate,gradient_norm,seconds,best\n")) {
        return false;
    }
    for (const PlotRun& run : runs) {
        const QByteArray name = quoted(run.name);
        const auto& [epochs, batches] = *run.curves;
        const bool whole =
            std::all_of(epochs.begin(), epochs.end(),
                        [&](const EpochMetrics& epoch) { return write(epochRow(name, epoch)); }) &&
            std::all_of(batches.begin(), batches.end(),
                        [&](const BatchPoint& batch) { return write(batchRow(name, run, batch)); });
        if (!whole) {
            return false;
        }
    }
    return true;
}

} // namespace digitpad
