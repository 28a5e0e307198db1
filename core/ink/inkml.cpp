#include "core/base/atomicfile.h"
#include "core/base/gzipreader.h"
#include "core/ink/inkfile.h"
#include "core/ink/inklimits.h"
#include "core/ink/inkmltrace.h"

#include <QHash>
#include <QXmlStreamReader>

#include <algorithm>
#include <optional>

namespace digitpad {

namespace {

constexpr std::size_t maximumFileBytes = std::size_t{64} << 20U;
constexpr int maximumDepth = 64;

/// What a trace is read with.
struct Context
{
    InkMlFormat format = defaultInkMlFormat();
    float width = 0; ///< The brush's diameter in the unit of the points; 0 where unknown.
};

/// How many of the points' units one unit of length is, where the file says so.
struct Resolution
{
    QString unit; ///< "cm"
    double perUnit = 0;
};

template <class T>
void remember(QHash<QString, T>& table, const QString& id, const T& value)
{
    if (!id.isEmpty()) {
        table.insert(id, value);
    }
}

class InkMlReader
{
public:
    explicit InkMlReader(const QByteArray& bytes)
        : m_xml(bytes)
    {
    }

    /// The error's message is what follows the file's name.
    Result<Ink> read();

private:
    void readChildren(const Context* group, bool definitions, int depth);
    void readChild(const Context* group, bool definitions, int depth);
    void readTrace(const Context* group);
    Context readContext();
    void readContextChildren(Context& context, int depth);
    InkMlFormat readFormat();
    void readChannels(InkMlFormat& format, bool intermittent, int depth);
    InkMlChannel readChannel(bool intermittent);
    void readChannelProperty();
    float readBrush();
    float brushWidth(const QXmlStreamAttributes& attributes) const;

    [[nodiscard]] Context referred(Context context, const QXmlStreamAttributes& attributes) const;
    [[nodiscard]] QString attribute(const QString& name) const;
    [[nodiscard]] QString identifier() const;
    bool tooDeep(int depth);
    void fail(const QString& what);

