#include "core/base/gzipreader.h"
#include "core/ink/inkfile.h"
#include "core/ink/inklimits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>
#include <charconv>

namespace digitpad {

namespace {

Error malformed(const QString& what)
{
    return {ErrorCode::InvalidInput, what.toStdString()};
}

/// Text or number as text; missing and null are empty.
Result<std::string> readText(const QJsonObject& object, const QString& key)
{
    const QJsonValue value = object.value(key);
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().toStdString();
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest).toStdString();
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return std::string();
    default:
        return malformed(QStringLiteral("has a “%1” that is neither text nor a number").arg(key));
    }
}

/// Reads the strokes of one line.
class StrokesParser
{
public:
    Result<Ink> parse(const QJsonObject& object);

private:
    Result<void> readWidths(const QJsonValue& value, qsizetype strokes);
    Result<Stroke> readStroke(const QJsonValue& value, qsizetype number);
    Result<InkPoint> readPoint(const QJsonValue& value, qsizetype stroke);

    std::vector<float> m_widths;
    std::size_t m_points = 0;
    TimeOrigin m_origin;
};

Result<Ink> StrokesParser::parse(const QJsonObject& object)
{
    const QJsonValue value = object.value(u"strokes");
    if (!value.isArray()) {
        return malformed(QStringLiteral("has no “strokes” array"));
    }
    const QJsonArray strokes = value.toArray();
    if (strokes.isEmpty()) {
        return malformed(QStringLiteral("has no strokes"));
    }
    if (static_cast<std::size_t>(strokes.size()) > maximumStrokes) {
        return malformed(
            QStringLiteral("has %1 strokes, more than %2").arg(strokes.size()).arg(maximumStrokes));
    }
    if (const auto widths = readWidths(object.value(u"widths"), strokes.size()); !widths) {
        return widths.error();
    }
    Ink ink;
    ink.strokes.reserve(static_cast<std::size_t>(strokes.size()));
    for (qsizetype i = 0; i < strokes.size(); ++i) {
        auto stroke = readStroke(strokes.at(i), i + 1);
        if (!stroke) {
            return stroke.error();
        }
        ink.add(std::move(stroke).value());
    }
    return ink;
}

Result<void> StrokesParser::readWidths(const QJsonValue& value, qsizetype strokes)
{
    m_widths.assign(static_cast<std::size_t>(strokes), 0.0F);
    if (value.isUndefined() || value.isNull()) {
        return {};
    }
    const QJsonArray widths = value.toArray();
    if (widths.size() != strokes) {
        return malformed(QStringLiteral("has “widths” that are not one number for each stroke"));
    }
    for (qsizetype i = 0; i < strokes; ++i) {
        const double width = widths.at(i).toDouble(-1);
        if (!(width >= 0 && width <= maximumCoordinate)) {
            return malformed(QStringLiteral("has an impossible width for stroke %1").arg(i + 1));
        }
        m_widths[static_cast<std::size_t>(i)] = static_cast<float>(width);
    }
    return {};
}

Result<Stroke> StrokesParser::readStroke(const QJsonValue& value, qsizetype number)
{
    if (!value.isArray()) {
        return malformed(QStringLiteral("has a stroke %1 that is no array of points").arg(number));
    }
    const QJsonArray points = value.toArray();
    if (points.isEmpty()) {
        return malformed(QStringLiteral("has a stroke %1 without points").arg(number));
    }
    m_points += static_cast<std::size_t>(points.size());
    if (m_points > maximumPoints) {
        return malformed(QStringLiteral("has more than %1 points").arg(maximumPoints));
    }
    Stroke stroke;
    stroke.width = m_widths[static_cast<std::size_t>(number - 1)];
    stroke.points.reserve(static_cast<std::size_t>(points.size()));
    for (const QJsonValue point : points) {
        const auto read = readPoint(point, number);
        if (!read) {
            return read.error();
        }
        stroke.points.push_back(*read);
    }
    return stroke;
}

Result<InkPoint> StrokesParser::readPoint(const QJsonValue& value, qsizetype stroke)
{
    const QJsonArray numbers = value.toArray();
    if (numbers.size() < 2 || numbers.size() > 4) {
        return malformed(
            QStringLiteral("has a point in stroke %1 that is not [x, y], [x, y, t] or [x, y, t, p]")
                .arg(stroke));
    }
    std::array<double, 4> parts = {0, 0, 0, 1};
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const QJsonValue number = numbers.at(i);
        if (!number.isDouble()) {
            return malformed(
                QStringLiteral("has something else than numbers in a point of stroke %1").arg(stroke));
        }
        parts[static_cast<std::size_t>(i)] = number.toDouble();
    }
    const auto [x, y, time, pressure] = parts;
    if (!isCoordinate(x) || !isCoordinate(y) || !isTime(time) || !std::isfinite(pressure)) {
        return malformed(
            QStringLiteral("has a number out of range in stroke %1; coordinates reach from -%2 to %2")
                .arg(stroke)
                .arg(maximumCoordinate, 0, 'f', 0));
    }
    return InkPoint{static_cast<float>(x), static_cast<float>(y), m_origin.relative(time),
                    static_cast<float>(std::clamp(pressure, 0.0, 1.0))};
}

/// The shortest text that reads back as the same float.
void appendNumber(QByteArray& json, float number)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    json.append(text.data(), end - text.data());
}

void appendText(QByteArray& json, const char* key, const std::string& text)
{
    if (text.empty()) {
        return;
    }
    // An array, as a document of one text alone cannot be written; Qt escapes it and mends what is no UTF-8.
    const QByteArray array =
        QJsonDocument(QJsonArray{QString::fromStdString(text)}).toJson(QJsonDocument::Compact);
    json.append('"').append(key).append("\":").append(array.sliced(1, array.size() - 2)).append(',');
}

