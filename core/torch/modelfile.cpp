#include "core/torch/modelfile.h"

#include "core/base/atomicfile.h"
#include "core/learning/networks.h"
#include "core/torch/modelformat.h"
#include "core/torch/trainingkeys.h"

#include <ATen/core/Dict.h>
#include <ATen/core/ivalue.h>
#include <torch/serialize.h>

#include <cmath>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

using c10::IValue;
using GenericDict = c10::impl::GenericDict;

/// What is wrong with the file; becomes an Error at the reader's edge.
class BadModel : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

GenericDict asDict(const IValue& value, const std::string& what)
{
    if (!value.isGenericDict()) {
        throw BadModel(what + " is missing");
    }
    return value.toGenericDict();
}

IValue find(const GenericDict& dict, const std::string& key)
{
    // A dict from Python may have keys of any type; looking up a string among those throws.
    for (const auto& entry : dict) {
        if (entry.key().isString() && entry.key().toStringRef() == key) {
            return entry.value();
        }
    }
    return {};
}

std::string stringAt(const GenericDict& dict, const std::string& key)
{
    const IValue value = find(dict, key);
    return value.isString() ? value.toStringRef() : std::string();
}

double numberAt(const GenericDict& dict, const std::string& key, double otherwise)
{
    const IValue value = find(dict, key);
    if (value.isDouble()) {
        return value.toDouble();
    }
    return value.isInt() ? static_cast<double>(value.toInt()) : otherwise;
}

std::int64_t integerAt(const GenericDict& dict, const std::string& key, std::int64_t otherwise)
{
    const IValue value = find(dict, key);
    return value.isInt() ? value.toInt() : otherwise;
}

void checkFormat(const GenericDict& root)
{
    if (stringAt(root, "format") != modelFormatName) {
        throw BadModel("it is no DigitPad model");
    }
    const std::int64_t version = integerAt(root, "version", -1);
    if (version > modelFormatVersion) {
        throw BadModel("its format version " + std::to_string(version) +
                       " is newer than this program, which reads "
                       "version " +
                       std::to_string(modelFormatVersion) + "; update DigitPad");
    }
    if (version < 1) {
        throw BadModel("its format version is missing or unknown");
    }
}

void readNormalization(const GenericDict& root, ModelInfo& info)
{
    const auto dict = asDict(find(root, "normalization"), "its normalisation");
    info.mean = numberAt(dict, "mean", NAN);
    info.standardDeviation = numberAt(dict, "std", NAN);
    if (!std::isfinite(info.mean) || !std::isfinite(info.standardDeviation) || info.standardDeviation <= 0) {
        throw BadModel("its normalisation has an impossible mean or standard deviation");
    }
}

void readDigitScoring(const GenericDict& calibration, ModelInfo& info)
{
    const IValue value = find(calibration, "digit_score");
    if (value.isNone()) {
        return;
    }
    const auto dict = asDict(value, "its digit score");
    DigitScoring scoring;
    scoring.slope = numberAt(dict, "slope", NAN);
    scoring.offset = numberAt(dict, "offset", NAN);
    scoring.threshold = numberAt(dict, "threshold", NAN);
    if (!(scoring.slope > 0) || !std::isfinite(scoring.slope) || !std::isfinite(scoring.offset) ||
        !(scoring.threshold >= 0 && scoring.threshold <= 1)) {
        throw BadModel("its digit score has an impossible slope, offset or threshold");
    }
    info.digitScoring = scoring;
}

void readCalibration(const GenericDict& root, ModelInfo& info)
{
    const IValue value = find(root, "calibration");
    if (value.isNone()) {
        return;
    }
    const auto dict = asDict(value, "its calibration");
    info.temperature = numberAt(dict, "temperature", NAN);
    if (!(info.temperature > 0) || !std::isfinite(info.temperature)) {
        throw BadModel("its calibration has an impossible temperature");
    }
    readDigitScoring(dict, info);
}

/// The number of logits; ten where the file does not say.
std::int64_t outputsOf(const GenericDict& architecture)
{
    const IValue options = find(architecture, "options");
    const std::int64_t outputs =
        options.isGenericDict() ? integerAt(options.toGenericDict(), "outputs", digitOutputs) : digitOutputs;
    if (outputs != digitOutputs && outputs != noDigitOutputs) {
        throw BadModel("its network has " + std::to_string(outputs) + " outputs instead of 10 or 11");
    }
    return outputs;
}

