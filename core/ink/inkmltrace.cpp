#include "core/ink/inkmltrace.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace digitpad {

namespace {

constexpr std::string_view whitespace = " \t\r\n";

Error malformed(std::string what)
{
    return {ErrorCode::InvalidInput, std::move(what)};
}

/// What a channel remembers from point to point.
class ChannelState
{
public:
    void setOrder(char prefix) { m_order = prefix; }
    void forget() { m_known = false; }
    [[nodiscard]] bool known() const { return m_known; }
    [[nodiscard]] double value() const { return m_value; }

    void take(double number)
    {
        if (m_order == '\'') {
            m_velocity = number;
        } else if (m_order == '"') {
            m_acceleration = number;
            m_velocity += number;
        } else {
            m_velocity = m_known ? number - m_value : 0;
        }
        m_value = m_order == '!' ? number : m_value + m_velocity;
        m_known = true;
    }

    /// The wildcard: the same value, velocity or acceleration once more.
    void repeat()
    {
        if (m_order == '\'') {
            take(m_velocity);
        } else if (m_order == '"') {
            take(m_acceleration);
        } else {
            take(m_value);
        }
    }

private:
    char m_order = '!';
    bool m_known = false;
    double m_value = 0;
    double m_velocity = 0;
    double m_acceleration = 0;
};

class TraceParser
{
public:
    TraceParser(std::string_view text, const InkMlFormat& format, TimeOrigin& origin)
        : m_rest(text)
        , m_format(format)
        , m_origin(origin)
        , m_states(format.size())
    {
    }

    Result<Stroke> parse();

private:
    Result<bool> readPoint();
    Result<void> readValue(ChannelState& state);
    std::optional<double> readNumber();
    std::optional<double> readHexadecimal();
    bool place(InkPoint& point, InkMlChannel::Role role, double value);
    Result<void> finishPoint();
    void skipSpace();
    [[nodiscard]] bool atPointEnd() const { return m_rest.empty() || m_rest.front() == ','; }

    std::string_view m_rest;
    const InkMlFormat& m_format;
    TimeOrigin& m_origin;
    std::vector<ChannelState> m_states;
    Stroke m_stroke;
};

Result<Stroke> TraceParser::parse()
{
    for (skipSpace(); !m_rest.empty(); skipSpace()) {
        const auto any = readPoint();
        if (!any) {
            return any.error();
        }
        if (*any) {
            if (const auto finished = finishPoint(); !finished) {
                return finished.error();
            }
        }
        if (!m_rest.empty()) {
            m_rest.remove_prefix(1);
        }
    }
    return std::move(m_stroke);
}

/// Up to the comma or the end; false where nothing stands there.
Result<bool> TraceParser::readPoint()
{
    std::size_t channel = 0;
    for (; !atPointEnd(); ++channel, skipSpace()) {
        if (channel == m_format.size()) {
            return malformed("more values in a point than the " + std::to_string(m_format.size()) +
                             " that its format declares");
        }
        if (const auto read = readValue(m_states[channel]); !read) {
            return read.error();
        }
    }
    if (channel > 0 && channel < m_format.size() && !m_format[channel].intermittent) {
        return malformed("fewer values in a point than its format declares");
    }
    return channel > 0;
}

Result<void> TraceParser::readValue(ChannelState& state)
{
    const char first = m_rest.front();
    if (first == '!' || first == '\'' || first == '"') {
        state.setOrder(first);
        m_rest.remove_prefix(1);
        skipSpace();
    }
    if (m_rest.starts_with('*')) {
        m_rest.remove_prefix(1);
        state.repeat();
        return {};
    }
    if (m_rest.starts_with('?')) {
        m_rest.remove_prefix(1);
        state.forget();
        return {};
    }
    const auto number = readNumber();
    if (!number) {
        return malformed("something else than numbers in it");
    }
    state.take(*number);
    return {};
}

std::optional<double> TraceParser::readNumber()
{
    if (m_rest.starts_with('T') || m_rest.starts_with('F')) {
        const double value = m_rest.front() == 'T' ? 1 : 0;
        m_rest.remove_prefix(1);
        return value;
    }
    if (m_rest.starts_with('#')) {
        return readHexadecimal();
    }
    const bool negative = m_rest.starts_with('-');
    if (negative || m_rest.starts_with('+')) {
        m_rest.remove_prefix(1);
        skipSpace();
    }
    // from_chars would take “inf” and “nan”, too.
    if (m_rest.empty() || std::string_view("0123456789.").find(m_rest.front()) == std::string_view::npos) {
        return std::nullopt;
    }
    double value = 0;
    const auto [end, problem] = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
    if (problem != std::errc()) {
        return std::nullopt;
    }
    m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
    return negative ? -value : value;
}

std::optional<double> TraceParser::readHexadecimal()
{
    std::uint32_t value = 0;
    const auto [end, problem] = std::from_chars(m_rest.data() + 1, m_rest.data() + m_rest.size(), value, 16);
    if (problem != std::errc()) {
        return std::nullopt;
    }
    m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
    return value;
}

/// Puts a channel's value where it belongs; false where it is out of range.
bool TraceParser::place(InkPoint& point, InkMlChannel::Role role, double value)
{
    switch (role) {
    case InkMlChannel::Role::X:
        point.x = static_cast<float>(value);
        return isCoordinate(value);
    case InkMlChannel::Role::Y:
        point.y = static_cast<float>(value);
        return isCoordinate(value);
    case InkMlChannel::Role::Time:
        point.time = isTime(value) ? m_origin.relative(value) : 0;
        return isTime(value);
    case InkMlChannel::Role::Force:
        point.pressure = static_cast<float>(std::clamp(value, 0.0, 1.0));
        return std::isfinite(value);
    case InkMlChannel::Role::Other:
        break;
    }
    return true;
}

Result<void> TraceParser::finishPoint()
{
    InkPoint point;
    for (std::size_t i = 0; i < m_format.size(); ++i) {
        const auto& [role, scale, offset, intermittent] = m_format[i];
        if (!m_states[i].known()) {
            if (role == InkMlChannel::Role::X || role == InkMlChannel::Role::Y) {
                return {};
            }
        } else if (!place(point, role, m_states[i].value() * scale + offset)) {
            return malformed("a number out of range");
        }
    }
    if (m_stroke.points.size() == maximumPoints) {
        return malformed(QStringLiteral("more than %1 points").arg(maximumPoints).toStdString());
    }
    m_stroke.points.push_back(point);
    return {};
}

void TraceParser::skipSpace()
{
    m_rest.remove_prefix(std::min(m_rest.find_first_not_of(whitespace), m_rest.size()));
}

} // namespace

InkMlFormat defaultInkMlFormat()
{
    return {{.role = InkMlChannel::Role::X}, {.role = InkMlChannel::Role::Y}};
}

Result<Stroke> parseInkMlTrace(std::string_view text, const InkMlFormat& format, TimeOrigin& origin)
{
    return TraceParser(text, format, origin).parse();
}

} // namespace digitpad
