#include "core/base/atomicfile.h"
#include "core/learning/networkblueprint.h"
#include "core/torch/modelfile.h"
#include "core/torch/modelformat.h"
#include "core/torch/pickledict.h"
#include "core/torch/trainingkeys.h"

#include <ATen/core/Dict.h>
#include <ATen/core/ivalue.h>

namespace digitpad {

namespace {

void insertOption(const PickleDict& dict, const char* key, const std::string& text)
{
    dict.insert(key, text);
}

void insertOption(const PickleDict& dict, const char* key, double number)
{
    dict.insert(key, number);
}

void insertOption(const PickleDict& dict, const char* key, bool on)
{
    dict.insert(key, on);
}

void insertOption(const PickleDict& dict, const char* key, int number)
{
    dict.insert(key, static_cast<std::int64_t>(number));
}

void insertOption(const PickleDict& dict, const char* key, std::uint64_t number)
{
    dict.insert(key, static_cast<std::int64_t>(number));
}

void insertOption(const PickleDict& dict, const char* key, NormalizationChoice choice)
{
    for (const auto& [known, word] : normalizationKeys) {
        if (known == choice) {
            dict.insert(key, std::string(word));
        }
    }
}

PickleDict trainingSummary(const ModelInfo& info)
{
    auto dict = makePickleDict();
    dict.insert("data", info.trainedOn);
    forEachTrainingOption(info.options,
                          [&dict](const char* key, const auto& value) { insertOption(dict, key, value); });
    dict.insert("epochs_trained", static_cast<std::int64_t>(info.epochsTrained));
    dict.insert("validation_accuracy", info.validationAccuracy);
    dict.insert("test_accuracy", info.testAccuracy);
    return dict;
}

/// Lists of one type alone have names of functions in the file, see pickledDict().
template <class Element>
c10::impl::GenericList listOf(const std::vector<Element>& elements)
{
    c10::impl::GenericList list(c10::AnyType::get());
    for (const Element& element : elements) {
        list.push_back(element);
    }
    return list;
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

PickleDict architectureOf(const DigitNet& network)
{
    const NetworkBlueprint blueprint = blueprintOf(network.name(), network.details());
    auto optionsDict = makePickleDict();
    optionsDict.insert("widths", listOf(widthsOf(blueprint)));
    optionsDict.insert("dropout", listOf(dropoutOf(blueprint)));
    optionsDict.insert("outputs", network.outputs());
    optionsDict.insert("activation", blueprint.activation);
    optionsDict.insert("batch_normalization", blueprint.batchNormalization);
    auto dict = makePickleDict();
    dict.insert("name", network.name());
    dict.insert("options", optionsDict);
    return dict;
}

/// The lowest that reads the file rightly.
std::int64_t formatVersionFor(const DigitNet& network)
{
    return network.details() == NetworkDetails{} ? modelFormatVersionWithoutDetails : modelFormatVersion;
}

PickleDict calibrationOf(const ModelInfo& info)
{
    auto dict = makePickleDict();
    dict.insert("temperature", info.temperature);
    if (info.digitScoring) {
        auto score = makePickleDict();
        score.insert("slope", info.digitScoring->slope);
        score.insert("offset", info.digitScoring->offset);
        score.insert("threshold", info.digitScoring->threshold);
        dict.insert("digit_score", score);
    }
    return dict;
}

PickleDict stateDict(DigitNet& network)
{
    auto dict = makePickleDict();
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

PickleDict modelDict(const ModelInfo& info, DigitNet& network)
{
    auto normalization = makePickleDict();
    normalization.insert("mean", info.mean);
    normalization.insert("std", info.standardDeviation);
    auto root = makePickleDict();
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
    return writeFileAtomically(path, pickledDict(modelDict(info, network)));
}

} // namespace digitpad
