#pragma once

#include <cstdint>
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
};

/// In the order to show.
const std::vector<NetworkDescription>& networkDescriptions();

/// The entry of that name, or null.
const NetworkDescription* findNetwork(std::string_view name);

} // namespace digitpad
