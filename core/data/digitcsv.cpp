#include "core/data/digitcsv.h"

#include "core/base/gzipreader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace digitpad {

namespace {

constexpr std::size_t columns = digitPixels + 1;
constexpr std::size_t linesBetweenQuestions = 64;
/// Of a cell's text in a message.
constexpr std::size_t shownCharacters = 20;

std::string_view trimmed(std::string_view cell)
{
    const auto isRim = [](char c) { return c == ' ' || c == '"' || c == '\''; };
    while (!cell.empty() && isRim(cell.front())) {
        cell.remove_prefix(1);
    }
    while (!cell.empty() && isRim(cell.back())) {
        cell.remove_suffix(1);
    }
    return cell;
}

/// Whole numbers, also as programs write them that know fractions alone: "7", "7.0".
std::optional<int> wholeNumber(std::string_view cell)
{
    cell = trimmed(cell);
    int value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc()) {
        return std::nullopt;
    }
    const std::string_view rest(end, cell.size() - static_cast<std::size_t>(end - cell.data()));
    const bool whole =
        rest.empty() || (rest.front() == '.' && rest.find_first_not_of('0', 1) == std::string_view::npos);
    return whole ? std::optional(value) : std::nullopt;
}

/// The cell as a message shows it: short, whole characters of UTF-8, without what would break a line.
std::string shown(std::string_view cell)
{
    cell = trimmed(cell);
    std::size_t length = std::min(cell.size(), shownCharacters);
    while (length > 0 && length < cell.size() &&
           (static_cast<unsigned char>(cell[length]) & 0xC0U) == 0x80U) {
        --length;
    }
    std::string text(cell.substr(0, length));
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return "“" + text + (length < cell.size() ? "…”" : "”");
}

class CsvReader
{
public:
    CsvReader(LineReader& lines, const std::string& path)
        : m_lines(lines)
        , m_path(path)
    {
    }

    /// One image of the line, or nothing where the line has none.
    Result<bool> take(DigitSet& set);

private:
    [[nodiscard]] Error problem(const std::string& what) const
    {
        return {ErrorCode::InvalidInput,
                quoted(m_path) + ", line " + std::to_string(m_lines.number()) + ": " + what};
    }
    void findSeparator(std::string_view line);
    void split(std::string_view line);
    bool takeHeader();
    [[nodiscard]] Error wrongCount() const;

    LineReader& m_lines;
    const std::string& m_path;
    bool m_begun = false;
    char m_separator = ',';
    std::size_t m_labelColumn = 0;
    std::vector<std::string_view> m_cells; ///< Never more than one too many.
    std::size_t m_count = 0;               ///< Of cells in the line.
};

/// The one of which a line has the most.
void CsvReader::findSeparator(std::string_view line)
{
    std::ptrdiff_t most = 0;
    for (const char separator : {',', ';', '\t'}) {
        if (const auto count = std::count(line.begin(), line.end(), separator); count > most) {
            most = count;
            m_separator = separator;
        }
    }
}

void CsvReader::split(std::string_view line)
{
    m_cells.clear();
    m_count = 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), m_separator));
    std::size_t begin = 0;
    while (m_cells.size() < columns) {
        const std::size_t end = std::min(line.find(m_separator, begin), line.size());
        m_cells.push_back(line.substr(begin, end - begin));
        if (end == line.size()) {
            break;
        }
        begin = end + 1;
    }
    // A separator behind the last value, as some programs write it.
    if (m_count == columns + 1 && !line.empty() && line.back() == m_separator) {
        --m_count;
    }
}

bool CsvReader::takeHeader()
{
    if (m_cells.size() < 2 || wholeNumber(m_cells[0]) || wholeNumber(m_cells[1])) {
        return false;
    }
    std::string last(trimmed(m_cells.back()));
    std::transform(last.begin(), last.end(), last.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (m_count == columns && (last == "class" || last == "label")) {
        m_labelColumn = columns - 1;
    }
    return true;
}

Error CsvReader::wrongCount() const
{
    if (m_count == digitPixels) {
        return problem("there are 784 values and no label; put a column with the labels before them.");
    }
    return problem("there are " + std::to_string(m_count) +
                   " columns instead of 785 (a label, then 28 × 28 values); choose another file or mend it.");
}

Result<bool> CsvReader::take(DigitSet& set)
{
    const std::string_view line = m_lines.text();
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
        return false;
    }
    const bool first = !m_begun;
    if (first) {
        m_begun = true;
        findSeparator(line);
    }
    split(line);
    if (first && takeHeader()) {
        return m_count == columns ? Result<bool>(false) : Result<bool>(wrongCount());
    }
    if (m_count != columns) {
        return wrongCount();
    }
    const auto label = wholeNumber(m_cells[m_labelColumn]);
    if (!label || *label < 0 || *label >= digitClasses) {
        return problem("the label is " + shown(m_cells[m_labelColumn]) +
                       "; only the digits 0 to 9 are possible.");
    }
    std::array<std::uint8_t, digitPixels> pixels{};
    const std::size_t firstPixel = m_labelColumn == 0 ? 1 : 0;
    for (std::size_t i = 0; i < digitPixels; ++i) {
        const auto value = wholeNumber(m_cells[firstPixel + i]);
        if (!value || *value < 0 || *value > 255) {
            return problem("column " + std::to_string(firstPixel + i + 1) + " has " +
                           shown(m_cells[firstPixel + i]) + "; whole numbers from 0 to 255 belong there.");
        }
        pixels[i] = static_cast<std::uint8_t>(*value);
    }
    set.add(pixels.data(), *label, 0);
    return true;
}

} // namespace

Result<DigitSet> readDigitCsv(const std::string& path, std::string name, const ReadingMonitor& monitor)
{
    auto lines = LineReader::open(path);
    if (!lines) {
        return lines.error();
    }
    DigitSet set;
    set.name = std::move(name);
    CsvReader reader(*lines, path);
    for (;;) {
        switch (lines->next()) {
        case LineReader::Status::End:
            if (set.size() == 0) {
                return Error{ErrorCode::InvalidInput,
                             quoted(path) +
                                 " holds no images; choose a file with lines of a label and 784 values."};
            }
            return set;
        case LineReader::Status::Failed:
            return lines->error();
        case LineReader::Status::TooLong:
            return Error{ErrorCode::InvalidInput,
                         quoted(path) + ", line " + std::to_string(lines->number()) +
                             ": it is far too long for 785 columns; choose another file."};
        case LineReader::Status::Line:
            break;
        }
        const auto taken = reader.take(set);
        if (!taken) {
            return taken.error();
        }
        if (*taken && set.size() % linesBetweenQuestions == 0 && monitor &&
            !monitor({set.size(), lines->part()})) {
            return Error{ErrorCode::Cancelled, "Reading the data was cancelled."};
        }
    }
}

} // namespace digitpad
