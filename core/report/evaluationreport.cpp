#include "core/report/evaluationreport.h"

#include "core/report/chartpainter.h"
#include "core/report/evaluationcharts.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QImage>
#include <QJsonDocument>
#include <QLocale>
#include <QMarginsF>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

namespace digitpad {

using namespace Qt::StringLiterals;

namespace {

struct EvaluationReport
{
    Q_DECLARE_TR_FUNCTIONS(EvaluationReport)
};

using Text = EvaluationReport;

constexpr std::size_t mistakesShown = 60;

QString count(std::int64_t value)
{
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
}

QString percent(double part)
{
    return u"%1 %"_s.arg(part * 100, 0, 'f', 2);
}

QString percent(const std::optional<double>& part)
{
    return part ? percent(*part) : u"–"_s;
}

struct Row
{
    QString name;
    QString value;
};

std::vector<Row> summary(const EvaluationData& data)
{
    const EvaluationFigures& figures = data.figures;
    std::vector<Row> rows{
        {Text::tr("Model"),
         Text::tr("%1 (%2, %3 parameters)")
             .arg(data.model, QString::fromStdString(data.info.network), count(data.info.parameters))},
        {Text::tr("Data"), Text::tr("%1, %2 digits").arg(data.data, count(figures.images))},
        {Text::tr("Accuracy"),
         Text::tr("%1 (%2 misread; 95 % interval %3 to %4)")
             .arg(percent(figures.accuracy), count(figures.images - figures.correct),
                  percent(figures.accuracyInterval.low), percent(figures.accuracyInterval.high))},
        {Text::tr("Among the two best guesses"), percent(figures.topTwoAccuracy)},
        {Text::tr("Loss"), QString::number(figures.loss, 'f', 4)},
        {Text::tr("Calibration error"), Text::tr("%1; %2 before the temperature of %3")
                                            .arg(figures.calibrated.expectedCalibrationError(), 0, 'f', 4)
                                            .arg(figures.bare.expectedCalibrationError(), 0, 'f', 4)
                                            .arg(figures.temperature, 0, 'f', 3)},
        {Text::tr("Turned away"), Text::tr("%1 of the digits at the threshold of %2")
                                      .arg(count(figures.images - figures.accepted.digitsAccepted))
                                      .arg(figures.threshold, 0, 'g', 4)}};
    if (figures.noDigits > 0) {
        rows.push_back({Text::tr("No digits"),
                        Text::tr("%1, of which %2 were taken for one")
                            .arg(count(figures.noDigits), count(figures.accepted.noDigitsAccepted))});
    }
    if (figures.seconds > 0) {
        rows.push_back(
            {Text::tr("Speed"), Text::tr("%1 images/s").arg(count(std::llround(figures.imagesPerSecond())))});
    }
    return rows;
}

std::vector<QStringList> classRows(const EvaluationFigures& figures)
{
    std::vector<QStringList> rows;
    for (std::size_t digit = 0; digit < figures.classes.size(); ++digit) {
        const ClassFigures& of = figures.classes[digit];
        rows.push_back({QString::number(digit), count(of.support), percent(of.precision), percent(of.recall),
                        of.support + of.guesses > 0 ? percent(of.f1) : u"–"_s});
    }
    rows.push_back({Text::tr("mean"), QString(), percent(figures.macro.precision),
                    percent(figures.macro.recall), percent(figures.macro.f1)});
    return rows;
}

QStringList classHeads()
{
    return {Text::tr("Digit"), Text::tr("Images"), Text::tr("Precision"), Text::tr("Recall"), Text::tr("F1")};
}

struct Chart
{
    QString title;
    QSizeF size;
    std::function<void(QPainter&, const QRectF&)> paint;
};

QString robustnessTitle(Distortion distortion)
{
    switch (distortion) {
    case Distortion::Shift:
        return Text::tr("When digits are shifted");
    case Distortion::Scale:
        return Text::tr("When they are larger or smaller");
    case Distortion::Rotation:
        return Text::tr("When they are turned");
    case Distortion::PenWidth:
        return Text::tr("When lines are wider or narrower");
    case Distortion::Noise:
        break;
    }
    return Text::tr("When there is noise");
}

std::vector<Chart> charts(const EvaluationData& data)
{
    const EvaluationFigures& figures = data.figures;
    constexpr QSizeF usual(340, 250);
    std::vector<Chart> all{
        {Text::tr("Confusion matrix"),
         {340, 340},
         [&](QPainter& painter, const QRectF& area) { paintConfusion(painter, area, figures.confusion); }},
        {Text::tr("Reliability"), usual,
         [&](QPainter& painter, const QRectF& area) { paintReliability(painter, area, figures); }},
        {Text::tr("Confidence"), usual,
         [&](QPainter& painter, const QRectF& area) {
             paintConfidences(painter, area, figures.confidences);
         }},
        {Text::tr("What a threshold accepts"), usual,
         [&](QPainter& painter, const QRectF& area) { paintAcceptance(painter, area, figures); }}};
    for (const RobustnessCurve& curve : data.robustness) {
        all.push_back(
            {robustnessTitle(curve.distortion), {340, 210}, [&curve](QPainter& painter, const QRectF& area) {
                 paintRobustness(painter, area, curve);
             }});
    }
    return all;
}

/// Ink dark on paper, as one reads it.
QImage digitPicture(const DigitSet& set, std::size_t index)
{
    QImage picture(digitSide, digitSide, QImage::Format_Grayscale8);
    const std::uint8_t* pixels = set.image(index);
    for (int y = 0; y < digitSide; ++y) {
        std::transform(pixels + y * digitSide, pixels + (y + 1) * digitSide, picture.scanLine(y),
                       [](std::uint8_t ink) { return static_cast<uchar>(255 - ink); });
    }
    return picture;
}

QString mistakeText(const ImageReading& reading)
{
    return Text::tr("%1 read as %2, %3")
        .arg(reading.truth)
        .arg(reading.guess)
        .arg(u"%1 %"_s.arg(std::floor(static_cast<double>(reading.confidence) * 1000) / 10, 0, 'f', 1));
}

std::vector<std::size_t> shownMistakes(const EvaluationData& data)
{
    auto mistakes = confidentMistakes(data.readings);
    mistakes.resize(std::min(mistakes.size(), mistakesShown));
    return mistakes;
}

QString titleText(const EvaluationData& data)
{
    return Text::tr("%1 on %2").arg(data.model, data.data);
}

QString footText(const EvaluationData& data)
{
    return Text::tr("%1, %2").arg(data.program, QLocale::c().toString(data.made, u"yyyy-MM-dd HH:mm"_s));
}

QString mistakesTitle(const EvaluationData& data)
{
    return Text::tr("The most confident of %1 misread images")
        .arg(count(data.figures.images - data.figures.correct));
}

QString dataUrl(const QImage& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return u"data:image/png;base64,"_s + QString::fromLatin1(bytes.toBase64());
}

QString chartUrl(const Chart& chart)
{
    constexpr double scale = 2;
    QImage picture((chart.size * scale).toSize(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(scale);
    picture.fill(ChartPainter::paper());
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    chart.paint(painter, QRectF({0, 0}, chart.size));
    painter.end();
    return dataUrl(picture);
}

constexpr QLatin1String style(
    "body{font:15px/1.5 system-ui,sans-serif;color:#22262b;background:#fff;max-width:1080px;margin:32px auto;"
    "padding:0 20px}h1{font-size:26px;margin:0 0 16px}h2{font-size:18px;margin:32px 0 8px}"
    "table{border-collapse:collapse}td,th{padding:4px 14px 4px 0;text-align:left;"
    "border-bottom:1px solid #e2e5e9}.n td,.n th{text-align:right;font-variant-numeric:tabular-nums}"
    ".charts{display:flex;flex-wrap:wrap;gap:8px 32px}figure{margin:0}"
    "figcaption{font-weight:600;margin:12px 0 4px}.digits{display:flex;flex-wrap:wrap;gap:14px}"
    ".digits figure{width:112px}.digits img{width:84px;height:84px;image-rendering:pixelated;"
    "border:1px solid #e2e5e9}.digits figcaption{font-weight:400;font-size:12px;margin:2px 0}"
    "footer{margin:36px 0;color:#6a717a;font-size:13px}");

QString summaryHtml(const EvaluationData& data)
{
    QString html = u"<table>"_s;
    for (const Row& row : summary(data)) {
        html += u"<tr><th>%1</th><td>%2</td></tr>"_s.arg(row.name.toHtmlEscaped(), row.value.toHtmlEscaped());
    }
    return html + u"</table>"_s;
}

QString classesHtml(const EvaluationFigures& figures)
{
    QString html = u"<table class=n><tr>"_s;
    for (const QString& head : classHeads()) {
        html += u"<th>"_s + head.toHtmlEscaped() + u"</th>"_s;
    }
    html += u"</tr>"_s;
    for (const QStringList& row : classRows(figures)) {
        html += u"<tr>"_s;
        for (const QString& cell : row) {
            html += u"<td>"_s + cell.toHtmlEscaped() + u"</td>"_s;
        }
        html += u"</tr>"_s;
    }
    return html + u"</table>"_s;
}

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
    for (const Row& row : summary(data)) {
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
void printCharts(Pages& pages, const std::vector<Chart>& all)
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

const QStringList& endings()
{
    static const QStringList all{u"html"_s, u"pdf"_s, u"csv"_s, u"json"_s};
    return all;
}

QByteArray contentOf(const EvaluationData& data, const QString& ending)
{
    if (ending == u"html") {
        return evaluationHtml(data);
    }
    if (ending == u"pdf") {
        return evaluationPdf(data);
    }
    return ending == u"csv" ? evaluationCsv(data) : QJsonDocument(evaluationJson(data)).toJson();
}

Result<void> writeFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        return Error{ErrorCode::Io, u"The report could not be written to “%1” (%2); choose another place."_s
                                        .arg(path, file.errorString())
                                        .toStdString()};
    }
    return {};
}

} // namespace

QByteArray evaluationHtml(const EvaluationData& data)
{
    const QString title = titleText(data).toHtmlEscaped();
    QString html = u"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport "
                   "content=\"width=device-width\"><title>%1</title><style>"_s.arg(title);
    html += style;
    html += u"</style></head><body><h1>"_s + title + u"</h1>"_s + summaryHtml(data);
    html += u"<div class=charts>"_s;
    for (const Chart& chart : charts(data)) {
        html +=
            u"<figure><figcaption>%1</figcaption><img width=%2 height=%3 alt=\"%1\" src=\"%4\"></figure>"_s
                .arg(chart.title.toHtmlEscaped())
                .arg(chart.size.width())
                .arg(chart.size.height())
                .arg(chartUrl(chart));
    }
    html +=
        u"</div><h2>%1</h2>"_s.arg(Text::tr("Digit by digit").toHtmlEscaped()) + classesHtml(data.figures);
    if (const auto mistakes = shownMistakes(data); !mistakes.empty()) {
        html += u"<h2>%1</h2><div class=digits>"_s.arg(mistakesTitle(data).toHtmlEscaped());
        for (const std::size_t index : mistakes) {
            html += u"<figure><img alt=\"\" src=\"%1\"><figcaption>%2</figcaption></figure>"_s.arg(
                dataUrl(digitPicture(*data.set, index)), mistakeText(data.readings[index]).toHtmlEscaped());
        }
        html += u"</div>"_s;
    }
    html += u"<footer>%1</footer></body></html>\n"_s.arg(footText(data).toHtmlEscaped());
    return html.toUtf8();
}

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

Result<void> checkReportPath(const QString& path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending.isEmpty() || endings().contains(ending)) {
        return {};
    }
    return Error{ErrorCode::InvalidInput,
                 u"“%1” is no kind of report; choose a name that ends in .html, .pdf, .csv or .json, or one "
                 "without an ending for all four."_s.arg(path)
                     .toStdString()};
}

Result<QStringList> writeEvaluationReport(const EvaluationData& data, const QString& path)
{
    if (const auto possible = checkReportPath(path); !possible) {
        return possible.error();
    }
    const QString given = QFileInfo(path).suffix().toLower();
    QStringList written;
    for (const QString& ending : given.isEmpty() ? endings() : QStringList{given}) {
        const QString file = given.isEmpty() ? path + u'.' + ending : path;
        if (const auto done = writeFile(file, contentOf(data, ending)); !done) {
            return done.error();
        }
        written += file;
    }
    return written;
}

} // namespace digitpad
