#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace digitpad {

/// A network that can be chosen. The table is plain data so that forms and help need no LibTorch; a test
/// holds the parameter counts against the networks that core/torch builds.
struct NetworkDescription
{
    std::string name;        ///< In files and on the command line; never changes once released.
    std::string title;       ///< For people.
    std::string explanation; ///< One or two sentences for a tooltip.
    std::int64_t parameters = 0;
    /// Of the hidden layers, where they can be chosen (fully connected networks); empty where they cannot.
    std::vector<int> hiddenWidths = {};
    bool batchNormalization = false; ///< Unless the details say otherwise.
    double dropout = 0;              ///< Of the layer before the outputs, unless the details say otherwise.
    std::string activation = "relu"; ///< Unless the details say otherwise.
};

/// Limits of what details may say.
inline constexpr int maximumHiddenLayers = 8;
inline constexpr int maximumHiddenWidth = 4096;
inline constexpr double maximumDropout = 0.95;

/// What can be chosen of a network beside its name. What is left empty is the network's own.
struct NetworkDetails
{
    /// Fully connected networks alone: 1 to 8 layers of 1 to 4096 units.
    std::vector<int> hiddenWidths = {};
    std::string activation = {}; ///< One of activationNames(); empty for the network's own.
    /// Behind every hidden layer of a fully connected network, behind every convolution of others.
    std::optional<bool> batchNormalization = {};
    /// In [0, 0.95]: behind every hidden layer of a fully connected network; of others before the outputs,
    /// and twice that, at most 0.95, before the hidden layers.
    std::optional<double> dropout = {};

    bool operator==(const NetworkDetails&) const = default;
};

/// In the order to show.
const std::vector<NetworkDescription>& networkDescriptions();

/// The entry of that name, or null.
const NetworkDescription* findNetwork(std::string_view name);

/// Whether the network of that name, which must exist, can be built like that. The error names the detail,
/// its value and what would be possible.
Result<void> checkDetails(const std::string& network, const NetworkDetails& details);

/// `details` with the own values of the network of that name for all that is empty.
NetworkDetails completeDetails(const std::string& network, NetworkDetails details);

/// `details` without what is the network's own anyhow: two networks are alike where these are equal.
NetworkDetails deviatingDetails(const std::string& network, NetworkDetails details);

/// "relu", "leaky-relu", "elu", "gelu", "silu", "tanh", "sigmoid".
const std::vector<std::string>& activationNames();

} // namespace digitpad
