#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace digitpad {

/// The value below which `part` (0 to 1) of the values lie; 0 for none.
inline double percentile(std::vector<double> values, double part)
{
    if (values.empty()) {
        return 0;
    }
    const auto index = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

inline double median(const std::vector<double>& values)
{
    return percentile(values, 0.5);
}

} // namespace digitpad
