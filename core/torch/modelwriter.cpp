#include "core/base/atomicfile.h"
#include "core/torch/modelfile.h"
#include "core/torch/modelformat.h"

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

GenericDict trainingSummary(const ModelInfo& info)
{
    const TrainingOptions& options = info.options;
    auto dict = makeDict();
    dict.insert("data", info.trainedOn);
    dict.insert("optimizer", options.optimizer);
    dict.insert("learning_rate", options.learningRate);
    dict.insert("schedule", options.schedule);
    dict.insert("batch_size", static_cast<std::int64_t>(options.batchSize));
    dict.insert("epochs", static_cast<std::int64_t>(options.epochs));
    dict.insert("epochs_trained", static_cast<std::int64_t>(info.epochsTrained));
    dict.insert("validation_split", options.validationSplit);
    dict.insert("seed", static_cast<std::int64_t>(options.seed));
    dict.insert("weight_average", options.weightAverage);
    dict.insert("threads", static_cast<std::int64_t>(options.threads));
    dict.insert("validation_accuracy", info.validationAccuracy);
    dict.insert("test_accuracy", info.testAccuracy);
    return dict;
}

GenericDict architectureOf(const std::string& name, const DigitNet& network)
{
    const DigitNet::Options options = network.options();
    auto optionsDict = makeDict();
    optionsDict.insert("widths", c10::IValue(options.widths));
    optionsDict.insert("dropout", c10::IValue(options.dropout));
    optionsDict.insert("outputs", network.outputs());
    auto dict = makeDict();
    dict.insert("name", name);
    dict.insert("options", optionsDict);
    return dict;
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
    root.insert("version", static_cast<std::int64_t>(modelFormatVersion));
    root.insert("architecture", architectureOf(info.network, network));
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
