#include "ui/training/plotlines.h"

#include "ui/training/lineraster.h"
#include "ui/training/runcolors.h"
#include "ui/widgets/tones.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr double markerRadius = 3.2;
constexpr double leastMarkerDistance = 16;
constexpr double starRadius = 7.5;
constexpr std::size_t mostRunsWithMarkers = 12;

/// Blue and vermilion, or sky blue and orange on dark ground, of Okabe and Ito's set, which stay apart for
/// every kind of colour vision.
constexpr std::array<QRgb, 2> validationOnLight = {0xFFD55E00, 0xFF0072B2};
constexpr std::array<QRgb, 2> validationOnDark = {0xFFE69F00, 0xFF56B4E9};

double colorDistance(const QColor& a, const QColor& b)
{
    return std::hypot(a.red() - b.red(), a.green() - b.green(), a.blue() - b.blue());
}

/// For the validation of a run that is shown alone: the one of two that is less like the run's colour.
QColor besideColor(const QColor& run, bool dark)
{
    const auto& colors = dark ? validationOnDark : validationOnLight;
    const QColor first = QColor::fromRgb(colors[0]);
    const QColor second = QColor::fromRgb(colors[1]);
    return colorDistance(run, first) >= colorDistance(run, second) ? first : second;
}

/// Gathers a line point by point.
class ColumnLine
{
public:
    void add(QPointF point)
    {
        const double column = std::floor(point.x());
        if (m_inColumn > 0 && column == m_column) {
            m_low = point.y() > m_low.y() ? point : m_low;
            m_high = point.y() < m_high.y() ? point : m_high;
            m_last = point;
            ++m_inColumn;
            return;
        }
        flush();
        m_column = column;
        m_first = m_low = m_high = m_last = point;
        m_inColumn = 1;
    }
    QPolygonF take()
    {
        flush();
        return std::move(m_points);
    }

private:
    void flush()
    {
        if (m_inColumn == 0) {
            return;
        }
        m_points.append(m_first);
        if (m_inColumn > 2) {
            const bool lowFirst = m_low.x() <= m_high.x();
            addOnce(lowFirst ? m_low : m_high);
            addOnce(lowFirst ? m_high : m_low);
        }
        if (m_inColumn > 1) {
            addOnce(m_last);
        }
        m_inColumn = 0;
    }
    void addOnce(QPointF point)
    {
        if (m_points.last() != point) {
            m_points.append(point);
        }
    }

    QPolygonF m_points;
    QPointF m_first;
    QPointF m_low;
    QPointF m_high;
    QPointF m_last;
    double m_column = 0;
    int m_inColumn = 0;
};

class LineBuilder
{
public:
    LineBuilder(const PlotScene& scene, QSizeF area)
        : m_scene(scene)
        , m_area(area)
    {
    }

    /// The batches from one before the view to one behind it; smoothed where `reach` is above 0.
    [[nodiscard]] QPolygonF batches(const PlotRun& run, double reach) const
    {
        const auto& all = run.curves->batches;
        const auto behind = [this, &run](const BatchPoint& batch, double x) {
            return m_scene.xOfStep(run, static_cast<double>(batch.step)) < x;
        };
        auto begin = std::lower_bound(all.begin(), all.end(), m_scene.view.left(), behind);
        begin -= begin != all.begin() ? 1 : 0;
        auto end = std::lower_bound(begin, all.end(), m_scene.view.right(), behind);
        end += end != all.end() ? 1 : 0;
        RunningMean mean(reach);
        ColumnLine line;
        for (auto batch = reach > 0 ? all.begin() : begin; batch != end; ++batch) {
            const double value = batchValue(*batch, m_scene.metric);
            if (!std::isfinite(value)) {
                continue;
            }
            const auto step = static_cast<double>(batch->step);
            const double smoothed = mean.add(step, value);
            if (batch >= begin) {
                line.add(point(m_scene.xOfStep(run, step), smoothed));
            }
        }
        return line.take();
    }
    template <class ValueOf>
    [[nodiscard]] QPolygonF epochs(const PlotRun& run, ValueOf valueOf) const
    {
        ColumnLine line;
        for (const EpochMetrics& epoch : run.curves->epochs) {
            if (const double value = valueOf(epoch); std::isfinite(value)) {
                line.add(point(m_scene.xOfEpoch(run, epoch), value));
            }
        }
        return line.take();
    }

private:
    [[nodiscard]] QPointF point(double x, double value) const
    {
        return areaPoint(m_scene, m_area, x, m_scene.plotted(value));
    }

