#include "core/data/digitset.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

void copyImage(DigitSet& target, const DigitSet& source, std::size_t index)
{
    const std::uint8_t* image = source.image(index);
    target.images.insert(target.images.end(), image, image + digitPixels);
    target.labels.push_back(source.labels[index]);
}

void reserve(DigitSet& set, std::size_t count)
{
    set.images.reserve(count * digitPixels);
    set.labels.reserve(count);
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

DigitSplit splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed)
{
    DigitSplit split;
    split.training.name = set.name;
    split.validation.name = set.name;
    std::size_t wanted = std::min(validationCount, set.size());
    reserve(split.validation, wanted);
    reserve(split.training, set.size() - wanted);

    // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2 S): every subset is equally likely,
    // and the order stays.
    Random random(seed);
    for (std::size_t i = 0; i < set.size(); ++i) {
        const bool chosen = random.below(set.size() - i) < wanted;
        copyImage(chosen ? split.validation : split.training, set, i);
        wanted -= chosen ? 1 : 0;
    }
    return split;
}

void append(DigitSet& target, const DigitSet& source)
{
    if (target.name.empty()) {
        target.name = source.name;
    } else if (!source.name.empty()) {
        target.name += " + " + source.name;
    }
    target.images.insert(target.images.end(), source.images.begin(), source.images.end());
    target.labels.insert(target.labels.end(), source.labels.begin(), source.labels.end());
}

} // namespace digitpad
