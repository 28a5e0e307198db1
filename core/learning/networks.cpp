#include "core/learning/networks.h"

#include <algorithm>

namespace digitpad {

const std::vector<NetworkDescription>& networkDescriptions()
{
    static const std::vector<NetworkDescription> table = {
        {"mlp",
         "Fully connected, 784-128-64-10",
         "Two hidden layers with ReLU: the network most tutorials start with. Trains in seconds and reads "
         "about 97 % "
         "of MNIST's test images.",
         109'386,
         {128, 64}},
        {"mlp-dropout",
         "Fully connected with dropout, 784-512-256-10",
         "The same idea, wider, with a fifth of the hidden units left out at random in each training step, "
         "so that "
         "it learns less by heart. Reads about 98 %.",
         535'818,
         {512, 256},
         false,
         0.2},
        {"cnn",
         "Small convolutional network",
         "Three convolutions that look at neighbouring pixels, so that a shape is known wherever it stands. "
         "Takes "
         "longer and reads about 99.4 %.",
         240'306,
         {},
         true,
         0.2},
        {"cnn-deep",
         "Deeper convolutional network",
         "Four convolutions and fewer weights: the network behind the bundled model. Takes longest and reads "
         "about 99.6 %.",
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

const std::vector<std::string>& activationNames()
{
    static const std::vector<std::string> names = {"relu", "leaky-relu", "elu",    "gelu",
                                                   "silu", "tanh",       "sigmoid"};
    return names;
}

} // namespace digitpad
