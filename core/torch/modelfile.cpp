#include "core/torch/modelfile.h"

#include "core/base/atomicfile.h"
#include "core/learning/networks.h"
#include "core/torch/modelformat.h"
#include "core/torch/pickledict.h"
#include "core/torch/trainingkeys.h"

#include <ATen/core/Dict.h>
#include <ATen/core/ivalue.h>

#include <cmath>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace digitpad {

namespace {

using c10::IValue;

void checkFormat(const PickleDict& root)
{
    if (stringAt(root, "format") != modelFormatName) {
        throw BadFile("it is no DigitPad model");
    }
    const std::int64_t version = integerAt(root, "version", -1);
    if (version > modelFormatVersion) {
        throw BadFile("its format version " + std::to_string(version) +
                      " is newer than this program, which reads "
                      "version " +
                      std::to_string(modelFormatVersion) + "; update DigitPad");
    }
    if (version < 1) {
        throw BadFile("its format version is missing or unknown");
    }
}

void readNormalization(const PickleDict& root, ModelInfo& info)
{
    const auto dict = asDict(findValue(root, "normalization"), "its normalisation");
    info.mean = numberAt(dict, "mean", NAN);
    info.standardDeviation = numberAt(dict, "std", NAN);
    if (!std::isfinite(info.mean) || !std::isfinite(info.standardDeviation) || info.standardDeviation <= 0) {
        throw BadFile("its normalisation has an impossible mean or standard deviation");
    }
}

void readDigitScoring(const PickleDict& calibration, ModelInfo& info)
{
    const IValue value = findValue(calibration, "digit_score");
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
        throw BadFile("its digit score has an impossible slope, offset or threshold");
    }
    info.digitScoring = scoring;
}

void readCalibration(const PickleDict& root, ModelInfo& info)
{
    const IValue value = findValue(root, "calibration");
    if (value.isNone()) {
        return;
    }
    const auto dict = asDict(value, "its calibration");
    info.temperature = numberAt(dict, "temperature", NAN);
    if (!(info.temperature > 0) || !std::isfinite(info.temperature)) {
        throw BadFile("its calibration has an impossible temperature");
    }
    readDigitScoring(dict, info);
}

/// The number of logits; ten where the file does not say.
std::int64_t outputsOf(const PickleDict& architecture)
{
    const IValue options = findValue(architecture, "options");
    const std::int64_t outputs =
        options.isGenericDict() ? integerAt(options.toGenericDict(), "outputs", digitOutputs) : digitOutputs;
    if (outputs != digitOutputs && outputs != noDigitOutputs) {
        throw BadFile("its network has " + std::to_string(outputs) + " outputs instead of 10 or 11");
    }
    return outputs;
}

void checkClassNames(const PickleDict& root, std::int64_t outputs)
{
    const IValue names = findValue(root, "class_names");
    if (!names.isList() || names.toListRef().size() != static_cast<std::size_t>(outputs)) {
        throw BadFile(outputs == digitOutputs ? "it does not name the ten digits"
                                              : "it does not name the ten digits and “no digit”");
    }
    const auto expected = classNames(outputs);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const IValue& name = names.toListRef()[i];
        if (!name.isString() || name.toStringRef() != expected.get(i)) {
            throw BadFile("its classes are not the digits 0 to 9 in order");
        }
    }
}

void readOption(const PickleDict& dict, const char* key, std::string& text)
{
    if (const IValue value = findValue(dict, key); value.isString()) {
        text = value.toStringRef();
    }
}

void readOption(const PickleDict& dict, const char* key, double& number)
{
    number = numberAt(dict, key, number);
}

void readOption(const PickleDict& dict, const char* key, bool& on)
{
    if (const IValue value = findValue(dict, key); value.isBool()) {
        on = value.toBool();
    }
}

void readOption(const PickleDict& dict, const char* key, int& number)
{
    number = static_cast<int>(integerAt(dict, key, number));
}

void readOption(const PickleDict& dict, const char* key, std::uint64_t& number)
{
    number = static_cast<std::uint64_t>(integerAt(dict, key, static_cast<std::int64_t>(number)));
}

void readOption(const PickleDict& dict, const char* key, NormalizationChoice& choice)
{
    for (const auto& [known, word] : normalizationKeys) {
        if (stringAt(dict, key) == word) {
            choice = known;
        }
    }
}

