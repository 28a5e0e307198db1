#pragma once

#include "core/base/result.h"
#include "core/image/digitimage.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
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
    /// Who wrote each sample, so that a split can keep a hand on one side: 0 where that is unknown, otherwise
    /// one more than an index into groupNames. Empty where it is unknown of all.
    std::vector<std::uint32_t> groups;
    std::vector<std::string> groupNames; ///< Different from each other; sources or writers of collections.

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
    [[nodiscard]] std::uint32_t group(std::size_t index) const { return groups.empty() ? 0 : groups[index]; }
    /// `group` is 0 or at most the number of groupNames.
    void add(const DigitImage& image, int label, std::uint32_t group = 0)
    {
        add(image.pixels.data(), label, group);
    }
    void add(const std::uint8_t* pixels, int label, std::uint32_t group)
    {
        images.insert(images.end(), pixels, pixels + digitPixels);
        labels.push_back(static_cast<std::uint8_t>(label));
        if (group != 0 || !groups.empty()) {
            groups.resize(labels.size() - 1);
            groups.push_back(group);
        }
    }
};

/// Mean and standard deviation of the pixels scaled to 0..1, over the whole set.
struct PixelStatistics
{
    double mean = 0;
    double standardDeviation = 0;
};
PixelStatistics pixelStatistics(const DigitSet& set);

/// The samples at `indices`, in that order, with the set's name and all of its group names; an index may come
/// more than once.
DigitSet subset(const DigitSet& set, std::span<const std::size_t> indices);

struct DigitSplit
{
    DigitSet training;
    DigitSet validation;
    /// Where each side's samples stood in the set that was split; ascending.
    std::vector<std::size_t> trainingIndices;
    std::vector<std::size_t> validationIndices;
};
/// Takes about `validationCount` samples, at most all, for validation, drawn by `seed`; the same arguments
/// give the same split everywhere. Either side keeps the order of `set`.
///
/// Samples without a group are drawn one by one, exactly their part of `validationCount`, and of each label
/// its share of that (stratified, a share that is no whole number rounded up or down). Of samples with a
/// group whole groups are drawn, so that validation tells how unknown hands are read: as many as come nearest
/// to their part of `validationCount`, at least one where that part is not 0 (the smallest, if all are too
/// large), never all. Where there is but one group, its samples are drawn one by one too.
DigitSplit splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed);
/// The same with the groups named `heldOut`, at least one, instead of drawn ones. Names that the set does not
/// have are an error that lists those it has, and so are names that leave no group to train with.
Result<DigitSplit> splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed,
                                      std::span<const std::string> heldOut);

/// One of the `folds`, at least 2, of a k-fold cross-validation, as validation: `fold` counts from 1. Every
/// sample is in exactly one fold; the same arguments give the same folds everywhere. Samples without a group
/// are dealt out label by label; groups stay whole, unless there is but one. Fewer samples or groups than
/// leave something in every fold are an error.
Result<DigitSplit> splitFold(const DigitSet& set, int folds, int fold, std::uint64_t seed);

/// Everything of `source` behind everything of `target`; names are joined with " + ", and groups of one name
/// become one.
void append(DigitSet& target, const DigitSet& source);

} // namespace digitpad
