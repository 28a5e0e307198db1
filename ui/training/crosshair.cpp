// What the crosshair of a plot says; declared in plotframe.h.
#include "ui/training/plotframe.h"
#include "ui/training/plotlines.h"
#include "ui/training/runcolors.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace digitpad {

namespace {

struct CrosshairTexts
{
    Q_DECLARE_TR_FUNCTIONS(CrosshairTexts)
};

constexpr double padding = 8;
constexpr double columnGap = 14;
constexpr double swatchWidth = 24;
constexpr double longestName = 220;

/// The batch nearest to x; null beyond the run's ends.
const BatchPoint* batchAt(const PlotScene& scene, const PlotRun& run, double x)
{
    const auto& batches = run.curves->batches;
    const double step = scene.stepAt(run, x);
    if (batches.empty() || step < 0 || step > static_cast<double>(batches.back().step) + 0.5) {
        return nullptr;
    }
    auto after =
        std::lower_bound(batches.begin(), batches.end(), step, [](const BatchPoint& batch, double wanted) {
            return static_cast<double>(batch.step) < wanted;
        });
    after = after == batches.end() ? after - 1 : after;
    const bool beforeIsNearer = after != batches.begin() && step - static_cast<double>((after - 1)->step) <
                                                                static_cast<double>(after->step) - step;
    return beforeIsNearer ? &*(after - 1) : &*after;
}

/// The epoch whose end is nearest to x; null where that is more than half an epoch off.
const EpochMetrics* epochNear(const PlotScene& scene, const PlotRun& run, double x)
{
    const auto& epochs = run.curves->epochs;
    const double wanted = scene.epochAt(run, x);
    const auto nearest = std::min_element(epochs.begin(), epochs.end(), [&](const auto& a, const auto& b) {
        return std::abs(a.epoch - wanted) < std::abs(b.epoch - wanted);
    });
    return nearest != epochs.end() && std::abs(nearest->epoch - wanted) <= 0.5 ? &*nearest : nullptr;
}

class RowBuilder
{
public:
    RowBuilder(const PlotScene& scene, double x, double plotted)
        : m_scene(scene)
        , m_x(x)
        , m_plotted(plotted)
    {
    }

    CrosshairRow row(const PlotRun& run)
    {
        CrosshairRow row;
        row.name = run.name;
        row.style = run.style;
        row.color = runColor(run.style, m_scene.colors.dark);
        row.nearness = std::numeric_limits<double>::infinity();
        const EpochMetrics* epoch = epochNear(m_scene, run, m_x);
        if (m_scene.showsTraining()) {
            addTraining(row, run, epoch);
        }
        if (m_scene.showsValidation() && epoch != nullptr) {
            row.validation = say(row, validationValue(*epoch, m_scene.metric));
            if (m_scene.runs.size() == 1) {
                row.validation = CrosshairTexts::tr("%1 (epoch %2)").arg(row.validation).arg(epoch->epoch);
            }
        }
        return row;
    }

private:
    QString say(CrosshairRow& row, double value) const
    {
        if (std::isfinite(value)) {
            row.nearness = std::min(row.nearness, std::abs(m_scene.plotted(value) - m_plotted));
        }
        return metricText(m_scene.metric, value);
    }
    void addTraining(CrosshairRow& row, const PlotRun& run, const EpochMetrics* epoch) const
    {
        if (!m_scene.showsBatches(run)) {
            row.training = epoch != nullptr ? say(row, trainingValue(*epoch, m_scene.metric)) : QString();
            return;
        }
        const BatchPoint* batch = batchAt(m_scene, run, m_x);
        if (batch == nullptr) {
            return;
        }
        const double reach = isNoisy(m_scene.metric) ? m_scene.options.smoothing * run.stepsPerEpoch : 0.0;
        const auto index = static_cast<std::size_t>(batch - run.curves->batches.data());
        const double value = batchValue(*batch, m_scene.metric);
        if (reach > 0) {
            row.training = say(row, smoothedAt(run.curves->batches, index, m_scene.metric, reach));
            row.batch = metricText(m_scene.metric, value);
        } else {
            row.training = say(row, value);
        }
    }

