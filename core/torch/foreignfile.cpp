#include "core/torch/foreignfile.h"

#include "core/torch/model.h"
#include "core/torch/pickledict.h"
#include "core/torch/pythondict.h"

#include <caffe2/serialize/inline_container.h>
#include <cmath>
#include <locale>
#include <optional>
#include <sstream>
#include <vector>

namespace digitpad {

namespace {

using caffe2::serialize::PyTorchStreamReader;

std::optional<PixelStatistics> givenNormalization(PyTorchStreamReader& reader)
{
    if (!reader.hasRecord("extra/normalization")) {
        return std::nullopt;
    }
    auto [data, size] = reader.getRecord("extra/normalization");
    std::istringstream text(std::string(static_cast<const char*>(data.get()), size));
    text.imbue(std::locale::classic());
    PixelStatistics given;
    text >> given.mean >> given.standardDeviation;
    const bool possible = text && std::isfinite(given.mean) && given.standardDeviation > 0;
    return possible ? std::optional(given) : std::nullopt;
}

bool isOwnModel(const std::string& bytes)
{
    try {
        return !stringAt(unpickledDict(bytes), "format").empty();
    } catch (const BadFile&) {
        return false;
    }
}

bool isTensorDict(const std::string& bytes)
{
    try {
        return !readTensorDict(bytes).empty();
    } catch (const std::exception&) {
        return false;
    }
}

/// Widths and batch normalisation of a fully connected network, as far as the tensors tell.
NetworkDetails detailsFrom(const TensorDict& tensors, const NetworkDescription& description)
{
    NetworkDetails details;
    if (description.hiddenWidths.empty()) {
        return details;
    }
    for (int layer = 1; tensors.contains("fc" + std::to_string(layer + 1) + ".weight"); ++layer) {
        const auto found = tensors.find("fc" + std::to_string(layer) + ".weight");
        if (found == tensors.end() || found->second.dim() != 2) {
            return {};
        }
        details.hiddenWidths.push_back(static_cast<int>(found->second.size(0)));
    }
    details.batchNormalization = tensors.contains("bn1.weight");
    return deviatingDetails(description.name, details);
}

/// Null where the tensors are not this network's.
std::shared_ptr<DigitNet> networkWith(const TensorDict& tensors, const NetworkDescription& description,
                                      std::int64_t outputs)
{
    const NetworkDetails details = detailsFrom(tensors, description);
    if (!checkDetails(description.name, details)) {
        return nullptr;
    }
    const auto network = makeNetwork(description.name, details, outputs, 0);
    std::vector<std::pair<std::string, torch::Tensor>> targets;
    for (const auto& parameter : network->named_parameters()) {
        targets.emplace_back(parameter.key(), parameter.value());
    }
    for (const auto& buffer : network->named_buffers()) {
        targets.emplace_back(buffer.key(), buffer.value());
    }
    if (targets.size() != tensors.size()) {
        return nullptr;
    }
    const torch::NoGradGuard noGrad;
    for (auto& [name, target] : targets) {
        const auto found = tensors.find(name);
        if (found == tensors.end() || found->second.sizes() != target.sizes()) {
            return nullptr;
        }
        target.copy_(found->second);
    }
    return network;
}

Result<void> checkFinite(const TensorDict& tensors)
{
    for (const auto& [name, tensor] : tensors) {
        if (tensor.is_floating_point() && !torch::isfinite(tensor).all().item<bool>()) {
            return Error{ErrorCode::InvalidInput, "The tensor “" + name +
                                                      "” holds numbers that are not finite; train the "
                                                      "network again, and choose the new file."};
        }
    }
    return {};
}

std::string namesOf(const TensorDict& tensors)
{
    std::ostringstream text;
    for (const auto& [name, tensor] : tensors) {
        text << name << ' ' << tensor.sizes() << '\n';
    }
    return text.str();
}

} // namespace

ModelFileInfo inspectModelBytes(const std::string& bytes)
{
    try {
        std::istringstream stream(bytes);
        PyTorchStreamReader reader(&stream);
        if (reader.hasRecord("constants.pkl")) {
            return {ModelFileKind::TorchScript, givenNormalization(reader)};
        }
    } catch (const std::exception&) {
        return {}; // No archive at all.
    }
    const bool dict = !isOwnModel(bytes) && isTensorDict(bytes);
    return {dict ? ModelFileKind::StateDict : ModelFileKind::DigitPad, std::nullopt};
}

Result<std::shared_ptr<const Model>> modelFromStateDict(const std::string& bytes,
                                                        const PixelStatistics& normalization)
{
    const TensorDict tensors = readTensorDict(bytes);
    if (const Result<void> finite = checkFinite(tensors); !finite) {
        return finite.error();
    }
    for (const NetworkDescription& description : networkDescriptions()) {
        for (const std::int64_t outputs : {digitOutputs, noDigitOutputs}) {
            if (const auto network = networkWith(tensors, description, outputs)) {
                network->eval();
                ModelInfo info;
                info.mean = normalization.mean;
                info.standardDeviation = normalization.standardDeviation;
                return std::shared_ptr<const Model>(std::make_shared<const TorchModel>(info, *network));
            }
        }
    }
    return Error{
        ErrorCode::InvalidInput,
        "The tensors of this state_dict fit none of DigitPad's networks; save the whole network with "
        "torch.jit.save(torch.jit.script(net), …) and choose that file.",
        namesOf(tensors)};
}

} // namespace digitpad
