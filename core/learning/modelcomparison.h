#pragma once

#include "core/learning/evaluationfigures.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace digitpad {

/// Whether two models that read the same images differ by more than chance (McNemar, "Note on the sampling
/// error of the difference between correlated proportions or percentages", 1947).
struct McNemarTest
{
    std::int64_t onlyFirst = 0;  ///< Images that the first model alone reads rightly.
    std::int64_t onlySecond = 0; ///< Those that the second alone does.
    bool exact = true;           ///< The binomial test; otherwise the chi-square approximation.
    double chiSquare = 0;        ///< With Edwards' continuity correction; 0 where `exact`.
    double pValue = 1;           ///< Two-sided, 0 to 1.
};
/// Below 25 images of either kind the exact binomial test (doubled one-sided, at most 1); from there on
/// (|b - c| - 1)² / (b + c) with one degree of freedom (Edwards, "Note on the correction for continuity in
/// testing the significance of the difference between correlated proportions", 1948).
McNemarTest mcNemarTest(std::int64_t onlyFirst, std::int64_t onlySecond);

/// Two models' readings of one set.
struct ModelComparison
{
    McNemarTest test;
    std::int64_t bothRight = 0;
    std::int64_t bothWrong = 0;
    /// Digits that are guessed differently, ascending.
    std::vector<std::size_t> differing;
};
/// `first` and `second` are readings of the same images, in the same order.
ModelComparison compareReadings(std::span<const ImageReading> first, std::span<const ImageReading> second);

} // namespace digitpad