    const PlotScene& m_scene;
    double m_x;
    double m_plotted;
};

QString placeText(const PlotScene& scene, double x)
{
    const PlotRun& run = scene.runs.front();
    const QLocale locale = numberLocale();
    if (scene.options.xAxis == XAxis::Steps) {
        return CrosshairTexts::tr("Step %1").arg(locale.toString(std::llround(x)));
    }
    const QString place = CrosshairTexts::tr("Epoch %1").arg(locale.toString(x, 'f', 2));
    return scene.runs.size() == 1 && run.stepsPerEpoch > 1
               ? CrosshairTexts::tr("%1 · step %2")
                     .arg(place, locale.toString(std::llround(scene.stepAt(run, x))))
               : place;
}

QString trainingHeading(Metric metric, bool smoothed)
{
    if (!hasValidation(metric)) {
        return smoothed ? CrosshairTexts::tr("Smoothed") : QString();
    }
    return smoothed ? CrosshairTexts::tr("Training, smoothed") : CrosshairTexts::tr("Training");
}

/// The panel's cells: a heading, a line a run, texts of up to four columns.
using Cells = std::array<QString, 4>;
std::vector<Cells> cellsOf(const Crosshair& crosshair, const QFontMetricsF& metrics)
{
    std::vector<Cells> cells{
        {QString(), crosshair.trainingHeading, crosshair.batchHeading, crosshair.validationHeading}};
    for (const CrosshairRow& row : crosshair.rows) {
        cells.push_back({metrics.elidedText(row.name, Qt::ElideMiddle, longestName), row.training, row.batch,
                         row.validation});
    }
    return cells;
}

QPointF panelPlace(QSizeF size, QPointF at, const QRectF& bounds)
{
    const bool rightOf = at.x() + 14 + size.width() <= bounds.right();
    const double x = rightOf ? at.x() + 14 : std::max(bounds.left(), at.x() - 14 - size.width());
    const double highest = std::max(bounds.top(), bounds.bottom() - size.height());
    return {std::round(x), std::round(std::clamp(at.y() - size.height() / 2, bounds.top(), highest))};
}

class CrosshairPanel
{
public:
    CrosshairPanel(const PlotScene& scene, const Crosshair& crosshair)
        : m_scene(scene)
        , m_crosshair(crosshair)
        , m_metrics(scene.font)
        , m_cells(cellsOf(crosshair, m_metrics))
        , m_lineHeight(std::ceil(m_metrics.height() + 1))
    {
        for (const Cells& line : m_cells) {
            for (std::size_t i = 0; i < line.size(); ++i) {
                m_widths[i] = std::max(m_widths[i], std::ceil(m_metrics.horizontalAdvance(line[i])));
            }
        }
    }

    void paint(QPainter& painter, QPointF at, const QRectF& bounds)
    {
        const QSizeF size = panelSize();
        const QRectF panel(panelPlace(size, at, bounds), size);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(mixed(m_scene.colors.text, m_scene.colors.base, 0.35), 1));
        painter.setBrush(mixed(m_scene.colors.text, m_scene.colors.base, 0.04));
        painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);

        m_line = {panel.left() + padding, panel.top() + padding - 1, panel.width() - 2 * padding,
                  m_lineHeight};
        QFont bold = m_scene.font;
        bold.setBold(true);
        painter.setFont(bold);
        painter.setPen(m_scene.colors.text);
        painter.drawText(m_line, Qt::AlignLeft | Qt::AlignVCenter, m_crosshair.place);
        painter.setFont(m_scene.font);
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            paintLine(painter, i);
        }
        if (m_crosshair.more > 0) {
            m_line.translate(0, m_lineHeight);
            painter.setPen(m_scene.colors.quietText);
            painter.drawText(m_line, Qt::AlignLeft | Qt::AlignVCenter,
                             CrosshairTexts::tr("and %1 more").arg(m_crosshair.more));
        }
    }

