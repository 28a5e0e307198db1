#include "core/learning/runcurves.h"

#include <array>
#include <charconv>
#include <concepts>
#include <optional>
#include <type_traits>

namespace digitpad {

namespace {

/// One column of a CSV file: a member of the row's struct.
template <class Row>
struct Column
{
    std::string_view name;
    void (*write)(std::string& text, const Row& row);
    bool (*read)(Row& row, std::string_view text);
};

template <class Number>
void appendNumber(std::string& text, Number number)
{
    std::array<char, 32> digits{};
    // The shortest text that reads back to the same bits; "nan" and "inf" as pandas reads them.
    text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

template <class Number>
bool readNumber(Number& number, std::string_view text)
{
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && stop == text.data() + text.size();
}

bool readNumber(bool& flag, std::string_view text)
{
    flag = text == "1";
    return flag || text == "0";
}

template <auto member, class Row>
constexpr Column<Row> column(std::string_view name)
{
    return {name,
            [](std::string& text, const Row& row) {
                using Value = std::remove_cvref_t<decltype(row.*member)>;
                if constexpr (std::same_as<Value, bool>) {
                    text += row.*member ? '1' : '0';
                } else {
                    appendNumber(text, row.*member);
                }
            },
            [](Row& row, std::string_view text) { return readNumber(row.*member, text); }};
}

template <auto member>
constexpr auto epochColumn(std::string_view name)
{
    return column<member, EpochMetrics>(name);
}

template <auto member>
constexpr auto batchColumn(std::string_view name)
{
    return column<member, BatchPoint>(name);
}

constexpr std::array<Column<EpochMetrics>, 10> epochColumns = {{
    epochColumn<&EpochMetrics::epoch>("epoch"),
    epochColumn<&EpochMetrics::step>("step"),
    epochColumn<&EpochMetrics::trainingLoss>("training_loss"),
    epochColumn<&EpochMetrics::trainingAccuracy>("training_accuracy"),
    epochColumn<&EpochMetrics::validationLoss>("validation_loss"),
    epochColumn<&EpochMetrics::validationAccuracy>("validation_accuracy"),
    epochColumn<&EpochMetrics::learningRate>("learning_rate"),
    epochColumn<&EpochMetrics::gradientNorm>("gradient_norm"),
    epochColumn<&EpochMetrics::seconds>("seconds"),
    epochColumn<&EpochMetrics::best>("best"),
}};

constexpr std::array<Column<BatchPoint>, 5> batchColumns = {{
    batchColumn<&BatchPoint::step>("step"),
    batchColumn<&BatchPoint::loss>("loss"),
    batchColumn<&BatchPoint::accuracy>("accuracy"),
    batchColumn<&BatchPoint::learningRate>("learning_rate"),
    batchColumn<&BatchPoint::gradientNorm>("gradient_norm"),
}};

template <class Columns>
std::string headerOf(const Columns& columns)
{
    std::string text;
    for (const auto& column : columns) {
        text.append(text.empty() ? "" : ",").append(column.name);
    }
    return text + '\n';
}

template <class Columns, class Row>
std::string textOf(const Columns& columns, const Row& row)
{
    std::string text;
    for (const auto& column : columns) {
        if (!text.empty()) {
            text += ',';
        }
        column.write(text, row);
    }
    return text + '\n';
}

/// The text up to `mark`, which both are taken off `rest`.
std::string_view next(std::string_view& rest, char mark)
{
    const std::size_t end = rest.find(mark);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

/// The next whole line; none where only one is left that was not written to its end.
std::optional<std::string_view> nextLine(std::string_view& rest)
{
    if (rest.find('\n') == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view line = next(rest, '\n');
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

/// For each field of a line the column that it is, or null.
template <class Row, std::size_t count>
std::vector<const Column<Row>*> columnsOf(std::string_view header,
                                          const std::array<Column<Row>, count>& columns)
{
    std::vector<const Column<Row>*> result;
    while (!header.empty()) {
        const std::string_view name = next(header, ',');
        const Column<Row>* found = nullptr;
        for (const Column<Row>& column : columns) {
            found = column.name == name ? &column : found;
        }
        result.push_back(found);
    }
    return result;
}

template <class Row>
bool readRow(Row& row, std::string_view line, const std::vector<const Column<Row>*>& columns)
{
    for (const Column<Row>* column : columns) {
        if (line.empty()) {
            return false;
        }
        const std::string_view field = next(line, ',');
        if (column != nullptr && !column->read(row, field)) {
            return false;
        }
    }
    return true;
}

template <class Row, std::size_t count, class Place>
std::vector<Row> parse(std::string_view text, const std::array<Column<Row>, count>& columns, Place place)
{
    std::vector<Row> rows;
    const auto header = nextLine(text);
    if (!header) {
        return rows;
    }
    const auto order = columnsOf(*header, columns);
    while (const auto line = nextLine(text)) {
        Row row{};
        if (readRow(row, *line, order) && row.*place > (rows.empty() ? 0 : rows.back().*place)) {
            rows.push_back(row);
        }
    }
    return rows;
}

} // namespace

std::string epochsHeader()
{
    return headerOf(epochColumns);
}

std::string batchesHeader()
{
    return headerOf(batchColumns);
}

std::string rowOf(const EpochMetrics& epoch)
{
    return textOf(epochColumns, epoch);
}

std::string rowOf(const BatchPoint& batch)
{
    return textOf(batchColumns, batch);
}

std::vector<EpochMetrics> parseEpochs(std::string_view text)
{
    return parse(text, epochColumns, &EpochMetrics::epoch);
}

std::vector<BatchPoint> parseBatches(std::string_view text)
{
    return parse(text, batchColumns, &BatchPoint::step);
}

} // namespace digitpad
