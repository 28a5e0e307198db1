#include "core/learning/modelcomparison.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace digitpad {

namespace {

/// From here on the approximation is good enough, and usual.
constexpr std::int64_t enoughForChiSquare = 25;

/// P(X <= few) of X ~ Binomial(all, 1/2).
double lowerTail(std::int64_t few, std::int64_t all)
{
    double sum = 0;
    double term = std::pow(0.5, static_cast<double>(all));
    for (std::int64_t i = 0; i <= few; ++i) {
        sum += term;
        term *= static_cast<double>(all - i) / static_cast<double>(i + 1);
    }
    return sum;
}

} // namespace

McNemarTest mcNemarTest(std::int64_t onlyFirst, std::int64_t onlySecond)
{
    McNemarTest test{onlyFirst, onlySecond};
    const std::int64_t all = onlyFirst + onlySecond;
    test.exact = all < enoughForChiSquare;
    if (onlyFirst == onlySecond) {
        return test;
    }
    if (test.exact) {
        test.pValue = std::min(1.0, 2 * lowerTail(std::min(onlyFirst, onlySecond), all));
        return test;
    }
    const double distance = static_cast<double>(std::abs(onlyFirst - onlySecond)) - 1;
    test.chiSquare = distance * distance / static_cast<double>(all);
    test.pValue = std::erfc(std::sqrt(test.chiSquare / 2)); // One degree of freedom.
    return test;
}

ModelComparison compareReadings(std::span<const ImageReading> first, std::span<const ImageReading> second)
{
    ModelComparison comparison;
    std::int64_t onlyFirst = 0;
    std::int64_t onlySecond = 0;
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (!first[i].isDigit()) {
            continue;
        }
        const bool one = first[i].right();
        const bool two = second[i].right();
        onlyFirst += one && !two ? 1 : 0;
        onlySecond += two && !one ? 1 : 0;
        comparison.bothRight += one && two ? 1 : 0;
        comparison.bothWrong += !one && !two ? 1 : 0;
        if (first[i].guess != second[i].guess) {
            comparison.differing.push_back(i);
        }
    }
    comparison.test = mcNemarTest(onlyFirst, onlySecond);
    return comparison;
}

} // namespace digitpad
