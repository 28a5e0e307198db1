#include "core/torch/checkpointformat.h"

#include "core/learning/trainingfields.h"

#include <optional>
#include <sstream>
#include <zlib.h>

namespace digitpad {

namespace {

using c10::IValue;

constexpr std::int64_t epochColumns = 10;

[[noreturn]] void missing(const std::string& what)
{
    throw BadFile("its " + what + " is missing");
}

class OptionWriter
{
public:
    explicit OptionWriter(PickleDict dict)
        : m_dict(std::move(dict))
    {
    }

    template <class Value>
    void operator()(const char* name, const Value& value)
    {
        m_dict.insert(std::string(name), asValue(value));
    }

private:
    static IValue asValue(const std::string& text) { return text; }
    static IValue asValue(double number) { return number; }
    static IValue asValue(bool on) { return on; }
    static IValue asValue(int number) { return static_cast<std::int64_t>(number); }
    static IValue asValue(std::uint64_t number) { return static_cast<std::int64_t>(number); }
    static IValue asValue(NormalizationChoice choice) { return static_cast<std::int64_t>(choice); }
    template <class Value>
    static IValue asValue(const std::optional<Value>& value)
    {
        return value ? asValue(*value) : IValue();
    }
    static IValue asValue(const std::vector<int>& numbers)
    {
        std::ostringstream text; // "128,64"
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            text << (i > 0 ? "," : "") << numbers[i];
        }
        return text.str();
    }

    PickleDict m_dict;
};

class OptionReader
{
public:
    explicit OptionReader(PickleDict dict)
        : m_dict(std::move(dict))
    {
    }

    template <class Value>
    void operator()(const char* name, Value& value)
    {
        if (!m_dict.contains(std::string(name)) || !read(m_dict.at(std::string(name)), value)) {
            missing(std::string("option ") + name);
        }
    }

private:
    static bool read(const IValue& from, std::string& text)
    {
        text = from.isString() ? from.toStringRef() : std::string();
        return from.isString();
    }
    static bool read(const IValue& from, double& number)
    {
        number = from.isDouble() ? from.toDouble() : 0;
        return from.isDouble();
    }
    static bool read(const IValue& from, bool& on)
    {
        on = from.isBool() && from.toBool();
        return from.isBool();
    }
    template <class Integer>
    static bool readInteger(const IValue& from, Integer& number)
    {
        number = static_cast<Integer>(from.isInt() ? from.toInt() : 0);
        return from.isInt();
    }
    static bool read(const IValue& from, int& number) { return readInteger(from, number); }
    static bool read(const IValue& from, std::uint64_t& number) { return readInteger(from, number); }
    static bool read(const IValue& from, NormalizationChoice& choice) { return readInteger(from, choice); }
    template <class Value>
    static bool read(const IValue& from, std::optional<Value>& value)
    {
        value.reset();
        return from.isNone() || read(from, value.emplace());
    }
    static bool read(const IValue& from, std::vector<int>& numbers)
    {
        std::istringstream text(from.isString() ? from.toStringRef() : std::string());
        numbers.clear();
        int number = 0;
        char comma = ',';
        while (comma == ',' && text >> number) {
            numbers.push_back(number);
            comma = '\0';
            text >> comma;
        }
        return from.isString();
    }

    PickleDict m_dict;
};

} // namespace

PickleDict optionsToDict(const TrainingOptions& options)
{
    auto dict = makePickleDict();
    forEachOption(options, OptionWriter(dict));
    return dict;
}

TrainingOptions optionsFromDict(const PickleDict& dict)
{
    TrainingOptions options;
    forEachOption(options, OptionReader(dict));
    return options;
}

PickleDict tensorsToDict(const std::vector<torch::Tensor>& tensors)
{
    auto dict = makePickleDict();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        dict.insert(std::to_string(i), tensors[i].detach().cpu().contiguous());
    }
    return dict;
}

std::vector<torch::Tensor> tensorsFromDict(const PickleDict& dict, const std::string& what)
{
    std::vector<torch::Tensor> tensors;
    for (std::size_t i = 0; i < dict.size(); ++i) {
        const IValue value = findValue(dict, std::to_string(i));
        if (!value.isTensor() || !value.toTensor().defined()) {
            missing(what);
        }
        tensors.push_back(value.toTensor());
    }
    return tensors;
}

torch::Tensor epochsToTensor(const std::vector<EpochMetrics>& epochs)
{
    const torch::Tensor rows =
        torch::empty({static_cast<std::int64_t>(epochs.size()), epochColumns}, torch::kFloat64);
    auto* row = rows.data_ptr<double>();
    for (const EpochMetrics& epoch : epochs) {
        for (const double value :
             {static_cast<double>(epoch.epoch), static_cast<double>(epoch.step), epoch.trainingLoss,
              epoch.trainingAccuracy, epoch.validationLoss, epoch.validationAccuracy, epoch.learningRate,
              epoch.gradientNorm, epoch.seconds, epoch.best ? 1.0 : 0.0}) {
            *row++ = value;
        }
    }
    return rows;
}

std::vector<EpochMetrics> epochsFromTensor(const torch::Tensor& rows)
{
    if (rows.dim() != 2 || rows.size(1) != epochColumns || rows.scalar_type() != torch::kFloat64) {
        missing("table of epochs");
    }
    std::vector<EpochMetrics> epochs;
    const torch::Tensor table = rows.contiguous();
    const auto* row = table.data_ptr<double>();
    for (std::int64_t i = 0; i < table.size(0); ++i, row += epochColumns) {
        epochs.push_back({static_cast<int>(row[0]), static_cast<std::int64_t>(row[1]), row[2], row[3], row[4],
                          row[5], row[6], row[7], row[8], row[9] != 0});
    }
    return epochs;
}

std::int64_t checksumOf(const std::vector<torch::Tensor>& tensors)
{
    uLong sum = crc32(0, nullptr, 0);
    for (const torch::Tensor& tensor : tensors) {
        const torch::Tensor bytes = tensor.detach().cpu().contiguous();
        sum = crc32_z(sum, static_cast<const Bytef*>(bytes.data_ptr()), bytes.nbytes());
    }
    return static_cast<std::int64_t>(sum);
}

} // namespace digitpad