void readTraining(const PickleDict& root, ModelInfo& info)
{
    const IValue value = findValue(root, "training");
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
std::vector<Number> listAt(const PickleDict& dict, const char* key)
{
    std::vector<Number> numbers;
    if (const IValue value = findValue(dict, key); value.isList()) {
        for (const IValue& number : value.toListRef()) {
            if (!number.isScalar()) {
                throw BadFile(std::string("its network's ") + key + " are no numbers");
            }
            numbers.push_back(number.toScalar().to<Number>());
        }
    }
    return numbers;
}

/// What is absent, as in files of older versions, is the network's own.
NetworkDetails detailsOf(const PickleDict& options, const NetworkDescription& network)
{
    NetworkDetails details;
    if (!network.hiddenWidths.empty()) {
        details.hiddenWidths = listAt<int>(options, "widths");
    }
    details.activation = stringAt(options, "activation");
    if (const IValue value = findValue(options, "batch_normalization"); value.isBool()) {
        details.batchNormalization = value.toBool();
    }
    if (findValue(options, "dropout").isList()) {
        const auto dropout = listAt<double>(options, "dropout");
        details.dropout = dropout.empty() ? 0 : dropout.back();
    }
    return details;
}

void readArchitecture(const PickleDict& architecture, TrainingOptions& options)
{
    options.network = stringAt(architecture, "name");
    const NetworkDescription* network = findNetwork(options.network);
    if (network == nullptr) {
        throw BadFile("its network “" + options.network + "” is unknown to this version of the program");
    }
    const IValue value = findValue(architecture, "options");
    const NetworkDetails details =
        value.isGenericDict() ? detailsOf(value.toGenericDict(), *network) : NetworkDetails{};
    if (const Result<void> possible = checkDetails(options.network, details); !possible) {
        throw BadFile("its network cannot be built\n" + possible.error().message);
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
        throw BadFile("its tensor “" + name + "” is missing");
    }
    const torch::Tensor& source = value.toTensor();
    if (source.sizes() != target.sizes()) {
        throw BadFile("its tensor “" + name + "” has the shape " + shapeText(source) + " instead of " +
                      shapeText(target));
    }
    if (source.layout() != torch::kStrided || source.scalar_type() != target.scalar_type()) {
        throw BadFile("its tensor “" + name + "” has the wrong type of numbers");
    }
    if (source.is_floating_point() && !torch::isfinite(source).all().item<bool>()) {
        throw BadFile("its tensor “" + name + "” holds numbers that are not finite");
    }
    target.copy_(source);
}

void readWeights(const PickleDict& root, DigitNet& network)
{
    const auto dict = asDict(findValue(root, "state_dict"), "its state_dict with the weights");
    const torch::NoGradGuard noGrad;
    std::set<std::string> expected;
    for (auto& parameter : network.named_parameters()) {
        copyChecked(parameter.key(), findValue(dict, parameter.key()), parameter.value());
        expected.insert(parameter.key());
    }
    for (auto& buffer : network.named_buffers()) {
        copyChecked(buffer.key(), findValue(dict, buffer.key()), buffer.value());
        expected.insert(buffer.key());
    }
    for (const auto& entry : dict) {
        const std::string key = entry.key().isString() ? entry.key().toStringRef() : std::string("?");
        if (!expected.contains(key)) {
            throw BadFile("it has a tensor “" + key + "” that its network does not know");
        }
    }
}

} // namespace

LoadedModel modelFromDict(const PickleDict& root)
{
    checkFormat(root);
    LoadedModel loaded;
    readNormalization(root, loaded.info);
    readCalibration(root, loaded.info);
    readTraining(root, loaded.info);
    const auto architecture = asDict(findValue(root, "architecture"), "its architecture");
    readArchitecture(architecture, loaded.info.options);
    loaded.info.network = loaded.info.options.network;
    const std::int64_t outputs = outputsOf(architecture);
    checkClassNames(root, outputs);
    loaded.network = makeNetwork(loaded.info.network, loaded.info.options.details, outputs, 0);
    loaded.info.parameters = loaded.network->parameterCount();
    loaded.info.hasNoDigitClass = outputs == noDigitOutputs;
    readWeights(root, *loaded.network);
    if (const IValue sum = findValue(root, "weights_crc32");
        sum.isInt() && sum.toInt() != weightsChecksum(*loaded.network)) {
        throw BadFile("its weights are damaged");
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
        return modelFromDict(unpickledDict(*bytes));
    } catch (const BadFile& bad) {
        return badModelError(path, bad.what());
    } catch (const std::exception& exception) {
        return badModelError(path, std::string("it is damaged or no model file\n") + exception.what());
    }
}

} // namespace digitpad
