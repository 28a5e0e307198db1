#include "core/base/atomicfile.h"
#include "core/ink/inkfile.h"
#include "core/ink/inklimits.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace digitpad {

namespace {

/// The shortest decimal that reads back as the same float, without the exponent that InkML does not know.
QString decimal(float number)
{
    std::array<char, 160> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

QString traceText(const Stroke& stroke)
{
    QString text;
    for (const InkPoint& point : stroke.points) {
        if (!isStorable(point)) {
            continue;
        }
        text += (text.isEmpty() ? QString() : QStringLiteral(", ")) + decimal(point.x) + u' ' +
                decimal(point.y) + u' ' + decimal(point.time) + u' ' + decimal(point.pressure);
    }
    return text;
}

class InkMlWriter
{
public:
    InkMlWriter(const Ink& ink, QByteArray& bytes)
        : m_ink(ink)
        , m_xml(&bytes)
    {
    }

    /// How many traces were written.
    int write();

private:
    void writeDefinitions();
    void writeChannel(const QString& name, const QList<std::pair<QString, QString>>& attributes);
    void writeBrushes();
    bool writeTrace(const Stroke& stroke);

    const Ink& m_ink;
    QXmlStreamWriter m_xml;
    std::map<float, QString> m_brushes; ///< Width to identifier.
};

int InkMlWriter::write()
{
    m_xml.setAutoFormatting(true);
    m_xml.writeStartDocument();
    m_xml.writeStartElement(QStringLiteral("ink"));
    m_xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2003/InkML"));
    writeDefinitions();
    const auto traces = std::count_if(m_ink.strokes.begin(), m_ink.strokes.end(),
                                      [this](const auto& stroke) { return writeTrace(*stroke); });
    m_xml.writeEndDocument();
    return static_cast<int>(traces);
}

void InkMlWriter::writeDefinitions()
{
    m_xml.writeStartElement(QStringLiteral("definitions"));
    m_xml.writeStartElement(QStringLiteral("traceFormat"));
    m_xml.writeAttribute(QStringLiteral("xml:id"), QStringLiteral("pen"));
    writeChannel(QStringLiteral("X"), {});
    writeChannel(QStringLiteral("Y"), {});
    writeChannel(QStringLiteral("T"), {{QStringLiteral("units"), QStringLiteral("ms")}});
    writeChannel(QStringLiteral("F"), {{QStringLiteral("min"), QStringLiteral("0")},
                                       {QStringLiteral("max"), QStringLiteral("1")}});
    m_xml.writeEndElement();
    m_xml.writeEmptyElement(QStringLiteral("context"));
    m_xml.writeAttribute(QStringLiteral("xml:id"), QStringLiteral("pad"));
    m_xml.writeAttribute(QStringLiteral("traceFormatRef"), QStringLiteral("#pen"));
    writeBrushes();
    m_xml.writeEndElement();
}

void InkMlWriter::writeChannel(const QString& name, const QList<std::pair<QString, QString>>& attributes)
{
    m_xml.writeEmptyElement(QStringLiteral("channel"));
    m_xml.writeAttribute(QStringLiteral("name"), name);
    m_xml.writeAttribute(QStringLiteral("type"), QStringLiteral("decimal"));
    for (const auto& [key, value] : attributes) {
        m_xml.writeAttribute(key, value);
    }
}

void InkMlWriter::writeBrushes()
{
    for (const auto& stroke : m_ink.strokes) {
        const bool known = stroke->width > 0 && isCoordinate(stroke->width);
        if (!known || m_brushes.contains(stroke->width)) {
            continue;
        }
        const QString id = QStringLiteral("brush%1").arg(m_brushes.size() + 1);
        m_brushes.emplace(stroke->width, id);
        m_xml.writeStartElement(QStringLiteral("brush"));
        m_xml.writeAttribute(QStringLiteral("xml:id"), id);
        m_xml.writeEmptyElement(QStringLiteral("brushProperty"));
        m_xml.writeAttribute(QStringLiteral("name"), QStringLiteral("width"));
        m_xml.writeAttribute(QStringLiteral("value"), decimal(stroke->width));
        m_xml.writeEndElement();
    }
}

/// False where no point of the stroke can be stored.
bool InkMlWriter::writeTrace(const Stroke& stroke)
{
    const QString text = traceText(stroke);
    if (text.isEmpty()) {
        return false;
    }
    m_xml.writeStartElement(QStringLiteral("trace"));
    m_xml.writeAttribute(QStringLiteral("contextRef"), QStringLiteral("#pad"));
    if (const auto brush = m_brushes.find(stroke.width); brush != m_brushes.end()) {
        m_xml.writeAttribute(QStringLiteral("brushRef"), u'#' + brush->second);
    }
    m_xml.writeCharacters(text);
    m_xml.writeEndElement();
    return true;
}

} // namespace

Result<void> writeInkMl(const Ink& ink, const QString& path)
{
    QByteArray bytes;
    if (InkMlWriter(ink, bytes).write() == 0) {
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("“%1” was not saved, as there is nothing drawn yet; draw something first.")
                .arg(path)
                .toStdString()};
    }
    return writeFileAtomically(path.toStdString(), bytes);
}

} // namespace digitpad
