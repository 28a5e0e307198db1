#include "core/learning/networks.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace digitpad {

namespace {

template <class... Parts>
Error invalid(const Parts&... parts)
{
    std::ostringstream message;
    (message << ... << parts);
    return Error{ErrorCode::InvalidInput, message.str()};
}

const NetworkDescription& networkNamed(const std::string& name)
{
    const NetworkDescription* network = findNetwork(name);
    if (network == nullptr) {
        throw std::invalid_argument("unknown network " + name);
    }
    return *network;
}

Result<void> checkWidths(const NetworkDescription& network, const std::vector<int>& widths)
{
    if (widths.empty()) {
        return {};
    }
    if (network.hiddenWidths.empty()) {
        return invalid("The hidden layers of “", network.name,
                       "” cannot be chosen; choose a fully connected network, mlp for instance.");
    }
    if (widths.size() > static_cast<std::size_t>(maximumHiddenLayers)) {
        return invalid(widths.size(), " hidden layers are too many; choose 1 to ", maximumHiddenLayers, ".");
    }
    for (const int width : widths) {
        if (width < 1 || width > maximumHiddenWidth) {
            return invalid("A hidden layer of ", width, " units is impossible; choose 1 to ",
                           maximumHiddenWidth, ".");
        }
    }
    return {};
}

std::string knownActivations()
{
    std::string names;
    for (const std::string& name : activationNames()) {
        names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

} // namespace

const std::vector<NetworkDescription>& networkDescriptions()
{
    static const std::vector<NetworkDescription> table = {
        {"mlp",
         "Fully connected, 784-128-64-10",
         "Two hidden layers with ReLU: the network most tutorials start with. "
         "Trains in seconds and reads about 97 % of MNIST's test images.",
         109'386,
         {128, 64}},
        {"mlp-dropout",
         "Fully connected with dropout, 784-512-256-10",
         "The same idea, wider, with a fifth of the hidden units left out at random in each training step, "
         "so that it learns less by heart. Reads about 98 %.",
         535'818,
         {512, 256},
         false,
         0.2},
        {"lenet5",
         "LeNet-5, the classic of 1998",
         "Two convolutions with average pooling and tanh, then two hidden layers: the network with which "
         "Yann LeCun and others read the digits of bank cheques..",
         61'706,
         {},
         false,
         0,
         "tanh"},
        {"cnn-fast",
         "Fast convolutional network",
         "Two small convolutions and one hidden layer: "
         "reads 99 % after one pass over the images, in a few seconds.",
         77'970,
         {},
         true,
         0},
        {"cnn-tiny",
         "Tiny convolutional network",
         "Five thin convolutions and no hidden layer: fewer than 10,000 weights, "
         "a tenth of the smallest fully connected network here, and about 99.3 % right.",
         8'450,
         {},
         true,
         0},
        {"cnn",
         "Small convolutional network",
         "Three convolutions that look at neighbouring pixels, so that a shape is known wherever it stands. "
         "Takes longer and reads about 99.4 %.",
         240'306,
         {},
         true,
         0.2},
        {"cnn-deep",
         "Deeper convolutional network",
         "Four convolutions and fewer weights: the network behind the bundled model. "
         "Takes longest and reads about 99.6 %.",
         178'386,
         {},
         true,
         0.2},
    };
    return table;
}

const NetworkDescription* findNetwork(std::string_view name)
{
    const auto& table = networkDescriptions();
    const auto found = std::find_if(table.begin(), table.end(), [name](const NetworkDescription& network) {
        return network.name == name;
    });
    return found == table.end() ? nullptr : &*found;
}

Result<void> checkDetails(const std::string& network, const NetworkDetails& details)
{
    if (const Result<void> possible = checkWidths(networkNamed(network), details.hiddenWidths); !possible) {
        return possible;
    }
    const auto& names = activationNames();
    if (!details.activation.empty() &&
        std::find(names.begin(), names.end(), details.activation) == names.end()) {
        return invalid("There is no activation named “", details.activation, "”; choose one of ",
                       knownActivations(), ".");
    }
    if (details.dropout && !(*details.dropout >= 0 && *details.dropout <= maximumDropout)) {
        return invalid("A dropout of ", *details.dropout, " is impossible; choose 0 to ", maximumDropout,
                       ".");
    }
    return {};
}

NetworkDetails completeDetails(const std::string& network, NetworkDetails details)
{
    const NetworkDescription& own = networkNamed(network);
    if (details.hiddenWidths.empty()) {
        details.hiddenWidths = own.hiddenWidths;
    }
    if (details.activation.empty()) {
        details.activation = own.activation;
    }
    details.batchNormalization = details.batchNormalization.value_or(own.batchNormalization);
    details.dropout = details.dropout.value_or(own.dropout);
    return details;
}

NetworkDetails deviatingDetails(const std::string& network, NetworkDetails details)
{
    const NetworkDescription& own = networkNamed(network);
    if (details.hiddenWidths == own.hiddenWidths) {
        details.hiddenWidths.clear();
    }
    if (details.activation == own.activation) {
        details.activation.clear();
    }
    if (details.batchNormalization == own.batchNormalization) {
        details.batchNormalization.reset();
    }
    if (details.dropout == own.dropout) {
        details.dropout.reset();
    }
    return details;
}

const std::vector<std::string>& activationNames()
{
    static const std::vector<std::string> names = {"relu", "leaky-relu", "elu",    "gelu",
                                                   "silu", "tanh",       "sigmoid"};
    return names;
}

} // namespace digitpad
