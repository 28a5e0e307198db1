#include "core/report/chartpainter.h"
#include "core/report/evaluationreport.h"
#include "core/report/reportcontent.h"

#include <QBuffer>

namespace digitpad {

using namespace Qt::StringLiterals;
using Text = EvaluationReport;

namespace {

QString dataUrl(const QImage& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return u"data:image/png;base64,"_s + QString::fromLatin1(bytes.toBase64());
}

QString chartUrl(const ReportChart& chart)
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
    ".digits figure{width:128px}.digits img{width:84px;height:84px;image-rendering:pixelated;"
    "border:1px solid #e2e5e9}.digits figcaption{font-weight:400;font-size:12px;margin:2px "
    "0;white-space:nowrap}"
    "footer{margin:36px 0;color:#6a717a;font-size:13px}");

QString summaryHtml(const EvaluationData& data)
{
    QString html = u"<table>"_s;
    for (const ReportRow& row : summary(data)) {
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

} // namespace

QByteArray evaluationHtml(const EvaluationData& data)
{
    const QString title = titleText(data).toHtmlEscaped();
    QString html = u"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport "
                   "content=\"width=device-width\"><title>%1</title><style>"_s.arg(title);
    html += style;
    html += u"</style></head><body><h1>"_s + title + u"</h1>"_s + summaryHtml(data);
    html += u"<div class=charts>"_s;
    for (const ReportChart& chart : charts(data)) {
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

} // namespace digitpad