    const PlotScene& m_scene;
    QSizeF m_area;
};

/// Those points of a line that are far enough apart, the last one among them.
std::vector<QPointF> spacedMarkers(const QPolygonF& points)
{
    std::vector<QPointF> markers;
    for (auto point = points.rbegin(); point != points.rend(); ++point) {
        if (markers.empty() || markers.back().x() - point->x() >= leastMarkerDistance) {
            markers.push_back(*point);
        }
    }
    return markers;
}

void addTraining(std::vector<PlotLine>& lines, const LineBuilder& builder, const PlotScene& scene,
                 const PlotRun& run)
{
    const RunLook look = runLook(scene, run);
    const auto add = [&](QPolygonF points, const QColor& color, double width, const QList<qreal>& dashes) {
        lines.push_back({std::move(points), color, width, dashes});
    };
    if (!scene.showsBatches(run)) {
        add(builder.epochs(run,
                           [&](const EpochMetrics& epoch) { return trainingValue(epoch, scene.metric); }),
            look.training, look.trainingWidth, look.trainingDashes);
        if (scene.runs.size() <= mostRunsWithMarkers) {
            lines.back().markers = spacedMarkers(lines.back().points);
        }
        return;
    }
    const bool smooths = scene.options.smoothing > 0 && isNoisy(scene.metric);
    if (smooths && scene.runs.size() <= mostRunsWithRawLines) {
        add(builder.batches(run, 0), look.raw, 1, {});
    }
    add(builder.batches(run, smooths ? scene.options.smoothing * run.stepsPerEpoch : 0), look.training,
        look.trainingWidth, look.trainingDashes);
}

void addValidation(std::vector<PlotLine>& lines, const LineBuilder& builder, const PlotScene& scene,
                   const PlotRun& run)
{
    const RunLook look = runLook(scene, run);
    QPolygonF points =
        builder.epochs(run, [&](const EpochMetrics& epoch) { return validationValue(epoch, scene.metric); });
    PlotLine line{std::move(points), look.validation, 2, look.validationDashes};
    if (scene.runs.size() <= mostRunsWithMarkers) {
        line.markers = spacedMarkers(line.points);
    }
    lines.push_back(std::move(line));
}

QPainterPath starAt(QPointF center)
{
    QPolygonF star;
    for (int i = 0; i < 10; ++i) {
        const double radius = i % 2 == 0 ? starRadius : 0.45 * starRadius;
        const double angle = i * M_PI / 5;
        star << center + QPointF(radius * std::sin(angle), -radius * std::cos(angle));
    }
    QPainterPath path;
    path.addPolygon(star);
    path.closeSubpath();
    return path;
}

void paintGrid(QPainter& painter, const PlotScene& scene, QSizeF area)
{
    painter.fillRect(QRectF(QPointF(), area), scene.colors.base);
    for (const double tick : scene.xScale.ticks) {
        const double x = areaPoint(scene, area, tick, 0).x();
        painter.fillRect(QRectF(std::round(x), 0, 1, area.height()), scene.colors.grid);
    }
    for (const double tick : scene.yScale.ticks) {
        const double y = areaPoint(scene, area, 0, scene.plotted(tick)).y();
        painter.fillRect(QRectF(0, std::round(y), area.width(), 1), scene.colors.grid);
    }
}

void paintBestMarks(QPainter& painter, const PlotScene& scene, QSizeF area)
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [place, color] : bestMarks(scene, area)) {
        painter.setPen(QPen(scene.colors.base, 1.5));
        painter.setBrush(color);
        painter.drawPath(starAt(place));
    }
}

} // namespace

