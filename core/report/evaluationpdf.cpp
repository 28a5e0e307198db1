#include "core/report/chartpainter.h"
#include "core/report/evaluationreport.h"
#include "core/report/reportcontent.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QMarginsF>
#include <QPageSize>
#include <QPdfWriter>

#include <algorithm>

namespace digitpad {

using Text = EvaluationReport;

namespace {

/// A4 in units of a 96th of an inch, filled from the top.
class Pages
{
public:
    explicit Pages(QPdfWriter& writer)
        : m_writer(writer)
        , m_painter(&writer)
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.scale(writer.resolution() / 96.0, writer.resolution() / 96.0);
    }
    QPainter& painter() { return m_painter; }
    [[nodiscard]] static double width() { return pageWidth - 2 * margin; }

    /// Room of that height, across the page; on a new one where this one has not enough.
    QRectF take(double height)
    {
        if (m_y + height > pageHeight - margin) {
            m_writer.newPage();
            m_y = margin;
        }
        const QRectF area(margin, m_y, width(), height);
        m_y += height;
        return area;
    }
    void heading(const QString& text, double pixels, double room)
    {
        const QRectF area = take(pixels * 1.6 + room);
        m_painter.setFont(ChartPainter::font(pixels, true));
        m_painter.setPen(ChartPainter::ink());
        m_painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, text);
        m_y -= room;
    }

private:
    static constexpr double pageWidth = 793.7;
    static constexpr double pageHeight = 1122.5;
    static constexpr double margin = 50;

    QPdfWriter& m_writer;
    QPainter m_painter;
    double m_y = margin;
};

void printSummary(Pages& pages, const EvaluationData& data)
{
    constexpr double line = 19;
    for (const ReportRow& row : summary(data)) {
        const QRectF area = pages.take(line);
        QPainter& painter = pages.painter();
        painter.setFont(ChartPainter::font(12));
        painter.setPen(ChartPainter::faint());
        painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, row.name);
        painter.setPen(ChartPainter::ink());
        painter.drawText(
            area.adjusted(190, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(row.value, Qt::ElideMiddle, area.width() - 190));
    }
}

void printClasses(Pages& pages, const EvaluationFigures& figures)
{
    auto rows = classRows(figures);
    rows.insert(rows.begin(), classHeads());
    bool head = true;
    for (const QStringList& row : rows) {
        const QRectF area = pages.take(18);
        QPainter& painter = pages.painter();
        painter.setFont(ChartPainter::font(12, head));
        painter.setPen(ChartPainter::ink());
        for (int i = 0; i < row.size(); ++i) {
            painter.drawText(QRectF(area.left() + i * 90, area.top(), 80, area.height()),
                             Qt::AlignRight | Qt::AlignVCenter, row[i]);
        }
        painter.setPen(QPen(ChartPainter::grid(), 1));
        painter.drawLine(area.bottomLeft(), QPointF(area.left() + 440, area.bottom()));
        head = false;
    }
}

/// Two in a row, as high as the higher one.
void printCharts(Pages& pages, const std::vector<ReportChart>& all)
{
    constexpr double caption = 24;
    for (std::size_t i = 0; i < all.size(); i += 2) {
        const std::size_t end = std::min(all.size(), i + 2);
        double height = 0;
        for (std::size_t k = i; k < end; ++k) {
            height = std::max(height, all[k].size.height());
        }
        const QRectF area = pages.take(height + caption + 12);
        for (std::size_t k = i; k < end; ++k) {
            const double left = area.left() + static_cast<double>(k - i) * (Pages::width() - 340);
            QPainter& painter = pages.painter();
            painter.setFont(ChartPainter::font(12, true));
            painter.setPen(ChartPainter::ink());
            painter.drawText(QRectF(left, area.top(), 340, caption), Qt::AlignLeft | Qt::AlignVCenter,
                             all[k].title);
            all[k].paint(painter, QRectF(QPointF(left, area.top() + caption), all[k].size));
        }
    }
}

void printMistakes(Pages& pages, const EvaluationData& data)
{
    constexpr std::size_t columns = 6;
    const auto mistakes = shownMistakes(data);
    for (std::size_t i = 0; i < mistakes.size(); i += columns) {
        const QRectF area = pages.take(106);
        for (std::size_t k = i; k < std::min(mistakes.size(), i + columns); ++k) {
            const double left = area.left() + static_cast<double>(k - i) * (Pages::width() / columns);
            QPainter& painter = pages.painter();
            const QRectF place(left, area.top(), 76, 76);
            painter.drawImage(place, digitPicture(*data.set, mistakes[k]));
            painter.setPen(QPen(ChartPainter::grid(), 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(place);
            painter.setFont(ChartPainter::font(9));
            painter.setPen(ChartPainter::ink());
            painter.drawText(QRectF(left, place.bottom() + 2, 112, 14), Qt::AlignLeft | Qt::AlignVCenter,
                             mistakeText(data.readings[mistakes[k]]));
        }
    }
}

} // namespace

QByteArray evaluationPdf(const EvaluationData& data)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(300);
    writer.setTitle(titleText(data));
    writer.setCreator(data.program);
    {
        Pages pages(writer);
        pages.heading(titleText(data), 20, 40);
        printSummary(pages, data);
        pages.take(10);
        printCharts(pages, charts(data));
        pages.heading(Text::tr("Digit by digit"), 15, 220);
        printClasses(pages, data.figures);
        pages.take(16);
        if (data.figures.correct < data.figures.images) {
            pages.heading(mistakesTitle(data), 15, 110);
            printMistakes(pages, data);
        }
        const QRectF foot = pages.take(24);
        pages.painter().setFont(ChartPainter::font(10));
        pages.painter().setPen(ChartPainter::faint());
        pages.painter().drawText(foot, Qt::AlignLeft | Qt::AlignBottom, footText(data));
    }
    buffer.close();
    return bytes;
}

} // namespace digitpad