void checkClassNames(const GenericDict& root, std::int64_t outputs)
{
    const IValue names = find(root, "class_names");
    if (!names.isList() || names.toListRef().size() != static_cast<std::size_t>(outputs)) {
        throw BadModel(outputs == digitOutputs ? "it does not name the ten digits"
                                               : "it does not name the ten digits and “no digit”");
    }
    const auto expected = classNames(outputs);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const IValue& name = names.toListRef()[i];
        if (!name.isString() || name.toStringRef() != expected.get(i)) {
            throw BadModel("its classes are not the digits 0 to 9 in order");
        }
    }
}

void readOption(const GenericDict& dict, const char* key, std::string& text)
{
    if (const IValue value = find(dict, key); value.isString()) {
        text = value.toStringRef();
    }
}

void readOption(const GenericDict& dict, const char* key, double& number)
{
    number = numberAt(dict, key, number);
}

void readOption(const GenericDict& dict, const char* key, bool& on)
{
    if (const IValue value = find(dict, key); value.isBool()) {
        on = value.toBool();
    }
}

void readOption(const GenericDict& dict, const char* key, int& number)
{
    number = static_cast<int>(integerAt(dict, key, number));
}

void readOption(const GenericDict& dict, const char* key, std::uint64_t& number)
{
    number = static_cast<std::uint64_t>(integerAt(dict, key, static_cast<std::int64_t>(number)));
}

void readOption(const GenericDict& dict, const char* key, NormalizationChoice& choice)
{
    for (const auto& [known, word] : normalizationKeys) {
        if (stringAt(dict, key) == word) {
            choice = known;
        }
    }
}

void readTraining(const GenericDict& root, ModelInfo& info)
{
    const IValue value = find(root, "training");
    if (!value.isGenericDict()) {
        return; // Only for people; a model written elsewhere may lack it.
    }
    const auto dict = value.toGenericDict();
    info.trainedOn = stringAt(dict, "data");
    forEachTrainingOption(info.options,
                          [&dict](const char* key, auto& option) { readOption(dict, key, option); });
    info.epochsTrained = static_cast<int>(integerAt(dict, "epochs_trained", 0));
    info.validationAccuracy = numberAt(dict, "validation_accuracy", -1);
    info.testAccuracy = numberAt(dict, "test_accuracy", -1);
}

template <class Number>
std::vector<Number> listAt(const GenericDict& dict, const char* key)
{
    std::vector<Number> numbers;
    if (const IValue value = find(dict, key); value.isList()) {
        for (const IValue& number : value.toListRef()) {
            if (!number.isScalar()) {
                throw BadModel(std::string("its network's ") + key + " are no numbers");
            }
            numbers.push_back(number.toScalar().to<Number>());
        }
    }
    return numbers;
}

/// What is absent, as in files of older versions, is the network's own.
NetworkDetails detailsOf(const GenericDict& options, const NetworkDescription& network)
{
    NetworkDetails details;
    if (!network.hiddenWidths.empty()) {
        details.hiddenWidths = listAt<int>(options, "widths");
    }
    details.activation = stringAt(options, "activation");
    if (const IValue value = find(options, "batch_normalization"); value.isBool()) {
        details.batchNormalization = value.toBool();
    }
    if (find(options, "dropout").isList()) {
        const auto dropout = listAt<double>(options, "dropout");
        details.dropout = dropout.empty() ? 0 : dropout.back();
    }
    return details;
}

void readArchitecture(const GenericDict& architecture, TrainingOptions& options)
{
    options.network = stringAt(architecture, "name");
    const NetworkDescription* network = findNetwork(options.network);
    if (network == nullptr) {
        throw BadModel("its network “" + options.network + "” is unknown to this version of the program");
    }
    const IValue value = find(architecture, "options");
    const NetworkDetails details =
        value.isGenericDict() ? detailsOf(value.toGenericDict(), *network) : NetworkDetails{};
    if (const Result<void> possible = checkDetails(options.network, details); !possible) {
        throw BadModel("its network cannot be built\n" + possible.error().message);
    }
    options.details = deviatingDetails(options.network, details);
}

std::string shapeText(const torch::Tensor& tensor)
{
    std::ostringstream text;
    text << tensor.sizes();
    return text.str();
}