RunLook runLook(const PlotScene& scene, const PlotRun& run)
{
    const QColor color = runColor(run.style, scene.colors.dark);
    const QColor raw = mixed(color, scene.colors.base, scene.colors.dark ? 0.38 : 0.30);
    const QList<qreal> dashes = runDash(run.style);
    if (!scene.showsValidation()) {
        return {raw, color, color, 2, dashes, dashes};
    }
    if (scene.runs.size() == 1) {
        return {raw, color, besideColor(color, scene.colors.dark), 2, dashes, {4, 2}};
    }
    return {raw, mixed(color, scene.colors.base, 0.68), color, 1.4, dashes, dashes};
}

QPointF areaPoint(const PlotScene& scene, QSizeF area, double x, double plotted)
{
    const QRectF& view = scene.view;
    return {(x - view.left()) / view.width() * area.width(),
            (1 - (plotted - view.top()) / view.height()) * area.height()};
}

std::vector<PlotLine> plotLines(const PlotScene& scene, QSizeF area)
{
    std::vector<PlotLine> lines;
    const LineBuilder builder(scene, area);
    if (scene.showsTraining()) {
        for (const PlotRun& run : scene.runs) {
            addTraining(lines, builder, scene, run);
        }
    }
    if (scene.showsValidation()) {
        for (const PlotRun& run : scene.runs) {
            addValidation(lines, builder, scene, run);
        }
    }
    return lines;
}

std::vector<std::pair<QPointF, QColor>> bestMarks(const PlotScene& scene, QSizeF area)
{
    std::vector<std::pair<QPointF, QColor>> marks;
    if (!scene.showsValidation()) {
        return marks;
    }
    for (const PlotRun& run : scene.runs) {
        const auto& epochs = run.curves->epochs;
        const auto best = std::find_if(epochs.rbegin(), epochs.rend(),
                                       [](const EpochMetrics& epoch) { return epoch.best; });
        if (best != epochs.rend() && std::isfinite(validationValue(*best, scene.metric))) {
            marks.emplace_back(areaPoint(scene, area, scene.xOfEpoch(run, *best),
                                         scene.plotted(validationValue(*best, scene.metric))),
                               runLook(scene, run).validation);
        }
    }
    return marks;
}

QImage renderArea(const PlotScene& scene, QSizeF area, double devicePixelRatio)
{
    QImage image((area * devicePixelRatio).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    image.setDevicePixelRatio(devicePixelRatio);
    {
        QPainter painter(&image);
        paintGrid(painter, scene, area);
    }
    LineRaster raster(image);
    const QTransform toPixels = QTransform::fromScale(devicePixelRatio, devicePixelRatio);
    for (const PlotLine& line : plotLines(scene, area)) {
        raster.stroke(toPixels.map(line.points), line.width * devicePixelRatio, line.color, line.dashes);
        for (const QPointF& marker : line.markers) {
            raster.disc(marker * devicePixelRatio, (markerRadius + 1) * devicePixelRatio, scene.colors.base);
            raster.disc(marker * devicePixelRatio, markerRadius * devicePixelRatio, line.color);
        }
    }
    QPainter painter(&image);
    paintBestMarks(painter, scene, area);
    return image;
}

void paintArea(QPainter& painter, const PlotScene& scene, QSizeF area)
{
    painter.save();
    painter.setClipRect(QRectF(QPointF(), area));
    paintGrid(painter, scene, area);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const PlotLine& line : plotLines(scene, area)) {
        QPen pen(line.color, line.width);
        pen.setJoinStyle(Qt::RoundJoin);
        pen.setCapStyle(Qt::FlatCap);
        if (!line.dashes.isEmpty()) {
            pen.setDashPattern(line.dashes);
        }
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line.points);
        painter.setPen(QPen(scene.colors.base, 1));
        painter.setBrush(line.color);
        for (const QPointF& marker : line.markers) {
            painter.drawEllipse(marker, markerRadius + 0.5, markerRadius + 0.5);
        }
    }
    paintBestMarks(painter, scene, area);
    painter.restore();
}

} // namespace digitpad