/// How many of x, y, time and pressure the points need.
int partsPerPoint(const Ink& ink)
{
    int parts = 2;
    for (const auto& stroke : ink.strokes) {
        for (const InkPoint& point : stroke->points) {
            parts = std::max(parts, point.time != 0 ? 3 : 2);
            parts = std::max(parts, point.pressure != 1 ? 4 : 2);
        }
    }
    return parts;
}

/// False where no point of the stroke can be stored.
bool appendStroke(QByteArray& json, const Stroke& stroke, int parts)
{
    const qsizetype before = json.size();
    for (const InkPoint& point : stroke.points) {
        if (!isStorable(point)) {
            continue;
        }
        const std::array<float, 4> numbers = {point.x, point.y, point.time, point.pressure};
        json.append(json.size() == before ? "[[" : ",[");
        for (int i = 0; i < parts; ++i) {
            json.append(i == 0 ? "" : ",");
            appendNumber(json, numbers[static_cast<std::size_t>(i)]);
        }
        json.append(']');
    }
    const bool any = json.size() > before;
    json.append(any ? "]," : "");
    return any;
}

/// The comma behind the last item becomes the bracket.
void close(QByteArray& json, char open, char bracket)
{
    if (json.back() == open) {
        json.append(bracket);
    } else {
        json.back() = bracket;
    }
}

class FileLinesReader final : public InkLinesReader
{
public:
    explicit FileLinesReader(LineReader lines, std::string path)
        : m_lines(std::move(lines))
        , m_path(std::move(path))
    {
    }

    Item next() override;
    [[nodiscard]] double part() const override { return m_lines.part(); }

private:
    Item parse(std::string_view text) const;
    [[nodiscard]] Item bad(const std::string& what) const;

    LineReader m_lines;
    std::string m_path;
};

InkLinesReader::Item FileLinesReader::next()
{
    for (;;) {
        switch (m_lines.next()) {
        case LineReader::Status::Line:
            if (m_lines.text().find_first_not_of(" \t\r") != std::string_view::npos) {
                return parse(m_lines.text());
            }
            break;
        case LineReader::Status::TooLong:
            return bad("is longer than " + std::to_string(LineReader::maximumLineBytes >> 20U) + " MiB");
        case LineReader::Status::Failed:
            return {Status::Failed, {}, m_lines.number() + 1, m_lines.error()};
        case LineReader::Status::End:
            return {};
        }
    }
}

InkLinesReader::Item FileLinesReader::parse(std::string_view text) const
{
    auto sample = fromJsonLine(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
    if (!sample) {
        return bad(sample.error().message);
    }
    return {Status::Sample, std::move(sample).value(), m_lines.number(), {}};
}

InkLinesReader::Item FileLinesReader::bad(const std::string& what) const
{
    const std::string line = std::to_string(m_lines.number());
    return {Status::Bad,
            {},
            m_lines.number(),
            {ErrorCode::InvalidInput, "Line " + line + " of " + quoted(m_path) + " " + what + "."}};
}

} // namespace

int InkSample::digit() const
{
    const bool isDigit = label.size() == 1 && label.front() >= '0' && label.front() <= '9';
    return isDigit ? label.front() - '0' : -1;
}

Result<std::unique_ptr<InkLinesReader>> InkLinesReader::open(const QString& path)
{
    auto lines = LineReader::open(path.toStdString());
    if (!lines) {
        return lines.error();
    }
    return std::unique_ptr<InkLinesReader>(
        std::make_unique<FileLinesReader>(std::move(lines).value(), path.toStdString()));
}

QByteArray toJsonLine(const InkSample& sample)
{
    QByteArray json("{");
    appendText(json, "label", sample.label);
    const int parts = partsPerPoint(sample.ink);
    QByteArray widths("[");
    bool anyWidth = false;
    json.append("\"strokes\":[");
    for (const auto& stroke : sample.ink.strokes) {
        if (appendStroke(json, *stroke, parts)) {
            const bool known = stroke->width > 0 && isCoordinate(stroke->width);
            appendNumber(widths, known ? stroke->width : 0.0F);
            widths.append(',');
            anyWidth = anyWidth || known;
        }
    }
    close(json, '[', ']');
    json.append(',');
    appendText(json, "source", sample.source);
    appendText(json, "writer", sample.writer);
    appendText(json, "added", sample.added);
    if (anyWidth) {
        close(widths, '[', ']');
        json.append("\"widths\":").append(widths).append(',');
    }
    close(json, '{', '}');
    return json;
}

Result<InkSample> fromJsonLine(const QByteArray& line)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    if (problem.error != QJsonParseError::NoError) {
        return malformed(
            QStringLiteral("is no JSON (%1 at byte %2)").arg(problem.errorString()).arg(problem.offset));
    }
    if (!document.isObject()) {
        return malformed(QStringLiteral("is no JSON object in braces"));
    }
    const QJsonObject object = document.object();
    InkSample sample;
    for (const auto& [key, text] :
         {std::pair{"label", &InkSample::label}, std::pair{"source", &InkSample::source},
          std::pair{"writer", &InkSample::writer}}) {
        auto read = readText(object, QLatin1String(key));
        if (!read) {
            return read.error();
        }
        sample.*text = std::move(read).value();
    }
    sample.added =
        object.value(u"added").toString().toStdString(); // Only a note: whatever else is passed over.
    auto ink = StrokesParser().parse(object);
    if (!ink) {
        return ink.error();
    }
    sample.ink = std::move(ink).value();
    return sample;
}

} // namespace digitpad