    QXmlStreamReader m_xml;
    QHash<QString, InkMlFormat> m_formats;
    QHash<QString, float> m_brushes;
    QHash<QString, Context> m_contexts;
    Context m_current; ///< Of traces that name no context: what was declared last.
    Resolution m_resolution;
    QString m_unit; ///< Of the X channel.
    TimeOrigin m_origin;
    Ink m_ink;
    std::size_t m_points = 0;
    std::optional<Error> m_error;
};

Result<Ink> InkMlReader::read()
{
    if (m_xml.readNextStartElement()) {
        if (m_xml.name() == u"ink") {
            readChildren(nullptr, false, 0);
            // To the end of the file, so that what is broken behind the root element is seen.
            while (!m_xml.atEnd()) {
                m_xml.readNext();
            }
        } else {
            fail(QStringLiteral("is no InkML file: its root element is “%1”; choose another file.")
                     .arg(m_xml.name().toString().left(40)));
        }
    }
    if (m_error) {
        return *m_error;
    }
    if (m_xml.hasError()) {
        return Error{ErrorCode::InvalidInput, QStringLiteral("is no well-formed InkML file (line %1: %2).")
                                                  .arg(m_xml.lineNumber())
                                                  .arg(m_xml.errorString().simplified())
                                                  .toStdString()};
    }
    if (m_ink.empty()) {
        return Error{ErrorCode::InvalidInput, "holds no pen strokes; choose an InkML file with traces."};
    }
    return std::move(m_ink);
}

void InkMlReader::readChildren(const Context* group, bool definitions, int depth)
{
    if (tooDeep(depth)) {
        return;
    }
    while (m_xml.readNextStartElement()) {
        readChild(group, definitions, depth);
    }
}

void InkMlReader::readChild(const Context* group, bool definitions, int depth)
{
    const auto name = m_xml.name();
    if (name == u"trace" && !definitions) {
        readTrace(group);
    } else if (name == u"traceGroup" && !definitions) {
        const Context context = referred(group != nullptr ? *group : m_current, m_xml.attributes());
        readChildren(&context, definitions, depth + 1);
    } else if (name == u"definitions") {
        readChildren(group, true, depth + 1);
    } else if (name == u"context") {
        m_current = readContext();
    } else if (name == u"inkSource") {
        readContextChildren(m_current, depth + 1);
    } else if (name == u"traceFormat") {
        m_current.format = readFormat();
    } else if (name == u"brush") {
        const float width = readBrush();
        m_current.width = definitions ? m_current.width : width;
    } else {
        m_xml.skipCurrentElement();
    }
}

void InkMlReader::readTrace(const Context* group)
{
    const Context context = referred(group != nullptr ? *group : m_current, m_xml.attributes());
    const bool inTheAir = attribute(QStringLiteral("type")) == u"penUp";
    const qint64 line = m_xml.lineNumber();
    const std::string text = m_xml.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
    if (inTheAir || m_xml.hasError()) {
        return;
    }
    auto stroke = parseInkMlTrace(text, context.format, m_origin);
    if (!stroke) {
        fail(QStringLiteral("has a trace with %1 (line %2).")
                 .arg(QString::fromStdString(stroke.error().message))
                 .arg(line));
        return;
    }
    m_points += stroke->points.size();
    if (m_points > maximumPoints || m_ink.strokes.size() == maximumStrokes) {
        fail(QStringLiteral("holds more than %1 strokes or %2 points.")
                 .arg(maximumStrokes)
                 .arg(maximumPoints));
        return;
    }
    if (!stroke->points.empty()) {
        stroke->width = context.width;
        m_ink.add(std::move(stroke).value());
    }
}

Context InkMlReader::readContext()
{
    const QString id = identifier();
    Context context = referred(Context(), m_xml.attributes());
    readContextChildren(context, 1);
    remember(m_contexts, id, context);
    return context;
}

/// Of a <context>, or of the <inkSource> and <channelProperties> in it.
void InkMlReader::readContextChildren(Context& context, int depth)
{
    if (tooDeep(depth)) {
        return;
    }
    while (m_xml.readNextStartElement()) {
        const auto name = m_xml.name();
        if (name == u"inkSource" || name == u"channelProperties") {
            readContextChildren(context, depth + 1);
        } else if (name == u"traceFormat") {
            context.format = readFormat();
        } else if (name == u"brush") {
            context.width = readBrush();
        } else if (name == u"channelProperty") {
            readChannelProperty();
        } else {
            m_xml.skipCurrentElement();
        }
    }
}

InkMlFormat InkMlReader::readFormat()
{
    const QString id = identifier();
    InkMlFormat format;
    readChannels(format, false, 0);
    const auto has = [&format](InkMlChannel::Role role) {
        return std::any_of(format.begin(), format.end(),
                           [role](const auto& channel) { return channel.role == role; });
    };
    if (!m_xml.hasError() && !(has(InkMlChannel::Role::X) && has(InkMlChannel::Role::Y))) {
        fail(QStringLiteral("declares a trace format without the channels X and Y (line %1).")
                 .arg(m_xml.lineNumber()));
    }
    remember(m_formats, id, format);
    return format;
}

void InkMlReader::readChannels(InkMlFormat& format, bool intermittent, int depth)
{
    if (tooDeep(depth)) {
        return;
    }
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() == u"intermittentChannels" || m_xml.name() == u"regularChannels") {
            readChannels(format, intermittent || m_xml.name() == u"intermittentChannels", depth + 1);
        } else if (m_xml.name() == u"channel") {
            format.push_back(readChannel(intermittent));
        } else {
            m_xml.skipCurrentElement();
        }
    }
}