private:
    [[nodiscard]] double nameWidth() const { return swatchWidth + 6 + m_widths[0]; }
    [[nodiscard]] QSizeF panelSize() const
    {
        double width = nameWidth();
        for (std::size_t i = 1; i < m_widths.size(); ++i) {
            width += m_widths[i] > 0 ? columnGap + m_widths[i] : 0;
        }
        QFont bold = m_scene.font;
        bold.setBold(true);
        width = std::max(width, std::ceil(QFontMetricsF(bold).horizontalAdvance(m_crosshair.place)) + 2);
        const auto lines = static_cast<double>(m_cells.size() + 1 + (m_crosshair.more > 0 ? 1 : 0));
        return {width + 2 * padding, lines * m_lineHeight + 2 * padding - 2};
    }
    /// The headings, then a line a run.
    void paintLine(QPainter& painter, std::size_t index)
    {
        m_line.translate(0, m_lineHeight);
        painter.setPen(index == 0 ? m_scene.colors.quietText : m_scene.colors.text);
        if (index > 0) {
            const CrosshairRow& row = m_crosshair.rows[index - 1];
            paintSwatch(painter, {m_line.left(), m_line.top(), swatchWidth, m_lineHeight}, row.color, 2,
                        runDash(row.style), false);
        }
        QRectF cell = m_line;
        cell.setLeft(m_line.left() + swatchWidth + 6);
        painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, m_cells[index][0]);
        double right = m_line.left() + nameWidth();
        for (std::size_t column = 1; column < m_widths.size(); ++column) {
            if (m_widths[column] > 0) {
                cell = {right + columnGap, m_line.top(), m_widths[column] + 1, m_lineHeight};
                painter.drawText(cell, Qt::AlignRight | Qt::AlignVCenter, m_cells[index][column]);
                right += columnGap + m_widths[column];
            }
        }
    }

    const PlotScene& m_scene;
    const Crosshair& m_crosshair;
    QFontMetricsF m_metrics;
    std::vector<Cells> m_cells;
    std::array<double, 4> m_widths{};
    double m_lineHeight;
    QRectF m_line; ///< The one that is being written.
};

} // namespace

Crosshair crosshairAt(const PlotScene& scene, double x, double plotted, std::size_t most)
{
    Crosshair crosshair;
    if (scene.runs.empty()) {
        return crosshair;
    }
    RowBuilder builder(scene, x, plotted);
    for (const PlotRun& run : scene.runs) {
        CrosshairRow row = builder.row(run);
        if (!row.training.isEmpty() || !row.validation.isEmpty()) {
            crosshair.rows.push_back(std::move(row));
        }
    }
    if (crosshair.rows.size() > most) {
        std::stable_sort(crosshair.rows.begin(), crosshair.rows.end(),
                         [](const auto& a, const auto& b) { return a.nearness < b.nearness; });
        crosshair.more = crosshair.rows.size() - most;
        crosshair.rows.resize(most);
    }
    const auto any = [&](QString CrosshairRow::*text) {
        return std::any_of(crosshair.rows.begin(), crosshair.rows.end(),
                           [text](const CrosshairRow& row) { return !(row.*text).isEmpty(); });
    };
    const bool smoothed = any(&CrosshairRow::batch);
    crosshair.place = placeText(scene, x);
    crosshair.trainingHeading =
        any(&CrosshairRow::training) ? trainingHeading(scene.metric, smoothed) : QString();
    crosshair.batchHeading = smoothed ? CrosshairTexts::tr("This batch") : QString();
    crosshair.validationHeading =
        any(&CrosshairRow::validation) ? CrosshairTexts::tr("Validation") : QString();
    return crosshair;
}

QString crosshairText(const Crosshair& crosshair)
{
    if (crosshair.rows.empty()) {
        return {};
    }
    QStringList lines{crosshair.place};
    for (const CrosshairRow& row : crosshair.rows) {
        QStringList parts;
        const auto add = [&parts](const QString& heading, const QString& text) {
            if (!text.isEmpty()) {
                parts += heading.isEmpty() ? text : CrosshairTexts::tr("%1 %2").arg(heading, text);
            }
        };
        add(crosshair.trainingHeading, row.training);
        add(crosshair.batchHeading, row.batch);
        add(crosshair.validationHeading, row.validation);
        lines += CrosshairTexts::tr("%1: %2").arg(row.name, parts.join(QStringLiteral(", ")));
    }
    if (crosshair.more > 0) {
        lines += CrosshairTexts::tr("and %1 more").arg(crosshair.more);
    }
    return lines.join(u'\n');
}

void paintCrosshairPanel(QPainter& painter, const PlotScene& scene, const Crosshair& crosshair, QPointF at,
                         const QRectF& bounds)
{
    painter.save();
    CrosshairPanel(scene, crosshair).paint(painter, at, bounds);
    painter.restore();
}

} // namespace digitpad
