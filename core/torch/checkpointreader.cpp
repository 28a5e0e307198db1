#include "core/base/atomicfile.h"
#include "core/learning/trainingfields.h"
#include "core/torch/checkpointformat.h"
#include "core/torch/modelfile.h"

#include <sstream>
#include <utility>

namespace digitpad {

namespace {

/// Newest, trained and best weights, and the optimizer's two averages.
constexpr std::size_t checkpointSizeLimit = 5 * modelSizeLimit;

DataMark markFromDict(const PickleDict& dict)
{
    const c10::IValue drawn = findValue(dict, "drawn");
    return {integerAt(dict, "training", -1), integerAt(dict, "validation", -1),
            integerAt(dict, "checksum", -1), drawn.isBool() && drawn.toBool()};
}

PartialEpoch partialFromDict(const PickleDict& dict)
{
    PartialEpoch partial;
    partial.batches = integerAt(dict, "batches", 0);
    partial.lossSum = numberAt(dict, "loss_sum", 0);
    partial.gradientSum = numberAt(dict, "gradient_sum", 0);
    partial.images = integerAt(dict, "images", 0);
    partial.digits = integerAt(dict, "digits", 0);
    partial.correct = integerAt(dict, "correct", 0);
    partial.seconds = numberAt(dict, "seconds", 0);
    return partial;
}

OptimizerState optimizerFromDict(const PickleDict& dict)
{
    return {integerAt(dict, "steps", 0),
            tensorsFromDict(asDict(findValue(dict, "averages"), "its optimizer"), "optimizer's memory")};
}

Checkpoint checkpointFromDict(const PickleDict& dict)
{
    Checkpoint checkpoint;
    checkpoint.options = optionsFromDict(asDict(findValue(dict, "options"), "its list of options"));
    checkpoint.data = markFromDict(asDict(findValue(dict, "data"), "the mark of its data"));
    const c10::IValue epochs = findValue(dict, "epochs");
    if (!epochs.isTensor()) {
        throw BadFile("its table of epochs is missing");
    }
    checkpoint.epochs = epochsFromTensor(epochs.toTensor());
    checkpoint.partial = partialFromDict(asDict(findValue(dict, "partial"), "its epoch in progress"));
    checkpoint.patienceFrom = static_cast<int>(integerAt(dict, "patience_from", 0));
    const auto clock = asDict(findValue(dict, "clock"), "its clock");
    checkpoint.seconds = numberAt(clock, "seconds", 0);
    checkpoint.stepSeconds = numberAt(clock, "step_seconds", 0);
    checkpoint.imagesDone = integerAt(clock, "images_done", 0);
    checkpoint.state.optimizer = optimizerFromDict(asDict(findValue(dict, "optimizer"), "its optimizer"));
    checkpoint.state.dropout =
        tensorsFromDict(asDict(findValue(dict, "dropout"), "its random state"), "random state");
    std::vector<torch::Tensor> tensors = checkpoint.state.optimizer.averages;
    tensors.insert(tensors.end(), checkpoint.state.dropout.begin(), checkpoint.state.dropout.end());
    tensors.push_back(epochs.toTensor());
    if (integerAt(dict, "crc32", -1) != checksumOf(tensors)) {
        throw BadFile("its optimizer's memory is damaged");
    }
    return checkpoint;
}

void checkVersion(const PickleDict& dict)
{
    const std::int64_t version = integerAt(dict, "version", -1);
    if (version > checkpointVersion) {
        throw BadFile("it was written by a newer version of DigitPad; update DigitPad");
    }
    if (version < 1) {
        throw BadFile("its checkpoint's version is missing");
    }
}

LoadedCheckpoint parse(const std::string& bytes)
{
    const PickleDict root = unpickledDict(bytes);
    LoadedModel newest = modelFromDict(root);
    const c10::IValue value = findValue(root, "checkpoint");
    if (!value.isGenericDict()) {
        throw BadFile("it is a model alone, without what training needs to go on");
    }
    const auto dict = value.toGenericDict();
    checkVersion(dict);
    LoadedCheckpoint loaded;
    loaded.checkpoint = checkpointFromDict(dict);
    loaded.info = newest.info;
    loaded.newest = std::move(newest.network);
    if (const c10::IValue trained = findValue(dict, "trained"); trained.isGenericDict()) {
        loaded.trained = modelFromDict(trained.toGenericDict()).network;
    }
    if (const c10::IValue best = findValue(dict, "best"); best.isGenericDict()) {
        LoadedModel model = modelFromDict(best.toGenericDict());
        model.info.options = loaded.checkpoint.options; // A model file's are abridged.
        loaded.best = std::make_shared<TorchModel>(model.info, *model.network);
    }
    return loaded;
}

Error cannotGoOn(const std::string& path, const std::string& what)
{
    const auto newline = what.find('\n');
    return Error{ErrorCode::InvalidInput,
                 "Training cannot go on from “" + path + "”: " + what.substr(0, newline) +
                     ". Begin a new run.",
                 newline == std::string::npos ? std::string() : what.substr(newline + 1)};
}

/// The names of the options in which the two differ, epochs left out: "learningRate, batchSize".
std::string differing(const TrainingOptions& a, const TrainingOptions& b)
{
    const auto first = optionsToDict(a);
    const auto second = optionsToDict(b);
    std::string names;
    forEachOption(a, [&](const std::string& name, const auto&) {
        if (name != "epochs" && first.at(name) != second.at(name)) {
            names += (names.empty() ? "" : ", ") + name;
        }
    });
    return names;
}

} // namespace

Result<LoadedCheckpoint> readCheckpoint(const std::string& path)
{
    const auto bytes = readWholeFile(path, checkpointSizeLimit);
    if (!bytes) {
        return bytes.error();
    }
    try {
        return parse(*bytes);
    } catch (const c10::Error& error) {
        return cannotGoOn(path, std::string("it is damaged\n") + error.what());
    } catch (const std::exception& exception) {
        return cannotGoOn(path, exception.what());
    }
}

Result<void> checkFits(const Checkpoint& checkpoint, const TrainingOptions& options, const DataMark& data)
{
    if (const std::string names = differing(checkpoint.options, options); !names.empty()) {
        return Error{ErrorCode::InvalidInput,
                     "This run was begun with other options (" + names +
                         "); go on with those that it was begun with, or begin a new run."};
    }
    if (options.epochs < checkpoint.options.epochs) {
        return Error{ErrorCode::InvalidInput,
                     "This run was begun for " + std::to_string(checkpoint.options.epochs) +
                         " epochs and cannot be cut to " + std::to_string(options.epochs) +
                         "; choose as many or more, or begin a new run."};
    }
    if (!(checkpoint.data == data)) {
        return Error{ErrorCode::InvalidInput,
                     "This run was begun with other data (" + std::to_string(checkpoint.data.training) +
                         " training and " + std::to_string(checkpoint.data.validation) +
                         " validation images); go on with the same, or begin a new run."};
    }
    return {};
}

} // namespace digitpad
