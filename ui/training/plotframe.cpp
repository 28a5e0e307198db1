#include "ui/training/plotframe.h"

#include "ui/training/plotlines.h"
#include "ui/training/runcolors.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

struct PlotFrameText
{
    Q_DECLARE_TR_FUNCTIONS(PlotFrameText)
};

constexpr double margin = 4;
constexpr double rightMargin = 12;
constexpr double gap = 6;
constexpr double swatchWidth = 26;
/// Plots lower than this do without the title of the x axis; the lines need the room.
constexpr double heightForTitle = 190;

struct KeyItem
{
    QString text;
    QColor color;
    double width;
    QList<qreal> dashes;
    bool marker;
};

QFont boldFont(const QFont& font)
{
    QFont bold = font;
    bold.setBold(true);
    return bold;
}

QString yTickText(const PlotScene& scene, double tick)
{
    return scene.logarithmic() ? shortNumberText(tick) : tickText(scene.metric, tick, scene.yScale.decimals);
}

QString xTickText(const PlotScene& scene, double tick)
{
    return numberLocale().toString(tick, 'f', scene.xScale.decimals);
}

double widestTick(const PlotScene& scene, const QFontMetricsF& metrics)
{
    double widest = metrics.horizontalAdvance(QStringLiteral("0.00"));
    for (const double tick : scene.yScale.ticks) {
        widest = std::max(widest, metrics.horizontalAdvance(yTickText(scene, tick)));
    }
    return widest;
}

QString trainingName(const PlotScene& scene, bool smoothed)
{
    if (!hasValidation(scene.metric)) {
        return smoothed ? PlotFrameText::tr("Smoothed") : QString();
    }
    return smoothed ? PlotFrameText::tr("Training, smoothed") : PlotFrameText::tr("Training");
}

/// What the lines mean; of several runs in the colour of the text, since theirs are in the legend.
std::vector<KeyItem> keyItems(const PlotScene& scene)
{
    std::vector<KeyItem> items;
    if (scene.empty()) {
        return items;
    }
    const bool batches = std::any_of(scene.runs.begin(), scene.runs.end(),
                                     [&](const PlotRun& run) { return scene.showsBatches(run); });
    const bool single = scene.runs.size() == 1;
    RunLook look = runLook(scene, scene.runs.front());
    if (!single) {
        look.raw = mixed(scene.colors.text, scene.colors.base, 0.25);
        look.training =
            scene.showsValidation() ? mixed(scene.colors.text, scene.colors.base, 0.55) : scene.colors.text;
        look.validation = scene.colors.text;
        look.trainingDashes.clear();
        look.validationDashes.clear();
    }
    const bool smooths = batches && scene.options.smoothing > 0 && isNoisy(scene.metric);
    if (scene.showsTraining()) {
        if (smooths && scene.runs.size() <= mostRunsWithRawLines) {
            items.push_back({PlotFrameText::tr("Each batch"), look.raw, 1.5, {}, false});
        }
        const QString name = trainingName(scene, smooths);
        if (!name.isEmpty()) {
            items.push_back({name, look.training, look.trainingWidth, look.trainingDashes, !batches});
        }
    }
    if (scene.showsValidation()) {
        items.push_back({PlotFrameText::tr("Validation"), look.validation, 2, look.validationDashes, true});
    }
    return items;
}

/// From the right, as far as there is room.
void paintKey(QPainter& painter, const PlotScene& scene, const QRectF& rect, double left)
{
    const QFontMetricsF metrics(scene.font);
    painter.setFont(scene.font);
    double right = rect.right();
    const auto items = keyItems(scene);
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
        const double textWidth = metrics.horizontalAdvance(item->text);
        const double start = right - textWidth - gap - swatchWidth;
        if (start < left) {
            return;
        }
        paintSwatch(painter, {start, rect.top(), swatchWidth, rect.height()}, item->color, item->width,
                    item->dashes, item->marker);
        painter.setPen(scene.colors.quietText);
        painter.drawText(QRectF(right - textWidth, rect.top(), textWidth + 1, rect.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, item->text);
        right = start - 2 * gap;
    }
}

