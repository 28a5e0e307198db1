#include "core/base/atomicfile.h"
#include "core/learning/networkblueprint.h"
#include "core/torch/modelfile.h"
#include "core/torch/modelformat.h"
#include "core/torch/trainingkeys.h"

#include <ATen/core/Dict.h>
#include <ATen/core/ivalue.h>
#include <torch/serialize.h>

namespace digitpad {

namespace {

using GenericDict = c10::impl::GenericDict;

GenericDict makeDict()
{
    return GenericDict(c10::StringType::get(), c10::AnyType::get());
}

void insertOption(const GenericDict& dict, const char* key, const std::string& text)
{
    dict.insert(key, text);
}

void insertOption(const GenericDict& dict, const char* key, double number)
{
    dict.insert(key, number);
}

void insertOption(const GenericDict& dict, const char* key, bool on)
{
    dict.insert(key, on);
}

void insertOption(const GenericDict& dict, const char* key, int number)
{
    dict.insert(key, static_cast<std::int64_t>(number));
}

void insertOption(const GenericDict& dict, const char* key, std::uint64_t number)
{
    dict.insert(key, static_cast<std::int64_t>(number));
}

void insertOption(const GenericDict& dict, const char* key, NormalizationChoice choice)
{
    for (const auto& [known, word] : normalizationKeys) {
        if (known == choice) {
            dict.insert(key, std::string(word));
        }
    }
}

GenericDict trainingSummary(const ModelInfo& info)
{
    auto dict = makeDict();
    dict.insert("data", info.trainedOn);
    forEachTrainingOption(info.options,
                          [&dict](const char* key, const auto& value) { insertOption(dict, key, value); });
    dict.insert("epochs_trained", static_cast<std::int64_t>(info.epochsTrained));
    dict.insert("validation_accuracy", info.validationAccuracy);
    dict.insert("test_accuracy", info.testAccuracy);
    return dict;
}

std::vector<std::int64_t> widthsOf(const NetworkBlueprint& blueprint)
{
    std::vector<std::int64_t> widths;
    for (const ConvolutionLayer& layer : blueprint.convolutions) {
        widths.push_back(layer.channels);
    }
    widths.insert(widths.end(), blueprint.hiddenWidths.begin(), blueprint.hiddenWidths.end());
    return widths;
}

/// In the order of use, the one before the logits last; empty where there is none.
std::vector<double> dropoutOf(const NetworkBlueprint& blueprint)
{
    if (blueprint.dropout == 0) {
        return {};
    }
    if (blueprint.fullyConnected()) {
        return std::vector<double>(blueprint.hiddenWidths.size(), blueprint.dropout);
    }
    return blueprint.hiddenWidths.empty() ? std::vector{blueprint.dropout}
                                          : std::vector{blueprint.flatDropout(), blueprint.dropout};
}

GenericDict architectureOf(const DigitNet& network)
{
    const NetworkBlueprint blueprint = blueprintOf(network.name(), network.details());
    auto optionsDict = makeDict();
    optionsDict.insert("widths", c10::IValue(widthsOf(blueprint)));
    optionsDict.insert("dropout", c10::IValue(dropoutOf(blueprint)));
    optionsDict.insert("outputs", network.outputs());
    optionsDict.insert("activation", blueprint.activation);
    optionsDict.insert("batch_normalization", blueprint.batchNormalization);
    auto dict = makeDict();
    dict.insert("name", network.name());
    dict.insert("options", optionsDict);
    return dict;
}

/// The lowest that reads the file rightly.
std::int64_t formatVersionFor(const DigitNet& network)
{
    return network.details() == NetworkDetails{} ? modelFormatVersionWithoutDetails : modelFormatVersion;
}

GenericDict calibrationOf(const ModelInfo& info)
{
    auto dict = makeDict();
    dict.insert("temperature", info.temperature);
    if (info.digitScoring) {
        auto score = makeDict();
        score.insert("slope", info.digitScoring->slope);
        score.insert("offset", info.digitScoring->offset);
        score.insert("threshold", info.digitScoring->threshold);
        dict.insert("digit_score", score);
    }
    return dict;
}

GenericDict stateDict(DigitNet& network)
{
    auto dict = makeDict();
    const torch::NoGradGuard noGrad;
    // Cloned: a parameter may be a view into a larger tensor, which would be written whole.
    for (const auto& parameter : network.named_parameters()) {
        dict.insert(parameter.key(), parameter.value().detach().clone());
    }
    for (const auto& buffer : network.named_buffers()) {
        dict.insert(buffer.key(), buffer.value().detach().clone());
    }
    return dict;
}

} // namespace

GenericDict modelDict(const ModelInfo& info, DigitNet& network)
{
    auto normalization = makeDict();
    normalization.insert("mean", info.mean);
    normalization.insert("std", info.standardDeviation);
    auto root = makeDict();
    root.insert("format", modelFormatName);
    root.insert("version", formatVersionFor(network));
    root.insert("architecture", architectureOf(network));
    root.insert("normalization", normalization);
    root.insert("class_names", classNames(network.outputs()));
    root.insert("calibration", calibrationOf(info));
    root.insert("training", trainingSummary(info));
    root.insert("weights_crc32", weightsChecksum(network));
    root.insert("state_dict", stateDict(network));
    return root;
}

Result<void> writeModelFile(const ModelInfo& info, DigitNet& network, const std::string& path)
{
    return writeFileAtomically(path, torch::pickle_save(modelDict(info, network)));
}

} // namespace digitpad
