#include "core/base/atomicfile.h"
#include "core/torch/checkpointformat.h"
#include "core/torch/modelfile.h"

#include <zlib.h>

namespace digitpad {

namespace {

std::int64_t sizeOf(const std::shared_ptr<const DigitSet>& set)
{
    return set ? static_cast<std::int64_t>(set->size()) : 0;
}

PickleDict markToDict(const DataMark& mark)
{
    auto dict = makePickleDict();
    dict.insert("training", mark.training);
    dict.insert("validation", mark.validation);
    dict.insert("checksum", mark.checksum);
    dict.insert("drawn", mark.drawn);
    return dict;
}

PickleDict partialToDict(const PartialEpoch& partial)
{
    auto dict = makePickleDict();
    dict.insert("batches", partial.batches);
    dict.insert("loss_sum", partial.lossSum);
    dict.insert("gradient_sum", partial.gradientSum);
    dict.insert("images", partial.images);
    dict.insert("digits", partial.digits);
    dict.insert("correct", partial.correct);
    dict.insert("seconds", partial.seconds);
    return dict;
}

PickleDict clockToDict(const Checkpoint& checkpoint)
{
    auto dict = makePickleDict();
    dict.insert("seconds", checkpoint.seconds);
    dict.insert("step_seconds", checkpoint.stepSeconds);
    dict.insert("images_done", checkpoint.imagesDone);
    return dict;
}

PickleDict optimizerToDict(const OptimizerState& state)
{
    auto dict = makePickleDict();
    dict.insert("steps", state.steps);
    dict.insert("averages", tensorsToDict(state.averages));
    return dict;
}

PickleDict checkpointToDict(const Checkpoint& checkpoint)
{
    auto dict = makePickleDict();
    const torch::Tensor epochs = epochsToTensor(checkpoint.epochs);
    dict.insert("version", checkpointVersion);
    dict.insert("options", optionsToDict(checkpoint.options));
    dict.insert("data", markToDict(checkpoint.data));
    dict.insert("epochs", epochs);
    dict.insert("partial", partialToDict(checkpoint.partial));
    dict.insert("patience_from", static_cast<std::int64_t>(checkpoint.patienceFrom));
    dict.insert("clock", clockToDict(checkpoint));
    dict.insert("optimizer", optimizerToDict(checkpoint.state.optimizer));
    dict.insert("dropout", tensorsToDict(checkpoint.state.dropout));
    std::vector<torch::Tensor> tensors = checkpoint.state.optimizer.averages;
    tensors.insert(tensors.end(), checkpoint.state.dropout.begin(), checkpoint.state.dropout.end());
    tensors.push_back(epochs);
    dict.insert("crc32", checksumOf(tensors));
    return dict;
}

} // namespace

DataMark markOf(const TrainingData& data)
{
    uLong sum = crc32(0, nullptr, 0);
    for (const auto& set : {data.training, data.validation}) {
        if (set) {
            sum = crc32_z(sum, set->labels.data(), set->labels.size());
            sum = crc32_z(sum, set->images.data(), set->images.size());
        }
    }
    return {sizeOf(data.training), sizeOf(data.validation), static_cast<std::int64_t>(sum),
            data.renderer != nullptr};
}

Result<void> writeCheckpoint(const Checkpoint& checkpoint, const ModelInfo& info, DigitNet& newest,
                             DigitNet* trained, const TorchModel* best, const std::string& path)
{
    auto dict = checkpointToDict(checkpoint);
    dict.insert("trained", trained != nullptr ? c10::IValue(modelDict(info, *trained)) : c10::IValue());
    dict.insert("best",
                best != nullptr ? c10::IValue(modelDict(best->info(), best->network())) : c10::IValue());
    auto root = modelDict(info, newest);
    root.insert("checkpoint", dict);
    return writeFileAtomically(path, pickledDict(root));
}

} // namespace digitpad