InkMlChannel InkMlReader::readChannel(bool intermittent)
{
    const QString name = attribute(QStringLiteral("name"));
    InkMlChannel channel;
    channel.intermittent = intermittent;
    if (name == u"X" || name == u"Y") {
        channel.role = name == u"X" ? InkMlChannel::Role::X : InkMlChannel::Role::Y;
        channel.scale = attribute(QStringLiteral("orientation")) == u"-ve" ? -1 : 1;
    } else if (name == u"T") {
        channel.role = InkMlChannel::Role::Time;
        channel.scale = attribute(QStringLiteral("units")) == u"s" ? 1000 : 1;
    } else if (name == u"F" || name == u"P") {
        channel.role = InkMlChannel::Role::Force;
        const double low = attribute(QStringLiteral("min")).toDouble();
        const double range = attribute(QStringLiteral("max")).toDouble() - low;
        if (std::isfinite(range) && range > 0) {
            channel.scale = 1 / range;
            channel.offset = -low / range;
        }
    }
    if (name == u"X") {
        m_unit = attribute(QStringLiteral("units"));
    }
    m_xml.skipCurrentElement();
    return channel;
}

void InkMlReader::readChannelProperty()
{
    const QString units = attribute(QStringLiteral("units"));
    if (attribute(QStringLiteral("channel")) == u"X" && attribute(QStringLiteral("name")) == u"resolution" &&
        units.startsWith(u"1/")) {
        m_resolution = {units.sliced(2), attribute(QStringLiteral("value")).toDouble()};
    }
    m_xml.skipCurrentElement();
}

float InkMlReader::readBrush()
{
    const QString id = identifier();
    float width = m_brushes.value(attribute(QStringLiteral("brushRef")).mid(1), 0);
    while (m_xml.readNextStartElement()) {
        if (m_xml.name() == u"brushProperty" && attribute(QStringLiteral("name")) == u"width") {
            width = brushWidth(m_xml.attributes());
        }
        m_xml.skipCurrentElement();
    }
    remember(m_brushes, id, width);
    return width;
}

/// In the unit of the points; 0 where the file does not say how the two units relate.
float InkMlReader::brushWidth(const QXmlStreamAttributes& attributes) const
{
    const QString units = attributes.value(QStringLiteral("units")).toString();
    double width = attributes.value(QStringLiteral("value")).toDouble();
    if (!units.isEmpty() && units == m_resolution.unit) {
        width *= m_resolution.perUnit;
    } else if (!units.isEmpty() && units != m_unit) {
        return 0;
    }
    return width > 0 && isCoordinate(width) ? static_cast<float>(width) : 0;
}

Context InkMlReader::referred(Context context, const QXmlStreamAttributes& attributes) const
{
    const auto reference = [&attributes](const QString& name) {
        return attributes.value(name).toString().mid(1);
    };
    context = m_contexts.value(reference(QStringLiteral("contextRef")), context);
    context.format = m_formats.value(reference(QStringLiteral("traceFormatRef")), context.format);
    context.width = m_brushes.value(reference(QStringLiteral("brushRef")), context.width);
    return context;
}

QString InkMlReader::attribute(const QString& name) const
{
    return m_xml.attributes().value(name).toString();
}

QString InkMlReader::identifier() const
{
    const QString id = attribute(QStringLiteral("xml:id"));
    return id.isEmpty() ? attribute(QStringLiteral("id")) : id;
}

bool InkMlReader::tooDeep(int depth)
{
    if (depth > maximumDepth) {
        fail(QStringLiteral("nests its elements more than %1 deep (line %2).")
                 .arg(maximumDepth)
                 .arg(m_xml.lineNumber()));
    }
    return depth > maximumDepth;
}

/// Keeps the first error and ends the reading: every loop asks the XML reader for more.
void InkMlReader::fail(const QString& what)
{
    if (!m_error) {
        m_error = Error{ErrorCode::InvalidInput, what.toStdString()};
    }
    m_xml.raiseError(what);
}

} // namespace

Result<Ink> readInkMl(const QString& path)
{
    const auto bytes = readWholeFile(path.toStdString(), maximumFileBytes);
    if (!bytes) {
        return bytes.error();
    }
    const auto view = QByteArray::fromRawData(bytes->data(), static_cast<qsizetype>(bytes->size()));
    auto ink = InkMlReader(view).read();
    if (!ink) {
        return Error{ink.error().code, quoted(path.toStdString()) + " " + ink.error().message};
    }
    return ink;
}

} // namespace digitpad
