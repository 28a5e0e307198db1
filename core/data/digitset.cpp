#include "core/data/digitset.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace digitpad {

namespace {

/// Adds the names that are new to `target`; of each group of `source` the number that it has there.
std::vector<std::uint32_t> mergedGroups(DigitSet& target, const DigitSet& source)
{
    std::unordered_map<std::string, std::uint32_t> known;
    for (const std::string& name : target.groupNames) {
        known.emplace(name, static_cast<std::uint32_t>(known.size() + 1));
    }
    std::vector<std::uint32_t> numbers = {0};
    for (const std::string& name : source.groupNames) {
        const auto [place, isNew] = known.emplace(name, static_cast<std::uint32_t>(known.size() + 1));
        if (isNew) {
            target.groupNames.push_back(name);
        }
        numbers.push_back(place->second);
    }
    return numbers;
}

} // namespace

PixelStatistics pixelStatistics(const DigitSet& set)
{
    if (set.images.empty()) {
        return {};
    }
    std::uint64_t sum = 0;
    std::uint64_t squares = 0;
    for (const std::uint64_t pixel : set.images) {
        sum += pixel;
        squares += pixel * pixel;
    }
    // count² × variance, exact: the sums fit 64 bits for 2^48 pixels, their products do not.
    __extension__ using Wide = unsigned __int128;
    const Wide count = set.images.size();
    const Wide scaledVariance = count * squares - Wide{sum} * sum;
    const double pixels = static_cast<double>(set.images.size()) * 255.0;
    return {static_cast<double>(sum) / pixels, std::sqrt(static_cast<double>(scaledVariance)) / pixels};
}

DigitSet subset(const DigitSet& set, std::span<const std::size_t> indices)
{
    DigitSet result;
    result.name = set.name;
    result.groupNames = set.groupNames;
    result.images.reserve(indices.size() * digitPixels);
    result.labels.reserve(indices.size());
    for (const std::size_t index : indices) {
        result.add(set.image(index), set.labels[index], set.group(index));
    }
    return result;
}

void append(DigitSet& target, const DigitSet& source)
{
    if (target.name.empty()) {
        target.name = source.name;
    } else if (!source.name.empty()) {
        target.name += " + " + source.name;
    }
    const std::vector<std::uint32_t> numbers = mergedGroups(target, source);
    target.images.reserve(target.images.size() + source.images.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
        target.add(source.image(i), source.labels[i], numbers[source.group(i)]);
    }
}

} // namespace digitpad