void copyChecked(const std::string& name, const IValue& value, torch::Tensor& target)
{
    if (!value.isTensor() || !value.toTensor().defined()) {
        throw BadModel("its tensor “" + name + "” is missing");
    }
    const torch::Tensor& source = value.toTensor();
    if (source.sizes() != target.sizes()) {
        throw BadModel("its tensor “" + name + "” has the shape " + shapeText(source) + " instead of " +
                       shapeText(target));
    }
    if (source.layout() != torch::kStrided || source.scalar_type() != target.scalar_type()) {
        throw BadModel("its tensor “" + name + "” has the wrong type of numbers");
    }
    if (source.is_floating_point() && !torch::isfinite(source).all().item<bool>()) {
        throw BadModel("its tensor “" + name + "” holds numbers that are not finite");
    }
    target.copy_(source);
}

void readWeights(const GenericDict& root, DigitNet& network)
{
    const auto dict = asDict(find(root, "state_dict"), "its state_dict with the weights");
    const torch::NoGradGuard noGrad;
    std::set<std::string> expected;
    for (auto& parameter : network.named_parameters()) {
        copyChecked(parameter.key(), find(dict, parameter.key()), parameter.value());
        expected.insert(parameter.key());
    }
    for (auto& buffer : network.named_buffers()) {
        copyChecked(buffer.key(), find(dict, buffer.key()), buffer.value());
        expected.insert(buffer.key());
    }
    for (const auto& entry : dict) {
        const std::string key = entry.key().isString() ? entry.key().toStringRef() : std::string("?");
        if (!expected.contains(key)) {
            throw BadModel("it has a tensor “" + key + "” that its network does not know");
        }
    }
}

LoadedModel parse(const std::string& bytes)
{
    IValue value;
    try {
        value = torch::pickle_load(std::vector<char>(bytes.begin(), bytes.end()));
    } catch (const c10::Error& error) {
        // The file is at fault, not the program: a backtrace would say nothing.
        throw BadModel(std::string("it is damaged or no model file\n") + error.what_without_backtrace());
    } catch (const std::exception& exception) {
        throw BadModel(std::string("it is damaged or no model file\n") + exception.what());
    }
    if (!value.isGenericDict()) {
        throw BadModel("it is no DigitPad model");
    }
    return modelFromDict(value.toGenericDict());
}

} // namespace

LoadedModel modelFromDict(const GenericDict& root)
{
    checkFormat(root);
    LoadedModel loaded;
    readNormalization(root, loaded.info);
    readCalibration(root, loaded.info);
    readTraining(root, loaded.info);
    const auto architecture = asDict(find(root, "architecture"), "its architecture");
    readArchitecture(architecture, loaded.info.options);
    loaded.info.network = loaded.info.options.network;
    const std::int64_t outputs = outputsOf(architecture);
    checkClassNames(root, outputs);
    loaded.network = makeNetwork(loaded.info.network, loaded.info.options.details, outputs, 0);
    loaded.info.parameters = loaded.network->parameterCount();
    loaded.info.hasNoDigitClass = outputs == noDigitOutputs;
    readWeights(root, *loaded.network);
    if (const IValue sum = find(root, "weights_crc32");
        sum.isInt() && sum.toInt() != weightsChecksum(*loaded.network)) {
        throw BadModel("its weights are damaged");
    }
    loaded.network->eval();
    return loaded;
}

namespace {

/// The first line is for the person, whatever follows for the log.
Error badModelError(const std::string& path, const std::string& what)
{
    const auto newline = what.find('\n');
    return Error{ErrorCode::InvalidInput,
                 "“" + path + "” cannot be used as a model: " + what.substr(0, newline) +
                     ". Choose a file saved by DigitPad.",
                 newline == std::string::npos ? std::string() : what.substr(newline + 1)};
}

} // namespace

Result<LoadedModel> readModelFile(const std::string& path)
{
    const auto bytes = readWholeFile(path, modelSizeLimit);
    if (!bytes) {
        return bytes.error();
    }
    try {
        return parse(*bytes);
    } catch (const BadModel& bad) {
        return badModelError(path, bad.what());
    } catch (const std::exception& exception) {
        return badModelError(path, std::string("it is damaged or no model file\n") + exception.what());
    }
}

} // namespace digitpad
