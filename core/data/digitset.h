#pragma once

#include "core/image/digitimage.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace digitpad {

/// The label of what is no digit: letters, symbols, scribbles.
inline constexpr int noDigitLabel = digitClasses;

/// Labelled digit images in one block, so that a batch is an index and not a copy of objects.
struct DigitSet
{
    std::string name;                 ///< What a person calls it: "MNIST training", "synthetic digits".
    std::vector<std::uint8_t> images; ///< size() × 784, each laid out as a DigitImage.
    std::vector<std::uint8_t> labels; ///< 0 to 9, or noDigitLabel.

    [[nodiscard]] std::size_t size() const { return labels.size(); }
    [[nodiscard]] const std::uint8_t* image(std::size_t index) const
    {
        return images.data() + index * digitPixels;
    }
    [[nodiscard]] DigitImage digitImage(std::size_t index) const
    {
        DigitImage result;
        std::memcpy(result.pixels.data(), image(index), digitPixels);
        return result;
    }
    void add(const DigitImage& image, int label)
    {
        images.insert(images.end(), image.pixels.begin(), image.pixels.end());
        labels.push_back(static_cast<std::uint8_t>(label));
    }
};

/// Mean and standard deviation of the pixels scaled to 0..1, over the whole set.
struct PixelStatistics
{
    double mean = 0;
    double standardDeviation = 0;
};
PixelStatistics pixelStatistics(const DigitSet& set);

struct DigitSplit
{
    DigitSet training;
    DigitSet validation;
};
/// Takes `validationCount` images, at most all, for validation, drawn at random by `seed`; the same arguments
/// give the same split everywhere. Either side keeps the order of `set`.
DigitSplit splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed);

/// Everything of `source` behind everything of `target`; names are joined with " + ".
void append(DigitSet& target, const DigitSet& source);

} // namespace digitpad
