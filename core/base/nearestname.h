#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace digitpad {

/// Which of `names` somebody meant who wrote `text`, with a slip of the finger or in another style
/// ("learning-rate" for "learningRate"); empty where none is near. ASCII.
std::string nearestName(std::string_view text, const std::vector<std::string>& names);

} // namespace digitpad