void paintXAxis(QPainter& painter, const PlotScene& scene, const PlotFrame& frame)
{
    const QFontMetricsF metrics(scene.font);
    const double top = frame.area.bottom() + margin;
    double free = frame.area.left() - gap - metrics.averageCharWidth();
    for (const double tick : scene.xScale.ticks) {
        const QString text = xTickText(scene, tick);
        const double width = metrics.horizontalAdvance(text);
        const double x = frame.area.left() + areaPoint(scene, frame.area.size(), tick, 0).x();
        const double left = std::min(x - width / 2, frame.area.right() + rightMargin - width);
        if (left > free) { // Numbers never run into each other.
            painter.drawText(QPointF(left, top + metrics.ascent()), text);
            free = left + width + gap;
        }
    }
    if (frame.xTitle) {
        painter.setPen(scene.colors.quietText);
        painter.drawText(
            QRectF(frame.area.left(), top + metrics.height(), frame.area.width(), metrics.height()),
            Qt::AlignCenter,
            scene.options.xAxis == XAxis::Epochs ? PlotFrameText::tr("Epoch") : PlotFrameText::tr("Step"));
    }
}

void paintYAxis(QPainter& painter, const PlotScene& scene, const PlotFrame& frame)
{
    const QFontMetricsF metrics(scene.font);
    for (const double tick : scene.yScale.ticks) {
        const double y = frame.area.top() + areaPoint(scene, frame.area.size(), 0, scene.plotted(tick)).y();
        painter.drawText(
            QRectF(frame.area.left() - gap - 200, y - metrics.height() / 2, 200, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, yTickText(scene, tick));
    }
}

} // namespace

PlotFrame plotFrame(const PlotScene& scene, const QRectF& bounds)
{
    const QFontMetricsF metrics(scene.font);
    PlotFrame frame;
    frame.xTitle = bounds.height() >= heightForTitle;
    frame.title = {bounds.left() + 2 * margin, bounds.top() + margin, bounds.width() - 4 * margin,
                   metrics.height() + 2};
    const double below = (frame.xTitle ? 2 : 1) * metrics.height() + 2 * margin;
    const double left = bounds.left() + widestTick(scene, metrics) + margin + gap + 2;
    const double top = frame.title.bottom() + gap;
    frame.area = QRectF(QPointF(std::ceil(left), std::ceil(top)),
                        QPointF(std::floor(std::max(left + 1, bounds.right() - rightMargin)),
                                std::floor(std::max(top + 1, bounds.bottom() - below))));
    return frame;
}

void paintFrame(QPainter& painter, const PlotScene& scene, const QRectF& bounds)
{
    const PlotFrame frame = plotFrame(scene, bounds);
    painter.save();
    painter.setFont(boldFont(scene.font));
    painter.setPen(scene.colors.text);
    const QString title = metricName(scene.metric);
    painter.drawText(frame.title, Qt::AlignLeft | Qt::AlignVCenter, title);
    const double titleEnd = frame.title.left() + QFontMetricsF(painter.font()).horizontalAdvance(title);
    paintKey(painter, scene, frame.title, titleEnd + 2 * gap);
    if (scene.empty()) {
        constexpr int centred = Qt::AlignCenter | Qt::TextWordWrap;
        const QRectF room = frame.area.adjusted(gap, gap, -gap, -gap);
        const QRectF words = painter.boundingRect(room, centred, scene.emptyText);
        painter.fillRect(words.adjusted(-gap, -gap, gap, gap), scene.colors.base); // No line through them.
        painter.setPen(scene.colors.quietText);
        painter.drawText(room, centred, scene.emptyText);
    }
    painter.setPen(scene.colors.text);
    paintYAxis(painter, scene, frame);
    painter.setPen(scene.colors.text);
    paintXAxis(painter, scene, frame);
    painter.restore();
}

void paintPlot(QPainter& painter, const PlotScene& scene, const QRectF& bounds)
{
    const PlotFrame frame = plotFrame(scene, bounds);
    painter.save();
    painter.translate(frame.area.topLeft());
    paintArea(painter, scene, frame.area.size());
    painter.restore();
    paintFrame(painter, scene, bounds);
}

void paintSwatch(QPainter& painter, const QRectF& rect, const QColor& color, double width,
                 const QList<qreal>& dashes, bool marker)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(color, width);
    pen.setCapStyle(Qt::FlatCap);
    if (!dashes.isEmpty()) {
        pen.setDashPattern(dashes);
    }
    painter.setPen(pen);
    const double y = std::floor(rect.center().y()) + 0.5;
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
    if (marker) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(QPointF(rect.center().x(), y), 3.2, 3.2);
    }
    painter.restore();
}

} // namespace digitpad
